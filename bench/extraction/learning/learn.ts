import { execFileSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dropBoilerplate } from '../../../functions/ingest/page/boxes/boilerplate.ts';
import { MeasuredPage } from '../../../functions/ingest/page/boxes/measure.ts';
import { dropSecondArticles } from '../../../functions/ingest/page/boxes/second-article.ts';
import { describeLines, LINE_FEATURES } from '../../../functions/ingest/page/lines/line-features.ts';
import { linesOf } from '../../../functions/ingest/page/lines/lines.ts';
import { progress } from '../../table.ts';
import { type Captured, captured } from '../ablation/capture.ts';
import { Variants } from '../ablation/variants.ts';
import { FOLDS, foldOf, type ScoredPage, scorePage } from '../evaluate.ts';
import { report } from '../report.ts';
import { SETS, type SetName } from '../sets/index.ts';
import type { Page } from '../sets/page-set.ts';
import { labelLines } from './labels.ts';

type Trees = number[][];

const INGEST = path.resolve(import.meta.dirname, '../../../functions/ingest');
const WEIGHTS = path.join(INGEST, 'page/lines/line-weights.ts');

/**
 * Learns the weights of lines, and writes them into the page reader.
 * @returns the scores without weights, and with weights that were learned from the other folds
 */
export async function learn(corpora: string, sets: readonly SetName[], python: string): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), 'learn-'));
  const variants = new Variants();
  try {
    const parse = await variants.loadCapturing();
    const sizes = new Map<SetName, number>();
    const each = async function* (): AsyncGenerator<{
      set: SetName;
      page: Page;
      captured: Captured | undefined;
    }> {
      for (const set of sets) {
        const pages = SETS[set].load(corpora);
        sizes.set(set, pages.length);
        for (const [at, page] of pages.entries()) {
          progress(`${set}: page ${at + 1} of ${pages.length}`);
          captured.last = undefined;
          const { bytes, url } = page;
          await parse({ bytes, key: 'page.html', contentType: 'text/html', url }).catch(() => undefined);
          yield { set, page, captured: captured.last };
        }
      }
    };
    const file = openSync(path.join(folder, 'rows.bin'), 'w');
    for await (const { set, page, captured: known } of each()) {
      // All sets weigh the same, whatever their number of pages.
      const weight = 1_000 / (sizes.get(set) ?? 1);
      if (known) writeSync(file, new Uint8Array(rowsOf(page, known, weight).buffer));
    }
    closeSync(file);
    writeFileSync(path.join(folder, 'lines.json'), JSON.stringify({ features: LINE_FEATURES, folds: FOLDS }));
    progress('fitting');
    const script = path.join(import.meta.dirname, 'fit.py');
    const options = { encoding: 'utf8', maxBuffer: 100_000_000 } as const;
    const fitted = JSON.parse(execFileSync(python, [script, folder], options)) as {
      all: Trees;
      folds: Trees[];
    };
    const head = readFileSync(WEIGHTS, 'utf8').split('export const')[0] ?? '';
    const sourceOf = (trees: Trees) =>
      `${head}export const LINE_TREES = readTrees(\`\n${written(trees)}\n\`);\n`;
    writeFileSync(WEIGHTS, sourceOf(fitted.all));
    const load = (trees: Trees) =>
      variants.load(file => (file === WEIGHTS ? sourceOf(trees) : readFileSync(file, 'utf8')));
    const bare = await load([]);
    const readers = await Promise.all(fitted.folds.map(load));
    const [without, learned]: [ScoredPage[], ScoredPage[]] = [[], []];
    for await (const { set, page, captured: known } of each()) {
      const score = (read: typeof bare | undefined) =>
        scorePage(set, page, known && read?.(known.root, known.context).cleaned);
      without.push(score(bare));
      learned.push(score(readers[foldOf(page)]));
    }
    progress('');
    return report(
      [
        { parser: 'without weights', hung: [], scores: without },
        { parser: 'weights of other folds', hung: [], scores: learned },
      ],
      sets,
    );
  } finally {
    variants.close();
    rmSync(folder, { recursive: true });
  }
}

/** Trees as text, in lines of at most 118 characters. */
function written(trees: Trees): string {
  const text = trees.map(tree => tree.join(' ')).join(' | ');
  return text.replace(/(.{1,116})(?: |$)/g, '  $1\n').trimEnd();
}

/** The lines of a page that have a label, as rows for `fit.py`. */
function rowsOf(page: Page, { root, context }: Captured, pageWeight: number): Float32Array {
  const measured = new MeasuredPage(root, context.deadline);
  dropBoilerplate(measured, { byName: false });
  dropSecondArticles(measured, context.headline);
  const lines = linesOf(
    measured,
    measured.boxes.filter(({ name }) => name === 'body'),
  );
  const labels = labelLines(
    page,
    lines.map(({ text }) => text),
  );
  const fold = foldOf(page);
  return Float32Array.from(
    describeLines(measured, lines, context.headline).flatMap((features, at) => {
      const label = labels[at];
      if (!label || lines[at]?.kind === 'caption') return [];
      return [...features, fold, label.isStory ? 1 : 0, label.weight * pageWeight];
    }),
  );
}

import path from 'node:path';
import { Deadline } from '../../../functions/ingest/model/deadline.ts';
import { progress, table } from '../../table.ts';
import { FOLDS, type ScoredPage, scorePage, scoreSet } from '../evaluate.ts';
import { SETS, type SetName } from '../sets/index.ts';
import { mean, type Page } from '../sets/page-set.ts';
import { captured } from './capture.ts';
import { findSwitches, type Switch } from './switches.ts';
import { Variants } from './variants.ts';

/** CPU seconds that a variant may take for a page. */
const PAGE_SECONDS = 5;

/** Minimum difference of the F1 of a fold that counts as a gain or a loss. */
const MIN_DIFFERENCE = 0.00005;

/** What a switch changes. */
interface Effect {
  change: Switch;
  /** Scores of the pages whose text changes. */
  changed: Map<string, ScoredPage>;
}

/**
 * Switches off each rule of the page reader in turn. A page is parsed once; then every variant reads its tree.
 * @returns the table of gains by set and fold
 */
export async function ablate(corpora: string, sets: readonly SetName[], pattern: RegExp): Promise<string> {
  const ingest = path.resolve(import.meta.dirname, '../../../functions/ingest');
  const switches = findSwitches(ingest).filter(each => pattern.test(`${each.kind} ${each.name}`));
  const variants = new Variants();
  try {
    const parse = await variants.loadCapturing();
    const readers: { effect: Effect; read: Awaited<ReturnType<typeof variants.load>> }[] = [];
    for (const change of switches) {
      progress(`switch ${readers.length + 1} of ${switches.length}: ${change.name}`);
      readers.push({ effect: { change, changed: new Map() }, read: await variants.load(change) });
    }
    const base: ScoredPage[] = [];
    for (const set of sets) {
      const pages = SETS[set].load(corpora);
      for (const [at, page] of pages.entries()) {
        progress(`${set}: page ${at + 1} of ${pages.length}, ${switches.length} switches`);
        captured.last = undefined;
        const { bytes, url } = page;
        const article = await parse({ bytes, key: 'page.html', contentType: 'text/html', url }).catch(
          () => undefined,
        );
        const own = scorePage(set, page, { text: article?.bodyText ?? '', html: article?.bodyHtml ?? '' });
        base.push(own);
        if (!captured.last || !article) continue;
        const { root, context } = captured.last as { root: never; context: never };
        for (const { effect, read } of readers) {
          const { text, html } = readWith(() =>
            read(root, { ...(context as object), deadline: new Deadline(PAGE_SECONDS) } as never),
          );
          if (text === article.bodyText && html === article.bodyHtml) continue;
          effect.changed.set(keyOf(own), scorePage(set, page as Page, { text, html }));
        }
        await new Promise(resolve => setImmediate(resolve));
      }
    }
    progress('');
    return report(
      base,
      readers.map(({ effect }) => effect),
      sets,
    );
  } finally {
    variants.close();
  }
}

/** A variant can break the reader. That is a loss like any other. */
function readWith(read: () => { cleaned: { text: string; html: string } }): { text: string; html: string } {
  try {
    return read().cleaned;
  } catch {
    return { text: '', html: '' };
  }
}

function keyOf({ set, id }: ScoredPage): string {
  return `${set} ${id}`;
}

/**
 * One row per switch, the least useful first. The gain of a rule is the F1 with it less the F1 without it, in points of
 * 0.0001. Folds with a gain and with a loss are counted over the pages of all sets.
 */
function report(base: readonly ScoredPage[], effects: readonly Effect[], sets: readonly SetName[]): string {
  const folds = Array.from({ length: FOLDS }, (_, fold) => fold);
  const rows = effects.map(({ change, changed }) => {
    const without = base.map(page => changed.get(keyOf(page)) ?? page);
    const gains = sets.map(set => {
      const isOfSet = (page: ScoredPage) => page.set === set;
      return scoreSet(set, base.filter(isOfSet)).f1 - scoreSet(set, without.filter(isOfSet)).f1;
    });
    const byFold = folds.map(fold => {
      const f1 = (pages: readonly ScoredPage[]) =>
        mean(pages.filter(page => page.fold === fold).map(page => page.f1));
      return f1(base) - f1(without);
    });
    const wins = byFold.filter(gain => gain > MIN_DIFFERENCE).length;
    const losses = byFold.filter(gain => gain < -MIN_DIFFERENCE).length;
    const total = gains.reduce((sum, gain) => sum + gain, 0);
    const cells = [
      `${change.kind} ${change.name}`,
      ...[...gains, total].map(gain => (10_000 * gain).toFixed(1)),
      `+${wins} -${losses}`,
      String(changed.size),
    ];
    return { total, cells };
  });
  rows.sort((a, b) => a.total - b.total);
  return table(
    ['gain of a rule, 0.0001 F1', ...sets, 'sum', 'folds', 'pages'],
    rows.map(({ cells }) => cells),
  );
}

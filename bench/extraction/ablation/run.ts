import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { Deadline } from '../../../functions/ingest/model/deadline.ts';
import { progress, table } from '../../table.ts';
import { FOLDS, type ScoredPage, scorePage, scoreSet } from '../evaluate.ts';
import { SETS, type SetName } from '../sets/index.ts';
import { mean } from '../sets/page-set.ts';
import { type Captured, captured } from './capture.ts';
import { type SwitchedReaders, Variants } from './variants.ts';

/** Seconds that a variant may take for a page. The time of day is read faster than the CPU time. */
const PAGE_SECONDS = 60;

/** Minimum difference of the F1 of a fold that counts as a gain or a loss. */
const MIN_DIFFERENCE = 0.00005;

/** The score of a page, and its score without each rule that changes its text. */
interface PageResult {
  own: ScoredPage;
  without: Record<string, ScoredPage>;
}

/**
 * Switches off each rule of the page reader in turn. A page is parsed once; then every variant reads its tree.
 * @param file gets the result of each page at once. Pages that it has are not read again.
 * @returns the table of gains by set and fold
 */
export async function ablate(
  corpora: string,
  sets: readonly SetName[],
  pattern: RegExp,
  file?: string,
): Promise<string> {
  const results = file && existsSync(file) ? readResults(file) : [];
  const done = new Set(results.map(({ own }) => keyOf(own)));
  const variants = new Variants();
  try {
    const parse = await variants.loadCapturing();
    const groups = (await variants.loadSwitched(pattern)).map(startReaders);
    const names = groups.flatMap(({ readers }) => readers.map(({ name }) => name));
    const pages = sets.flatMap(set => SETS[set].load(corpora).map(page => ({ set, page })));
    // Small pages first: a run that is ended early then has the most pages.
    pages.sort((a, b) => a.page.bytes.length - b.page.bytes.length);
    for (const [at, { set, page }] of pages.entries()) {
      progress(`page ${at + 1} of ${pages.length}, ${names.length} switches`);
      const { id, bytes, url } = page;
      if (done.has(keyOf({ set, id }))) continue;
      captured.last = undefined;
      const article = await parse({ bytes, key: 'page.html', contentType: 'text/html', url }).catch(
        () => undefined,
      );
      const scoreOf = (text = '', html = '') => scorePage(set, page, { text, html });
      const result: PageResult = { own: scoreOf(article?.bodyText, article?.bodyHtml), without: {} };
      results.push(result);
      if (captured.last && article) {
        const { root, context } = captured.last as Captured;
        const readWith = (read: Reader) =>
          textsOf(() => read(root, { ...context, deadline: new Deadline(PAGE_SECONDS, Date.now) }));
        for (const [name, { text, html }] of groups.flatMap(group => changes(group, readWith)))
          result.without[name] = scoreOf(text, html);
      }
      if (file) appendFileSync(file, `${JSON.stringify(result)}\n`);
      await new Promise(resolve => setImmediate(resolve));
    }
    progress('');
    return report(
      results.filter(({ own }) => sets.includes(own.set)),
      names,
      sets,
    );
  } finally {
    variants.close();
  }
}

/** The results of a run that was ended early. */
function readResults(file: string): PageResult[] {
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter(line => line !== '').map(line => JSON.parse(line) as PageResult);
}

type Reader = ReturnType<SwitchedReaders['make']>;

/** Readers that are ready, and what they ask. */
interface Readers {
  plain: Reader;
  readers: { name: string; read: Reader }[];
  /** A 1 for each switch that the plain reader asks. */
  asked: Uint8Array;
  /** The same when it starts. */
  askedAtStart: Uint8Array;
}

function startReaders({ switches, make }: SwitchedReaders): Readers {
  const asked = new Uint8Array(switches.length);
  const plain = make(-1, asked);
  const ignored = new Uint8Array(switches.length);
  const readers = switches.map(({ kind, name }, at) => ({
    name: `${kind} ${name}`,
    read: make(at, ignored),
  }));
  return { plain, readers, asked, askedAtStart: asked.slice() };
}

interface Texts {
  text: string;
  html: string;
}

/** What the readers make of a page that the plain reader does not. A switch that is not asked changes nothing. */
function changes(
  { plain, readers, asked, askedAtStart }: Readers,
  readWith: (read: Reader) => Texts,
): [name: string, texts: Texts][] {
  asked.set(askedAtStart);
  const own = readWith(plain);
  return readers
    .filter((_, index) => asked[index] === 1)
    .map(({ name, read }): [string, Texts] => [name, readWith(read)])
    .filter(([, { text, html }]) => text !== own.text || html !== own.html);
}

/** A variant can break the reader. That is a loss like any other. */
function textsOf(read: () => { cleaned: Texts }): Texts {
  try {
    return read().cleaned;
  } catch {
    return { text: '', html: '' };
  }
}

function keyOf({ set, id }: Pick<ScoredPage, 'set' | 'id'>): string {
  return `${set} ${id}`;
}

/**
 * One row per switch, the least useful first. The gain of a rule is the F1 with it less the F1 without it, in points of
 * 0.0001. Folds with a gain and with a loss are counted over the pages of all sets.
 */
function report(results: readonly PageResult[], names: readonly string[], sets: readonly SetName[]): string {
  const base = results.map(({ own }) => own);
  const folds = Array.from({ length: FOLDS }, (_, fold) => fold);
  const rows = names.map(name => {
    const without = results.map(page => page.without[name] ?? page.own);
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
      name,
      ...[...gains, total].map(gain => (10_000 * gain).toFixed(1)),
      `+${wins} -${losses}`,
      String(results.filter(page => page.without[name]).length),
    ];
    return { total, cells };
  });
  rows.sort((a, b) => a.total - b.total);
  return table(
    ['gain of a rule, 0.0001 F1', ...sets, 'sum', 'folds', 'pages'],
    rows.map(({ cells }) => cells),
  );
}

import { createHash } from 'node:crypto';
import { detectLanguage } from '../../functions/ingest/text/language.ts';
import type { Extracted } from './extracted.ts';
import { SETS, type SetName } from './sets/index.ts';
import type { Field, Page, PageScore, Score } from './sets/page-set.ts';

/** Number of parts that the pages are split into, by site. */
export const FOLDS = 5;

/** Languages that are written without spaces, or with few. */
export const CJK: ReadonlySet<string> = new Set(['zh', 'ja', 'ko']);

/** A page's score, with what pages are grouped by. */
export interface ScoredPage extends PageScore {
  set: SetName;
  id: string;
  fold: number;
  /** Language of the gold; empty if it is not known. */
  language: string;
  /** True if the parser threw. */
  failed: boolean;
}

export function scorePage(
  set: SetName,
  page: Page,
  extracted: Extracted | undefined,
  failed = false,
): ScoredPage {
  return {
    ...SETS[set].score(page, extracted),
    set,
    id: page.id,
    fold: foldOf(page),
    language: detectLanguage(page.text)?.language ?? '',
    failed,
  };
}

/** Sites with two public labels, such as `example.co.uk`. */
const SECOND_LEVEL = new Set('ac co com edu go gob gov gv ne net or org'.split(' '));

/** The fold of a site. All pages of a site, in all sets, are in one fold. A page without an address is a site. */
export function foldOf({ url, id }: Page): number {
  const labels = URL.canParse(url) ? new URL(url).hostname.split('.') : [id];
  const long = labels.length > 2 && SECOND_LEVEL.has(labels.at(-2) ?? '') && labels.at(-1)?.length === 2;
  const site = labels.slice(long ? -3 : -2).join('.');
  return createHash('sha256').update(site).digest().readUInt32BE(0) % FOLDS;
}

/** How often a field was right. */
interface FieldScore {
  exact: number;
  /** Pages that have the field. */
  of: number;
  madeUp: number;
  /** Pages that do not have it. */
  without: number;
}

/** The score of several pages of one set. */
export interface SetScore extends Score {
  pages: number;
  failed: number;
  /** Share of the gold's paragraphs that the texts do not have. */
  lost: number;
  /** Share of the words of the texts that the gold does not have. */
  added: number;
  fields: Partial<Record<Field, FieldScore>>;
}

export function scoreSet(set: SetName, pages: readonly ScoredPage[]): SetScore {
  const sum = (of: (page: ScoredPage) => number) => pages.reduce((total, page) => total + of(page), 0);
  const fields: Partial<Record<Field, FieldScore>> = {};
  for (const { fields: results } of pages)
    for (const [name, result] of Object.entries(results) as [Field, PageScore['fields'][Field]][]) {
      fields[name] ??= { exact: 0, of: 0, madeUp: 0, without: 0 };
      const score = fields[name];
      if (result === 'exact' || result === 'wrong') score.of += 1;
      else score.without += 1;
      if (result === 'exact') score.exact += 1;
      if (result === 'made-up') score.madeUp += 1;
    }
  return {
    ...SETS[set].total(pages),
    pages: pages.length,
    failed: sum(page => (page.failed ? 1 : 0)),
    lost: sum(page => page.lost) / (sum(page => page.paragraphs) || 1),
    added: sum(page => page.added) / (sum(page => page.words) || 1),
    fields,
  };
}

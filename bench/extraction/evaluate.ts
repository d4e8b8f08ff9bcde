import { FIELDS, type Page, type SetName } from './corpora.ts';
import {
  countSegments,
  dayOf,
  type FieldScore,
  overlap,
  type Score,
  scoreField,
  scoreOverlaps,
  scoreSegments,
} from './metrics.ts';
import { pageText } from './page-text.ts';
import type { Extracted } from './parsers/extract.ts';

/** How well a parser did on one set. */
export interface SetScore extends Score {
  pages: number;
  /** Pages on which it threw. */
  failed: number;
  fields: Record<string, FieldScore>;
}

/** A page and what came of it; nothing where the parser threw or found no article. */
export interface Outcome {
  page: Page;
  extracted: Extracted | undefined;
  failed: boolean;
}

/** Scores a set by the formulas of the benchmark that it comes from. */
export function evaluate(set: SetName, outcomes: readonly Outcome[]): SetScore {
  const texts = outcomes.map(({ extracted }) => textOf(extracted));
  const score =
    set === 'trafilatura'
      ? scoreSegments(
          outcomes.map(({ page }, at) =>
            countSegments(page.wanted ?? [], page.unwanted ?? [], texts[at] ?? ''),
          ),
        )
      : scoreOverlaps(
          outcomes.map(({ page }, at) =>
            overlap(page.body ?? pageText(page.bodyHtml ?? ''), texts[at] ?? ''),
          ),
        );
  const known = outcomes.filter(({ page }) => page.fields);
  const fields = FIELDS[set].map(name => [
    name,
    scoreField(
      known.map(({ page, extracted }) => ({
        expected: page.fields?.[name] ?? '',
        found: fieldOf(name, extracted),
      })),
    ),
  ]);
  return {
    ...score,
    pages: outcomes.length,
    failed: outcomes.filter(({ failed }) => failed).length,
    fields: Object.fromEntries(fields),
  };
}

function textOf(extracted: Extracted | undefined): string {
  return extracted?.text ?? (extracted?.html ? pageText(extracted.html) : '');
}

/** A field of the metadata under the name that a set has for it. */
function fieldOf(name: string, extracted: Extracted | undefined): string {
  const { title, author, published, siteName, lang } = extracted ?? {};
  const values = new Map([
    ['title', title],
    ['author', author],
    ['byline', author],
    ['date', dayOf(published)],
    ['publishedTime', published],
    ['siteName', siteName],
    ['lang', lang],
  ]);
  return values.get(name) ?? '';
}

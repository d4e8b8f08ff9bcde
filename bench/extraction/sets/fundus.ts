import { type Extracted, textOf } from '../extracted.ts';
import { pageText } from '../page-text.ts';
import { compareField, squeeze } from './fields.ts';
import { readJson, readPage } from './files.ts';
import { coverageOf, wordsOf } from './grams.ts';
import { type FieldResult, f1Of, meanScore, type PageSet } from './page-set.ts';

interface Gold {
  id: string;
  url: string;
  crawled: string | null;
  title: string;
  authors: string[];
  published: string | null;
  summary: string[];
  sections: { headline: string[]; paragraphs: string[] }[];
}

const DAY = 86_400_000;

const NAME_SEPARATOR = /\s*(?:[,;|]|\band\b|\bund\b|\bet\b|&)\s*/;

/** Newspaper pages of fundus. Words count that lie in a sequence of four that the gold has. */
export const fundus: PageSet<Gold> = {
  load: folder =>
    readJson<Gold[]>(folder, 'fundus/gold.json').map(gold =>
      readPage(folder, `fundus/pages/${gold.id}.html`, {
        id: gold.id,
        url: gold.url,
        gold,
        text: gold.sections.flatMap(section => section.paragraphs).join('\n'),
      }),
    ),
  score: ({ gold }, extracted) => {
    // The gold has no captions.
    const html = extracted?.html;
    const blocks = (html === undefined ? textOf(extracted) : pageText(html, 'figcaption')).split('\n');
    const optional = [...gold.summary, ...gold.sections.flatMap(({ headline }) => headline), gold.title];
    const body = gold.sections.flatMap(section => section.paragraphs);
    const { paragraphs, lost, wanted, found, words, right, added } = coverageOf(body, optional, blocks);
    const recall = wanted > 0 ? found / wanted : 1;
    const precision = words > 0 ? right / words : wanted > 0 ? 0 : 1;
    const date = compareDates(gold, extracted);
    return {
      f1: f1Of(precision, recall),
      precision,
      recall,
      paragraphs,
      lost,
      words,
      added,
      fields: {
        title: compareField(alike(gold.title), alike(extracted?.title)),
        authors: compareField(nameSet(gold.authors), nameSet(extracted?.author?.split(NAME_SEPARATOR) ?? [])),
        ...(date ? { date } : {}),
      },
    };
  },
  total: meanScore,
};

function alike(text: string | undefined): string {
  return squeeze(
    (text ?? '')
      .normalize('NFC')
      .replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '')
      .replace(/[‘’‚‛′`´]/g, "'")
      .replace(/[“”„‟″«»]/g, '"')
      .replace(/[‐-―−]/g, '-')
      .replace(/…/g, '...'),
  );
}

function nameSet(names: readonly string[]): string {
  return [...new Set(names.map(name => wordsOf(name).join(' ')).filter(name => name !== ''))]
    .sort()
    .join('|');
}

/** Compares days in the zone of the gold. Dates after the crawl are mistakes of the gold. */
function compareDates(
  { published, crawled }: Gold,
  extracted: Extracted | undefined,
): FieldResult | undefined {
  if (!published) return undefined;
  const zone = /([+-])(\d\d):(\d\d)$/.exec(published);
  const at = Date.parse(published.replace(' ', 'T').replace(/(\.\d{3})\d*/, '$1') + (zone ? '' : 'Z'));
  const limit = crawled ? Date.parse(`${crawled.replace(' ', 'T').slice(0, 19)}Z`) + DAY : Infinity;
  if (!at || at > limit) return undefined;
  const minutes = zone ? (zone[1] === '-' ? -1 : 1) * (60 * Number(zone[2]) + Number(zone[3])) : 0;
  const given = (extracted?.published ?? '').trim();
  const instant = Date.parse(given);
  const day =
    /^\d{4}-\d{2}-\d{2}$/.test(given) || Number.isNaN(instant)
      ? given
      : new Date(instant + 60_000 * minutes).toISOString().slice(0, 10);
  return compareField(published.slice(0, 10), day);
}

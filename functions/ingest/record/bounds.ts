import type { Content, ParsedArticle } from '../../../shared/model/article.ts';
import { holdSentence } from '../model/release-terms.ts';

/**
 * What a record can hold, whatever a source does: instants that can be stored and compared, texts and lists
 * that leave an item below DynamoDB's 400 KB.
 */

/** Longest texts, in characters; twice what the longest of their kind need in a newspaper. */
const LONGEST_TEXT = {
  headline: 300,
  dek: 600,
  summary: 2_000,
  section: 100,
  siteName: 200,
  language: 35,
} as const;

/** Longest text of any other kind: in lists, images, datelines. */
const LONGEST_OTHER = 500;

/** Longest address; browsers and feed readers take no more either. */
const LONGEST_URL = 2_000;

/** Longest lists. */
const LONGEST_LIST = {
  related: 50,
  keyPoints: 50,
  tags: 50,
  authors: 50,
  attachments: 50,
  warnings: 50,
} as const;

/** Instants that sort as strings: years have four digits. */
const STORABLE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** The instant, or undefined for one outside the years 0 to 9999. */
export function storable(instant: string | undefined): string | undefined {
  return instant !== undefined && STORABLE.test(instant) ? instant : undefined;
}

/** What was parsed, within the bounds of a record; each cut is a warning. */
export function bounded(parsed: ParsedArticle): ParsedArticle {
  const warnings: string[] = [];
  const result: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(parsed)) {
    result[field] = UNBOUNDED.has(field) ? value : boundedValue(field, value, warnings);
  }
  const article = result as unknown as ParsedArticle;
  return {
    ...article,
    publishedAt: storable(parsed.publishedAt),
    modifiedAt: storable(parsed.modifiedAt),
    ...embargoOf(parsed),
    // What is to expire after the year 9999 stays.
    expiresAt: storable(parsed.expiresAt),
    warnings: [...article.warnings, ...warnings].slice(0, LONGEST_LIST.warnings),
  };
}

/** The embargo; one that ends after the year 9999 holds the story. */
function embargoOf({ embargoUntil, hold }: ParsedArticle): Pick<ParsedArticle, 'embargoUntil' | 'hold'> {
  const until = storable(embargoUntil);
  if (embargoUntil === undefined || until !== undefined) return { embargoUntil: until, hold };
  return {
    embargoUntil: undefined,
    hold: hold ?? holdSentence({ quote: `embargo: ${embargoUntil}`, why: 'unclear' }),
  };
}

/** The body is moved out of a record that is too large; what the parser computes has a length of its own. */
const UNBOUNDED = new Set<string>([
  'bodyHtml',
  'bodyText',
  'contentHash',
  'nearHash',
  // A key is an address; the parser bounds their number.
  'media',
] satisfies (keyof ParsedArticle)[]);

function boundedValue(field: string, value: unknown, warnings: string[]): unknown {
  if (typeof value === 'string') {
    const most =
      LONGEST_TEXT[field as keyof typeof LONGEST_TEXT] ?? (isAddress(field) ? LONGEST_URL : LONGEST_OTHER);
    const cut = cutAt(value, most);
    if (cut !== value) warnings.push(`The ${field} was cut: it has ${value.length} characters.`);
    return cut;
  }
  if (Array.isArray(value)) {
    const most = LONGEST_LIST[field as keyof Content & keyof typeof LONGEST_LIST] ?? value.length;
    if (value.length > most && field !== 'warnings')
      warnings.push(`Only the first ${most} of ${value.length} in ${field} were kept.`);
    return value.slice(0, most).map(item => boundedValue('', item, []));
  }
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, boundedValue(name, item, [])]),
    );
  return value;
}

function isAddress(field: string): boolean {
  return /url$/i.test(field);
}

/** At most so many characters, never half of one. */
function cutAt(text: string, most: number): string {
  if (text.length <= most) return text;
  return text
    .slice(0, most)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
}

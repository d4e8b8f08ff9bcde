import type { Content, ParsedArticle } from '../../../shared/model/article.ts';
import { holdSentence } from '../model/release-terms.ts';

/**
 * Limits of what a record holds. Instants must sort as strings. Texts and lists must keep an item below
 * DynamoDB's limit of 400 KB.
 */

/** Maximum lengths of texts, in characters: twice the length that a newspaper needs. */
const MAX_TEXT_CHARS = {
  headline: 300,
  dek: 600,
  summary: 2_000,
  section: 100,
  siteName: 200,
  language: 35,
} as const;

/** Maximum length of other texts (in lists, images, datelines), in characters. */
const MAX_OTHER_CHARS = 500;

/** Maximum length of a web address, in characters. Browsers and feed readers have about the same limit. */
const MAX_URL_CHARS = 2_000;

/** Maximum numbers of entries in lists. */
const MAX_ENTRIES = {
  related: 50,
  keyPoints: 50,
  tags: 50,
  authors: 50,
  attachments: 50,
  warnings: 50,
} as const;

/** Instants that sort as strings. Their years have four digits. */
const STORABLE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;

/** Returns the instant, or undefined if it is outside the years 0 to 9999. */
export function storable(instant: string | undefined): string | undefined {
  return instant !== undefined && STORABLE.test(instant) ? instant : undefined;
}

/** Cuts a parsed article to the limits of a record. Each cut adds a warning. */
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
    // An expiry after the year 9999 is dropped: the story stays.
    expiresAt: storable(parsed.expiresAt),
    warnings: [...article.warnings, ...warnings].slice(0, MAX_ENTRIES.warnings),
  };
}

/** The embargo. If it ends after the year 9999, it becomes a hold. */
function embargoOf({ embargoUntil, hold }: ParsedArticle): Pick<ParsedArticle, 'embargoUntil' | 'hold'> {
  const until = storable(embargoUntil);
  if (embargoUntil === undefined || until !== undefined) return { embargoUntil: until, hold };
  return {
    embargoUntil: undefined,
    hold: hold ?? holdSentence({ quote: `embargo: ${embargoUntil}`, why: 'unclear' }),
  };
}

/**
 * Fields without a limit here. A large body moves to the storage bucket, and the values that the parser computes have a
 * fixed length.
 */
const UNBOUNDED = new Set<string>([
  'bodyHtml',
  'bodyText',
  'contentHash',
  'nearHash',
  // A media key must not be cut. The parser limits the number of media.
  'media',
  'embeddedFiles',
] satisfies (keyof ParsedArticle)[]);

function boundedValue(field: string, value: unknown, warnings: string[]): unknown {
  if (typeof value === 'string') {
    const limit =
      MAX_TEXT_CHARS[field as keyof typeof MAX_TEXT_CHARS] ??
      (isAddress(field) ? MAX_URL_CHARS : MAX_OTHER_CHARS);
    const cut = cutAt(value, limit);
    if (cut !== value) warnings.push(`The ${field} was cut from ${value.length} to ${limit} characters.`);
    return cut;
  }
  if (Array.isArray(value)) {
    const limit = MAX_ENTRIES[field as keyof Content & keyof typeof MAX_ENTRIES] ?? value.length;
    if (value.length > limit && field !== 'warnings')
      warnings.push(`Only the first ${limit} of ${value.length} entries of “${field}” were kept.`);
    return value.slice(0, limit).map(item => boundedValue('', item, []));
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

/** Cuts a text to a number of UTF-16 units, but never inside a surrogate pair. */
function cutAt(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return text
    .slice(0, limit)
    .replace(/[\uD800-\uDBFF]$/, '')
    .trimEnd();
}

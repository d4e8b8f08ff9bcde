import type { FunctionSettings } from '../../../shared/settings.ts';
import { holdFor } from '../formats/hold.ts';
import type { Stated } from '../formats/reader.ts';
import { STATUS_WORDS } from '../words/front-matter-keys.ts';
import { parseNames } from './byline.ts';
import { oneLine } from './characters.ts';
import { parseInstant } from './dates.ts';
import type { LocalMedia } from './local-media.ts';
import { webUrl } from './urls.ts';

type Field =
  | 'headline'
  | 'dek'
  | 'authors'
  | 'published'
  | 'modified'
  | 'embargo'
  | 'expires'
  | 'section'
  | 'tags'
  | 'language'
  | 'summary'
  | 'url'
  | 'site'
  | 'image'
  | 'audio'
  | 'correction'
  | 'pinned'
  | 'hold'
  | 'withdraw'
  | 'status';

/** Names that scripts give object metadata, and the field each is for. */
const NAMES = new Map<string, Field>([
  ...named('headline', 'headline title'),
  ...named('dek', 'dek subtitle subhead standfirst deck'),
  ...named('authors', 'author authors byline by creator'),
  ...named(
    'published',
    'published publishedat published-at date pubdate publication-date publish-date published-time',
  ),
  ...named('modified', 'modified updated modifiedat modified-at updated-at last-updated'),
  ...named('embargo', 'embargo embargo-until embargountil publish-at publishat not-before embargoed-until'),
  ...named('expires', 'expires expires-at expiresat expire-at expiry not-after'),
  ...named('section', 'section category desk'),
  ...named('tags', 'tags keywords tag'),
  ...named('language', 'language lang'),
  ...named('summary', 'summary description abstract'),
  ...named('url', 'url canonical canonical-url canonicalurl source-url'),
  ...named('site', 'site site-name source-name'),
  ...named('image', 'image image-url'),
  ...named('audio', 'audio video enclosure'),
  ...named('correction', 'correction correction-note'),
  ...named('pinned', 'pinned pin sticky'),
  ...named('hold', 'hold on-hold'),
  ...named('withdraw', 'withdraw withdrawn kill killed'),
  ...named('status', 'status pubstatus'),
]);

function named(field: Field, names: string): [string, Field][] {
  return names.split(' ').map(name => [name, field]);
}

/** What the metadata of an S3 object states; values that make no sense give warnings. */
export function readObjectMetadata(
  metadata: Readonly<Record<string, string>>,
  settings: FunctionSettings,
  local: LocalMedia,
): { stated: Stated; warnings: string[] } {
  const fields = new Map<Field, string>();
  for (const [name, raw] of Object.entries(metadata)) {
    const field = NAMES.get(name.toLowerCase().replaceAll('_', '-'));
    const value = oneLine(decodeMetadata(raw));
    if (field && value !== '' && !fields.has(field)) fields.set(field, value);
  }
  const warnings: string[] = [];
  const stated: Stated = {};
  const text = (field: Field) => fields.get(field);
  const language = languageTag(text('language'), warnings);
  const instant = (field: Field): string | undefined => {
    const value = text(field);
    if (value === undefined) return undefined;
    const at = parseInstant(value, { timeZone: settings.articles.timeZone, language })?.at;
    if (!at && field !== 'embargo')
      warnings.push(
        `The ${field} date "${value.slice(0, 60)}" in the upload's metadata could not be understood, and was left out.`,
      );
    return at;
  };
  const [headline, dek, authors, section, tags, summary, siteName] = (
    ['headline', 'dek', 'authors', 'section', 'tags', 'summary', 'site'] as const
  ).map(text);
  if (headline) stated.headline = { text: headline, from: 'metadata' };
  if (dek) stated.dek = dek;
  if (section) stated.section = section;
  if (tags) stated.tags = tags.split(/[,;]/);
  if (summary) stated.summary = summary;
  if (siteName) stated.siteName = siteName;
  if (language) stated.language = language;
  const names = authors
    ? (parseNames(authors) ?? authors.split(/[,;]/).map(name => ({ name: name.trim() })))
    : undefined;
  if (names) stated.authors = names.filter(author => author.name !== '');
  const [published, modified, embargo, expires] = [
    instant('published'),
    instant('modified'),
    instant('embargo'),
    instant('expires'),
  ];
  if (published) stated.published = { at: published, from: 'metadata' };
  if (modified) stated.modified = { at: modified, from: 'metadata' };
  if (embargo) stated.embargoUntil = embargo;
  else if (text('embargo'))
    stated.hold = holdFor(
      `The upload's metadata state the embargo “${text('embargo')}”, which could not be read.`,
    );
  if (expires) stated.expiresAt = expires;
  const url = webUrl(text('url'));
  if (url) stated.canonicalUrl = url;
  stateOrders(stated, text, warnings);
  const recording = local.recording(text('audio'));
  if (recording) stated.recordings = [{ address: recording }];
  const image = webUrl(text('image')) ?? local.picture(text('image'));
  if (image) stated.image = { url: image };
  return { stated, warnings };
}

/** What editors order: a correction's note, a place, a hold, a withdrawal. */
function stateOrders(stated: Stated, text: (field: Field) => string | undefined, warnings: string[]): void {
  const isYes = (field: Field) => /^(?:true|yes|1)$/i.test(text(field) ?? '');
  const status = STATUS_WORDS.get((text('status') ?? '').toLowerCase().replace(/[-_ ]/g, ''));
  const correction = text('correction');
  if (correction) stated.correction = correction;
  if (isYes('pinned')) stated.pinned = true;
  if (status === 'hold' || isYes('hold'))
    stated.hold = holdFor(
      `The upload's metadata say “${status === 'hold' ? `status: ${text('status')}` : `hold: ${text('hold')}`}”.`,
    );
  if (status === 'withdraw' || isYes('withdraw')) {
    stated.withdraw = true;
    warnings.push("The upload's metadata withdraw this story, until it is filed without that.");
  }
}

function languageTag(value: string | undefined, warnings: string[]): string | undefined {
  if (value === undefined) return undefined;
  try {
    return Intl.getCanonicalLocales(value.replaceAll('_', '-'))[0];
  } catch {
    warnings.push(
      `The language "${value.slice(0, 30)}" in the upload's metadata is no language tag, and was left out.`,
    );
    return undefined;
  }
}

/**
 * S3 metadata travels as ASCII: SDKs and tools write the rest as RFC 2047 encoded words, percent escapes, or UTF-8 bytes
 * that arrive as Latin-1. https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
 */
export function decodeMetadata(raw: string): string {
  const value = raw.slice(0, 8_192);
  if (value.includes('=?')) return decodeWords(value);
  if (/%[\da-f]{2}/i.test(value)) {
    try {
      return decodeURIComponent(value);
    } catch {
      return value;
    }
  }
  if (/[\u0080-\u00ff]/.test(value) && !/[\u0100-\uffff]/.test(value)) {
    try {
      return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
    } catch {
      return value;
    }
  }
  return value;
}

function decodeWords(value: string): string {
  // White space between encoded words is not part of the text (RFC 2047 § 6.2).
  return value
    .replace(/\?=\s{1,8}=\?/g, '?==?')
    .replace(
      /=\?([\w-]{1,30})\?([bq])\?([^?\s]{0,2000})\?=/gi,
      (whole, charset: string, encoding: string, text: string) => {
        try {
          const bytes = encoding.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : quotedBytes(text);
          return new TextDecoder(charset, { fatal: true }).decode(bytes);
        } catch {
          return whole;
        }
      },
    );
}

function quotedBytes(text: string): Buffer {
  const plain = text
    .replaceAll('_', ' ')
    .replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
}

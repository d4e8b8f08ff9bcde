import { readAliases } from '../../../shared/model/alias.ts';
import type { FunctionSettings } from '../../../shared/settings/settings.ts';
import { statedLanguage } from '../../../shared/text/language-tag.ts';
import { percentDecoded } from '../../../shared/text/percent-decoded.ts';
import { webUrl } from '../../../shared/text/web-address.ts';
import type { LocalMedia } from '../model/local-media.ts';
import type { ReleaseTerms } from '../model/release-terms.ts';
import type { Stated } from '../model/stated.ts';
import { readKeyed } from '../release/keyed.ts';
import { parseNames } from '../text/byline.ts';
import { oneLine } from '../text/characters.ts';
import { parseInstant } from '../text/dates.ts';
import { FRONT_MATTER_KEYS, type FrontMatterField, plainKey } from '../words/front-matter-keys.ts';

/** Names that are read only in object metadata. In front matter, other programs give these names other meanings. */
const METADATA_ONLY_NAMES: ReadonlyMap<string, FrontMatterField> = new Map([
  ['url', 'canonical'],
  ['imageurl', 'image'],
  ['sourcename', 'siteName'],
]);

interface MetadataContext {
  settings: FunctionSettings;
  local: LocalMedia;
  terms: ReleaseTerms;
  filedAt: string | undefined;
}

/**
 * Reads the metadata of an S3 object. Its names are the names of front matter. A value that cannot be
 * understood adds a warning.
 */
export function readObjectMetadata(
  metadata: Readonly<Record<string, string>>,
  { settings, local, terms, filedAt }: MetadataContext,
): { stated: Stated; warnings: string[] } {
  const values = Object.entries(metadata).map(([name, raw]) => ({
    name,
    value: oneLine(decodeMetadata(raw)),
  }));
  const fields = new Map<FrontMatterField, string>();
  for (const { name, value } of values) {
    const plain = plainKey(name);
    const field = METADATA_ONLY_NAMES.get(plain) ?? FRONT_MATTER_KEYS.get(plain);
    if (field && value !== '' && !fields.has(field)) fields.set(field, value);
  }
  const warnings: string[] = [];
  const stated: Stated = {};
  const text = (field: FrontMatterField) => fields.get(field);
  const language = languageOf(text('language'), warnings);
  const context = { timeZone: settings.articles.timeZone, language, filedAt };
  for (const { name, value } of values) terms.add(...readKeyed(name, value, context));
  const instant = (field: FrontMatterField): string | undefined => {
    const value = text(field);
    // `published: false` is not a date.
    if (value === undefined || !/\p{N}{2}/u.test(value)) return undefined;
    const at = parseInstant(value, context)?.at;
    if (!at)
      warnings.push(
        `The ${field} date "${value.slice(0, 60)}" in the upload's metadata could not be understood. It was left out.`,
      );
    return at;
  };
  const [headline, dek, authors, section, tags, summary, siteName] = (
    ['headline', 'dek', 'authors', 'section', 'tags', 'summary', 'siteName'] as const
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
  const [published, modified] = [instant('published'), instant('modified')];
  if (published) stated.published = { at: published, from: 'metadata' };
  if (modified) stated.modified = { at: modified, from: 'metadata' };
  const url = webUrl(text('canonical'));
  if (url) stated.canonicalUrl = url;
  const { aliases, warnings: left } = readAliases([text('aliases') ?? '']);
  warnings.push(...left);
  if (aliases.length > 0) stated.aliases = aliases;
  const correction = text('correction');
  if (correction) stated.correction = correction;
  if (/^(?:true|yes|1)$/i.test(text('pinned') ?? '')) stated.pinned = true;
  const recording = local.recording(text('recordings'));
  if (recording) stated.recordings = [{ address: recording }];
  const image = webUrl(text('image')) ?? local.picture(text('image'));
  if (image) stated.image = { url: image };
  return { stated, warnings };
}

function languageOf(value: string | undefined, warnings: string[]): string | undefined {
  if (value === undefined) return undefined;
  const tag = statedLanguage(value);
  if (tag === undefined)
    warnings.push(
      `The language "${value.slice(0, 30)}" in the upload's metadata is not a language tag. It was left out.`,
    );
  return tag;
}

/**
 * Decodes a value of S3 metadata. S3 carries only ASCII. SDKs and tools write other characters as RFC 2047
 * encoded words, as percent escapes, or as UTF-8 bytes that arrive as Latin-1. Source:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html
 */
export function decodeMetadata(raw: string): string {
  const value = raw.slice(0, 8_192);
  if (value.includes('=?')) return decodeWords(value);
  if (/%[\da-f]{2}/i.test(value)) return percentDecoded(value) ?? value;
  if (/[\u0080-\u00ff]/.test(value) && !/[\u0100-\uffff]/.test(value))
    return decoded('utf-8', Buffer.from(value, 'latin1')) ?? value;
  return value;
}

/** Decodes bytes. Returns undefined if the charset is unknown or the bytes are not valid in it. */
function decoded(charset: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('ERR_ENCODING_')) return undefined;
    throw error;
  }
}

function decodeWords(value: string): string {
  // White space between encoded words is not part of the text (RFC 2047 § 6.2).
  return value
    .replace(/\?=\s{1,8}=\?/g, '?==?')
    .replace(
      /=\?([\w-]{1,30})\?([bq])\?([^?\s]{0,2000})\?=/gi,
      (whole, charset: string, encoding: string, text: string) => {
        const bytes = encoding.toLowerCase() === 'b' ? Buffer.from(text, 'base64') : quotedBytes(text);
        return decoded(charset, bytes) ?? whole;
      },
    );
}

function quotedBytes(text: string): Buffer {
  const plain = text
    .replaceAll('_', ' ')
    .replace(/=([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(plain, 'latin1');
}

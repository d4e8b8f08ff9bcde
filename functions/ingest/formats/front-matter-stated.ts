import { readAliases } from '../../../shared/model/alias.ts';
import type { Attachment, Author, Image, Related } from '../../../shared/model/article.ts';
import { statedLanguage } from '../../../shared/text/language-tag.ts';
import { webUrl } from '../../../shared/text/web-address.ts';
import type { LocalMedia } from '../model/local-media.ts';
import type { ReleaseTerms, TermContext } from '../model/release-terms.ts';
import type { Stated, StatedRecording } from '../model/stated.ts';
import { readKeyed } from '../release/keyed.ts';
import { keyOf } from '../release/keys.ts';
import { parseNames } from '../text/byline.ts';
import { parseInstant } from '../text/dates.ts';
import {
  FRONT_MATTER_KEYS,
  type FrontMatterField,
  plainKey,
  SILENT_KEYS,
} from '../words/front-matter-keys.ts';
import { RECORDING_TYPES } from '../words/recording-types.ts';

/** Maximum length of a text value, in characters. A longer value is a mistake. */
const MAX_TEXT_CHARS = 2_000;

/** Maximum number of values that are taken from a list. */
const MAX_LIST_VALUES = 50;

/**
 * Reads the fields of front matter. Unknown keys and values that cannot be read are left out with a warning.
 * Release terms go to `terms`.
 * @param base address that relative addresses are resolved against
 * @param local resolves relative addresses of pictures and recordings to files of the bucket if there is no
 *   base
 */
export function statedBy(
  fields: ReadonlyMap<string, unknown>,
  context: TermContext,
  base: string | undefined,
  local: LocalMedia,
  terms: ReleaseTerms,
): { stated: Stated; warnings: string[] } {
  const stated: Stated = {};
  const warnings: string[] = [];
  const unknown: string[] = [];
  const values = new Map<FrontMatterField, unknown>();
  for (const [key, value] of fields) {
    const name = plainKey(key);
    const field = FRONT_MATTER_KEYS.get(name);
    if (field === 'pinned' && isYes(value)) stated.pinned = true;
    // A site that moved twice has the aliases of both programs.
    if (field === 'aliases' && isStated(value)) values.set(field, [values.get(field) ?? [], value].flat());
    else if (field && !values.has(field) && isStated(value)) values.set(field, value);
    else if (!field && !SILENT_KEYS.has(name) && !keyOf(key)) unknown.push(`“${key.slice(0, 60)}”`);
  }
  if (unknown.length > 0)
    warnings.push(`Not known in front matter, and left out: ${unknown.slice(0, 8).join(', ')}.`);
  const language = textOf(values.get('language'));
  const tag = statedLanguage(language);
  if (tag) stated.language = tag;
  else if (language)
    warnings.push(
      `The language “${language.slice(0, 40)}” of the front matter is no language tag such as “en” or “uk”.`,
    );
  const dates = { ...context, language: stated.language ?? context.language };
  for (const [key, value] of fields) terms.add(...readKeyed(key, value, dates));
  for (const [field, value] of values) state(stated, field, value, { dates, base, warnings });
  stateRecordings(stated, values.get('recordings'), base, local, warnings);
  const image = imageOf(values, base, local);
  if (image) stated.image = image;
  else if (values.has('image'))
    warnings.push(
      'The image of the front matter is neither an address on the web nor a picture in the bucket; it was left out.',
    );
  return { stated, warnings };
}

interface Around {
  dates: TermContext;
  base: string | undefined;
  warnings: string[];
}

function state(
  stated: Stated,
  field: FrontMatterField,
  value: unknown,
  { dates, base, warnings }: Around,
): void {
  const text = textOf(value);
  const instant = () => {
    const parsed = text ? parseInstant(text, dates)?.at : undefined;
    if (!parsed)
      warnings.push(`The date “${String(text ?? '').slice(0, 60)}” of the front matter could not be read.`);
    return parsed;
  };
  if (field === 'headline' && text) stated.headline = { text, from: 'front-matter' };
  else if ((field === 'dek' || field === 'summary' || field === 'siteName' || field === 'correction') && text)
    stated[field] = text;
  else if (field === 'section')
    stated.section = text ?? listOf(value).map(textOf).find(Boolean) ?? stated.section;
  else if (field === 'tags') stated.tags = tagsOf(value);
  else if (field === 'authors') stated.authors = authorsOf(value, base);
  else if (field === 'related') stated.related = relatedOf(value, base);
  else if (field === 'dateline') stated.dateline = datelineOf(value);
  else if (field === 'canonical' && text) stated.canonicalUrl = webUrl(text, base);
  else if (field === 'aliases') stateAliases(stated, value, warnings);
  else if (field === 'published' || field === 'modified') {
    const at = instant();
    if (at) stated[field] = { at, from: 'front-matter' };
  }
  for (const key of Object.keys(stated) as (keyof Stated)[])
    if (stated[key] === undefined) delete stated[key];
}

function stateAliases(stated: Stated, values: unknown, warnings: string[]): void {
  const read = readAliases([values].flat().map(each => textOf(each) ?? String(each)));
  warnings.push(...read.warnings);
  if (read.aliases.length > 0) stated.aliases = read.aliases;
}

/** Whether a field has a value that is not a switch. `published: true` is a switch in Jekyll, not a date. */
function isStated(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && typeof value !== 'boolean';
}

/** Whether a value means yes. The value may be text, as in front matter that is read line by line. */
function isYes(value: unknown): boolean {
  return value === true || (typeof value === 'string' && /^(?:true|yes)$/i.test(value.trim()));
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'string') return undefined;
  const text = value.replace(/\s/g, ' ').trim();
  return text && text.length <= MAX_TEXT_CHARS ? text : undefined;
}

function listOf(value: unknown): unknown[] {
  return (Array.isArray(value) ? value : [value]).slice(0, MAX_LIST_VALUES);
}

function tagsOf(value: unknown): string[] {
  const texts = listOf(value).flatMap(each => textOf(each)?.split(/[,;、，]/) ?? []);
  return [...new Set(texts.map(tag => tag.trim().replace(/^#/, '')).filter(Boolean))];
}

function authorsOf(value: unknown, base: string | undefined): Author[] | undefined {
  const authors = listOf(value).flatMap((each): Author[] => {
    if (each instanceof Map) {
      const name = textOf(each.get('name') ?? each.get('title'));
      const url = webUrl(textOf(each.get('url') ?? each.get('link')) ?? '', base);
      return name ? [{ name, ...(url ? { url } : {}) }] : [];
    }
    const text = textOf(each);
    if (!text) return [];
    // The value of this field is a name, even if it does not look like one.
    return parseNames(text) ?? (text.length <= 100 ? [{ name: text }] : []);
  });
  return authors.length > 0 ? authors : undefined;
}

function relatedOf(value: unknown, base: string | undefined): Related[] | undefined {
  const related = listOf(value).flatMap((each): Related[] => {
    const title = textOf(each instanceof Map ? each.get('title') : each);
    const url =
      each instanceof Map ? webUrl(textOf(each.get('url') ?? each.get('link')) ?? '', base) : undefined;
    return title ? [{ title, ...(url ? { url } : {}) }] : [];
  });
  return related.length > 0 ? related : undefined;
}

function datelineOf(value: unknown): Stated['dateline'] {
  const place = textOf(value instanceof Map ? value.get('place') : value);
  const date = value instanceof Map ? textOf(value.get('date')) : undefined;
  return place ? { place, ...(date ? { date } : {}) } : undefined;
}

function imageOf(
  values: ReadonlyMap<FrontMatterField, unknown>,
  base: string | undefined,
  local: LocalMedia,
): Image | undefined {
  const first = listOf(values.get('image'))[0];
  const part = (...names: string[]) =>
    first instanceof Map ? names.map(name => textOf(first.get(name))).find(Boolean) : undefined;
  const address = textOf(first) ?? part('url', 'src', 'path', 'image') ?? '';
  const url = (base === undefined ? local.picture(address) : undefined) ?? webUrl(address, base);
  if (!url) return undefined;
  const alt = part('alt') ?? textOf(values.get('imageAlt'));
  const caption = part('caption', 'title') ?? textOf(values.get('imageCaption'));
  const credit = part('credit') ?? textOf(values.get('imageCredit'));
  return { url, ...(alt ? { alt } : {}), ...(caption ? { caption } : {}), ...(credit ? { credit } : {}) };
}

/** Recordings in the bucket, and recordings on the web as attachments with the stated type and length. */
function stateRecordings(
  stated: Stated,
  value: unknown,
  base: string | undefined,
  local: LocalMedia,
  warnings: string[],
): void {
  const recordings: StatedRecording[] = [];
  const attachments: Attachment[] = [];
  for (const each of value === undefined ? [] : listOf(value)) {
    const part = (name: string) => (each instanceof Map ? textOf(each.get(name)) : undefined);
    const address = textOf(each) ?? part('url') ?? part('src') ?? part('path') ?? part('file') ?? '';
    const title = part('title') ?? part('caption');
    const own = base === undefined ? local.recording(address) : undefined;
    const url = own ?? webUrl(address, base);
    const ending = /\.([a-z0-9]{2,5})(?:[?#]|$)/i.exec(address)?.[1]?.toLowerCase() ?? '';
    const type = part('type') ?? RECORDING_TYPES.get(ending);
    const length = Number(part('length') ?? 0);
    if (own) recordings.push({ address: own, ...(title ? { title } : {}) });
    else if (url && type)
      attachments.push({
        url,
        type,
        length: Number.isSafeInteger(length) && length > 0 ? length : 0,
        ...(title ? { title } : {}),
      });
    else
      warnings.push(
        `The recording “${address.slice(0, 80)}” of the front matter is neither on the web nor a file such as MP3, M4A, MP4 or WebM; it was left out.`,
      );
  }
  if (recordings.length > 0) stated.recordings = recordings;
  if (attachments.length > 0) stated.attachments = attachments;
}

import { createHash } from 'node:crypto';
import { base32 } from '@scure/base';
import { percentDecoded } from '../text/percent-decoded.ts';
import type { Media } from './article.ts';
import { fileSlug } from './slug.ts';
import { isThemeKey, themeAddress } from './theme-file.ts';

/**
 * Addresses of pictures and recordings on the site. A path depends on the key only. So it is known before the file
 * arrives, and it stays the same when the file is replaced.
 */

/** Known endings of names. Only these endings appear in a path, because static hosts derive the media type from them. */
const RECORDING_ENDINGS = 'mp3 m4a m4b ogg oga opus wav weba mp4 m4v ogv webm';
const ENDINGS: ReadonlyMap<string, MediaKeyKind> = new Map([
  ...endings('picture', 'jpg jpeg jpe jfif png gif webp avif'),
  ...endings('recording', RECORDING_ENDINGS),
  ...endings('transcript', 'vtt srt'),
]);

/** Kind of a media file by its name. A transcript is the text of the recording with the same name. */
type MediaKeyKind = 'picture' | 'recording' | 'transcript';

function endings(kind: MediaKeyKind, list: string): [string, MediaKeyKind][] {
  return list.split(' ').map(ending => [ending, kind]);
}

/** Form of the addresses that {@link mediaAddress} makes. */
const ADDRESS = /^\.\.\/media\/[a-z2-7]{16}\/[a-z0-9-]{1,80}(?:\.[a-z0-9]{1,5})?$/;

/** Kind of a file by the ending of its key or address. */
export function mediaKindOf(key: string): MediaKeyKind | undefined {
  return ENDINGS.get(endingOf(key));
}

/** Kind of a media file by its type. */
export function mediaKindOfType(type: string): MediaKeyKind {
  if (type === 'text/vtt' || type === 'application/x-subrip') return 'transcript';
  return type.startsWith('image/') ? 'picture' : 'recording';
}

/** Whether the ending of a key is that of a picture or recording, so that the file can be as large as they are. */
export function isLargeMedia(key: string): boolean {
  const kind = mediaKindOf(key);
  return kind === 'picture' || kind === 'recording';
}

/** Endings of files that can hold pictures: documents, mails and zips. Mails from a mailbox have no ending. */
const HOLDERS = new Set('docx odt rtf pdf eml zip'.split(' '));

/** Whether a file with this key can hold pictures, so that it can be as large as they are. */
export function canHoldMedia(key: string): boolean {
  const name = key.slice(key.lastIndexOf('/') + 1);
  return HOLDERS.has(endingOf(key)) || !name.includes('.');
}

/** Path of a media file on the site: `media/<16 characters of base32>/<name>.<ending>`. */
export function mediaPath(key: string): string {
  const name = key.slice(key.lastIndexOf('/') + 1);
  const ending = endingOf(name);
  const known = ENDINGS.has(ending);
  const stem = fileSlug(known ? name.slice(0, -ending.length - 1) : name);
  const id = base32.encode(createHash('sha256').update(key).digest()).slice(0, 16).toLowerCase();
  return `media/${id}/${stem}${known ? `.${ending}` : ''}`;
}

/** Path of the file of a media record on the site: that of a picture or recording, or of a file of the look of the site. */
export function publishedPath(key: string): string {
  return isThemeKey(key) ? themeAddress(key) : mediaPath(key);
}

/**
 * Nominal widths of the renditions of a picture in pixels. A phone takes the third one for a picture of its full width. The
 * last rendition of a smaller picture is as wide as the picture.
 */
export const RENDITION_WIDTHS = [400, 800, 1_200, 1_600] as const;

/** The rendition of a picture for link previews, in pixels. Its size is that of Open Graph. */
export const CARD = { name: 'card.jpg', width: 1_200, height: 630 } as const;

/** Name of a rendition by its place in {@link RENDITION_WIDTHS}. */
export function renditionName(index: number): string {
  return `${RENDITION_WIDTHS[index]}.webp`;
}

export function renditionType(name: string): 'image/jpeg' | 'image/webp' {
  return name.endsWith('.webp') ? 'image/webp' : 'image/jpeg';
}

/** Key of a rendition in the storage bucket. `key` is that of the picture there. */
export function renditionKey(key: string, name: string): string {
  return `${key}-${name}`;
}

/** Keys of all objects of a media file in the storage bucket. */
export function storedKeys({ key, renditions = [] }: Media['file']): string[] {
  return [key, ...renditions.map(({ name }) => renditionKey(key, name))];
}

/** Endings that fit the types of pictures. The first one is used if the key of a picture has another ending. */
const ENDINGS_OF_TYPES = {
  'image/jpeg': ['jpg', 'jpeg', 'jpe', 'jfif'],
  'image/png': ['png'],
  'image/gif': ['gif'],
  'image/webp': ['webp'],
  'image/avif': ['avif'],
};

/**
 * The address or path of a published file. A picture can be published in another format than the author's: its ending is
 * then that of its type.
 * @param address the {@link mediaAddress} or {@link mediaPath} of the key
 */
export function publishedAddress(address: string, type: string): string {
  if (!isPictureType(type)) return address;
  const fitting = ENDINGS_OF_TYPES[type];
  const ending = endingOf(address);
  if (fitting.includes(ending) || ENDINGS.get(ending) !== 'picture') return address;
  return `${address.slice(0, -ending.length)}${fitting[0]}`;
}

function isPictureType(type: string): type is keyof typeof ENDINGS_OF_TYPES {
  return Object.hasOwn(ENDINGS_OF_TYPES, type);
}

/** The address or path of a rendition, by that of the picture. */
export function renditionAddress(address: string, name: string): string {
  return `${stemOf(address)}-${name}`;
}

/** The address of a media file in articles: its {@link mediaPath}, relative to the folder `articles/` of all pages. */
export function mediaAddress(key: string): string {
  return `../${mediaPath(key)}`;
}

export function isMediaAddress(address: string): boolean {
  return ADDRESS.test(address);
}

/**
 * Resolves a relative address in a story to a key. The address is relative to the folder of the story, or with a leading
 * slash to the root of the bucket. Returns undefined for web addresses, and for addresses that lead out of the bucket.
 * @param key key of the story
 */
export function keyOfAddress(address: string, key: string): string | undefined {
  const encoded = address.trim().split(/[?#]/, 1)[0] ?? '';
  const path = (percentDecoded(encoded) ?? encoded).replaceAll('\\', '/');
  if (path === '' || path.startsWith('//') || /^[a-z][a-z0-9+.-]{0,30}:/i.test(path) || path.length > 1_024)
    return undefined;
  const parts = path.startsWith('/') ? [] : key.split('/').slice(0, -1);
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/').normalize('NFC') || undefined;
}

/** The first folder of a key. Undefined if the file is in no folder. */
export function topFolderOf(key: string): string | undefined {
  const parts = key.split('/').filter(part => part !== '');
  return parts.length > 1 ? parts[0]?.normalize('NFC') : undefined;
}

/** Endings of stories. A picture next to such a story, with the same name, belongs to it. */
const STORY_ENDINGS = 'md markdown txt html htm docx odt rtf eml xml json MD TXT HTML HTM DOCX ODT RTF'.split(
  ' ',
);

/** Removes the ending of a key. A picture and its story have the same stem. */
export function stemOf(key: string): string {
  const dot = key.lastIndexOf('.');
  return dot > key.lastIndexOf('/') + 1 ? key.slice(0, dot) : key;
}

/** Keys of the stories to which a picture can belong by its name. */
export function storiesBeside(key: string): string[] {
  const stem = stemOf(key);
  return STORY_ENDINGS.map(ending => `${stem}.${ending}`);
}

/** Keys of the transcripts that a recording can have. WebVTT is first, because browsers show it. */
export function transcriptsOf(key: string): string[] {
  return sameNamed(key, 'vtt srt');
}

/** Keys of the recordings to which a transcript can belong. */
export function recordingsOf(key: string): string[] {
  return sameNamed(key, RECORDING_ENDINGS);
}

/** Keys with the same stem and other endings, in small and capital letters. */
function sameNamed(key: string, list: string): string[] {
  const stem = stemOf(key);
  return `${list} ${list.toUpperCase()}`.split(' ').map(ending => `${stem}.${ending}`);
}

/** Tells whether pictures can belong to a story by their name. */
export function canHaveBeside(key: string): boolean {
  return STORY_ENDINGS.includes(key.slice(stemOf(key).length + 1));
}

function endingOf(key: string): string {
  return /\.([a-z0-9]{2,5})$/i.exec(key)?.[1]?.toLowerCase() ?? '';
}

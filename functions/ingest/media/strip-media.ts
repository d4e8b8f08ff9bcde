import { Rejection } from '../../../shared/errors/rejection.ts';
import { stripAvif } from './avif.ts';
import { stripGif } from './gif.ts';
import { stripJpeg } from './jpeg.ts';
import { beginsWithSound, stripMp3 } from './mp3.ts';
import { stripMp4 } from './mp4.ts';
import { stripOgg } from './ogg.ts';
import { stripPng } from './png.ts';
import { stripWave, stripWebp } from './riff.ts';
import type { StrippedMedia } from './stripped.ts';
import { stripWebm } from './webm.ts';

/** A row of the table of media formats. */
interface MediaFormat {
  /**
   * Whether a file has this format.
   * @param head its first 16 bytes as Latin-1
   */
  is(head: string, file: Uint8Array): boolean;
  strip(file: Uint8Array): StrippedMedia;
}

/** Brands of MP4 that all browsers play. Only some browsers play other brands, such as QuickTime's. */
const MP4_BRAND = /^(?:iso[2-9m]|mp4[12]|avc1|M4[ABV] |M4VH|dash|MSNV|f4v )/;

/**
 * Formats that every browser shows or plays. SVG is never among them, because it is a page that can hold
 * scripts.
 */
const FORMATS: readonly MediaFormat[] = [
  { is: head => head.startsWith('\xff\xd8\xff'), strip: stripJpeg },
  { is: head => head.startsWith('\x89PNG\r\n\x1a\n'), strip: stripPng },
  { is: head => /^GIF8[79]a/.test(head), strip: stripGif },
  { is: head => isRiff(head, 'WEBP'), strip: stripWebp },
  { is: head => isRiff(head, 'WAVE'), strip: stripWave },
  { is: head => /^avi[fs]/.test(brandOf(head)), strip: stripAvif },
  { is: head => MP4_BRAND.test(brandOf(head)), strip: stripMp4 },
  { is: head => head.startsWith('\x1a\x45\xdf\xa3'), strip: stripWebm },
  { is: head => head.startsWith('OggS\0'), strip: stripOgg },
  // A text can begin with “ID3” too, but no version number follows there.
  { is: head => ['ID3\x02', 'ID3\x03', 'ID3\x04'].some(each => head.startsWith(each)), strip: stripMp3 },
  {
    is: (head, file) => /^\xff[\xe2\xe3\xf2\xf3\xfa\xfb]/.test(head) && beginsWithSound(file),
    strip: stripMp3,
  },
];

function isRiff(head: string, form: string): boolean {
  return head.startsWith('RIFF') && head.startsWith(form, 8);
}

/** The brand of an MP4 or AVIF file. Empty for other files. */
function brandOf(head: string): string {
  return head.startsWith('ftyp', 4) ? head.slice(8, 12) : '';
}

/** Whether a file is a picture or a recording that can be published. Only the content decides. */
export function isMedia(file: Uint8Array): boolean {
  return formatOf(file) !== undefined;
}

/**
 * Removes the metadata of a picture or recording, and everything else that is not meant for readers.
 * @throws Rejection if the file is not a picture or recording, or is damaged, cut off or too large
 */
export function stripMedia(file: Uint8Array): StrippedMedia {
  const format = formatOf(file);
  if (!format) throw new Rejection('not-text', 'The file is not a picture or recording of a known kind.');
  return format.strip(file);
}

function formatOf(file: Uint8Array): MediaFormat | undefined {
  const head = Buffer.from(file.subarray(0, 16)).toString('latin1');
  return FORMATS.find(format => format.is(head, file));
}

import { beginsWithSound } from './mp3.ts';

/** Formats of pictures and recordings that can be published. */
export type MediaKind = keyof typeof SIGNS;

const PICTURES = ['jpeg', 'png', 'gif', 'webp', 'avif'] as const;
export type PictureKind = (typeof PICTURES)[number];

export function isPicture(kind: MediaKind): kind is PictureKind {
  return (PICTURES as readonly string[]).includes(kind);
}

/** Brands of MP4 that all browsers play. Only some browsers play other brands, such as QuickTime's. */
const MP4_BRAND = /^(?:iso[2-9m]|mp4[12]|avc1|M4[ABV] |M4VH|dash|MSNV|f4v )/;

/**
 * The signs of the formats that every browser shows or plays. SVG is never among them, because it is a page that can
 * hold scripts. `head` is the first 16 bytes as Latin-1.
 */
const SIGNS = {
  jpeg: (head: string) => head.startsWith('\xff\xd8\xff'),
  png: (head: string) => head.startsWith('\x89PNG\r\n\x1a\n'),
  gif: (head: string) => /^GIF8[79]a/.test(head),
  webp: (head: string) => isRiff(head, 'WEBP'),
  wave: (head: string) => isRiff(head, 'WAVE'),
  avif: (head: string) => /^avi[fs]/.test(brandOf(head)),
  mp4: (head: string) => MP4_BRAND.test(brandOf(head)),
  webm: (head: string) => head.startsWith('\x1a\x45\xdf\xa3'),
  ogg: (head: string) => head.startsWith('OggS\0'),
  // A text can begin with “ID3” too, but no version number follows there.
  mp3: (head: string, file: Uint8Array) =>
    ['ID3\x02', 'ID3\x03', 'ID3\x04'].some(each => head.startsWith(each)) ||
    (/^\xff[\xe2\xe3\xf2\xf3\xfa\xfb]/.test(head) && beginsWithSound(file)),
};

function isRiff(head: string, form: string): boolean {
  return head.startsWith('RIFF') && head.startsWith(form, 8);
}

/** The brand of an MP4 or AVIF file. Empty for other files. */
function brandOf(head: string): string {
  return head.startsWith('ftyp', 4) ? head.slice(8, 12) : '';
}

/** The format of a picture or a recording that can be published. Only the content decides. */
export function mediaKind(file: Uint8Array): MediaKind | undefined {
  const head = Buffer.from(file.subarray(0, 16)).toString('latin1');
  return (Object.keys(SIGNS) as MediaKind[]).find(kind => SIGNS[kind](head, file));
}

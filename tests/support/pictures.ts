import { crc32, deflateSync } from 'node:zlib';
import { riff, SECRET } from './media-parts.ts';

/** Pictures made by hand, small and whole, with metadata that must not be published. */

interface PictureOptions {
  width?: number;
  height?: number;
  /** 1 to 8; without one there is no such tag. */
  orientation?: number;
  /** Colours it: two pictures of one size that differ. */
  shade?: number;
  /** Behind its end. */
  trailer?: string;
}

/** A TIFF structure with an orientation, if any, a text, and a directory of GPS tags. */
function exif({
  orientation,
  little = false,
}: {
  orientation?: number | undefined;
  little?: boolean;
}): Buffer {
  const entries: [tag: number, type: number, count: number, value: number][] = [
    ...(orientation === undefined
      ? []
      : ([[0x0112, 3, 1, orientation]] as [number, number, number, number][])),
    [0x8825, 4, 1, 100],
  ];
  const tiff = Buffer.alloc(100 + 18 + 32 + SECRET.length);
  const u16 = (value: number, at: number) =>
    little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at);
  const u32 = (value: number, at: number) =>
    little ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at);
  tiff.write(little ? 'II*\0' : 'MM\0*', 'latin1');
  u32(8, 4);
  u16(entries.length, 8);
  for (const [index, [tag, type, count, value]] of entries.entries()) {
    const at = 10 + 12 * index;
    u16(tag, at);
    u16(type, at + 2);
    u32(count, at + 4);
    if (type === 3) u16(value, at + 8);
    else u32(value, at + 8);
  }
  tiff.write(SECRET, 150, 'latin1');
  return tiff;
}

function jpegSegment(marker: number, content: Buffer | string): Buffer {
  const body = Buffer.from(content as string, 'latin1');
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

/** A JPEG with Exif, XMP, IPTC, a comment, a JFIF thumbnail and a second picture behind its end. */
export function jpeg({
  width = 40,
  height = 30,
  orientation,
  shade = 0,
  trailer = SECRET,
}: PictureOptions = {}): Buffer {
  const frame = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 1);
  frame.writeUInt16BE(width, 3);
  // The first block has the brightness of the shade, and the others repeat it.
  const blocks = Math.ceil(width / 8) * Math.ceil(height / 8);
  const bits = `10${'11111111'}0${'00'.repeat(Math.max(0, blocks - 1))}`;
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    jpegSegment(0xe0, `JFIF\0\x01\x02\x01\0\x48\0\x48\x01\x01\0\0\0`),
    jpegSegment(
      0xe1,
      Buffer.concat([Buffer.from('Exif\0\0'), exif({ orientation, little: width % 2 === 1 })]),
    ),
    jpegSegment(0xe1, `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${SECRET}</x:xmpmeta>`),
    jpegSegment(0xe2, `MPF\0${SECRET}`),
    jpegSegment(0xed, `Photoshop 3.0\0${SECRET}`),
    jpegSegment(0xfe, SECRET),
    jpegSegment(0xdb, Buffer.concat([Buffer.alloc(1), Buffer.alloc(64, 1 + (shade % 4))])),
    jpegSegment(0xc0, frame),
    // Code 0 is a difference of 0, and code 10 one of 8 bits.
    jpegSegment(0xc4, Buffer.from([0x00, 1, 1, ...Array(14).fill(0), 0, 8])),
    // Code 0 is the end of a block.
    jpegSegment(0xc4, Buffer.from([0x10, 1, ...Array(15).fill(0), 0])),
    jpegSegment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    stuffed(bits),
    Buffer.from([0xff, 0xd9]),
    Buffer.from(trailer),
  ]);
}

/** Bits of a scan as bytes. A zero follows each byte of ones. */
function stuffed(bits: string): Buffer {
  const bytes: number[] = [];
  for (let at = 0; at < bits.length; at += 8) {
    const byte = Number.parseInt(bits.slice(at, at + 8).padEnd(8, '1'), 2);
    bytes.push(...(byte === 0xff ? [byte, 0] : [byte]));
  }
  return Buffer.from(bytes);
}

function pngChunk(name: string, content: Buffer | string): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), Buffer.from(content as string, 'latin1')]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length - 4);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A PNG that a browser shows, with texts, a time and Exif. */
export function png({
  width = 4,
  height = 3,
  orientation,
  shade = 0,
  trailer = SECRET,
}: PictureOptions = {}): Buffer {
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // The claims of a hostile header are not backed by pixels.
  const pixels = width * height > 1_000_000 ? Buffer.alloc(9) : Buffer.alloc((width + 1) * height, shade);
  for (let row = 0; row * (width + 1) < pixels.length; row += 1) pixels[row * (width + 1)] = 0;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', header),
    pngChunk('tEXt', `Comment\0${SECRET}`),
    pngChunk('iTXt', `XML:com.adobe.xmp\0\0\0\0\0${SECRET}`),
    pngChunk('tIME', Buffer.alloc(7, 1)),
    pngChunk('eXIf', exif({ orientation })),
    pngChunk('prVt', SECRET),
    pngChunk('IDAT', deflateSync(pixels)),
    pngChunk('IEND', ''),
    Buffer.from(trailer),
  ]);
}

/** A GIF of one pixel on a canvas, with a comment and XMP, that repeats. */
export function gif({ width = 4, height = 3, trailer = SECRET }: PictureOptions = {}): Buffer {
  const screen = Buffer.from([0, 0, 0, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
  screen.writeUInt16LE(width, 0);
  screen.writeUInt16LE(height, 2);
  const block = (text: string) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text, 'latin1')]);
  return Buffer.concat([
    Buffer.from('GIF89a', 'latin1'),
    screen,
    Buffer.from([0x21, 0xff]),
    block('NETSCAPE2.0'),
    Buffer.from([3, 1, 0, 0, 0]),
    Buffer.from([0x21, 0xff]),
    block('XMP DataXMP'),
    block(SECRET),
    Buffer.from([0]),
    Buffer.from([0x21, 0xfe]),
    block(SECRET),
    Buffer.from([0]),
    Buffer.from([0x21, 0xf9, 4, 0, 0, 0, 0, 0]),
    Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b]),
    Buffer.from(trailer),
  ]);
}

/** The bits of a number, the lowest one first. */
function reversed(value: number, bits: number): string {
  return [...value.toString(2).padStart(bits, '0')].reverse().join('');
}

/** A WebP with Exif, XMP and a chunk of nobody's. */
export function webp({ width = 4, height = 3, orientation, trailer = SECRET }: PictureOptions = {}): Buffer {
  const canvas = Buffer.alloc(10);
  canvas[0] = 0x0c;
  canvas.writeUIntLE(width - 1, 4, 3);
  canvas.writeUIntLE(height - 1, 7, 3);
  // A picture of one colour: each of its codes has one symbol, so a pixel takes no bit. The lowest bits come first.
  const code = (symbol: number) => `101${reversed(symbol, 8)}`;
  const bits = `${reversed(0x2f, 8)}${reversed(width - 1, 14)}${reversed(height - 1, 14)}0000000${code(9)}${code(7)}${code(5)}${code(255)}1000`;
  const pixels = Buffer.from(
    (bits.match(/.{1,8}/g) ?? []).map(byte => Number.parseInt([...byte].reverse().join(''), 2)),
  );
  return riff(
    'WEBP',
    [
      ['VP8X', canvas],
      ['VP8L', pixels],
      ['EXIF', exif({ orientation })],
      ['XMP ', SECRET],
      ['mine', SECRET],
    ],
    trailer,
  );
}

/** An AVIF of one colour, 40 × 30 pixels, with Exif. It was written by sharp. */
export function avif(): Buffer {
  return Buffer.from(AVIF, 'base64');
}

const AVIF = `
AAAAHGZ0eXBhdmlmAAAAAG1pZjFhdmlmbWlhZgAAARdtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAADRpbG9jAA
AAAERAAAIAAQAAAAABOwABAAAAAAAAACQAAgAAAAABXwABAAAAAAAAAPQAAAA4aWluZgAAAAAAAgAAABVpbmZlAgAAAAABAABhdjAxAAAAABVp
bmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAAVmlwcnAAAAA4aXBjbwAAAAxhdjFDgSACAAAAABRpc3BlAAAAAAAAACgAAAAeAAAAEH
BpeGkAAAAAAwgICAAAABZpcG1hAAAAAAAAAAEAAQOBAgMAAAAaaXJlZgAAAAAAAAAOY2RzYwACAAEAAQAAASBtZGF0EgAKCTgVJ+tICGg0gDIV
HEJi5OAAFgAArEN8YZHEkjZPrQPyAAAABkV4aWYAAElJKgAIAAAABwASAQMAAQAAAAEAAAAaAQUAAQAAAGIAAAAbAQUAAQAAAGoAAAAoAQMAAQ
AAAAIAAAA7AQIAKQAAAHIAAAATAgMAAQAAAAEAAABphwQAAQAAAJwAAAAAAAAAOGMAAOgDAAA4YwAA6AMAAEdQUyA1MC40NTAxTiAzMC41MjM0
RSwgdGFrZW4gYnkgSmFuZSBSb2UAAAYAAJAHAAQAAAAwMjEwAZEHAAQAAAABAgMAAKAHAAQAAAAwMTAwAaADAAEAAAD//wAAAqAEAAEAAAAoAA
AAA6AEAAEAAAAeAAAAAAAAAA==
`;

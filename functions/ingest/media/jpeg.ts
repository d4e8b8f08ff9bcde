import { Bytes } from './bytes.ts';
import { isTurned, orientationOf, tiffOf } from './orientation.ts';
import { type StrippedMedia, sizeOf } from './stripped.ts';

/** Codes of markers. Source: ITU-T T.81, table B.1. */
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;

/** Markers that a decoder needs besides frames and scans: tables, intervals, number of lines. */
const TABLES = new Set([0xc4, 0xcc, 0xdb, 0xdc, 0xdd]);

/**
 * Whether a marker begins a frame. The range of frames also holds some {@link TABLES} and the extension 0xc8.
 */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc8 && !TABLES.has(marker);
}

/** Length of JFIF's fixed part, in bytes. A thumbnail can follow it. */
const JFIF_BYTES = 14;

/**
 * Removes Exif, XMP, IPTC, comments, thumbnails and trailing bytes from a JPEG image. The picture, its
 * colours and its orientation stay.
 * @throws Rejection if the file is damaged, cut off or too large
 */
export function stripJpeg(file: Uint8Array): StrippedMedia {
  const bytes = new Bytes(file, 'JPEG image');
  const kept: Buffer[] = [];
  let size: { width: number; height: number } | undefined;
  let orientation = 1;
  let scans = 0;
  let at = 2;
  for (;;) {
    if (bytes.u8(at) !== 0xff) throw bytes.damaged();
    while (bytes.u8(at) === 0xff) at += 1;
    const marker = bytes.u8(at);
    at += 1;
    if (marker === EOI) break;
    const length = bytes.u16(at);
    if (length < 2) throw bytes.damaged();
    const content = bytes.slice(at + 2, at + length);
    at += length;
    if (isFrame(marker)) {
      if (size || content.length < 6) throw bytes.damaged();
      size = { height: content.readUInt16BE(1), width: content.readUInt16BE(3) };
      kept.push(segment(marker, content));
    } else if (marker === SOS) {
      const end = endOfScan(bytes, at);
      kept.push(segment(marker, content), bytes.slice(at, end));
      at = end;
      scans += 1;
    } else if (TABLES.has(marker)) {
      kept.push(segment(marker, content));
    } else if (marker === APP1 && content.toString('latin1', 0, 6) === 'Exif\0\0') {
      orientation = orientationOf(content.subarray(6));
    } else {
      const needed = neededForColour(marker, content);
      if (needed) kept.push(segment(marker, needed));
    }
  }
  if (!size || scans === 0) throw bytes.damaged();
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiffOf(orientation)]);
  return {
    bytes: Buffer.concat([
      Buffer.from([0xff, SOI]),
      ...(orientation > 1 ? [segment(APP1, exif)] : []),
      ...kept,
      Buffer.from([0xff, EOI]),
    ]),
    type: 'image/jpeg',
    ...sizeOf(size.width, size.height, isTurned(orientation)),
  };
}

/**
 * The part of an application segment that a decoder needs to show the colours. Undefined if there is none.
 */
function neededForColour(marker: number, content: Buffer): Buffer | undefined {
  const name = content.toString('latin1', 0, 12);
  if (marker === APP0 && name.startsWith('JFIF\0') && content.length >= JFIF_BYTES) {
    const jfif = Buffer.from(content.subarray(0, JFIF_BYTES));
    jfif.fill(0, JFIF_BYTES - 2);
    return jfif;
  }
  if (marker === APP2 && name === 'ICC_PROFILE\0') return content;
  return marker === APP14 && name.startsWith('Adobe') ? content.subarray(0, 12) : undefined;
}

/** The end of a scan's coded data: the first marker that is not a restart marker or a stuffed byte. */
function endOfScan(bytes: Bytes, from: number): number {
  const { buffer } = bytes;
  for (let at = buffer.indexOf(0xff, from); at >= 0; at = buffer.indexOf(0xff, at + 1)) {
    const next = buffer[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  throw bytes.cutOff();
}

function segment(marker: number, content: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, content]);
}

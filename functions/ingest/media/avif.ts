import { boxesIn, boxesOf, free, type MediaBox } from './boxes.ts';
import { Bytes } from './bytes.ts';
import { type StrippedMedia, sizeOf } from './stripped.ts';

/** Types of boxes that stay. Other boxes become free space. */
const KEPT = new Set(['ftyp', 'meta', 'moov', 'mdat']);

/** Maximum number of items, and of extents of all items. A picture in tiles has some hundreds. */
const MAX_ITEMS = 10_000;

/** The location of an item's bytes. Source: ISO/IEC 14496-12, section 8.11.3. */
interface Item {
  id: number;
  extents: { at: number; length: number }[];
}

/**
 * Blanks Exif and XMP of an AVIF image. No byte moves, because the file refers to its data by position. The
 * orientation stays, because it is a property of the image.
 * @throws Rejection if the file is damaged, cut off or too large
 */
export function stripAvif(file: Uint8Array): StrippedMedia {
  const bytes = new Bytes(Buffer.from(file), 'AVIF image');
  const top = boxesIn(bytes, 0, bytes.length);
  for (const box of top) if (!KEPT.has(box.type)) free(bytes, box);
  const meta = top.find(({ type }) => type === 'meta');
  if (!meta || !top.some(({ type }) => type === 'mdat')) throw bytes.damaged();
  for (const moov of top.filter(({ type }) => type === 'moov'))
    for (const box of boxesOf(bytes, moov)) if (box.type === 'udta' || box.type === 'meta') free(bytes, box);
  const boxes = boxesOf(bytes, meta, 4);
  const find = (type: string) => boxes.find(box => box.type === type);
  blankMetadata(bytes, find('iinf'), find('iloc'), find('idat'));
  for (const box of boxes) if (box.type === 'uuid' || box.type === 'udta') free(bytes, box);
  return { bytes: bytes.buffer, type: 'image/avif', ...pixels(bytes, find('iprp')) };
}

function blankMetadata(bytes: Bytes, iinf?: MediaBox, iloc?: MediaBox, idat?: MediaBox): void {
  if (!iinf || !iloc) throw bytes.damaged();
  const hidden = new Map<number, string>();
  const entries = boxesOf(bytes, iinf, bytes.u8(iinf.content) === 0 ? 6 : 8);
  for (const entry of entries) {
    const version = bytes.u8(entry.content);
    if (entry.type !== 'infe' || version < 2) continue;
    const at = entry.content + 4;
    const id = version === 2 ? bytes.u16(at) : bytes.u32(at);
    const type = bytes.name(at + (version === 2 ? 4 : 6));
    if (type === 'Exif' || type === 'mime' || type === 'uri ') hidden.set(id, type);
  }
  if (hidden.size === 0) return;
  let blanked = 0;
  for (const { id, extents } of itemsOf(bytes, iloc, idat)) {
    const type = hidden.get(id);
    if (type === undefined) continue;
    for (const { at, length } of extents) {
      blanked += length;
      // Length 0 means the whole file. Many overlapping extents would take too much time.
      if (length === 0 || blanked > bytes.length) throw bytes.damaged();
      bytes.buffer.fill(type === 'Exif' ? 0 : 0x20, bytes.need(at, length), at + length);
      // Some decoders refuse Exif data that is not valid, so an empty structure is written.
      if (type === 'Exif' && length >= EMPTY_EXIF.length) EMPTY_EXIF.copy(bytes.buffer, at);
    }
  }
}

/** Exif data without tags: four bytes of offset, then a TIFF header without an entry. */
const EMPTY_EXIF = Buffer.from('\0\0\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0', 'latin1');

function itemsOf(bytes: Bytes, iloc: MediaBox, idat: MediaBox | undefined): Item[] {
  const version = bytes.u8(iloc.content);
  let at = iloc.content + 4;
  const [sizes, more] = [bytes.u8(at), bytes.u8(at + 1)];
  const [offsetSize, lengthSize, baseSize] = [sizes >> 4, sizes & 15, more >> 4];
  const indexSize = version === 0 ? 0 : more & 15;
  at += 2;
  const take = (size: number) => {
    const value = size === 0 ? 0 : size === 2 ? bytes.u16(at) : size === 4 ? bytes.u32(at) : bytes.u64(at);
    at += size;
    return value;
  };
  if ([offsetSize, lengthSize, baseSize, indexSize].some(size => size !== 0 && size !== 4 && size !== 8))
    throw bytes.damaged();
  const wide = version < 2 ? 2 : 4;
  const count = take(wide);
  if (count > MAX_ITEMS) throw bytes.damaged();
  const items: Item[] = [];
  let total = 0;
  for (let index = 0; index < count; index += 1) {
    const id = take(wide);
    const within = version === 0 ? 0 : take(2) & 15;
    take(2);
    const base = take(baseSize);
    const item: Item = { id, extents: [] };
    const extents = take(2);
    total += extents;
    if (total > MAX_ITEMS) throw bytes.damaged();
    for (let extent = 0; extent < extents; extent += 1) {
      take(indexSize);
      const offset = base + take(offsetSize) + (within === 1 ? (idat?.content ?? 0) : 0);
      const length = take(lengthSize);
      item.extents.push({ at: offset, length });
    }
    items.push(item);
  }
  return items;
}

/**
 * The size of the largest image in the file. Browsers show that one; others are tiles, transparency and
 * thumbnails.
 */
function pixels(bytes: Bytes, iprp: MediaBox | undefined): { width: number; height: number } {
  const ipco = iprp && boxesOf(bytes, iprp).find(({ type }) => type === 'ipco');
  const properties = ipco ? boxesOf(bytes, ipco) : [];
  let [width, height] = [0, 0];
  for (const { type, content } of properties) {
    if (type !== 'ispe') continue;
    const [wide, high] = [bytes.u32(content + 4), bytes.u32(content + 8)];
    if (wide * high > width * height) [width, height] = [wide, high];
  }
  const turn = properties.find(({ type }) => type === 'irot');
  return sizeOf(width, height, turn !== undefined && bytes.u8(turn.content) % 2 === 1);
}

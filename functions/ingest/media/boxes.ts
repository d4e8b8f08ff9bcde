import type { Bytes } from './bytes.ts';

/**
 * A box of an MP4 or AVIF file. Source: ISO/IEC 14496-12, section 4.2. Positions are in bytes from the file's
 * start.
 */
export interface MediaBox {
  type: string;
  /** Position of the box. */
  start: number;
  /** Position of the box's content. */
  content: number;
  /** Position after the box. */
  end: number;
}

/** Maximum number of boxes on one level. A long recording in fragments has thousands. */
const MAX_BOXES = 100_000;

/**
 * Reads the boxes between two positions.
 * @throws Rejection if a box ends after `to`
 */
export function boxesIn(bytes: Bytes, from: number, to: number): MediaBox[] {
  const boxes: MediaBox[] = [];
  for (let start = from; start < to; start = boxes.at(-1)?.end ?? to) {
    const short = bytes.u32(start);
    const content = short === 1 ? start + 16 : start + 8;
    const length = short === 1 ? bytes.u64(start + 8) : short === 0 ? to - start : short;
    const end = start + length;
    if (end < content || end > to) throw bytes.cutOff();
    boxes.push({ type: bytes.name(start + 4), start, content, end });
    if (boxes.length > MAX_BOXES) throw bytes.damaged();
  }
  return boxes;
}

/**
 * Reads the boxes inside a box.
 * @param skip number of bytes before the first inner box, such as version and flags
 */
export function boxesOf(bytes: Bytes, box: MediaBox, skip = 0): MediaBox[] {
  return boxesIn(bytes, box.content + skip, box.end);
}

/**
 * Turns a box into free space of the same length. No byte moves, because the file refers to its data by
 * position.
 */
export function free(bytes: Bytes, box: MediaBox): void {
  bytes.buffer.write('free', box.start + 4, 'latin1');
  bytes.buffer.fill(0, box.content, box.end);
}

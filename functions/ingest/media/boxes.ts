import type { Bytes } from './bytes.ts';

/** A box of ISO/IEC 14496-12, section 4.2: what MP4 and AVIF files are made of. Positions in the file. */
export interface Box {
  type: string;
  /** Where it begins, where its content does, and where it ends. */
  start: number;
  content: number;
  end: number;
}

/** Most boxes of one level; a long recording in fragments has thousands. */
const MOST_BOXES = 100_000;

/**
 * The boxes between two positions.
 * @throws Rejection where one of them ends outside
 */
export function boxesIn(bytes: Bytes, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let start = from; start < to; start = boxes.at(-1)?.end ?? to) {
    const short = bytes.u32(start);
    const content = short === 1 ? start + 16 : start + 8;
    const length = short === 1 ? bytes.u64(start + 8) : short === 0 ? to - start : short;
    const end = start + length;
    if (end < content || end > to) throw bytes.cutOff();
    boxes.push({ type: bytes.name(start + 4), start, content, end });
    if (boxes.length > MOST_BOXES) throw bytes.damaged();
  }
  return boxes;
}

/** The boxes inside a box; `skip` for the bytes of version and flags, or other fields before them. */
export function boxesOf(bytes: Bytes, box: Box, skip = 0): Box[] {
  return boxesIn(bytes, box.content + skip, box.end);
}

/** Makes free space of a box. Everything stays where it is, because the file names its data by their positions. */
export function free(bytes: Bytes, box: Box): void {
  bytes.buffer.write('free', box.start + 4, 'latin1');
  bytes.buffer.fill(0, box.content, box.end);
}

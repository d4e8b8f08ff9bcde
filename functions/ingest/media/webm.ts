import { Bytes } from './bytes.ts';
import type { StrippedMedia } from './stripped.ts';

/** Ids of Matroska elements. Source: RFC 9559. */
const EBML = 0x1a45dfa3;
const DOC_TYPE = 0x4282;
const SEGMENT = 0x18538067;
const TRACKS = 0x1654ae6b;
const TRACK_ENTRY = 0xae;
const TRACK_TYPE = 0x83;
const CLUSTER = 0x1f43b675;
const VOID = 0xec;

/** Ids of elements with metadata: tags and attached files. */
const METADATA = new Set([0x1254c367, 0x1941a469]);

/** Maximum number of elements on one level. A recording of a day has some ten thousand clusters. */
const MAX_ELEMENTS = 100_000;

interface MatroskaElement {
  id: number;
  start: number;
  content: number;
  end: number;
  /** Whether the element states no length, as in a live recording. It then ends where its parent ends. */
  endless: boolean;
}

/**
 * Blanks tags and attached files of a WebM recording (video or sound). No byte moves, because the file refers
 * to its data by position.
 * @throws Rejection if the file is damaged, cut off, or Matroska of another kind
 */
export function stripWebm(file: Uint8Array): StrippedMedia {
  const bytes = new Bytes(Buffer.from(file), 'WebM file');
  const top = elementsIn(bytes, 0, bytes.length);
  const docType = top[0]?.id === EBML ? find(bytes, top[0], DOC_TYPE) : undefined;
  const segment = top.find(({ id }) => id === SEGMENT);
  const name = docType ? bytes.name(docType.content, docType.end - docType.content).replace(/\0+$/, '') : '';
  if (name !== 'webm' || !segment) throw bytes.damaged();
  const parts = elementsIn(bytes, segment.content, segment.end);
  const tracks = parts.find(({ id }) => id === TRACKS);
  const types = tracks
    ? elementsIn(bytes, tracks.content, tracks.end)
        .filter(({ id }) => id === TRACK_ENTRY)
        .map(entry => find(bytes, entry, TRACK_TYPE))
        .map(type => (type ? bytes.u8(type.content) : 0))
    : [];
  if (!types.includes(1) && !types.includes(2)) throw bytes.damaged();
  for (const element of parts) if (METADATA.has(element.id)) blank(bytes, element);
  return { bytes: bytes.buffer, type: types.includes(1) ? 'video/webm' : 'audio/webm' };
}

function find(bytes: Bytes, parent: MatroskaElement, id: number): MatroskaElement | undefined {
  return elementsIn(bytes, parent.content, parent.end).find(element => element.id === id);
}

function elementsIn(bytes: Bytes, from: number, to: number): MatroskaElement[] {
  const elements: MatroskaElement[] = [];
  for (let start = from; start < to; ) {
    const id = number(bytes, start, false);
    const size = number(bytes, start + id.length, true);
    const content = start + id.length + size.length;
    const endless = size.value === 2 ** (7 * size.length) - 1;
    const end = endless ? to : content + size.value;
    if (end > to) throw bytes.cutOff();
    const element = { id: id.value, start, content, end, endless };
    elements.push(element);
    if (elements.length > MAX_ELEMENTS || (endless && ![SEGMENT, CLUSTER].includes(element.id)))
      throw bytes.damaged();
    start = end;
  }
  return elements;
}

/**
 * Reads a number of one to eight bytes. Its leading zero bits give its length. Source: RFC 8794, section 4.
 */
function number(bytes: Bytes, at: number, masked: boolean): { value: number; length: number } {
  const first = bytes.u8(at);
  const length = Math.clz32(first) - 23;
  if (length > (masked ? 8 : 4)) throw bytes.damaged();
  let value = masked ? first & (2 ** (8 - length) - 1) : first;
  for (let index = 1; index < length; index += 1) value = value * 256 + bytes.u8(at + index);
  return { value, length };
}

/** Overwrites an element with a void element of the same length, which players skip. */
function blank(bytes: Bytes, { start, end }: MatroskaElement): void {
  const length = end - start;
  const { buffer } = bytes;
  buffer.fill(0, start, end);
  buffer[start] = VOID;
  if (length < 10) {
    buffer[start + 1] = 0x80 | (length - 2);
  } else {
    buffer[start + 1] = 0x01;
    buffer.writeUIntBE(length - 9, start + 3, 6);
  }
}

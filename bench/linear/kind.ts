/** A kind of file that can be made in any size. */
export interface Kind {
  /** `format: what` for what people file, `format bait: what` for what was made to be slow. */
  name: string;
  key: string;
  /** What stands before and behind the part that is repeated. */
  before: string;
  after: string;
  /** The part; it gets its number, so that no two need be equal. */
  part(number: number): string;
  /** Puts the text into a file that is no text. A size is then that of what it unpacks to. */
  pack?(text: string): Uint8Array;
}

const SENTENCES = [
  'The council met on Monday, as it does each week, and voted for the new bridge.',
  'It will be built in spring, the mayor said, if the river allows it.',
  'Nobody opposed the plan, though some asked what would become of the ferry.',
  'The works will cost about forty million, half of which the region pays.',
];

/** Three sentences, 230 characters. */
export const paragraph = (number: number): string =>
  `${[0, 1, 2].map(offset => sentence(number + offset)).join(' ')} (${number})`;

export const sentence = (number: number): string => SENTENCES[number % SENTENCES.length] ?? '';

/** A kind whose parts stand between `before` and `after`. */
export const kind = (name: string, key: string, part: Kind['part'], before = '', after = ''): Kind => ({
  name,
  key,
  before,
  after,
  part,
});

/** The format of a kind: its first kind is what the others are compared with. */
export function formatOf({ name }: Kind): string {
  return name.split(/:| bait:/)[0] ?? name;
}

/** So many characters are put together before they are written: a list of all parts would take more memory than parsing. */
const CHUNK = 65_536;

/** A file of this kind, of `size` bytes or a few less. */
export function make({ before, after, part, pack }: Kind, size: number): Uint8Array {
  const file = Buffer.alloc(size + before.length + after.length);
  let end = file.write(before);
  const room = size - end - Buffer.byteLength(after);
  let chunk = '';
  let length = 0;
  for (let number = 0; ; number += 1) {
    const next = part(number);
    length += Buffer.byteLength(next);
    if (length > room || chunk.length > CHUNK) {
      end += file.write(chunk, end);
      chunk = '';
    }
    if (length > room) break;
    chunk += next;
  }
  end += file.write(after, end);
  const text = file.subarray(0, end);
  return pack ? pack(text.toString()) : text;
}

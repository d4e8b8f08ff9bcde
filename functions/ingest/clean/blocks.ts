import { countLetters } from '../text/characters.ts';
import type { CleanImage } from './images.ts';

/** An inline element around a piece of text. Each element of the source has its own object. */
export interface Format {
  name: string;
  /** Attribute names and values in output order, not escaped. */
  attributes: readonly (readonly [string, string])[];
}

/** A piece of a line: text, a line break or an image. */
export type InlinePiece =
  | { kind: 'text'; text: string; formats: readonly Format[] }
  | { kind: 'break'; formats: readonly Format[] }
  | { kind: 'image'; image: CleanImage; formats: readonly Format[] };

/**
 * A block of the clean body, such as `p`, `h2`, `pre`, `ul` or `img`. It holds a line, an image or more
 * blocks.
 */
export interface CleanBlock {
  name: string;
  children: CleanBlock[];
  line: InlinePiece[];
  attributes: readonly (readonly [string, string])[];
  image?: CleanImage;
  /** Whether the block is a link in place of an embedded video or post. It is no text of the story. */
  isEmbed?: boolean;
}

/** Makes a block. Parts that are not given are empty. */
export function makeBlock(name: string, parts: Partial<Omit<CleanBlock, 'name'>> = {}): CleanBlock {
  return { name, children: [], line: [], attributes: [], ...parts };
}

const EDGE_SPACE = /[\s\u200b\u2060\ufeff]/;

/** Matches white space other than a single plain space. Most texts have none and are not copied. */
const COLLAPSIBLE_SPACE = /[\t\n\f\r]| {2}/;

/**
 * Turns raw pieces into lines as a browser shows them. White space is collapsed and trimmed. Lines without
 * text and images are left out.
 * @param options.splitAtBreaks two or more breaks in a row end a line; by default all pieces form one line
 */
export function linesOf(
  leaves: readonly InlinePiece[],
  { splitAtBreaks = false }: { splitAtBreaks?: boolean } = {},
): InlinePiece[][] {
  const lines: InlinePiece[][] = [];
  let line: InlinePiece[] = [];
  let breaks = 0;
  // A flag is kept because `endsWith` on the joined text copies a long line once per piece.
  let endsWithSpace = false;
  for (const leaf of leaves) {
    if (leaf.kind === 'break') {
      breaks += 1;
      continue;
    }
    const text = leaf.kind === 'text' ? collapse(leaf.text) : '';
    if (leaf.kind === 'text' && (text === '' || (text === ' ' && breaks > 0))) continue;
    if (breaks > 1 && splitAtBreaks) {
      addTrimmedLine(lines, line);
      line = [];
      breaks = 0;
    }
    if (breaks > 0 && line.length > 0) {
      trimEnd(line);
      if (line.length > 0)
        line.push({ kind: 'break', formats: commonFormats(line.at(-1)?.formats ?? [], leaf.formats) });
    }
    breaks = 0;
    if (leaf.kind === 'image') {
      line.push(leaf);
      endsWithSpace = false;
      continue;
    }
    endsWithSpace = addText(line, text, leaf.formats, endsWithSpace);
  }
  addTrimmedLine(lines, line);
  return lines;
}

function addTrimmedLine(lines: InlinePiece[][], line: InlinePiece[]): void {
  trimEnd(line);
  trimStart(line);
  if (line.length > 0) lines.push(line);
}

function collapse(text: string): string {
  return COLLAPSIBLE_SPACE.test(text) ? text.replace(/[\t\n\f\r ]+/g, ' ') : text;
}

/** Adds text to a line. Returns true if the line then ends with a space. */
function addText(
  line: InlinePiece[],
  raw: string,
  formats: readonly Format[],
  endsWithSpace: boolean,
): boolean {
  const last = line.at(-1);
  const edge = !last || last.kind === 'break' || (last.kind === 'text' && endsWithSpace);
  const text = edge && raw.startsWith(' ') ? raw.slice(1) : raw;
  if (text === '') return endsWithSpace;
  // A lone space keeps only the formats of its left neighbour, or `<b>a</b><i> </i>` keeps an `i` without
  // words.
  const kept = text === ' ' ? commonFormats(last?.formats ?? [], formats) : formats;
  if (last?.kind === 'text' && sameFormats(last.formats, kept))
    line[line.length - 1] = { ...last, text: last.text + text };
  else line.push({ kind: 'text', text, formats: kept });
  return text.endsWith(' ');
}

/** Returns the formats that two pieces share, outermost first. */
export function commonFormats(a: readonly Format[], b: readonly Format[]): readonly Format[] {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}

function sameFormats(a: readonly Format[], b: readonly Format[]): boolean {
  return a.length === b.length && commonFormats(a, b).length === a.length;
}

/** Returns the line without white space and breaks at its ends. */
export function trimLine(line: readonly InlinePiece[]): InlinePiece[] {
  const rest = [...line];
  trimEnd(rest);
  trimStart(rest);
  return rest;
}

function trimStart(rest: InlinePiece[]): void {
  let first = 0;
  for (let leaf = rest[first]; leaf && leaf.kind !== 'image'; leaf = rest[first]) {
    const text = leaf.kind === 'text' ? trimStartOf(leaf.text) : '';
    if (leaf.kind === 'text' && text !== '') {
      if (text !== leaf.text) rest[first] = { ...leaf, text };
      break;
    }
    first += 1;
  }
  if (first > 0) rest.splice(0, first);
}

/** Trims in place, because linesOf trims a line at each of its breaks. */
function trimEnd(rest: InlinePiece[]): void {
  for (let leaf = rest.at(-1); leaf && leaf.kind !== 'image'; leaf = rest.at(-1)) {
    const text = leaf.kind === 'text' ? trimEndOf(leaf.text) : '';
    if (leaf.kind === 'text' && text !== '') {
      if (text !== leaf.text) rest[rest.length - 1] = { ...leaf, text };
      break;
    }
    rest.pop();
  }
}

// A loop is used because /\s+$/ takes quadratic time on long runs of white space inside a line.
function trimEndOf(text: string): string {
  let end = text.length;
  while (end > 0 && EDGE_SPACE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function trimStartOf(text: string): string {
  let start = 0;
  while (start < text.length && EDGE_SPACE.test(text.charAt(start))) start += 1;
  return text.slice(start);
}

/** Returns the text of a line without the readings of ruby. Breaks and images become spaces. */
export function lineText(line: readonly InlinePiece[]): string {
  const text = line.map(leaf => (leaf.kind === 'text' ? (isReading(leaf) ? '' : leaf.text) : ' ')).join('');
  return (/\n| {2}/.test(text) ? text.replace(/[ \n]+/g, ' ') : text).trim();
}

function isReading({ formats }: InlinePiece): boolean {
  return formats.some(({ name }) => name === 'rt' || name === 'rp');
}

/** Counts the letters and digits of the blocks and their descendants. */
export function lettersOf(blocks: readonly CleanBlock[]): number {
  let letters = 0;
  const stack = [...blocks];
  for (let block = stack.pop(); block; block = stack.pop()) {
    for (const leaf of block.line) if (leaf.kind === 'text') letters += countLetters(leaf.text);
    for (const child of block.children) stack.push(child);
  }
  return letters;
}

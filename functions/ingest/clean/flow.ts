import { countLetters } from '../text/characters.ts';
import type { CleanImage } from './images.ts';

/** Formatting that is open around a piece of text; one object for each element of the source. */
export interface Format {
  name: string;
  /** Attributes ready to be written, in order. */
  attributes: readonly (readonly [string, string])[];
}

/** A piece of a line. */
export type Leaf =
  | { kind: 'text'; text: string; formats: readonly Format[] }
  | { kind: 'break'; formats: readonly Format[] }
  | { kind: 'image'; image: CleanImage; formats: readonly Format[] };

/** A block of the clean body: `p`, `h2`, `pre`, `ul`, `img`... with a line, an image or more blocks inside. */
export interface Flow {
  name: string;
  children: Flow[];
  line: Leaf[];
  attributes: readonly (readonly [string, string])[];
  image?: CleanImage;
}

export function flow(name: string, parts: Partial<Omit<Flow, 'name'>> = {}): Flow {
  return { name, children: [], line: [], attributes: [], ...parts };
}

const EDGE = /[\s\u200b\u2060\ufeff]/;

/** White space that is not one plain space already. Most text has none, and to collapse it makes lists as long as the text. */
const UNEVEN = /[\t\n\f\r]| {2}/;

/**
 * Splits raw pieces into lines as a browser would show them: white space collapsed and trimmed, two or more breaks
 * in a row end a line. Lines without any text or image are left out.
 */
export function linesOf(leaves: readonly Leaf[], split: boolean): Leaf[][] {
  const lines: Leaf[][] = [];
  let line: Leaf[] = [];
  let breaks = 0;
  // Whether the line ends with a space. Asked of the line itself, long lines of many pieces would be copied for each.
  let spaced = false;
  for (const leaf of leaves) {
    if (leaf.kind === 'break') {
      breaks += 1;
      continue;
    }
    const text = leaf.kind === 'text' ? collapse(leaf.text) : '';
    if (leaf.kind === 'text' && (text === '' || (text === ' ' && breaks > 0))) continue;
    if (breaks > 1 && split) {
      finish(lines, line);
      line = [];
      breaks = 0;
    }
    if (breaks > 0 && line.length > 0) {
      trimEnd(line);
      if (line.length > 0)
        line.push({ kind: 'break', formats: common(line.at(-1)?.formats ?? [], leaf.formats) });
    }
    breaks = 0;
    if (leaf.kind === 'image') {
      line.push(leaf);
      spaced = false;
      continue;
    }
    spaced = push(line, text, leaf.formats, spaced);
  }
  finish(lines, line);
  return lines;
}

function finish(lines: Leaf[][], line: Leaf[]): void {
  trimEnd(line);
  trimStart(line);
  if (line.length > 0) lines.push(line);
}

function collapse(text: string): string {
  return UNEVEN.test(text) ? text.replace(/[\t\n\f\r ]+/g, ' ') : text;
}

/** Adds text to a line; returns whether the line then ends with a space. */
function push(line: Leaf[], raw: string, formats: readonly Format[], spaced: boolean): boolean {
  const last = line.at(-1);
  const edge = !last || last.kind === 'break' || (last.kind === 'text' && spaced);
  const text = edge && raw.startsWith(' ') ? raw.slice(1) : raw;
  if (text === '') return spaced;
  // A space belongs to no formatting of its own: `<b>a</b><i> </i>` would else keep an empty-looking element.
  const own = text === ' ' ? common(last?.formats ?? [], formats) : formats;
  if (last?.kind === 'text' && same(last.formats, own))
    line[line.length - 1] = { ...last, text: last.text + text };
  else line.push({ kind: 'text', text, formats: own });
  return text.endsWith(' ');
}

/** The formats that two pieces have in common, from the outside in. */
export function common(a: readonly Format[], b: readonly Format[]): readonly Format[] {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return a.slice(0, length);
}

function same(a: readonly Format[], b: readonly Format[]): boolean {
  return a.length === b.length && common(a, b).length === a.length;
}

/** A line without white space and breaks at its ends. */
export function trimLine(line: readonly Leaf[]): Leaf[] {
  const rest = [...line];
  trimEnd(rest);
  trimStart(rest);
  return rest;
}

function trimStart(rest: Leaf[]): void {
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

/** In place: a line is trimmed at each of its breaks. */
function trimEnd(rest: Leaf[]): void {
  for (let leaf = rest.at(-1); leaf && leaf.kind !== 'image'; leaf = rest.at(-1)) {
    const text = leaf.kind === 'text' ? trimEndOf(leaf.text) : '';
    if (leaf.kind === 'text' && text !== '') {
      if (text !== leaf.text) rest[rest.length - 1] = { ...leaf, text };
      break;
    }
    rest.pop();
  }
}

// By hand: /\s+$/ takes quadratic time on long runs of white space inside a line.
function trimEndOf(text: string): string {
  let end = text.length;
  while (end > 0 && EDGE.test(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

function trimStartOf(text: string): string {
  let start = 0;
  while (start < text.length && EDGE.test(text.charAt(start))) start += 1;
  return text.slice(start);
}

/** Text of one line; breaks and images count as spaces. */
export function lineText(line: readonly Leaf[]): string {
  const text = line.map(leaf => (leaf.kind === 'text' ? leaf.text : ' ')).join('');
  return (/\n| {2}/.test(text) ? text.replace(/[ \n]+/g, ' ') : text).trim();
}

/** Letters and digits of blocks and of all within them. */
export function lettersOf(blocks: readonly Flow[]): number {
  let letters = 0;
  const stack = [...blocks];
  for (let block = stack.pop(); block; block = stack.pop()) {
    for (const leaf of block.line) if (leaf.kind === 'text') letters += countLetters(leaf.text);
    for (const child of block.children) stack.push(child);
  }
  return letters;
}

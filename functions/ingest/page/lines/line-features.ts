import { fold, information } from '../../text/characters.ts';
import type { MeasuredPage, PageBox } from '../boxes/measure.ts';
import type { BodyLine } from './lines.ts';

/** Names of the numbers that describe a line, in their order. The weights of line-weights.ts refer to the order. */
export const LINE_FEATURES = [
  ...['length', 'linked', 'quote', 'div', 'sentence', 'digits', 'proseBefore', 'afterHeadline', 'beforeMain'],
  ...[
    'afterMain',
    'up',
    'parentProse',
    'prose0',
    'links0',
    'text0',
    'named',
    'alikeLines',
    'alikeProse',
    'alikeShare',
  ],
  ...[
    'lengthBefore',
    'lengthAfter',
    'linkedBefore',
    'proseAround',
    'proseBelow',
    'sinceHeading',
    'headingLength',
  ],
  ...['prose1', 'prose2', 'prose3', 'prose4', 'links2', 'links4', 'text3', 'text4', 'images2', 'items'],
] as const;

const SENTENCE_END = /[.!?…。！？؟۔।॥։၊။]["'”’»›」』）)\]]*$/u;

/** Minimum length of a line of prose, in letters. */
const MIN_PROSE = 80;

/** Number of lines before and after a line that count as its surroundings. */
const [NEAR, FAR] = [8, 12];

/** Maximum length of a line that can hold the headline, in UTF-16 units. */
const MAX_HEADLINE_LINE = 400;

/** Lines of a page with the same element, class and parent. */
interface Alike {
  lines: number;
  length: number;
  prose: number;
}

/** Describes each line of a page by its text, its boxes, its neighbours and the lines that look alike. */
export function describeLines(page: MeasuredPage, lines: readonly BodyLine[], headline = ''): Float64Array[] {
  const lengths = lines.map(({ text }) => information(text));
  const prose = lines.map(({ linked, kind }, at) => {
    const length = lengths[at] ?? 0;
    return length >= MIN_PROSE && linked < 0.5 && kind !== 'heading' ? length : 0;
  });
  const proseBefore = sumsBefore(prose);
  const allProse = proseBefore.at(-1) || 1;
  const allLength = lengths.reduce((sum, length) => sum + length, 0) || 1;
  const main = mainParent(lines, prose);
  const first = lines.findIndex(({ owner }) => owner.parent === main.box);
  const last = lines.findLastIndex(({ owner }) => owner.parent === main.box);
  const title = lineOfHeadline(lines, headline);
  const describeBox = boxDescriber(page.boxes[0]?.prose || 1, main.box);
  const groups = new Map<string, Alike>();
  const alike = lines.map((line, at) => {
    const key = signature(line);
    const group = groups.get(key) ?? { lines: 0, length: 0, prose: 0 };
    groups.set(key, group);
    group.lines += 1;
    group.length += lengths[at] ?? 0;
    group.prose += prose[at] ? 1 : 0;
    return group;
  });
  const proseIn = (from: number, to: number) =>
    (proseBefore[Math.min(lines.length, to)] ?? 0) - (proseBefore[Math.max(0, from)] ?? 0);
  let heading = -1;
  return lines.map(({ owner, kind, linked, text }, at) => {
    const group = alike[at] ?? { lines: 1, length: 0, prose: 0 };
    if (kind === 'heading') heading = at;
    const box = describeBox(owner);
    return Float64Array.from([
      Math.log1p(lengths[at] ?? 0),
      linked,
      kind === 'quote' ? 1 : 0,
      owner.name === 'div' ? 1 : 0,
      SENTENCE_END.test(text) ? 1 : 0,
      countDigits(text) / text.length,
      (proseBefore[at] ?? 0) / allProse,
      title < 0 ? 0 : signedLog(at - title),
      first < 0 ? 0 : Math.log1p(Math.max(0, first - at)),
      last < 0 ? 0 : Math.log1p(Math.max(0, at - last)),
      box.up,
      (owner.parent ? (main.parents.get(owner.parent) ?? 0) : 0) / (main.prose || 1),
      box.prose,
      owner.links / (owner.text || 1),
      Math.log1p(owner.text),
      box.named,
      Math.log1p(group.lines),
      group.prose / group.lines,
      group.length / allLength,
      Math.log1p(lengths[at - 1] ?? 0),
      Math.log1p(lengths[at + 1] ?? 0),
      lines[at - 1]?.linked ?? 1,
      Math.log1p(proseIn(at - NEAR, at + NEAR + 1)),
      Math.log1p(proseIn(at + 1, at + FAR + 1)),
      heading < 0 ? 99 : Math.min(99, at - heading),
      Math.log1p(lines[heading]?.text.length ?? 0),
      ...box.outer,
    ]);
  });
}

/** What a box and its ancestors say about the lines in it. */
interface BoxDescription {
  /** Number of steps up to an ancestor of the main part of the page. */
  up: number;
  /** Share of the prose of the page. */
  prose: number;
  /** The smallest share of the prose of the page in an ancestor that is named after something else. */
  named: number;
  /** Counts of the ancestors. */
  outer: number[];
}

function boxDescriber(pageProse: number, main: PageBox | undefined): (box: PageBox) => BoxDescription {
  const mainAncestors = new Set<PageBox>();
  for (let box = main; box; box = box.parent) mainAncestors.add(box);
  const known = new Map<PageBox, BoxDescription>();
  const describe = (box: PageBox): BoxDescription => {
    let up = 0;
    let named = 1;
    let list: PageBox | undefined;
    let isWithinMain = false;
    for (let at: PageBox | undefined = box; at; at = at.parent) {
      isWithinMain ||= mainAncestors.has(at);
      if (!isWithinMain) up += 1;
      if (at.names.kinds.length > 0) named = Math.min(named, at.prose / pageProse);
      if (!list && (at.name === 'ul' || at.name === 'ol')) list = at;
    }
    const one = box.parent ?? box;
    const two = one.parent ?? one;
    const three = two.parent ?? two;
    const four = three.parent ?? three;
    const outer = [
      ...[one, two, three, four].map(each => each.prose / pageProse),
      ...[two, four].map(each => each.links / (each.text || 1)),
      ...[three, four].map(each => Math.log1p(each.text)),
      Math.min(20, two.images),
      list ? Math.log1p(list.items) : 0,
    ];
    return { up, named, prose: box.prose / pageProse, outer };
  };
  return box => {
    // The lines of a block share its box, and those of other blocks have their own.
    let description = known.get(box);
    if (!description) {
      description = describe(box);
      known.set(box, description);
    }
    return description;
  };
}

function lineOfHeadline(lines: readonly BodyLine[], headline: string): number {
  const folded = fold(headline);
  if (folded.length <= 8) return -1;
  return lines.findIndex(
    ({ text }) =>
      text.length >= folded.length && text.length <= MAX_HEADLINE_LINE && fold(text).includes(folded),
  );
}

function countDigits(text: string): number {
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits += 1;
  }
  return digits;
}

/** The sum of all values before each index, and at the end the sum of all. */
function sumsBefore(values: readonly number[]): number[] {
  const sums = [0];
  for (const value of values) sums.push((sums.at(-1) ?? 0) + value);
  return sums;
}

function signedLog(distance: number): number {
  return Math.sign(distance) * Math.log1p(Math.abs(distance));
}

/** Finds the box with the most prose in lines right below it. */
function mainParent(
  lines: readonly BodyLine[],
  prose: readonly number[],
): { box: PageBox | undefined; prose: number; parents: Map<PageBox, number> } {
  const parents = new Map<PageBox, number>();
  let box: PageBox | undefined;
  let most = -1;
  for (const [at, { owner }] of lines.entries()) {
    if (!owner.parent) continue;
    const sum = (parents.get(owner.parent) ?? 0) + (prose[at] ?? 0);
    parents.set(owner.parent, sum);
    if (sum > most) {
      most = sum;
      box = owner.parent;
    }
  }
  return { box, prose: most, parents };
}

function signature({ owner }: BodyLine): string {
  let box = owner;
  while (box.inline && box.parent) box = box.parent;
  const { parent } = box;
  return `${box.name} ${box.element.attribs.class ?? ''} / ${parent?.name} ${parent?.element.attribs.class ?? ''}`;
}

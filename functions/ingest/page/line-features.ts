import { fold, information } from '../text/characters.ts';
import type { BodyLine } from './lines.ts';
import type { MeasuredPage, PageBox } from './measure.ts';
import { endsInCredit, isInvitation, isNoise, isRelatedLabel, pointerStart } from './wording.ts';

/** Names of the numbers that describe a line, in their order. The weights of line-weights.ts refer to the order. */
export const LINE_FEATURES = [
  ...['length', 'linked', 'text', 'item', 'cell', 'quote', 'heading', 'div', 'p', 'sentence', 'digits'],
  ...['bar', 'wording', 'proseBefore', 'afterHeadline', 'beforeMain', 'afterMain', 'up', 'depth'],
  ...[
    'parentProse',
    'parentLines',
    'prose0',
    'prose1',
    'prose2',
    'prose3',
    'prose4',
    'links0',
    'links2',
    'links4',
  ],
  ...['text0', 'text1', 'text2', 'text3', 'text4', 'images2', 'items', 'named', 'alikeLines', 'alikeLength'],
  ...[
    'alikeLinked',
    'alikeProse',
    'alikeShare',
    'lengthBefore',
    'lengthAfter',
    'linkedBefore',
    'linkedAfter',
  ],
  ...[
    'headingAfter',
    'proseAround',
    'proseAbove',
    'proseBelow',
    'sinceHeading',
    'headingLength',
    'headingWording',
  ],
] as const;

const SENTENCE_END = /[.!?…。！？؟۔।॥։၊။]["'”’»›」』）)\]]*$/u;

/** Minimum length of a line of prose, in letters. */
const MIN_PROSE = 80;

/** Number of lines before and after a line that count as its surroundings. */
const [NEAR, FAR] = [8, 12];

/** Number of ancestors of a line that are described. */
const LEVELS = 5;

/** Lines of a page with the same element, class and parent. */
interface Alike {
  lines: number;
  length: number;
  linked: number;
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
  const linkedBefore = sumsBefore(lines.map(({ linked }, at) => linked * (lengths[at] ?? 0)));
  const allProse = proseBefore.at(-1) || 1;
  const allLength = lengths.reduce((sum, length) => sum + length, 0) || 1;
  const main = mainParent(lines, prose);
  const first = lines.findIndex(({ owner }) => owner.parent === main.box);
  const last = lines.findLastIndex(({ owner }) => owner.parent === main.box);
  const ancestors = new Map(chainOf(main.box).map((box, level) => [box, level]));
  const folded = fold(headline);
  const title = folded.length > 8 ? lines.findIndex(line => fold(line.text).includes(folded)) : -1;
  const pageProse = page.boxes[0]?.prose || 1;
  const alike = lines.map(signature);
  const groups = new Map<string, Alike>();
  for (const [at, { linked }] of lines.entries()) {
    const key = alike[at] ?? '';
    const group = groups.get(key) ?? { lines: 0, length: 0, linked: 0, prose: 0 };
    groups.set(key, group);
    group.lines += 1;
    group.length += lengths[at] ?? 0;
    group.linked += linked * (lengths[at] ?? 0);
    group.prose += prose[at] ? 1 : 0;
  }
  let heading = -1;
  return lines.map((line, at) => {
    const { owner, kind, linked, text, lower } = line;
    const chain = chainOf(owner);
    const box = (level: number) => chain[Math.min(level, chain.length - 1)] ?? owner;
    const up = chain.findIndex(each => ancestors.has(each));
    const group = groups.get(alike[at] ?? '') ?? { lines: 1, length: 1, linked: 0, prose: 0 };
    const parent = owner.parent ? main.parents.get(owner.parent) : undefined;
    const sum = (sums: readonly number[], from: number, to: number) =>
      (sums[Math.min(lines.length, Math.max(0, to))] ?? 0) -
      (sums[Math.min(lines.length, Math.max(0, from))] ?? 0);
    if (kind === 'heading') heading = at;
    const above = heading < 0 ? undefined : lines[heading];
    const named = chain.filter(({ names }) => names.kinds.length > 0).map(each => each.prose / pageProse);
    const list = chain.find(({ name }) => name === 'ul' || name === 'ol');
    return Float64Array.from([
      Math.log1p(lengths[at] ?? 0),
      linked,
      kind === 'text' ? 1 : 0,
      kind === 'item' ? 1 : 0,
      kind === 'cell' ? 1 : 0,
      kind === 'quote' ? 1 : 0,
      kind === 'heading' ? 1 : 0,
      owner.name === 'div' ? 1 : 0,
      owner.name === 'p' ? 1 : 0,
      SENTENCE_END.test(text) ? 1 : 0,
      (text.match(/\d/g)?.length ?? 0) / text.length,
      /[|•·›»→]/.test(text) ? 1 : 0,
      hasWording(lower) ? 1 : 0,
      (proseBefore[at] ?? 0) / allProse,
      title < 0 ? 0 : signedLog(at - title),
      first < 0 ? 0 : Math.log1p(Math.max(0, first - at)),
      last < 0 ? 0 : Math.log1p(Math.max(0, at - last)),
      up,
      chain.length - 1 - ancestors.size,
      (parent?.prose ?? 0) / (main.prose || 1),
      Math.log1p(parent?.lines ?? 0),
      ...Array.from({ length: LEVELS }, (_, level) => box(level).prose / pageProse),
      ...[0, 2, 4].map(level => box(level).links / (box(level).text || 1)),
      ...Array.from({ length: LEVELS }, (_, level) => Math.log1p(box(level).text)),
      Math.min(20, box(2).images),
      list ? Math.log1p(list.items) : 0,
      named.length > 0 ? Math.min(...named) : 1,
      Math.log1p(group.lines),
      Math.log1p(group.length / group.lines),
      group.linked / (group.length || 1),
      group.prose / group.lines,
      group.length / allLength,
      Math.log1p(lengths[at - 1] ?? 0),
      Math.log1p(lengths[at + 1] ?? 0),
      lines[at - 1]?.linked ?? 1,
      lines[at + 1]?.linked ?? 1,
      lines[at + 1]?.kind === 'heading' ? 1 : 0,
      Math.log1p(sum(proseBefore, at - NEAR, at + NEAR + 1)) -
        Math.log1p(sum(linkedBefore, at - NEAR, at + NEAR + 1)),
      Math.log1p(sum(proseBefore, at - FAR, at)),
      Math.log1p(sum(proseBefore, at + 1, at + FAR + 1)),
      above ? Math.min(99, at - heading) : 99,
      above ? Math.log1p(above.text.length) : 0,
      above && hasWording(above.lower) ? 1 : 0,
    ]);
  });
}

function hasWording(lower: string): boolean {
  return (
    isNoise(lower) ||
    pointerStart(lower) !== undefined ||
    (lower.length <= 70 && isRelatedLabel(lower)) ||
    (lower.length <= 400 && endsInCredit(lower)) ||
    isInvitation(lower)
  );
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

/** The box and its ancestors, from the inside out. */
function chainOf(from: PageBox | undefined): PageBox[] {
  const chain: PageBox[] = [];
  for (let box = from; box; box = box.parent) chain.push(box);
  return chain;
}

/** Finds the box with the most prose in lines right below it. */
function mainParent(
  lines: readonly BodyLine[],
  prose: readonly number[],
): { box: PageBox | undefined; prose: number; parents: Map<PageBox, { prose: number; lines: number }> } {
  const parents = new Map<PageBox, { prose: number; lines: number }>();
  let box: PageBox | undefined;
  let most = -1;
  for (const [at, { owner }] of lines.entries()) {
    if (!owner.parent) continue;
    const parent = parents.get(owner.parent) ?? { prose: 0, lines: 0 };
    parents.set(owner.parent, parent);
    parent.prose += prose[at] ?? 0;
    parent.lines += 1;
    if (parent.prose > most) {
      most = parent.prose;
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

import type { DomNode } from '../../model/dom.ts';
import type { MeasuredPage, PageBox } from '../boxes/measure.ts';
import { describeLines } from './line-features.ts';
import { LINE_TREES } from './line-weights.ts';
import { linesOf } from './lines.ts';

/** Maximum score, in log odds, of a line that is dropped: about 1 in 8. */
const MAX_UNLIKELY = -2;

/** Minimum score, in log odds, of a line outside the story that is added: about 4 in 5. */
const MIN_LIKELY = 1.4;

/** Minimum number of lines of a page that is judged. Fewer lines are too few to compare. */
const MIN_LINES = 15;

/** Maximum number of lines of a page that is judged. Deep lines take long, and pages of the web have fewer. */
const MAX_LINES = 3_000;

/** Minimum share of a box's text in likely lines. Such a box is added as a whole. */
const MIN_LIKELY_SHARE = 0.8;

/**
 * The lines of a page with their scores: how much each is like the lines of stories. docs/decisions/0017 says how the
 * weights were learned.
 */
export class LineJudge {
  readonly #scores = new Map<DomNode, number>();
  readonly #likely: PageBox[] = [];
  /** Letters of all lines and of likely lines, in the boxes up to an index. */
  readonly #letters: Float64Array;
  readonly #likelyLetters: Float64Array;

  /** @param page without the boilerplate that its elements mark, but with that of all names */
  constructor(page: MeasuredPage, headline: string | undefined) {
    const { boxes } = page;
    this.#letters = new Float64Array(boxes.length + 1);
    this.#likelyLetters = new Float64Array(boxes.length + 1);
    const lines = linesOf(
      page,
      boxes.filter(({ name }) => name === 'body'),
    );
    if (lines.length < MIN_LINES || lines.length > MAX_LINES) return;
    const features = describeLines(page, lines, headline);
    for (const [at, { nodes, owner, text, kind }] of lines.entries()) {
      const [node] = nodes;
      if (!node || kind === 'caption') continue;
      const score = scoreOf(features[at] ?? new Float64Array());
      this.#scores.set(node, score);
      this.#add(this.#letters, owner, text.length);
      if (score < MIN_LIKELY) continue;
      this.#add(this.#likelyLetters, owner, text.length);
      this.#likely.push(owner);
    }
    for (const sums of [this.#letters, this.#likelyLetters])
      for (let index = 1; index < sums.length; index += 1)
        sums[index] = (sums[index] ?? 0) + (sums[index - 1] ?? 0);
  }

  #add(sums: Float64Array, { index }: PageBox, length: number): void {
    sums[index + 1] = (sums[index + 1] ?? 0) + length;
  }

  /** True for a line that is hardly ever part of a story. */
  isUnlikely(nodes: readonly DomNode[]): boolean {
    const score = nodes[0] && this.#scores.get(nodes[0]);
    return score !== undefined && score < MAX_UNLIKELY;
  }

  /** Adds boxes of likely lines outside the story. Boxes that are dropped by name stay out. */
  join(story: readonly PageBox[]): PageBox[] {
    const joined = [...story];
    const isInside = (box: PageBox) => joined.some(each => box.index >= each.index && box.index < each.end);
    const holdsOther = (box: PageBox) => joined.some(each => each.index > box.index && each.index < box.end);
    for (const owner of this.#likely) {
      if (owner.dropped || isInside(owner) || holdsOther(owner)) continue;
      let box = owner;
      for (
        let outer = box.parent;
        outer && !outer.dropped && this.#isLikely(outer) && !holdsOther(outer);
        outer = box.parent
      )
        box = outer;
      joined.push(box);
    }
    return joined.sort((a, b) => a.index - b.index);
  }

  #isLikely({ index, end, name }: PageBox): boolean {
    if (name === 'body' || name === 'html') return false;
    const within = (sums: Float64Array) => (sums[end] ?? 0) - (sums[index] ?? 0);
    return within(this.#likelyLetters) >= within(this.#letters) * MIN_LIKELY_SHARE;
  }
}

/** Sums the leaves that the features lead to, one of each tree. */
function scoreOf(features: Float64Array): number {
  let sum = 0;
  for (const tree of LINE_TREES) {
    let at = 0;
    while ((tree[at] ?? -1) >= 0)
      at = (features[tree[at] ?? 0] ?? 0) <= (tree[at + 1] ?? 0) ? (tree[at + 2] ?? 0) : (tree[at + 3] ?? 0);
    sum += tree[at + 1] ?? 0;
  }
  return sum;
}

import { type DomNode, isElement, OPAQUE, textOf } from '../model/dom.ts';
import type { MeasuredPage, PageBox, RemovedNodes } from './boxes/measure.ts';

/**
 * A part of the source that is not in the article, with the step that removed it, the reason and the text.
 */
export interface Removal {
  step: string;
  why: string;
  /** One line of plain text. */
  text: string;
}

/** Lists the removals of all steps in order, with the removed text. Removals without text are left out. */
export function explainRemovals(
  removed: readonly RemovedNodes[],
  page: MeasuredPage,
  containers: readonly PageBox[],
): Removal[] {
  // Each node is reported once, by the first step that removed it.
  const reported = new Set<DomNode>();
  const removals: Removal[] = [];
  const report = ({ step, why, nodes }: RemovedNodes) => {
    const text = nodes
      .filter(node => !reported.has(node))
      .map(node => (node.type === 'text' ? (node.data ?? '') : textOf(node, inner => reported.has(inner))))
      .join('')
      .replace(/\s+/g, ' ')
      .trim();
    for (const node of nodes) reported.add(node);
    if (text !== '') removals.push({ step, why, text });
  };
  for (const note of removed) if (note.step === FIRST_STEP) report(note);
  const outside = { step: 'container', why: 'outside the story' };
  for (const nodes of outsideOf(page, containers, reported)) report({ ...outside, nodes });
  for (const note of removed) if (note.step !== FIRST_STEP) report(note);
  return removals;
}

/** The step that runs before the containers of the story are chosen. */
const FIRST_STEP = 'boilerplate';

/** Returns the largest subtrees of the page that lie outside all containers. */
function outsideOf(
  page: MeasuredPage,
  containers: readonly PageBox[],
  reported: ReadonlySet<DomNode>,
): DomNode[][] {
  const inside = new Set<DomNode>(containers.map(box => box.element));
  const ancestors = new Set<DomNode>();
  for (const container of containers)
    for (let node = container.element.parent; node && !ancestors.has(node); node = node.parent)
      ancestors.add(node);
  const stretches: DomNode[][] = [];
  const stack = page.boxes[0]?.element.parent ? [page.boxes[0].element.parent as DomNode] : [];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (inside.has(node) || reported.has(node) || OPAQUE.has(node.name ?? '')) continue;
    if (ancestors.has(node)) {
      const children = node.children ?? [];
      for (let index = children.length - 1; index >= 0; index -= 1) {
        const child = children[index];
        if (child) stack.push(child);
      }
    } else if (node.type === 'text' || isElement(node)) {
      stretches.push([node]);
    }
  }
  return stretches;
}

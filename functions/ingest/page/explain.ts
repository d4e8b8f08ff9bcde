import { type DomNode, isElement, OPAQUE, textOf } from '../model/dom.ts';
import type { Box, Page, Removed } from './measure.ts';

/** A piece of the source that is not in the article: which step left it out, why, and what it said. */
export interface Removal {
  step: string;
  why: string;
  /** One line of plain text. */
  text: string;
}

/** The notes of all steps in their order, with the words that each of them took out; silent removals are left out. */
export function explainRemovals(
  removed: readonly Removed[],
  page: Page,
  containers: readonly Box[],
): Removal[] {
  // Each piece is told once, by the step that was the first to take it out.
  const told = new Set<DomNode>();
  const removals: Removal[] = [];
  const tell = ({ step, why, nodes }: Removed) => {
    const text = nodes
      .filter(node => !told.has(node))
      .map(node => (node.type === 'text' ? (node.data ?? '') : textOf(node, inner => told.has(inner))))
      .join('')
      .replace(/\s+/g, ' ')
      .trim();
    for (const node of nodes) told.add(node);
    if (text !== '') removals.push({ step, why, text });
  };
  for (const note of removed) if (note.step === FIRST) tell(note);
  const outside = { step: 'container', why: 'outside the story' };
  for (const nodes of outsideOf(page, containers, told)) tell({ ...outside, nodes });
  for (const note of removed) if (note.step !== FIRST) tell(note);
  return removals;
}

/** The step that runs before the container of the story is chosen. */
const FIRST = 'furniture';

/** The largest stretches of the page outside all containers. */
function outsideOf(page: Page, containers: readonly Box[], told: ReadonlySet<DomNode>): DomNode[][] {
  const inside = new Set<DomNode>(containers.map(box => box.element));
  const around = new Set<DomNode>();
  for (const container of containers)
    for (let node = container.element.parent; node && !around.has(node); node = node.parent) around.add(node);
  const stretches: DomNode[][] = [];
  const stack = page.boxes[0]?.element.parent ? [page.boxes[0].element.parent as DomNode] : [];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (inside.has(node) || told.has(node) || OPAQUE.has(node.name ?? '')) continue;
    if (around.has(node)) {
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

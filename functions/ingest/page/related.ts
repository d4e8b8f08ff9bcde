import type { Related } from '../../../shared/model/article.ts';
import { webUrl } from '../../../shared/text/web-address.ts';
import { type DomNode, isElement, textOf } from '../model/dom.ts';
import { fold, head, oneLine } from '../text/characters.ts';
import type { Box, Page } from './measure.ts';
import { isRelatedLabel } from './wording.ts';

/** A source's own related list is short; longer ones are made by machines. */
const MAX_RELATED = 20;

/** How many elements behind its label a list may have. */
const REACH = 120;

const HEADINGS = /^h[1-6]$/;

/** Keeps the title of another story, and its address where it is linked. */
export function keepRelated(
  kept: { related: Related[]; baseUrl?: string | undefined },
  nodes: readonly DomNode[],
  text: string,
): void {
  if (kept.related.length >= MAX_RELATED) return;
  const link = firstLink(nodes);
  const title = oneLine(link ? textOf(link) : text);
  const url = webUrl(link?.attribs?.href, kept.baseUrl);
  if (fold(title).length < 8 || isRelatedLabel(title.toLowerCase())) return;
  if (kept.related.some(other => other.title === title)) return;
  kept.related.push(url ? { title: head(title, 300), url } : { title: head(title, 300) });
}

function firstLink(nodes: readonly DomNode[]): DomNode | undefined {
  const stack = [...nodes].reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (isElement(node) && node.name === 'a') return node;
    if (node.children) stack.push(...[...node.children].reverse());
  }
  for (let node: DomNode | null | undefined = nodes[0]?.parent; node; node = node.parent)
    if (node.name === 'a') return node;
  return undefined;
}

/** Takes the titles of a labelled list that stands behind the story, in the same `article` or `main`. */
export function takeRelatedBoxes(
  page: Page,
  containers: readonly Box[],
  kept: { related: Related[]; baseUrl?: string | undefined },
): void {
  const last = containers.at(-1);
  let scope = last?.parent;
  while (scope && scope.name !== 'article' && scope.name !== 'main') scope = scope.parent;
  if (!last || !scope) return;
  for (let index = last.end; index < scope.end; index += 1) {
    const label = page.boxes[index];
    if (!label || label.inline || label.own === 0 || label.own > 60) continue;
    if (!isRelatedLabel(textOf(label.element).toLowerCase().slice(0, 100))) continue;
    for (let next = label.end; next < Math.min(scope.end, label.end + REACH); next += 1) {
      const box = page.boxes[next];
      if (!box || HEADINGS.test(box.name)) break;
      if (box.name === 'a' && box.element.attribs.href) keepRelated(kept, [box.element], '');
    }
    return;
  }
}

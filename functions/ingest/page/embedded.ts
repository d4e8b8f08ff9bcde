import { type DomNode, elementsOf } from '../model/dom.ts';

/** Shorter content of `noscript` is a counting pixel or a request to switch scripts on. */
const STORY = 300;

/**
 * The longest `noscript` content of a page, as markup: some sites show their stories by script, and keep them there for
 * everyone else. Undefined where none is long enough to hold a story.
 */
export function withoutScript(root: DomNode): string | undefined {
  let longest = '';
  for (const element of elementsOf(root)) {
    if (element.name !== 'noscript') continue;
    const content = (element.children ?? []).map(child => child.data ?? '').join('');
    if (content.length > longest.length) longest = content;
  }
  return longest.length >= STORY ? longest : undefined;
}

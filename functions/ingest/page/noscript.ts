import { type DomNode, elementsOf } from '../model/dom.ts';

/** Shorter `noscript` content is a tracking pixel or a request to enable scripts. */
const MIN_STORY_MARKUP_CHARS = 300;

/**
 * Returns the longest `noscript` content of a page as markup. Some sites show the story by script and repeat
 * the story in `noscript`. Returns undefined if no content is long enough for a story.
 */
export function noscriptContent(root: DomNode): string | undefined {
  let longest = '';
  for (const element of elementsOf(root)) {
    if (element.name !== 'noscript') continue;
    const content = (element.children ?? []).map(child => child.data ?? '').join('');
    if (content.length > longest.length) longest = content;
  }
  return longest.length >= MIN_STORY_MARKUP_CHARS ? longest : undefined;
}

import { type DomNode, elementsOf } from '../model/dom.ts';
import { information } from '../text/characters.ts';

/** Shorter content is a tracking pixel, a request to enable scripts, or a label. */
const MIN_STORY_MARKUP_CHARS = 300;

/** Markup that divides a text into paragraphs. A script can write `<` as a number. */
const PARAGRAPHS = /(?:<|\\u003c)(?:p|br|div)\b/i;

/** Marks in the data of a script that it replaces, such as `$$AD$$`. */
const PLACEHOLDER = /([$%#])\1\w{1,40}\1\1/g;

/** Number of times that strings of a script can stand in strings. */
const MAX_NESTING = 3;

/**
 * Returns, as markup, what a page can have instead of a story in its elements: the longest `noscript`, and the longest
 * string in the data of a script.
 */
export function unshownContents(root: DomNode): {
  noscript?: string | undefined;
  script?: string | undefined;
} {
  const longest = { noscript: '', script: '' };
  for (const { name, children } of elementsOf(root)) {
    if (name !== 'noscript' && name !== 'script') continue;
    const content = (children ?? []).map(child => child.data ?? '').join('');
    const markup = name === 'script' ? longestMarkup(content) : content;
    if (markup.length > longest[name].length) longest[name] = markup;
  }
  const ifLong = (markup: string) => (markup.length >= MIN_STORY_MARKUP_CHARS ? markup : undefined);
  return { noscript: ifLong(longest.noscript), script: ifLong(longest.script) };
}

/** Returns the longest string of a script that is markup. Strings can hold data with strings. */
function longestMarkup(script: string, nesting = 0): string {
  let longest = '';
  if (nesting === MAX_NESTING || !PARAGRAPHS.test(script)) return longest;
  for (const literal of longStrings(script)) {
    if (!PARAGRAPHS.test(literal)) continue;
    const text = unquoted(literal).replace(PLACEHOLDER, '');
    const markup = text.trimStart().startsWith('<') ? text : longestMarkup(text, nesting + 1);
    if (markup.length > longest.length) longest = markup;
  }
  return longest;
}

/** Yields the long strings of a script, with their quotation marks. */
function* longStrings(script: string): Generator<string> {
  for (let start = script.indexOf('"'); start >= 0; ) {
    let end = script.indexOf('"', start + 1);
    while (end >= 0 && isEscaped(script, end)) end = script.indexOf('"', end + 1);
    if (end < 0) return;
    if (end - start > MIN_STORY_MARKUP_CHARS) yield script.slice(start, end + 1);
    start = script.indexOf('"', end + 1);
  }
}

function isEscaped(script: string, at: number): boolean {
  let start = at;
  while (script[start - 1] === '\\') start -= 1;
  return (at - start) % 2 === 1;
}

function unquoted(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch (error) {
    // Scripts can write strings that are not JSON.
    if (error instanceof SyntaxError) return '';
    throw error;
  }
}

/** Minimum length of a word of a headline that says something about the story. */
const MIN_WORD = 4;

/** Minimum share of such words that a text about the same has. Texts about consent have hardly any. */
const MIN_SHARED = 1 / 3;

/** True for a text that has words of the headline. */
export function isAbout(text: string, headline = ''): boolean {
  const words = headline
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => information(word) >= MIN_WORD);
  const lower = text.toLowerCase();
  return words.length > 0 && words.filter(word => lower.includes(word)).length >= words.length * MIN_SHARED;
}

/** What a clean body may hold. Everything else is unwrapped, or dropped with its content (`OPAQUE` in dom.ts). */

/** Formatting within a line, and the element that it becomes. */
export const FORMATS = new Map<string, string>([
  ['a', 'a'],
  ['abbr', 'abbr'],
  ['acronym', 'abbr'],
  ['b', 'strong'],
  ['bdi', 'bdi'],
  ['bdo', 'bdo'],
  ['cite', 'cite'],
  ['code', 'code'],
  ['del', 'del'],
  ['dfn', 'em'],
  ['em', 'em'],
  ['i', 'em'],
  ['ins', 'ins'],
  ['kbd', 'kbd'],
  ['mark', 'mark'],
  ['q', 'q'],
  ['rp', 'rp'],
  ['rt', 'rt'],
  ['ruby', 'ruby'],
  ['s', 's'],
  ['samp', 'samp'],
  ['small', 'small'],
  ['strike', 's'],
  ['strong', 'strong'],
  ['sub', 'sub'],
  ['sup', 'sup'],
  ['tt', 'code'],
  ['u', 'u'],
  ['var', 'var'],
]);

/** Elements that hold blocks. */
export const CONTAINERS = new Set(
  'blockquote ul ol li table caption thead tbody tfoot tr td th dl dt dd figure figcaption'.split(' '),
);

/** Elements that hold one line of text, and what they become. A body never has an h1: the headline is that. */
export const LINES = new Map<string, string>([
  ['h1', 'h2'],
  ['h2', 'h2'],
  ['h3', 'h3'],
  ['h4', 'h4'],
  ['h5', 'h5'],
  ['h6', 'h6'],
  ['pre', 'pre'],
  ['listing', 'pre'],
  ['figcaption', 'figcaption'],
  ['caption', 'caption'],
  ['dt', 'dt'],
]);

/** The parents in which an element means something; elsewhere it is unwrapped. */
export const PARENTS = new Map<string, readonly string[]>([
  ['li', ['ul', 'ol']],
  ['dt', ['dl']],
  ['dd', ['dl']],
  ['figcaption', ['figure']],
  ['caption', ['table']],
  ['thead', ['table']],
  ['tbody', ['table']],
  ['tfoot', ['table']],
  ['tr', ['thead', 'tbody', 'tfoot']],
  ['td', ['tr']],
  ['th', ['tr']],
]);

/** Deeper containers are unwrapped. */
export const MAX_DEPTH = 24;

/** Attributes that may hold the address of a picture whose `src` waits for a script, best first. */
export const LAZY_SOURCES = [
  'data-src',
  'data-original',
  'data-lazy-src',
  'data-lazy',
  'data-hi-res-src',
  'data-full-src',
  'data-image',
  'data-url',
];
export const LAZY_SOURCE_SETS = ['srcset', 'data-srcset', 'data-lazy-srcset'];

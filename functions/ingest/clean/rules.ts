// The allowlist of the cleaner. Other elements are unwrapped, or dropped with their content (`OPAQUE` in
// dom.ts).

/** Inline elements that are kept, with the element that each becomes. */
export const FORMAT_ELEMENTS = new Map<string, string>([
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

/** Elements that are kept and hold blocks. */
export const CONTAINER_ELEMENTS = new Set(
  'blockquote ul ol li table caption thead tbody tfoot tr td th dl dt dd figure figcaption'.split(' '),
);

/** Elements that hold one line of text, with the element that each becomes. Only the headline is an `h1`. */
export const LINE_ELEMENTS = new Map<string, string>([
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

/** Parents that an element needs. Inside any other parent it is unwrapped. */
export const REQUIRED_PARENTS = new Map<string, readonly string[]>([
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

/** Maximum number of open containers. A deeper container is unwrapped. */
export const MAX_CONTAINER_DEPTH = 24;

/** Attributes in which lazy loaders keep the address of a picture, most trusted first. */
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
/** Attributes with several candidate addresses, most trusted first. */
export const LAZY_SOURCE_SETS = ['srcset', 'data-srcset', 'data-lazy-srcset'];

import { parseFragment } from 'parse5';

/** An address of the web in full, of the characters that RFC 3986 allows. */
export function isAbsolute(address: string): boolean {
  return /^https?:\/\/[^/?#\s]+(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[\da-f]{2})*$/i.test(address);
}

/** A URI that stays: `urn:` or `tag:`, without white space. */
export function isUri(id: string): boolean {
  return /^(?:urn:[a-z\d][a-z\d-]*:|tag:)[\x21-\x7E]+$/.test(id);
}

/** A tag of BCP 47 in its canonical form. */
export function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag)[0] === tag;
  } catch {
    return false;
  }
}

/** RFC 822 as RSS wants it: the right day of the week, a year of four digits, GMT. */
export function isRfc822(date: string): boolean {
  return (
    /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/.test(date) &&
    new Date(date).toUTCString() === date
  );
}

/** RFC 3339 in UTC, with milliseconds where there are any. */
export function isInstant(instant: string): boolean {
  return (
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/.test(instant) &&
    new Date(instant).toISOString().replace('.000Z', 'Z') === instant
  );
}

export function isMediaType(type: string): boolean {
  return /^[\w.+-]+\/[\w.+-]+$/.test(type);
}

/** Elements that readers and validators know and take for harmless. */
const KNOWN = new Set(
  (
    '#document-fragment #text a abbr audio b blockquote br caption cite code col colgroup dd del div dl dt em figcaption ' +
    'figure h2 h3 h4 h5 h6 hr i img ins kbd li ol p pre q s samp small source span strong sub sup table tbody td tfoot ' +
    'th thead time tr u ul var video'
  ).split(' '),
);
const ADDRESSES = new Set(['href', 'src', 'cite', 'poster', 'background', 'longdesc']);

interface Node {
  nodeName: string;
  attrs?: { name: string; value: string }[];
  childNodes?: Node[];
}

/** What a validator or a careful reader would not take in the HTML of an entry. */
export function checkHtml(html: string): string[] {
  const problems: string[] = [];
  const waiting: Node[] = [parseFragment(html) as Node];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!KNOWN.has(node.nodeName)) problems.push(`<${node.nodeName}>`);
    for (const { name, value } of node.attrs ?? []) {
      if (name.startsWith('on') || name === 'style' || name === 'srcset') problems.push(name);
      if (ADDRESSES.has(name) && !isAbsolute(value) && !/^(?:mailto|tel):/.test(value))
        problems.push(`${name}=${value}`);
    }
    waiting.push(...(node.childNodes ?? []));
  }
  return problems;
}

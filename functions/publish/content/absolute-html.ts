import { escapeAttribute, unescapeAttribute } from '../../../shared/text/escape.ts';
import { webAddress } from '../../../shared/text/web-address.ts';

const TAG_START = /<[a-z][^\s/>]*/gi;
const ATTRIBUTE = /\s+([^\s=>"'/]+)(?:="([^"]*)")?/y;
const ADDRESS_ATTRIBUTES = new Set(['href', 'src', 'poster', 'cite']);
const ABSOLUTE = /^https?:\/\//i;
const OTHER_SCHEMES = /^(?:mailto|tel):/i;

/**
 * Makes every address in clean HTML absolute in one pass, because few feed readers know xml:base. Removes attributes
 * whose address cannot be made absolute, and `srcset`, because `src` is enough.
 * @param base address of the page that shows the HTML
 */
export function absoluteHtml(html: string, base: string): string {
  let out = '';
  let done = 0;
  TAG_START.lastIndex = 0;
  while (TAG_START.exec(html)) {
    ATTRIBUTE.lastIndex = TAG_START.lastIndex;
    for (let start = ATTRIBUTE.lastIndex; ; start = ATTRIBUTE.lastIndex) {
      const [, name = '', value] = ATTRIBUTE.exec(html) ?? [];
      if (!name) {
        TAG_START.lastIndex = start;
        break;
      }
      const rewritten = value === undefined ? undefined : absoluteAttribute(name.toLowerCase(), value, base);
      if (rewritten === undefined) continue;
      out += html.slice(done, start) + rewritten;
      done = ATTRIBUTE.lastIndex;
    }
  }
  return out + html.slice(done);
}

/** The new attribute with a space before it. An empty string removes the attribute, and undefined keeps it. */
function absoluteAttribute(name: string, value: string, base: string): string | undefined {
  if (name === 'srcset') return '';
  if (!ADDRESS_ATTRIBUTES.has(name) || ABSOLUTE.test(value)) return undefined;
  if (name === 'href' && OTHER_SCHEMES.test(value)) return undefined;
  const absolute = webAddress(unescapeAttribute(value), base);
  return absolute === undefined ? '' : ` ${name}="${escapeAttribute(absolute)}"`;
}

import { type DefaultTreeAdapterTypes, parse } from 'parse5';

/** Elements whose content is not shown as text. */
const SILENT = new Set(
  'script style template noscript head title svg math iframe object embed canvas audio video select option textarea datalist'.split(
    ' ',
  ),
);
const INLINE = new Set(
  `a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small span
   strike strong sub sup time tt u var wbr img picture source button input`.split(/\s+/),
);
const CELLS = new Set(['td', 'th']);

/**
 * The text of HTML as a browser would show it: a space between words only where the page has one, line breaks between
 * blocks. Benchmarks that join words across blocks, or split them at emphasis, measure that and not the extraction.
 * @param skipped name of an element whose text is left out
 */
export function pageText(html: string, skipped?: string): string {
  const parts: string[] = [];
  let gap = '';
  const put = (text: string) => {
    if (parts.length > 0) parts.push(gap);
    parts.push(text);
    gap = '';
  };
  const stack: (DefaultTreeAdapterTypes.Node | ' ' | '\n')[] = [parse(html)];
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    if (typeof at === 'string') {
      if (gap !== '\n') gap = at;
    } else if (at.nodeName === '#text') {
      const { value } = at as DefaultTreeAdapterTypes.TextNode;
      const text = value.replace(/[ \t\n\r\f\u00a0]+/g, ' ');
      if (text.startsWith(' ')) gap ||= ' ';
      const words = text.trim();
      if (words) put(words);
      if (words && text.endsWith(' ')) gap ||= ' ';
    } else if (at.nodeName === 'br' || at.nodeName === 'hr') {
      gap = '\n';
    } else if ('childNodes' in at && !SILENT.has(at.nodeName) && at.nodeName !== skipped) {
      const edge = CELLS.has(at.nodeName)
        ? ' '
        : at.nodeName.startsWith('#') || INLINE.has(at.nodeName)
          ? undefined
          : '\n';
      if (edge) stack.push(edge);
      for (let index = at.childNodes.length - 1; index >= 0; index -= 1) {
        const child = at.childNodes[index];
        if (child) stack.push(child);
      }
      if (edge) stack.push(edge);
    }
  }
  return parts.join('');
}

/** Replacements for elements that many feed readers and validators do not know. */
const FEED_ELEMENTS: ReadonlyMap<string, string> = new Map([
  ['mark', 'em'],
  ['bdi', 'span'],
  ['bdo', 'span'],
  ['ruby', 'span'],
]);

const TAG = /<(\/?)(mark|bdi|bdo|ruby)(?=[\s>])/g;

/**
 * Clean HTML with only elements that every feed reader shows. Ruby text follows its base text in parentheses. Not every
 * source has these parentheses, so those of the source are removed first.
 */
export function commonHtml(html: string): string {
  return html
    .replace(TAG, (_, slash: string, name: string) => `<${slash}${FEED_ELEMENTS.get(name) ?? name}`)
    .replace(/<rp>[^<]*<\/rp>/g, '')
    .replace(/<rt(?=[\s>])[^<>]*>/g, '<small>(')
    .replaceAll('</rt>', ')</small>');
}

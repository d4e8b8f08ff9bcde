/**
 * Elements of a body that readers and validators do not know, by what they are in a feed. Readers drop the tags
 * of those, and with them what they meant.
 */
const IN_FEEDS: ReadonlyMap<string, string> = new Map([
  ['mark', 'em'],
  ['bdi', 'span'],
  ['bdo', 'span'],
  ['ruby', 'span'],
]);

const TAG = /<(\/?)(mark|bdi|bdo|ruby)(?=[\s>])/g;

/**
 * Clean HTML, as ingest stores it, in the elements that every feed reader shows. What ruby stands over a text follows
 * it in parentheses; they are written anew, as not every text has them.
 */
export function commonHtml(html: string): string {
  return html
    .replace(TAG, (_, slash: string, name: string) => `<${slash}${IN_FEEDS.get(name) ?? name}`)
    .replace(/<rp>[^<]*<\/rp>/g, '')
    .replace(/<rt(?=[\s>])[^<>]*>/g, '<small>(')
    .replaceAll('</rt>', ')</small>');
}

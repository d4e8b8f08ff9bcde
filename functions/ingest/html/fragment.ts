/** Number of characters, from the beginning of a text, that are searched for tags. */
const HEAD_CHARS = 65_536;

const BLOCK_TAG =
  /^<\/?(?:p|div|h[1-6]|article|section|main|header|footer|nav|aside|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|blockquote|figure|figcaption|hr|br|pre|center|form|script|style|meta|link|title|img|iframe|font|address|details|summary)(?=[\s/>])[^<>]{0,2000}>|^<!--/i;

/**
 * Whether the text is a fragment of HTML. It begins with the tag of a block element, and most of its lines
 * are in such elements. Copy that quotes a few tags or shows code is not HTML.
 */
export function isHtmlFragment(text: string): boolean {
  const head = text.slice(0, HEAD_CHARS).trim();
  if (!head.startsWith('<')) return false;
  if (!BLOCK_TAG.test(head)) return false;
  const lines = head
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean);
  const tagged = lines.filter(
    line => BLOCK_TAG.test(line) || /<\/[a-z][a-z0-9]{0,12}>$|<br\s?\/?>$/i.test(line.slice(-40)),
  );
  const closed =
    /<\/(?:p|div|h[1-6]|ul|ol|li|table|article|section|main|blockquote)>/i.test(head) ||
    /<(?:p|br)\b/i.test(head);
  return closed && tagged.length >= 0.4 * lines.length;
}

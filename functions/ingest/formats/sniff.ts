/** Enough of a text to judge it by. */
const HEAD = 65_536;

const DOCUMENT =
  /^(?:<\?xml[^>]{0,400}>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype\s{1,20}html|html|head|body)[\s>]/i;
const BLOCK_TAG =
  /^<\/?(?:p|div|h[1-6]|article|section|main|header|footer|nav|aside|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|blockquote|figure|figcaption|hr|br|pre|center|form|script|style|meta|link|title|img|iframe|font|address|details|summary)(?=[\s/>])[^<>]{0,2000}>|^<!--/i;

/** Whether the text is a whole HTML document, by how it begins. */
export function isHtmlDocument(text: string): boolean {
  return DOCUMENT.test(text.slice(0, HEAD).trimStart());
}

/** Whether the text is XML of another kind. */
export function isXml(text: string): boolean {
  return /^<\?xml\s/.test(text.slice(0, 200).trimStart());
}

/**
 * Whether the text is a piece of HTML: it begins with a block's tag, and most of its lines stand in such
 * tags. Copy that quotes a tag or two, or shows code, is none.
 */
export function isHtmlFragment(text: string): boolean {
  const head = text.slice(0, HEAD).trim();
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

/** Whether there is any markup at all, tags or character references. */
export function hasMarkup(text: string): boolean {
  return /<[a-z!/][^<>]{0,2000}>|&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,6});/i.test(text.slice(0, HEAD));
}

/** Whether the text begins with YAML front matter. */
export function hasFrontMatter(text: string): boolean {
  const head = text.slice(0, HEAD);
  return (
    /^---[ \t]{0,20}(?:ya?ml)?[ \t]{0,20}\r?\n/i.test(head) &&
    /\n(?:---|\.\.\.)[ \t]{0,20}(?:\r?\n|$)/.test(head) &&
    /\n["']?[\p{L}_][\p{L}\p{N}_ -]{0,40}["']?[ \t]{0,10}:/u.test(head.slice(0, 4_000))
  );
}

/** Whether text without a telling name is Markdown: headings, and at least one other of its marks. */
export function isMarkdown(text: string): boolean {
  const head = text.slice(0, HEAD);
  const headings = /(?:^|\n)#{1,4} \S[^\n]{0,200}\n[ \t]{0,20}\r?\n/.test(head);
  const marks = [
    /\[[^\]\n]{1,200}\]\((?:https?:|\/|#)[^)\s]{0,500}\)/,
    /(?<![*\w])\*\*[^*\s][^*\n]{0,200}\*\*/,
    /\n```/,
    /\n>{1} \S/,
    /\n#{2,4} \S[^\n]{0,200}\n[ \t]{0,20}\r?\n/,
  ];
  return headings && marks.filter(mark => mark.test(head)).length >= 1;
}

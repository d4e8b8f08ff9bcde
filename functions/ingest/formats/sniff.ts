/** Number of characters, from the beginning of a text, that are searched for signs of its format. */
const HEAD_CHARS = 65_536;

const DOCUMENT =
  /^(?:<\?xml[^>]{0,400}>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)?<(?:!doctype\s{0,20}html|html|head|body)[\s>]/i;

/** Whether the text begins like a whole HTML document. */
export function isHtmlDocument(text: string): boolean {
  return DOCUMENT.test(text.slice(0, HEAD_CHARS).trimStart());
}

/** Whether the text is XML, but not HTML. */
function isXml(text: string): boolean {
  return /^<\?xml\s/.test(text.slice(0, 200).trimStart());
}

/** Whether the text holds any markup: tags or character references. */
export function hasMarkup(text: string): boolean {
  return /<[a-z!/][^<>]{0,2000}>|&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,6});/i.test(text.slice(0, HEAD_CHARS));
}

/**
 * Whether the content of a text is Markdown: a title in the first line, or headings and another mark of
 * Markdown.
 */
export function isMarkdown(text: string): boolean {
  const head = text.slice(0, HEAD_CHARS);
  if (/^# \p{L}[^\n]{0,200}\n[ \t]{0,20}\r?\n/u.test(head)) return true;
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

/**
 * The name of the document element of XML, without prefix and in lower case. Undefined for HTML and for
 * other text.
 */
export function xmlRoot(text: string): string | undefined {
  const start = text.slice(0, HEAD_CHARS).trimStart();
  const declared = isXml(start);
  let rest = start;
  // Declarations, comments and instructions may stand before the document element.
  for (let count = 0; count < 50; count++) {
    const [open, close] = rest.startsWith('<!--')
      ? ['<!--', '-->']
      : rest.startsWith('<?')
        ? ['<?', '?>']
        : ['<!', '>'];
    if (!rest.startsWith(open)) break;
    const subset = open === '<!' && /^<![^>[]{0,1000}\[/.test(rest) ? rest.search(/\]\s{0,100}>/) : 0;
    const end = subset < 0 ? -1 : rest.indexOf(close, subset);
    if (end < 0) break;
    rest = rest.slice(end + close.length).trimStart();
  }
  const root = /^<(?:[\w.-]{1,40}:)?([A-Za-z_][\w.-]{0,60})((?:\s[^<>]{0,4000})?)\/?>/.exec(rest);
  const name = root?.[1]?.toLowerCase();
  if (!name) return declared ? '' : undefined;
  return declared || NEWS_ROOTS.has(name) || /\sxmlns(?::\w{1,40})?\s{0,4}=/.test(root?.[2] ?? '')
    ? name
    : undefined;
}

/** Whether the text is an OpenDocument text in a single XML file. */
export function isFlatOdt(text: string): boolean {
  return (
    xmlRoot(text) === 'document' &&
    text.slice(0, HEAD_CHARS).includes('"application/vnd.oasis.opendocument.text"')
  );
}

/** Whether the bytes are an RTF document. */
export function isRtf(bytes: Uint8Array): boolean {
  return /^(?:\xef\xbb\xbf)?\s{0,20}\{\\rtf/.test(Buffer.from(bytes.subarray(0, 40)).toString('latin1'));
}

/** Document elements of the news formats that Copydesk reads. */
export const NEWS_ROOTS: ReadonlyMap<string, 'nitf' | 'newsml'> = new Map([
  ['nitf', 'nitf'],
  ['newsml', 'newsml'],
  ['newsmessage', 'newsml'],
  ['newsitem', 'newsml'],
  ['packageitem', 'newsml'],
  ['conceptitem', 'newsml'],
  ['planningitem', 'newsml'],
]);

/** Whether the text is JSON, also with mistakes. Prose never begins with a brace and a quoted name. */
export function isJson(text: string): boolean {
  const start = text.slice(0, HEAD_CHARS).trimStart();
  return /^(?:\[\s{0,200})?\{\s{0,200}(?:"(?:[^"\\\n]|\\.){0,200}"\s{0,20}:|\}\s{0,20}\]?\s{0,20}$)/.test(
    start,
  );
}

/** Header fields that only e-mails have. */
const MAIL_HEADERS =
  /^(?:received|return-path|message-id|mime-version|delivered-to|dkim-signature|x-mailer|content-transfer-encoding|x-[\w-]{1,40}):/im;

/** Whether a file is a saved mail. Without the name or the type of one, only mail programs' fields show it. */
export function isMailFile({
  bytes,
  key,
  contentType,
}: {
  bytes: Uint8Array;
  key: string;
  contentType?: string | undefined;
}): boolean {
  const isNamed = /^\s*message\/rfc822\s*(?:;|$)/i.test(contentType ?? '') || /\.eml$/i.test(key);
  return isMail(bytes, !isNamed);
}

/**
 * Whether the bytes are an e-mail: a block of header fields (RFC 5322 § 2.2) with a sender or a subject.
 * @param sure true if at least one field must be a field that only mail programs write
 */
function isMail(bytes: Uint8Array, sure: boolean): boolean {
  const head = Buffer.from(bytes.subarray(0, HEAD_CHARS))
    .toString('latin1')
    .replace(/^From [^\n]{0,300}\n/, '');
  const end = head.search(/\r?\n\r?\n/);
  const block = end < 0 ? head : head.slice(0, end);
  const lines = block.split(/\r?\n/);
  if (end < 0) lines.pop(); // The last line may be cut.
  const fields = lines.filter(line => /^[!-9;-~]{1,76}:/.test(line)).length;
  const folded = lines.filter(line => /^[ \t]\S?/.test(line)).length;
  const whole = end >= 0 || bytes.length > HEAD_CHARS;
  if (!whole || fields < 2 || fields + folded < lines.length) return false;
  const told = /^(?:from|subject):/im.test(block) && /^(?:from|date|to|subject|message-id):/im.test(block);
  return told && (!sure || MAIL_HEADERS.test(block));
}

import { CHARSET_LABELS } from '../words/charset-labels.ts';

/**
 * Number of bytes in which a declaration is searched. The standard allows 1,024 (WHATWG HTML § 13.2.3.2), but many
 * pages have long styles before the declaration.
 */
const PRESCAN_BYTES = 65_536;

/** Matches the end of a document's head. A declaration after it is text. */
const HEAD_END = /<\/head|<body/i;

/**
 * Yields the declared encoding labels, most trusted first. `where` names the source of the label in a
 * warning.
 */
export function* declarations(
  bytes: Uint8Array,
  contentType: string | undefined,
): Generator<[label: string, where: string]> {
  const typed = contentType && charsetOf(contentType);
  if (typed) yield [typed, 'its content type'];
  const start = Buffer.from(bytes.subarray(0, PRESCAN_BYTES)).toString('latin1');
  const end = start.search(HEAD_END);
  const head = end < 0 ? start : start.slice(0, end);
  const written = xmlDeclaration(head) ?? metaDeclaration(head);
  // UTF-16 would make the declaration unreadable here. The standard reads such a file as UTF-8.
  if (written) yield [CHARSET_LABELS.get(written)?.startsWith('utf-16') ? 'utf-8' : written, 'the document'];
}

function xmlDeclaration(head: string): string | undefined {
  if (!head.startsWith('<?xml')) return undefined;
  const declaration = head.slice(0, head.indexOf('?>') + 1);
  return /\sencoding\s{0,8}=\s{0,8}["']([\w.:-]{1,40})["']/i.exec(declaration)?.[1]?.toLowerCase();
}

function metaDeclaration(head: string): string | undefined {
  for (let at = head.search(/<meta\b/i); at >= 0; ) {
    const end = head.indexOf('>', at);
    const label = charsetOf(end < 0 ? head.slice(at) : head.slice(at, end));
    if (label) return label;
    const next = head.slice(at + 5).search(/<meta\b/i);
    at = next < 0 ? -1 : at + 5 + next;
  }
  return undefined;
}

function charsetOf(declaration: string): string | undefined {
  return /charset\s{0,8}=\s{0,8}["']?([\w.:-]{1,40})/i.exec(declaration)?.[1]?.toLowerCase();
}

import type { Attachment, Email } from 'postal-mime';
import { mediaKindOf } from '../../../../shared/model/media-address.ts';
import { escapeText } from '../../../../shared/text/escape.ts';
import { percentDecoded } from '../../../../shared/text/percent-decoded.ts';
import { zipKind } from '../../decode/zip.ts';
import { documentText } from '../../html/shown-text.ts';
import { parseHtml } from '../../html/tree.ts';
import { embeddedName, isIcon, isLogo } from '../../media/embeddable.ts';
import type { Deadline } from '../../model/deadline.ts';
import type { DomNode } from '../../model/dom.ts';
import { elementsOf } from '../../model/dom.ts';
import type { LocalMedia } from '../../model/local-media.ts';
import { oneLine } from '../../text/characters.ts';
import { ATTACHED_WORDS, JOINED_ATTACHED_WORDS } from '../../words/mail-words.ts';

/** A file that came with a mail. */
export interface MailFile {
  /** Its name, with the ending of its kind. */
  name: string;
  type: string;
  bytes: Uint8Array;
  /** Its `Content-ID` without angle brackets. */
  id: string | undefined;
  /** Whether it can be the logo in a signature, by its size. */
  isLogo: boolean;
}

/** The attachments of a mail by what becomes of them. */
export interface MailFiles {
  /** Documents that can be stories. */
  documents: MailFile[];
  pictures: MailFile[];
  recordings: MailFile[];
  /** The pictures by their `Content-ID`. The first one of an id counts. */
  byId: Map<string, MailFile>;
  /** Whether files were left out that can be documents. */
  hasUnread: boolean;
  warnings: string[];
}

/** Maximum number of attachments of a mail that are read, as of files in a zip. */
const MAX_ATTACHMENTS = 500;

/** Maximum number of documents of a mail. The mail is opened once for each of them. */
const MAX_DOCUMENTS = 50;

/** Media types that no reader of a story misses: invitations, business cards, signatures, reports of delivery. */
const IGNORED_TYPES =
  /^(?:text\/(?:calendar|x?-?vcard|rfc822-headers)|application\/(?:ics|pgp-signature|pgp-encrypted|pgp-keys|x?-?pkcs7-(?:signature|mime))|message\/(?:delivery-status|disposition-notification))$/;
const IGNORED_NAMES =
  /\.(?:ics|vcf|p7s|p7m|asc|sig)$|^ATT\d{1,6}\.(?:txt|htm|html|bin|dat|c)$|^(?:noname|signature\.txt)$/i;

/** Names that Exchange gives to the texts behind a picture or an attachment of a mail. */
const SPLIT_TEXT = /^ATT\d{1,6}\.(?:txt|html?)$/i;

/**
 * Joins the texts of a mail that Exchange has made attachments of: those behind a picture, and the footers of lists. A text
 * whose words the mail has is left out, because some programs send the text in two forms. Beside a document, such a text
 * can be a footer that would make a story of a covering note, so it is only named.
 * @returns warnings
 */
export async function joinSplitText(
  email: Email,
  { documents }: MailFiles,
  deadline: Deadline,
): Promise<string[]> {
  const warnings: string[] = [];
  for (const { filename, content } of email.attachments) {
    const name = filename ?? '';
    if (!SPLIT_TEXT.test(name) || typeof content === 'string') continue;
    const { decode } = await import('../../decode/decode.ts');
    const { text: given } = decode(new Uint8Array(content));
    const text = name.toLowerCase().endsWith('.txt') ? given : documentText(parseHtml(given, deadline).root);
    const known = wordsOf(`${email.text ?? ''}\n${(email.html ?? '').replace(/<[^<>]{0,2000}>/g, ' ')}`);
    if ([...wordsOf(text)].every(word => known.has(word))) continue;
    if (documents.length > 0) {
      warnings.push(`The text of the attachment “${name}” was left out.`);
      continue;
    }
    if (email.text !== undefined || email.html === undefined)
      email.text = `${email.text ?? ''}\n\n${text.trim()}\n`;
    if (email.html !== undefined) email.html += blocksOf(text);
    warnings.push(`The text of the attachment “${name}” was added to that of the mail.`);
  }
  return warnings;
}

/** Paragraphs of HTML from plain text. */
function blocksOf(text: string): string {
  const paragraphs = text.trim().split(/\n[ \t\r]*\n/);
  return paragraphs.map(each => `<p>${escapeText(each.trim()).replace(/\r?\n/g, '<br>')}</p>`).join('');
}

/** Endings of texts that are stories. Other texts, such as subtitles and tables, are not. */
const TEXT_ENDINGS = /\.(?:txt|text|md|markdown|html?|xhtml)$/i;

/** Maximum size of a covering note without words for “attached”, in letters of an alphabet. */
const MAX_PLAIN_NOTE_CHARS = 400;

/** Maximum size of a covering note that says that something is attached. */
const MAX_NOTE_CHARS = 1_200;

/** Sorts the attachments of a mail. The content decides on the kind, because mail programs state wrong types. */
export async function sortAttachments(attachments: readonly Attachment[]): Promise<MailFiles> {
  const files: MailFiles = {
    documents: [],
    pictures: [],
    recordings: [],
    byId: new Map(),
    hasUnread: false,
    warnings: [],
  };
  if (attachments.length > MAX_ATTACHMENTS)
    files.warnings.push(
      `The mail has ${attachments.length} attachments. The first ${MAX_ATTACHMENTS} were read.`,
    );
  for (const { filename, mimeType, contentId, content, disposition } of attachments.slice(
    0,
    MAX_ATTACHMENTS,
  )) {
    const name = oneLine(filename ?? '')
      .replace(/[/\\]/g, '-')
      .replace(/^\.{1,2}$/, '')
      .slice(0, 150);
    const type = mimeType.toLowerCase();
    if (IGNORED_TYPES.test(type)) continue;
    const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
    const id = contentId?.replace(/^\s*<|>\s*$/g, '');
    const media = embeddedName(name || 'file', bytes);
    const file = { type, bytes, id, isLogo: false };
    if (media !== undefined) {
      const isPicture = mediaKindOf(media) === 'picture';
      if (isPicture && disposition !== 'attachment' && (await isIcon(bytes))) continue;
      const read = { ...file, name: media, isLogo: isPicture && (await isLogo(bytes)) };
      files[isPicture ? 'pictures' : 'recordings'].push(read);
      if (isPicture && id !== undefined && !files.byId.has(id)) files.byId.set(id, read);
      continue;
    }
    const ending = officeEnding(name, bytes);
    if (ending === undefined && IGNORED_NAMES.test(name)) continue;
    const isText = disposition === 'attachment' && TEXT_ENDINGS.test(name);
    if ((ending !== undefined || isText) && files.documents.length < MAX_DOCUMENTS)
      files.documents.push({ ...file, name: name || `document.${ending}` });
    else if (name.toLowerCase() === 'winmail.dat')
      files.warnings.push('Outlook packed the attachments into “winmail.dat”. They were left out.');
    else files.warnings.push(`The attachment “${(name || type).slice(0, 80)}” was left out.`);
    files.hasUnread = files.warnings.length > 0;
  }
  return files;
}

/** The usual ending of an office document that can be a story. Undefined for other files. */
function officeEnding(name: string, bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 1_024)).toString('latin1');
  const kind = zipKind(bytes);
  if (kind === 'docx') return 'docx';
  if (/^PK.{28}mimetypeapplication\/vnd\.oasis\.opendocument\.text/s.test(head)) return 'odt';
  if (/\.(?:xls|ppt|msg)$/i.test(name)) return undefined;
  if (head.includes('%PDF-')) return 'pdf';
  if (head.startsWith('{\\rtf')) return 'rtf';
  return head.startsWith('\xd0\xcf\x11\xe0') ? 'doc' : undefined;
}

/** Puts pictures of a mail in the places where its text names them with `cid:` (RFC 2392). */
export function embedNamed(root: DomNode, files: MailFiles, local: LocalMedia): void {
  for (const element of elementsOf(root)) {
    if (!isNamed(element)) continue;
    const file = pictureOf(element, files);
    if (file === undefined) delete element.attribs.src;
    else element.attribs.src = local.embed(file.name, file.bytes);
  }
}

function isNamed(node: DomNode): boolean {
  return node.name === 'img' && /^\s*cid:/i.test(node.attribs?.src ?? '');
}

function pictureOf(node: DomNode, files: MailFiles): MailFile | undefined {
  return withId((node.attribs?.src ?? '').trim().slice('cid:'.length), files);
}

/** Whether a node is a picture of the mail that is no logo. Such pictures stay although the words around them go. */
export function isPhoto(node: DomNode, files: MailFiles): boolean {
  return isNamed(node) && pictureOf(node, files)?.isLogo === false;
}

/** The photographs that a tree shows. */
export function photosIn(root: DomNode, files: MailFiles): Set<MailFile> {
  const photos = new Set<MailFile>();
  for (const element of elementsOf(root)) {
    const file = isNamed(element) ? pictureOf(element, files) : undefined;
    if (file?.isLogo === false) photos.add(file);
  }
  return photos;
}

/**
 * The pictures that a text of HTML shows in a place of its own, also in the signature, and the decorations in
 * backgrounds. A photograph that only a style or markup of Outlook (VML) names has no place in the text.
 */
export function picturesIn(html: string, files: MailFiles): Set<MailFile> {
  const found = new Set<MailFile>();
  for (const [, id = ''] of html.matchAll(
    /<img\b[^<>]{0,5000}?\bsrc\s{0,3}=\s{0,3}["']?\s{0,3}cid:([^"'\s>]{1,300})/gi,
  )) {
    const file = withId(id, files);
    if (file !== undefined) found.add(file);
  }
  for (const [, id = ''] of html.matchAll(/cid:([^"'\s>)]{1,300})/gi)) {
    const file = withId(id, files);
    if (file?.isLogo) found.add(file);
  }
  return found;
}

/** The picture with an id. Addresses are encoded like those of the web; the header is not. */
function withId(address: string, { byId }: MailFiles): MailFile | undefined {
  const id = address.trim();
  return byId.get(id) ?? byId.get(percentDecoded(id) ?? id);
}

/**
 * Whether the text of a mail only presents the document that is attached to it.
 * @param copy the text without greeting, signature and earlier messages
 */
export function isCoveringNote(copy: string): boolean {
  const text = oneLine(copy).toLowerCase();
  const wide =
    text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
  const size = text.length + 2 * wide;
  if (size <= MAX_PLAIN_NOTE_CHARS) return true;
  return size <= MAX_NOTE_CHARS && saysAttached(text);
}

/** Whether a text says that something is attached. */
export function saysAttached(copy: string): boolean {
  const text = oneLine(copy).toLowerCase();
  const words = ` ${text.replace(/[^\p{L}\p{M}’'-]+/gu, ' ')} `;
  return (
    ATTACHED_WORDS.some(phrase => words.includes(` ${phrase} `)) ||
    JOINED_ATTACHED_WORDS.some(part => text.includes(part))
  );
}

/** Minimum share of the different words of a document that its mail repeats, if both hold the same story. */
const MIN_SHARED_WORDS = 0.6;

/** Whether a mail repeats the text of the document that is attached to it. */
export function isSameStory(mail: string, document: string): boolean {
  const own = wordsOf(mail);
  const words = [...wordsOf(document)];
  const shared = words.filter(word => own.has(word)).length;
  return shared >= MIN_SHARED_WORDS * Math.min(words.length, own.size);
}

function wordsOf(text: string): Set<string> {
  return new Set(text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []);
}

import type { Attachment } from 'postal-mime';
import { mediaKindOf } from '../../../../shared/model/media-address.ts';
import { percentDecoded } from '../../../../shared/text/percent-decoded.ts';
import { zipKind } from '../../decode/zip.ts';
import { embeddedName, isIcon, isLogo } from '../../media/embeddable.ts';
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
  warnings: string[];
}

/** Media types that no reader of a story misses: invitations, business cards, signatures, reports of delivery. */
const IGNORED_TYPES =
  /^(?:text\/(?:calendar|x?-?vcard|rfc822-headers)|application\/(?:ics|pgp-signature|pgp-encrypted|pgp-keys|x?-?pkcs7-(?:signature|mime))|message\/(?:delivery-status|disposition-notification))$/;
const IGNORED_NAMES =
  /\.(?:ics|vcf|p7s|p7m|asc|sig)$|^ATT\d{1,6}\.(?:txt|htm|html|bin|dat|c)$|^(?:noname|signature\.txt)$/i;

/** Endings of texts that are stories. Other texts, such as subtitles and tables, are not. */
const TEXT_ENDINGS = /\.(?:txt|text|md|markdown|html?|xhtml)$/i;

/** Maximum size of a covering note without words for “attached”, in letters of an alphabet. */
const MAX_PLAIN_NOTE_CHARS = 400;

/** Maximum size of a covering note that says that something is attached. */
const MAX_NOTE_CHARS = 1_200;

/** Sorts the attachments of a mail. The content decides on the kind, because mail programs state wrong types. */
export async function sortAttachments(attachments: readonly Attachment[]): Promise<MailFiles> {
  const files: MailFiles = { documents: [], pictures: [], recordings: [], warnings: [] };
  for (const { filename, mimeType, contentId, content, disposition } of attachments) {
    const name = oneLine(filename ?? '')
      .replace(/[/\\]/g, '-')
      .slice(0, 150);
    const type = mimeType.toLowerCase();
    if (IGNORED_TYPES.test(type) || IGNORED_NAMES.test(name)) continue;
    const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
    const id = contentId?.replace(/^\s*<|>\s*$/g, '');
    const media = embeddedName(name || 'file', bytes);
    const file = { type, bytes, id, isLogo: false };
    if (media !== undefined) {
      const isPicture = mediaKindOf(media) === 'picture';
      if (isPicture && disposition !== 'attachment' && (await isIcon(bytes))) continue;
      files[isPicture ? 'pictures' : 'recordings'].push({
        ...file,
        name: media,
        isLogo: isPicture && (await isLogo(bytes)),
      });
    } else if (isDocument(name, bytes, disposition)) files.documents.push({ ...file, name });
    else if (name.toLowerCase() === 'winmail.dat')
      files.warnings.push('Outlook packed the attachments into “winmail.dat”. They were left out.');
    else files.warnings.push(`The attachment “${(name || type).slice(0, 80)}” was left out.`);
  }
  return files;
}

/** Whether an attachment can be a story: an office document, or a text with the name of one. */
function isDocument(name: string, bytes: Uint8Array, disposition: Attachment['disposition']): boolean {
  const head = Buffer.from(bytes.subarray(0, 1_024)).toString('latin1');
  const kind = zipKind(bytes);
  if (kind === 'docx' || /^PK.{28}mimetypeapplication\/vnd\.oasis\.opendocument\.text/s.test(head))
    return true;
  if (head.includes('%PDF-') || head.startsWith('{\\rtf') || head.startsWith('\xd0\xcf\x11\xe0'))
    return !/\.(?:xls|ppt|msg)$/i.test(name);
  return disposition === 'attachment' && TEXT_ENDINGS.test(name);
}

/** Puts pictures of a mail in the places where its text names them with `cid:` (RFC 2392). */
export function embedNamed(root: DomNode, { pictures }: MailFiles, local: LocalMedia): void {
  for (const element of elementsOf(root)) {
    if (!isNamed(element)) continue;
    const file = pictureOf(element, pictures);
    if (file === undefined) delete element.attribs.src;
    else element.attribs.src = local.embed(file.name, file.bytes);
  }
}

function isNamed(node: DomNode): boolean {
  return node.name === 'img' && /^\s*cid:/i.test(node.attribs?.src ?? '');
}

function pictureOf(node: DomNode, pictures: readonly MailFile[]): MailFile | undefined {
  const id = (node.attribs?.src ?? '').trim().slice('cid:'.length);
  return pictures.find(each => each.id !== undefined && sameId(each.id, id));
}

/** Whether a node is a picture of the mail that is no logo. Such pictures stay although the words around them go. */
export function isPhoto(node: DomNode, { pictures }: MailFiles): boolean {
  return isNamed(node) && pictureOf(node, pictures)?.isLogo === false;
}

/** The pictures that a text of HTML shows in a place of its own, also in the signature. */
export function picturesIn(html: string, { pictures }: MailFiles): MailFile[] {
  const ids = [...html.matchAll(/cid:([^"'\s>)]{1,300})/gi)].map(([, id = '']) => id);
  return pictures.filter(each => ids.some(id => each.id !== undefined && sameId(each.id, id)));
}

/** Addresses are encoded like those of the web; the header is not. */
function sameId(id: string, address: string): boolean {
  return id === address.trim() || id === percentDecoded(address.trim());
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
  if (size > MAX_NOTE_CHARS) return false;
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

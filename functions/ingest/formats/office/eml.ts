import { isUtf8 } from 'node:buffer';
import PostalMime, { type Email } from 'postal-mime';
import { Rejection } from '../../../../shared/errors/rejection.ts';
import { readForeign } from '../../decode/foreign-reader.ts';
import { documentText } from '../../html/shown-text.ts';
import { parseHtml } from '../../html/tree.ts';
import { cheerioOf } from '../../html/tree-cheerio.ts';
import type { Deadline } from '../../model/deadline.ts';
import { elementsOf } from '../../model/dom.ts';
import {
  contextOf,
  type FormatReader,
  type ParseInput,
  type SourceDocument,
} from '../../model/format-reader.ts';
import type { LocalMedia } from '../../model/local-media.ts';
import type { ReleaseTerms, TermContext } from '../../model/release-terms.ts';
import type { Stated } from '../../model/stated.ts';
import { takeDocumentTerms } from '../../release/document.ts';
import { readKeyed } from '../../release/keyed.ts';
import { keyOf } from '../../release/keys.ts';
import { splitLeadingWord } from '../../release/leading-word.ts';
import { readTermLine } from '../../release/line.ts';
import { termsOfNote } from '../../release/note.ts';
import { splitTerms } from '../../release/split-terms.ts';
import { parseNames } from '../../text/byline.ts';
import { fold, hasWords, oneLine } from '../../text/characters.ts';
import { parseInstant } from '../../text/dates.ts';
import { ROLE_SENDERS } from '../../words/mail-words.ts';
import { removeNodes, takeEnd, takeRelated, takeTop } from '../text/copy-dom.ts';
import { readFiledText } from '../text/filed-text.ts';
import { refuseLines } from '../text/lines.ts';
import {
  embedNamed,
  isCoveringNote,
  isPhoto,
  joinSplitText,
  type MailFile,
  type MailFiles,
  photosIn,
  picturesIn,
  saysAttached,
  sortAttachments,
} from './mail-attachments.ts';
import { type HtmlLine, htmlLines, isQuotation } from './mail-html.ts';
import { type Forwarded, type MailLine, textLines } from './mail-messages.ts';
import { cleanSubject, isReply } from './mail-subject.ts';
import { type Envelope, type MailCopy, readMail } from './mail-text.ts';

/** Maximum depth of parts inside parts. Mail programs use far fewer levels. */
const MAX_NESTING = 20;

/** Maximum size of headers, in bytes. Mail programs write far less. */
const MAX_HEADER_BYTES = 1_000_000;

/** Maximum length, in characters, of a message that only carries the message attached to it. */
const MAX_CARRIER_CHARS = 200;

/** Reads saved e-mail (RFC 5322 and MIME) with postal-mime. */
export const emlReader: FormatReader = {
  name: 'eml',
  async read(source) {
    const { input, deadline, terms } = source;
    const context = contextOf(source);
    const { email, warnings } = await openMail(input.bytes);
    const files = await sortAttachments(email.attachments);
    warnings.push(...(await joinSplitText(email, files, deadline)));
    const inPlace = picturesIn(email.html ?? '', files);
    const isShown = email.html && (!email.text || isStructured(email.html) || inPlace.size > 0);
    const html = isShown ? email.html : undefined;
    for (const { key, value } of email.headers)
      if (RELEASE_HEADERS.has(keyOf(key) ?? 'status')) terms.add(...readKeyed(key, value, context));
    const around = { context, deadline, terms };
    const { copy, isNote, lines, head, ...read } = html
      ? readHtml(html, email, files, around)
      : readText(email, around);
    warnings.push(...files.warnings);
    const attached = attachedStory(files, isNote, input.story);
    // The place of a photograph in a note goes with the note.
    const noted = attached === undefined ? undefined : photosIn(read.root, files);
    const pictures = files.pictures.filter(each => !inPlace.has(each) || noted?.has(each));
    const beside =
      input.story === undefined || input.story === 'text' ? [...pictures, ...files.recordings] : [];
    const leftOut = files.documents.filter(each => each !== attached);
    if (input.story === undefined)
      for (const { name } of leftOut)
        warnings.push(
          `The attachment “${name.slice(0, 80)}” was left out, because ${attached ? `“${attached.name.slice(0, 80)}”` : 'the text of the mail'} is the story.`,
        );
    if (files.hasUnread && attached === undefined && isNote && saysAttached(copy))
      terms.add({
        kind: 'hold',
        why: 'stated',
        quote: copy,
        says: 'The text of the mail looks like a note about an attachment that was left out.',
      });
    if (attached === undefined || source.readAttached === undefined) {
      embedNamed(read.root, files, source.local);
      showBeside(read, beside, source.local);
      const shown = `${email.text ?? ''}\n${html ? documentText(parseHtml(html, deadline).root) : ''}`;
      return { ...read, warnings: [...warnings, ...read.warnings], shown };
    }
    if (isNote && hasWords(copy))
      warnings.push(`The note above the attachment was left out: “${oneLine(copy).slice(0, 80)}”.`);
    const { folder } = /^(?<folder>.*\/)?/.exec(input.key)?.groups ?? {};
    if (isNote) terms.add(...termsOfNote(lines.map(line => line.text).join('\n'), context));
    const { document, text } = await named(
      attached.name,
      source.readAttached({
        bytes: attached.bytes,
        key: `${folder ?? ''}${attached.name}`,
        home: input.home ?? input.key,
        contentType: attached.type,
        filedAt: input.filedAt,
      }),
    );
    const story: Read = { ...document, format: 'eml', stated: { ...head, ...document.stated } };
    // Programs set the dates of a file. The date of the mail says when the story was sent.
    const { published } = document.stated;
    if (head.published && published && OF_FILE.has(published.from)) story.stated.published = head.published;
    showBeside(story, beside, source.local);
    const shown = document.shown ?? (document.format === 'html' ? documentText(document.root) : text);
    return { ...document, ...story, warnings: [...warnings, ...document.warnings], shown };
  },
};

/** Names the attachment in the reason why it was rejected. */
async function named<Result>(name: string, reading: Promise<Result>): Promise<Result> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
    throw new Rejection(error.code, `The attachment “${name.slice(0, 80)}”: ${error.message}`);
  }
}

/** Origins of dates that the program of a document has set. */
const OF_FILE: ReadonlySet<string> = new Set(['docx', 'odt', 'rtf', 'pdf']);

/** The attached document that is the story of a mail. Undefined if the story is the text of the mail. */
function attachedStory(
  { documents }: MailFiles,
  isNote: boolean,
  story: ParseInput['story'],
): MailFile | undefined {
  if (story !== undefined) return story === 'text' ? undefined : documents[story];
  return isNote ? documents[0] : undefined;
}

/** Shows files that the text does not name: the first picture leads the story, the others follow the text. */
function showBeside(read: Read, files: readonly MailFile[], local: LocalMedia): void {
  const $ = cheerioOf(read.root);
  const body = $('body');
  const hasPicture = [...elementsOf(read.root)].some(({ name, attribs }) => name === 'img' && attribs.src);
  for (const { name, bytes } of files) {
    const address = local.embed(name, bytes);
    const recording = local.recording(address);
    const title = name.slice(0, name.lastIndexOf('.'));
    if (recording !== undefined)
      read.stated.recordings = [...(read.stated.recordings ?? []), { address: recording, title }];
    else if (!hasPicture && read.stated.image === undefined) {
      const url = local.picture(address);
      if (url !== undefined) read.stated.image = { url };
    } else {
      const figure = $('<figure></figure>').append($('<img>').attr('src', address));
      if (body.length > 0) body.append(figure);
      else $.root().append(figure);
    }
  }
}

/**
 * The stories of a mail that holds several: the documents that are attached, and its text if that is more than a note
 * about them. Undefined if the mail holds one story.
 * @throws Rejection if the mail cannot be read
 */
export async function storiesOfMail(bytes: Uint8Array, deadline: Deadline): Promise<MailStories | undefined> {
  const { email } = await openMail(bytes);
  const files = await sortAttachments(email.attachments);
  if (files.documents.length === 0) return undefined;
  const lines = email.text ? textLines(email.text) : htmlLines(parseHtml(email.html ?? '', deadline).root);
  const { kept, isCredited } = readMail(lines, envelopeOf(email));
  const copy = lines.flatMap((line, at) => (kept[at] ? [line.text] : [])).join('\n');
  const isNote = !isCredited && isCoveringNote(copy);
  return files.documents.length === 1 && isNote ? undefined : { files, isNote };
}

export interface MailStories {
  files: MailFiles;
  /** Whether the text of the mail is only a note about the documents. */
  isNote: boolean;
}

/** Returns the message, or the attached message if the message has no other content. */
async function openMail(bytes: Uint8Array): Promise<{ email: Email; warnings: string[] }> {
  const email = await parseMail(await withReadableHeader(withoutMailboxLine(bytes)));
  const inner = email.attachments.find(({ mimeType }) => mimeType === 'message/rfc822');
  const own = (email.text ?? email.html?.replace(/<[^<>]{0,2000}>/g, ' ') ?? '').trim();
  if (!inner || own.length > MAX_CARRIER_CHARS || typeof inner.content === 'string')
    return { email, warnings: [] };
  const carried = await parseMail(new Uint8Array(inner.content));
  // What is attached beside the message is named, or shown with it.
  carried.attachments.push(...email.attachments.filter(each => each !== inner));
  const warnings = hasWords(own)
    ? [`The note above the attached message was left out: “${oneLine(own).slice(0, 80)}”.`]
    : [];
  return { email: carried, warnings };
}

async function parseMail(bytes: Uint8Array): Promise<Email> {
  // The library keeps every line in memory, so the number of lines is limited. Attachments have fewer lines per
  // megabyte than wrapped text.
  refuseLines(bytes);
  return readForeign('The e-mail could not be read', () =>
    PostalMime.parse(bytes, {
      forceRfc822Attachments: true,
      maxNestingDepth: MAX_NESTING,
      maxHeadersSize: MAX_HEADER_BYTES,
    }),
  );
}

/**
 * The separator line of mailbox files, which may stand above the header: `From jane@example.org Mon Oct  1
 * …`.
 */
function withoutMailboxLine(bytes: Uint8Array): Uint8Array {
  if (Buffer.from(bytes.subarray(0, 5)).toString('latin1') !== 'From ') return bytes;
  return bytes.subarray(bytes.indexOf(0x0a) + 1);
}

/**
 * Writes a header with raw bytes in UTF-8. Old programs write subjects and names in the character set of the
 * text. A mail that declares no character set at all is written in UTF-8.
 */
async function withReadableHeader(bytes: Uint8Array): Promise<Uint8Array> {
  const end = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, MAX_HEADER_BYTES))
    .toString('latin1')
    .search(/\r?\n\r?\n/);
  const header = bytes.subarray(0, Math.max(0, end));
  if (isUtf8(header)) return bytes;
  const { decode } = await import('../../decode/decode.ts');
  const charset = DECLARED.exec(Buffer.from(bytes.subarray(0, MAX_HEADER_BYTES)).toString('latin1'))?.[1];
  if (!charset) return Buffer.from(decode(bytes).text);
  // The statistics of the whole mail are better than those of its header.
  const { charset: read } = decode(bytes, { contentType: `text/plain; charset=${charset}` });
  const { text } = decode(header, { contentType: `text/plain; charset=${read}` });
  return Buffer.concat([Buffer.from(text), bytes.subarray(header.length)]);
}

const DECLARED = /charset\s{0,4}=\s{0,4}"?([\w.:-]{1,40})/i;

/** Kinds of release keys that count in a mail header. Status fields do not count, because mail programs set them. */
const RELEASE_HEADERS: ReadonlySet<string> = new Set([
  'embargo',
  'start',
  'expires',
  'hold',
  'draft',
  'forbidden',
  'withdraw',
]);

interface Around {
  context: TermContext;
  deadline: Deadline;
  terms: ReleaseTerms;
}

type Read = Pick<SourceDocument, 'format' | 'root' | 'layout' | 'stated' | 'warnings'>;

interface ReadMail extends Read {
  /** The copy in the text of the mail, which can be a note about a document that is attached. */
  copy: string;
  isNote: boolean;
  /** All lines of the mail, also those that are left out. */
  lines: readonly MailLine[];
  /** What the header of the mail states. */
  head: Stated;
}

function readText(email: Email, around: Around): ReadMail {
  const { context, deadline, terms } = around;
  const lines = textLines(email.text ?? '');
  const mail = readMail(lines, envelopeOf(email));
  leave(mail, around);
  const text = lines.flatMap((line, at) => (mail.kept[at] ? [line.text] : [])).join('\n');
  const head = headOf(email, mail.forwarded, text, around);
  const filed = readFiledText(text, context, head.headline?.text, deadline, terms);
  const stated = { ...head, ...filed.stated };
  const { root } = parseHtml(filed.html, deadline);
  return {
    format: 'eml',
    root,
    layout: 'copy',
    stated,
    warnings: [...mail.warnings, ...filed.warnings],
    copy: text,
    isNote: !mail.isCredited && isCoveringNote(text),
    lines,
    head,
  };
}

function envelopeOf({ subject, from }: Email): Envelope {
  return { subject: oneLine(subject ?? ''), sender: from?.name ?? '' };
}

/** Reads the terms in the words that are left out, and holds a story that may hold private words. */
function leave({ leftOut, doubt }: MailCopy, around: Around): void {
  readNotes(leftOut, around);
  if (doubt)
    around.terms.add({
      kind: 'hold',
      why: 'stated',
      quote: doubt,
      says: `${doubt}. Private words of the mail may stand in the story.`,
    });
}

function readHtml(html: string, email: Email, files: MailFiles, around: Around): ReadMail {
  const { context, deadline, terms } = around;
  const { root } = parseHtml(html, deadline);
  const $ = cheerioOf(root);
  const warnings: string[] = [];
  const all = htmlLines(root);
  if (all.some(line => line.isSignature && line.text !== '')) warnings.push('The signature was left out.');
  const lines = all.filter(line => !line.isSignature);
  const envelope = envelopeOf(email);
  const mail = readMail(lines, envelope);
  leave(mail, around);
  warnings.push(...mail.warnings);
  const text = lines.flatMap((line, at) => (mail.kept[at] ? [line.text] : [])).join('\n');
  const head = headOf(email, mail.forwarded, text, around);
  const stated: Stated = { ...head };
  const title = mail.title === undefined ? undefined : lines[mail.title];
  const isTitle = title !== undefined && (mail.isCredited || isReply(envelope.subject));
  if (isTitle) stated.headline = { text: title.text, from: 'document' };
  const gone = [
    ...all.filter(line => line.isSignature),
    ...lines.filter((line, at) => !mail.kept[at] || (isTitle && line === title)),
  ];
  // The logo of a signature can stand in a line of its own, which belongs to nothing. A photograph is no signature.
  const end = lines.findLastIndex((line, at) => mail.kept[at] && line.text !== '');
  const below = gone.some(line => line.text !== '') ? lines.slice(end + 1) : [];
  const nodes = [...gone, ...below.filter(({ text }) => text === '')].flatMap(line => line.nodes);
  const kept = new Set(ownLines(all, lines, mail).flatMap(line => line.nodes));
  removeNodes(nodes.filter(node => !(kept.has(node) && isPhoto(node, files))));
  for (const element of [...elementsOf(root)].filter(isQuotation)) element.name = 'div';
  takeDocumentTerms(root, 'copy', context, terms);
  const before = { ...stated };
  // Facts from the copy win over facts from the message around it.
  delete stated.authors;
  delete stated.published;
  takeTop($, stated, context, warnings, terms.size > 0);
  if (!stated.authors && before.authors) stated.authors = before.authors;
  if (!stated.published && before.published) stated.published = before.published;
  takeRelated($, stated);
  takeEnd($, warnings);
  return {
    format: 'eml',
    root,
    layout: 'copy',
    stated,
    warnings,
    copy: text,
    isNote: !mail.isCredited && isCoveringNote(text),
    lines: all,
    head,
  };
}

/** The lines of the message that holds the copy, with its signature. The lines of messages that it answers are none. */
function ownLines(all: readonly HtmlLine[], lines: readonly HtmlLine[], { isOwn }: MailCopy): HtmlLine[] {
  const own = new Set(lines.filter((_, at) => isOwn[at]));
  let isInside = true;
  return all.filter(line => {
    if (!line.isSignature) isInside = own.has(line);
    return isInside;
  });
}

function headOf(email: Email, forwarded: Forwarded | undefined, copy: string, around: Around): Stated {
  const { context } = around;
  const given = forwarded?.subject ?? email.subject ?? '';
  // An embargo in either subject applies to a forwarded story.
  if (forwarded?.subject && email.subject) subjectOf(email.subject, copy, around);
  const subject = subjectOf(given, copy, around);
  const from = forwarded?.from?.replace(/\s{0,4}[<[(].{0,300}$/, '') ?? email.from?.name ?? '';
  const authors = authorsOf(oneLine(from).replace(/^["'“”]|["'“”]$/g, ''));
  const date = forwarded?.date ?? email.date;
  const sent = date ? parseInstant(date, context)?.at : undefined;
  return {
    ...(hasWords(subject) ? { headline: { text: subject, from: 'document' as const } } : {}),
    ...(authors ? { authors } : {}),
    ...(sent ? { published: { at: sent, from: 'eml' } } : {}),
  };
}

/** Reads the release terms in text that is left out of the story, such as the note above forwarded copy. */
function readNotes(lines: readonly string[], { context, terms }: Around): void {
  for (const line of lines) {
    const term = readTermLine(line, context);
    if (term && term.sureness !== 'bare') terms.add(...term.terms);
  }
}

/**
 * Removes the release terms from a subject. Press offices write terms into subjects, also in brackets like
 * the name of a list.
 */
function subjectOf(given: string, copy: string, { context, terms }: Around): string {
  const part = (text: string): string => {
    const split = splitTerms(text, context, true);
    terms.add(...(split?.terms ?? []));
    return split?.text ?? text;
  };
  // A term may stand in brackets like the name of a list, and after `Fwd:`.
  const subject = oneLine(cleanSubject(part(oneLine(cleanSubject(part(oneLine(given))))))).replace(
    /^[\s|:;–—-]+/u,
    '',
  );
  const led = splitLeadingWord(subject, copy, context);
  if (led) {
    terms.add(...led.terms);
    return led.text;
  }
  const term = readTermLine(subject, context);
  if (!term) return subject;
  terms.add(...term.terms);
  return '';
}

/**
 * Reads a person's name, also as `Doe, Jane`. Returns undefined for an address or the name of a department.
 */
function authorsOf(name: string): Stated['authors'] {
  if (!name || name.includes('@') || name.length > 80) return undefined;
  const [last, first, ...others] = name.split(',').map(part => part.trim());
  const turned = last && first && others.length === 0 && !last.includes(' ') ? `${first} ${last}` : name;
  if (
    turned
      .toLowerCase()
      .split(/[\s-]+/)
      .some(word => ROLE_SENDERS.has(word))
  )
    return undefined;
  const authors = parseNames(turned)?.filter(
    author => author.name.includes(' ') || /[^\p{Script=Latin}]/u.test(author.name),
  );
  return authors && authors.length > 0 ? authors : undefined;
}

/** Whether the HTML part holds more than the text part: headings, lists, emphasis, links with words. */
function isStructured(html: string): boolean {
  if (/<(?:h[1-6]|li|strong|b|em|i|table)[\s>]/i.test(html)) return true;
  const links = html.matchAll(
    /<a\s[^<>]{0,2000}?href=["']?([^"'\s>]{1,2000})["']?[^<>]{0,2000}>([^<>]{1,500})<\/a>/gi,
  );
  for (const [, href = '', words = ''] of links) if (!fold(href).includes(fold(words))) return true;
  return false;
}

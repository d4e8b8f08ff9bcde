import { Rejection } from '../../../../shared/errors/rejection.ts';
import { documentText } from '../../html/shown-text.ts';
import { parseHtml } from '../../html/tree.ts';
import { cheerioOf } from '../../html/tree-cheerio.ts';
import type { Deadline } from '../../model/deadline.ts';
import { elementsOf } from '../../model/dom.ts';
import { contextOf, type FormatReader, type ParseInput } from '../../model/format-reader.ts';
import type { LocalMedia } from '../../model/local-media.ts';
import { readKeyed } from '../../release/keyed.ts';
import { keyOf } from '../../release/keys.ts';
import { termsOfNote } from '../../release/note.ts';
import { termsOfTags } from '../../release/tags.ts';
import { fold, hasWords, oneLine } from '../../text/characters.ts';
import {
  embedNamed,
  isCoveringNote,
  joinSplitText,
  type MailFile,
  type MailFiles,
  photosIn,
  picturesIn,
  saysAttached,
  sortAttachments,
} from './mail-attachments.ts';
import { type MailDocument, readHtmlPart, readTextPart } from './mail-body.ts';
import { openMail } from './mail-envelope.ts';
import { envelopeOf } from './mail-head.ts';
import { htmlLines } from './mail-html.ts';
import { textLines } from './mail-messages.ts';
import { readMail } from './mail-text.ts';

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
      ? readHtmlPart(html, email, files, around)
      : readTextPart(email, around);
    warnings.push(...files.warnings);
    // Mail programs write their categories into this header.
    for (const { key, value } of email.headers)
      if (/^(?:x-)?(?:keywords|categories)$/i.test(key)) terms.add(...termsOfTags(value.split(/[,;]/), copy));
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
    const story: MailDocument = { ...document, format: 'eml', stated: { ...head, ...document.stated } };
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
function showBeside(read: MailDocument, files: readonly MailFile[], local: LocalMedia): void {
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

/** Whether the HTML part holds more than the text part: headings, lists, emphasis, links with words. */
function isStructured(html: string): boolean {
  if (/<(?:h[1-6]|li|strong|b|em|i|table)[\s>]/i.test(html)) return true;
  const links = html.matchAll(
    /<a\s[^<>]{0,2000}?href=["']?([^"'\s>]{1,2000})["']?[^<>]{0,2000}>([^<>]{1,500})<\/a>/gi,
  );
  for (const [, href = '', words = ''] of links) if (!fold(href).includes(fold(words))) return true;
  return false;
}

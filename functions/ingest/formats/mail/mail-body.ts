import type { Email } from 'postal-mime';
import { parseHtml } from '../../html/tree.ts';
import { cheerioOf } from '../../html/tree-cheerio.ts';
import { elementsOf } from '../../model/dom.ts';
import type { SourceDocument } from '../../model/format-reader.ts';
import type { Stated } from '../../model/stated.ts';
import { takeDocumentTerms } from '../../release/document.ts';
import { readTermLine } from '../../release/line.ts';
import { embargoesOfNote } from '../../release/note.ts';
import { removeNodes, takeEnd, takeRelated, takeTop } from '../text/copy-dom.ts';
import { readFiledText } from '../text/filed-text.ts';
import { isCoveringNote, isPhoto, type MailFiles } from './mail-attachments.ts';
import { type Around, envelopeOf, headOf } from './mail-head.ts';
import { type HtmlLine, htmlLines, isQuotation } from './mail-html.ts';
import { type MailLine, textLines } from './mail-messages.ts';
import { isReply } from './mail-subject.ts';
import { type MailCopy, readMail } from './mail-text.ts';

/** The document of a mail, before its attachments join it. */
export type MailDocument = Pick<SourceDocument, 'format' | 'root' | 'layout' | 'stated' | 'warnings'>;

export interface ReadMail extends MailDocument {
  /** The copy in the text of the mail, which can be a note about a document that is attached. */
  copy: string;
  isNote: boolean;
  /** All lines of the mail, also those that are left out. */
  lines: readonly MailLine[];
  /** What the header of the mail states. */
  head: Stated;
}

/** Reads the text part of a mail. */
export function readTextPart(email: Email, around: Around): ReadMail {
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

/** Reads the HTML part of a mail. */
export function readHtmlPart(html: string, email: Email, files: MailFiles, around: Around): ReadMail {
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

/** Reads the release terms in text that is left out of the story, such as the note above forwarded copy. */
function readNotes(lines: readonly string[], { context, terms }: Around): void {
  for (const line of lines) {
    const term = readTermLine(line, context);
    if (term && term.sureness !== 'bare') terms.add(...term.terms);
  }
  terms.add(...embargoesOfNote(lines.join('\n'), context));
}

import { hasWords } from '../../text/characters.ts';
import { detectLanguage } from '../../text/language.ts';
import { readLetter, sizeOf } from './mail-letter.ts';
import { type Forwarded, type MailLine, messagesOf } from './mail-messages.ts';
import { isForward, isReply } from './mail-subject.ts';

/** What is known about a message besides its lines. */
export interface Envelope {
  subject: string;
  sender: string;
}

/** The copy in a message. */
export interface MailCopy {
  /** Whether each line belongs to the copy. */
  kept: boolean[];
  /** Index of the line with the headline, if a byline below it or bold type shows it. */
  title: number | undefined;
  /** Whether a byline stands below the headline. */
  isCredited: boolean;
  /** Which lines belong to the message that holds the copy. Lines of a quotation in it do not. */
  isOwn: boolean[];
  /** Lines around the copy that its sender wrote. They may hold release terms. */
  leftOut: string[];
  forwarded: Forwarded | undefined;
  warnings: string[];
  /** Why the copy cannot be told from private words. */
  doubt: string | undefined;
}

/** Minimum size of a message that holds a story. */
const MIN_STORY_SIZE = 180;

/** Maximum size of a note above copy. */
const MAX_NOTE_SIZE = 400;

/** Number of characters that show the language of a mail. */
const MAX_SAMPLE_CHARS = 4_000;

/** Tells the copy in a message from the words around it. */
export function readMail(lines: readonly MailLine[], { subject, sender }: Envelope): MailCopy {
  const messages = messagesOf(lines);
  const [own] = messages;
  const sample = lines.map(({ text }) => text).join('\n');
  const language = detectLanguage(sample.slice(0, MAX_SAMPLE_CHARS))?.language ?? '';
  const letters = messages.map(message =>
    readLetter(lines, message.lines, {
      sender: message.forwarded ? (message.forwarded.from ?? '') : sender,
      language,
    }),
  );
  const sizes = letters.map(({ from, to }, at) => sizeOf(lines, messages[at]?.lines.slice(from, to) ?? []));
  const hasStory = letters.map(({ isCredited }, at) => isCredited || (sizes[at] ?? 0) >= MIN_STORY_SIZE);
  const inner = hasStory.indexOf(true, 1);
  const [isStory = true, ownSize = 0] = [hasStory[0], sizes[0]];
  const forwards = (messages[1]?.isForward ?? false) || isForward(subject);
  const answers = isReply(subject) && !messages[1]?.isForward;
  const chosen = inner < 0 || (isStory && !(forwards && ownSize < (sizes[inner] ?? 0))) ? 0 : inner;
  let doubt: string | undefined;
  if (inner > 0 && isStory && !answers && (!forwards || ownSize >= MAX_NOTE_SIZE || letters[0]?.isCredited))
    doubt = 'The mail and the message inside it both look like copy';
  else if (inner > 0 && !isStory && answers)
    doubt = 'Only the message that this mail answers looks like copy';
  const letter = letters[chosen];
  const message = messages[chosen] ?? own;
  const ends = message?.lines.slice(letter?.from ?? 0, letter?.to) ?? [];
  const kept = lines.map(() => false);
  const isOwn = lines.map(() => false);
  for (const at of message?.lines ?? []) isOwn[at] = chosen > 0 || lines[at]?.depth === 0;
  for (const at of ends) kept[at] = true;
  // A picture at the beginning of a quotation stands in a line without words. It belongs to the quotation.
  const last = ends.findLastIndex(at => hasWords(lines[at]?.text ?? ''));
  if (chosen === 0 && messages.length > 1)
    for (const at of ends.slice(last + 1)) kept[at] = lines[at]?.depth === 0;
  const warnings: string[] = [];
  const leftOut: string[] = [];
  const note = (what: string, indexes: readonly number[] | undefined) => {
    const text = (indexes ?? []).map(at => lines[at]?.text.trim() ?? '').filter(hasWords);
    for (const line of text) leftOut.push(line);
    if (text.length > 0) warnings.push(`${what} was left out: “${text.join(' ').slice(0, 80)}”.`);
  };
  if (chosen > 0) note('The note above the forwarded copy', own?.lines);
  note('The note above the copy', message?.lines.slice(0, letter?.from));
  note('The signature', message?.lines.slice(letter?.to ?? 0));
  if (chosen === 0 && messages.length > 1)
    warnings.push(
      `The message that this one ${forwards ? 'forwards' : 'answers'} was left out, below the copy.`,
    );
  return {
    kept,
    title: letter?.title,
    isCredited: letter?.isCredited ?? false,
    isOwn,
    leftOut,
    forwarded: message?.forwarded,
    warnings,
    doubt: doubt ?? letter?.doubt,
  };
}

import type { Email } from 'postal-mime';
import type { Deadline } from '../../model/deadline.ts';
import type { ReleaseTerms, TermContext } from '../../model/release-terms.ts';
import type { Stated } from '../../model/stated.ts';
import { splitLeadingWord } from '../../release/leading-word.ts';
import { readTermLine } from '../../release/line.ts';
import { splitTerms } from '../../release/split-terms.ts';
import { parseNames } from '../../text/byline.ts';
import { hasWords, oneLine } from '../../text/characters.ts';
import { parseInstant } from '../../text/dates.ts';
import { ROLE_SENDERS } from '../../words/mail-words.ts';
import type { Forwarded } from './mail-messages.ts';
import { cleanSubject } from './mail-subject.ts';
import type { Envelope } from './mail-text.ts';

/** What the reading of a mail needs around it. */
export interface Around {
  context: TermContext;
  deadline: Deadline;
  terms: ReleaseTerms;
}

export function envelopeOf({ subject, from }: Email): Envelope {
  return { subject: oneLine(subject ?? ''), sender: from?.name ?? '' };
}

/**
 * What the header of a mail states: headline, author, date. The release terms in its subject are added to `around`.
 * @param copy the text of the story, which a word of the subject can be a part of
 */
export function headOf(email: Email, forwarded: Forwarded | undefined, copy: string, around: Around): Stated {
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

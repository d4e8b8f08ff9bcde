import { has, isShouted } from '../../release/term-words.ts';
import { releaseVocabulary } from '../../release/vocabulary.ts';

/** Words that kill a story if they stand alone in capitals at the head of wire copy. */
const KILL =
  'KILLS?|KILLED|WITHDRAW(?:N|AL|S)?|CANCEL(?:S|L?ED|LATION)?|RETRACT(?:S|ED|ION)?|ELIMINAT(?:ED?|ION)|SPIKED?';

/** Words that agencies write around the words that kill a story. */
const AROUND =
  'MANDATORY|BULLETIN|URGENT|FLASH|ADVISORY|NOTICE|NOTE|ATTENTION|ATTN|EDITORS?|EDS|DESKS?|CLIENTS?|SUBSCRIBERS?|ALL|TO|THE|THIS|OUR|ABOVE|PREVIOUS|EARLIER|STORY|STORIES|ITEM|COPY|ARTICLE|REPORT|NEWS|PLEASE|IMMEDIATELY|AND|OF|IS|IT|HAS|BEEN';

/** Maximum length, in characters, of an order that is not in capitals, such as “Bulletin Kill”. */
const MAX_BARE_CHARS = 40;

/** A line that has only these words: `KILL KILL KILL`, `MANDATORY KILL`, `EDITORS: KILL THIS STORY`. */
const BARE = new RegExp(`^(?:(?:${AROUND})\\s){0,8}(?:${KILL})(?:\\s(?:${KILL}|${AROUND})){0,8}$`);

/**
 * The order and the name of a story: `KILL: BC-Ferry`, `KILL BC-FERRY`, `MANDATORY KILL - Ferry crew
 * rescued`.
 */
const NAMED = new RegExp(
  `^\\W{0,8}(?:(?:MANDATORY|BULLETIN|URGENT|ADVISORY|STORY)\\s(?:${KILL})\\b|KILL\\s?,|(?:KILL|WITHDRAW(?:N|AL)?|CANCEL(?:L?ED|LATION)?|RETRACT(?:ED|ION)?)\\s?(?:[:/–—]|--?\\s)|(?:KILL|WITHDRAW|CANCEL)\\s(?:[A-Z]{1,8}-{1,2}[A-Z\\d]|[A-Z]{1,8}\\d{2,6}\\b))`,
);

/** A note to editors with the order: `Eds: Please kill BC-Ferry.` */
const ORDERED =
  /^\W{0,8}(?:eds|editors|desks?|note to editors|attention(?: editors)?)\s?[:;,.–—-]{1,2}\s?(?:please\s|mandatory\s|you must\s)?(?:kill|withdraw|cancel|retract)\b/i;

/** A note to editors that reports a kill: `Editors: This story has been withdrawn.` */
const TOLD =
  /^\W{0,8}(?:eds|editors|desks?|note to editors|attention(?: editors)?)\s?[:;].{0,120}\b(?:story|item|article|report|copy|version|dispatch)\b.{0,80}\b(?:is|was|has been|have been|should be|must be)\s(?:hereby\s|immediately\s)?(?:killed|withdrawn|cancell?ed|retracted|eliminated)\b/i;

/** Whether a line at the head of wire copy, or a note of an item, kills the story. */
export function isKillLine(text: string): boolean {
  const words = text.replace(/[\s\p{P}\p{S}]+/gu, ' ').trim();
  const isShort = words.length <= MAX_BARE_CHARS && /\bkill\b/i.test(words);
  return (
    BARE.test(isShort ? words.toUpperCase() : words) ||
    NAMED.test(text) ||
    ORDERED.test(text) ||
    TOLD.test(text) ||
    isRequest(text)
  );
}

/** The number of a message: `AGX0077`. */
const NUMBER = /\b[A-Z]{2,8}\d{3,6}\b/i;

/** Maximum number of words of a request before and behind the number of the message. */
const MAX_REQUEST_WORDS = 10;

/**
 * Whether a sentence asks editors not to use a message: “Please kill AGX0077.”, “Prière d’annuler la dépêche AGX0077”,
 * “Bitte verwenden Sie die Meldung AGX0077 nicht.” Without the request or the word for a message, a number is that of a
 * flight.
 */
function isRequest(text: string): boolean {
  const [sentence = ''] = text.split(/[.!]\s/);
  const [number] = NUMBER.exec(sentence) ?? [];
  if (number === undefined) return false;
  const words = releaseVocabulary().read(sentence.replace(number, ' '));
  const before = releaseVocabulary().read(sentence.slice(0, sentence.indexOf(number)));
  const isAsked = has(words.slice(0, 3), 'strict');
  return (
    words.length <= MAX_REQUEST_WORDS &&
    (has(words, 'withdraw', 'cancel')
      ? isAsked || has(before.slice(-1), 'copy')
      : isAsked && has(words, 'not', 'forbidden'))
  );
}

/** Whether a line above the text of a message kills a story: `Depot/KILL`, `KILL Depot/`, `ANNULATION Halle`. */
export function isKillHeader(line: string): boolean {
  if (line.split('/').some(isKillLine) || isKillSlug(line)) return true;
  const [first = '', rest = ''] = line.split(/\s(.*)/s);
  return isShouted(first) && has(releaseVocabulary().read(first), 'withdraw', 'cancel') && !isShouted(rest);
}

const KILL_AT_END = new RegExp(
  `^[\\p{L}\\p{N}&'’/ -]{2,60}[,;]\\s?(?:MANDATORY\\s)?(?:${KILL})(?:[,;]\\s?[\\p{L}\\p{N}]{1,12})?$`,
  'u',
);

/** Whether a line is a name and, behind a comma and in capitals, the order to kill: `FERRY-CREW, ELIMINATION`. */
export function isEndedByKill(line: string): boolean {
  return KILL_AT_END.test(line);
}

/** Whether the slug of a story contains the order to kill it: `BC-Ferry-KILL`, `AM-Ferry, Kill, 0340`. */
export function isKillSlug(slug: string): boolean {
  return (
    isEndedByKill(slug) ||
    /(?:[,;]\s?|-{1,2})(?:mandatory\s)?(?:kill|elimination)(?=\s?(?:[,;]|$))/i.test(slug) ||
    /^\W?[A-Z]{1,3}-{1,2}KILL-{1,2}/.test(slug)
  );
}

/** Removes the order to kill a story from its slug. */
export function withoutKill(slug: string): string {
  return slug
    .replace(/\b(?:mandatory[\s-])?(?:kill(?:ed)?|elimination)\b/gi, '')
    .replace(/([-,;/]\s?)[-,;/\s]+/g, '$1')
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '');
}

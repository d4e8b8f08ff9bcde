import type { TermContext } from '../model/release-terms.ts';
import type { ReleaseWord } from '../words/release-words.ts';
import { has, isShouted, WEAK_VERBS } from './term-words.ts';
import { endsWithEvent } from './unclear-lines.ts';
import { type MeantWord, UNSPACED } from './vocabulary.ts';

/** Maximum length of a line that kills a story, in words: “This story has been withdrawn”. */
const MAX_KILL_WORDS = 6;

/** Words without which {@link kindOf} finds a kind only for a line about publication. */
export const KINDS: readonly ReleaseWord[] = [
  'embargo',
  'embargoed',
  'forbidden',
  'hold',
  'draft',
  'expires',
  'release',
  'immediate',
  'withdraw',
  'cancel',
];

type LineKind = 'embargo' | 'forbidden' | 'release' | 'immediate' | 'hold' | 'draft' | 'expires' | 'withdraw';

/** The kind of term that the words of a line state. Other words can stand between them. */
export function kindOf(
  line: string,
  words: readonly MeantWord<ReleaseWord>[],
  at: string | undefined,
  { filedAt = '' }: TermContext,
): LineKind | undefined {
  const dated = at !== undefined;
  // “Not for use in children” is about medicines, and “not for public use” is about paths.
  const isPlain = words.some(({ word, meanings }) => meanings?.has('publish') && !WEAK_VERBS.has(word));
  const isNegated = has(words, 'not') && has(words, 'publish') && (isPlain || dated || isShouted(line));
  // “総会終了” is the end of a meeting.
  if (isEnded(words) && !(UNSPACED.test(line) && endsWithEvent(line, words))) {
    // A line with a future date is a term if it states the year or is in capitals. “Embargo lifted on Friday” is news
    // about an embargo.
    const isAhead = dated && at > filedAt && (/\d{4}/.test(line) || isShouted(line));
    // “HOLD LIFTED” is a note to editors.
    if (!isAhead) return isShouted(line) || has(words, 'copy') ? 'immediate' : undefined;
  }
  if (has(words, 'embargo', 'embargoed')) return 'embargo';
  if (has(words, 'forbidden')) return 'forbidden';
  if (has(words, 'hold')) return 'hold';
  if (isNegated || (has(words, 'not') && has(words, 'release'))) return 'forbidden';
  if (has(words, 'immediate') && has(words, 'publish', 'release')) return 'immediate';
  const cancels = words.filter(({ meanings }) => meanings?.has('cancel')).length;
  // “CANCELLED” alone can be about a fair. Twice, or with a word such as “story”, it is an order.
  if (has(words, 'withdraw') || cancels > 1 || (cancels > 0 && has(words, 'copy'))) return 'withdraw';
  if (has(words, 'draft') && !has(words, 'publish')) return 'draft';
  if (has(words, 'expires')) return 'expires';
  if (has(words, 'release')) return 'release';
  // “2027年3月5日以降に公開”: in these scripts the date stands before the verb.
  const isUnspaced = words.some(({ word }) => UNSPACED.test(word));
  return isUnspaced && dated && has(words, 'publish') && has(words, 'until') ? 'release' : undefined;
}

/** Words for what is still ahead: “Sperrfrist wird am Freitag aufgehoben”. */
const FUTURE =
  /^(?:will|will be|wird|werden|sera|seront|será|serán|sarà|zal|wordt|kommer att|bliver|blir|zostanie|będzie|bude|буде|будет)$/u;

/** Whether the words end an embargo or a hold, or say that there is none: “Hold lifted”, “No embargo”. */
export function isEnded(words: readonly MeantWord<ReleaseWord>[]): boolean {
  if (!has(words, 'embargo', 'embargoed', 'hold') || has(words, 'until')) return false;
  if (words.some(({ word }) => FUTURE.test(word))) return false;
  if (has(words, 'over')) return true;
  if (has(words, 'publish', 'release', 'forbidden', 'draft')) return false;
  return has(words, 'cancel') || has(words.slice(0, 1), 'not');
}

const WITHOUT =
  /^(?:ohne|without|sans|pas|sin|sem|senza|zonder|uten|uden|utan|bez|без|fără|ilman|nincs|nessun|aucun|inget|ingen|brak|žádné|žádný)$/u;

/** Whether a line says only that there is no embargo: “Kein Embargo”, “Sans embargo”, “Ambargo yok”. */
export function deniesEmbargo(line: string, words: readonly MeantWord<ReleaseWord>[]): boolean {
  const [first, ...others] = words;
  if (first === undefined || words.length < 2 || words.length > 3 || /[?!]/.test(line)) return false;
  const last = others.at(-1);
  if (has([first], 'embargo'))
    return others.length === 1 && /^(?:yok|な し|없 음|無|无)$/u.test(last?.word ?? '');
  return (
    (has([first], 'not') || WITHOUT.test(first.word)) &&
    last !== undefined &&
    has([last], 'embargo', 'embargoed') &&
    others.slice(0, -1).every(({ meanings }) => meanings?.has('filler'))
  );
}

/** Whether a line that has only words of terms is an instruction. Otherwise it can be a heading. */
export function isInstruction(
  line: string,
  words: readonly MeantWord<ReleaseWord>[],
  what: LineKind,
  dated: boolean,
): boolean {
  if (isShouted(line)) return true;
  // “Release date: 5 October” can be about a film, and “valid until 5 October” about a ticket.
  if (what === 'release') return has(words, 'until') || FOR_RELEASE.test(line) || NOT_BEFORE.test(line);
  if (what === 'expires') return false;
  // “Embargo from 5 December” is news about an embargo.
  if (
    what === 'embargo' &&
    !has(words, 'embargoed') &&
    words.some(({ word }) => /^(?:from|since)$/.test(word))
  )
    return false;
  if (dated && what !== 'draft' && what !== 'withdraw') return true;
  if (what === 'embargo')
    return has(words, 'embargoed', 'strict', 'until') || (has(words, 'not') && has(words, 'publish'));
  if (what === 'forbidden') return true;
  if (what === 'hold') return has(words, 'publish', 'release', 'until', 'strict');
  return what === 'withdraw' && has(words, 'copy') && words.length > 1 && words.length <= MAX_KILL_WORDS;
}

const FOR_RELEASE =
  /^(?:for|to be|not|zur|frei|pour|à|para|per|da|te|till|til|for|do|k|для|до|к|برای|ل)(?!\p{L})|予定|보도|可/iu;

/** Phrases that show by themselves that the story waits. */
export const NOT_BEFORE =
  /not before|nicht vor|pas avant|scheduled for|go live|goes live|frei (?:ab|zur)|julkaisuvapaa/iu;

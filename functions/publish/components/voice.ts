import { directionOf, languageTag } from '../../../shared/text/language-tag.ts';
import { labelsIn } from '../words/labels.ts';
import type { Labels } from '../words/labels-table.ts';
import { dayWriter, instantWriter, type WriteInstant } from './dates.ts';
import type { Written } from './written.ts';

/** How the site speaks in one language: its words, its dates and numbers, and how names are listed. */
export interface Voice extends Written {
  words: Labels;
  write: WriteInstant;
  /** The day only. */
  writeDay: WriteInstant;
  number(value: number): string;
  /** Names and what stands between them, in order. */
  list(names: readonly string[]): { type: 'element' | 'literal'; value: string }[];
}

/** Voices are made of a dozen formatters each; languages come from articles, so that their number is bounded. */
const MOST_VOICES = 64;
const made = new Map<string, Voice>();

/**
 * The voice of a language (BCP 47) in a time zone; undefined where there are no words in it.
 */
function voiceIn(language: string, timeZone: string | undefined): Voice | undefined {
  const tag = languageTag(language);
  const words = tag && labelsIn(tag);
  if (!tag || !words) return undefined;
  const key = `${tag} ${timeZone ?? ''}`;
  const known = made.get(key);
  if (known) return known;
  const numbers = new Intl.NumberFormat(tag);
  // Bylines have no comma before their last name, which only the United States' English would put there.
  const lists = new Intl.ListFormat(/^en(?:-US)?$/.test(tag) ? 'en-GB' : tag, { type: 'conjunction' });
  const voice: Voice = {
    language: tag,
    direction: directionOf(tag),
    words,
    write: instantWriter(tag, timeZone),
    writeDay: dayWriter(tag, timeZone),
    number: value => numbers.format(value),
    list: names => lists.formatToParts(names),
  };
  if (made.size >= MOST_VOICES) made.clear();
  made.set(key, voice);
  return voice;
}

/**
 * The first of these languages that the site has words in, in English where it has none: an article's own
 * language, then that of the site.
 */
export function voiceOf(languages: readonly string[], timeZone: string | undefined): Voice {
  for (const language of languages) {
    const voice = voiceIn(language, timeZone);
    if (voice) return voice;
  }
  const english = voiceIn('en', timeZone);
  if (!english) throw new RangeError('There are no English words.');
  return english;
}

import { ARABIC, CYRILLIC, LATIN, type LanguageWords } from '../words/html-languages.ts';

/** A text's language as far as it can be told. */
export interface Detected {
  /** BCP 47 primary subtag. */
  language: string;
  /** Whether the evidence is strong enough to overrule what a document declares. */
  sure: boolean;
  /** Languages that the evidence speaks for almost as well. */
  rivals?: readonly string[];
}

/** Enough of a text to tell by. */
const SAMPLE = 6_000;

/** Fewer words prove little about languages that share a script. */
const FEW_WORDS = 8;

/** Share of the best score that makes a rival. */
const ALMOST = 0.8;

/** Scripts, and the language that a text in them is in, where that is one for nearly all texts. */
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Latin}/gu, 'latin'],
  [/\p{Script=Cyrillic}/gu, 'cyrillic'],
  [/\p{Script=Arabic}/gu, 'arabic'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Han}/gu, 'zh'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Devanagari}/gu, 'hi'],
  [/\p{Script=Bengali}/gu, 'bn'],
  [/\p{Script=Tamil}/gu, 'ta'],
  [/\p{Script=Telugu}/gu, 'te'],
  [/\p{Script=Malayalam}/gu, 'ml'],
  [/\p{Script=Kannada}/gu, 'kn'],
  [/\p{Script=Gujarati}/gu, 'gu'],
  [/\p{Script=Gurmukhi}/gu, 'pa'],
  [/\p{Script=Sinhala}/gu, 'si'],
  [/\p{Script=Georgian}/gu, 'ka'],
  [/\p{Script=Armenian}/gu, 'hy'],
  [/\p{Script=Khmer}/gu, 'km'],
  [/\p{Script=Lao}/gu, 'lo'],
  [/\p{Script=Myanmar}/gu, 'my'],
  [/\p{Script=Ethiopic}/gu, 'am'],
];

interface Index {
  words: ReadonlyMap<string, readonly string[]>;
  letters: ReadonlyMap<string, readonly string[]>;
}

const INDEXES: ReadonlyMap<string, Index> = new Map([
  ['latin', indexOf(LATIN)],
  ['cyrillic', indexOf(CYRILLIC)],
  ['arabic', indexOf(ARABIC)],
]);

/** Tells the language of a text by its script, then by its small words and letters; undefined where too little is said. */
export function detectLanguage(text: string): Detected | undefined {
  const sample = text.slice(0, SAMPLE);
  const counts = SCRIPTS.map(([script, name]) => [name, sample.match(script)?.length ?? 0] as const);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  if (total < 2) return undefined;
  const of = (script: string) => counts.find(([name]) => name === script)?.[1] ?? 0;
  const [name, count] = counts.reduce((best, next) => (next[1] > best[1] ? next : best));
  // Japanese is mostly Han characters: any good share of kana decides.
  if ((name === 'zh' || name === 'ja') && of('ja') > (of('ja') + of('zh')) * 0.08)
    return { language: 'ja', sure: total > 20 };
  const index = INDEXES.get(name);
  if (!index) return { language: name, sure: count > total * 0.6 && total > 10 };
  return byWords(sample, index);
}

function byWords(sample: string, index: Index): Detected | undefined {
  const scores = new Map<string, number>();
  const add = (languages: readonly string[] | undefined, points: number) => {
    for (const language of languages ?? [])
      scores.set(language, (scores.get(language) ?? 0) + points / (languages?.length ?? 1) ** 0.5);
  };
  const words = sample.toLowerCase().match(/[\p{L}\p{M}·'-]+/gu) ?? [];
  for (const word of words) add(index.words.get(word), 1);
  for (const letter of sample.toLowerCase()) if (letter > '\u007f') add(index.letters.get(letter), 0.4);
  const ranked = [...scores].sort((a, b) => b[1] - a[1]);
  const [best, second] = ranked;
  if (!best) return undefined;
  const share = best[1] / Math.max(words.length, 1);
  const lead = best[1] / (second?.[1] ?? 0.5);
  if (share < 0.06 || (words.length < FEW_WORDS && lead < 1.5)) return undefined;
  const rivals = ranked.slice(1).filter(([, score]) => score >= best[1] * ALMOST);
  return {
    language: best[0],
    sure: words.length >= 40 && share > 0.15 && lead > 1.25,
    rivals: rivals.map(([language]) => language),
  };
}

function indexOf(table: Readonly<Record<string, LanguageWords>>): Index {
  const words = new Map<string, string[]>();
  const letters = new Map<string, string[]>();
  const add = (map: Map<string, string[]>, key: string, language: string) => {
    const list = map.get(key);
    if (!list) map.set(key, [language]);
    else if (!list.includes(language)) list.push(language);
  };
  for (const [language, entry] of Object.entries(table)) {
    for (const word of entry.words.split(' ')) add(words, word, language);
    for (const letter of entry.letters ?? '') add(letters, letter, language);
  }
  return { words, letters };
}

const RTL_LANGUAGES = new Set('ar he iw fa ur ps sd ug yi dv ckb arc syr nqo ks'.split(' '));
const RTL_SCRIPTS = new Set('arab hebr thaa syrc nkoo'.split(' '));
const LTR_SCRIPTS = new Set('latn cyrl deva guru'.split(' '));

/** The direction that a language is written in, by its script subtag where it has one. */
export function directionOf(language: string): 'ltr' | 'rtl' {
  const parts = language.toLowerCase().split('-');
  const script = parts.find(part => part.length === 4);
  if (script && RTL_SCRIPTS.has(script)) return 'rtl';
  if (script && LTR_SCRIPTS.has(script)) return 'ltr';
  return RTL_LANGUAGES.has(parts[0] ?? '') ? 'rtl' : 'ltr';
}

/** Declarations that a text in another tongue of the family still bears out. */
const ALIKE = [
  ['no', 'nb', 'nn', 'da'],
  ['hr', 'sr', 'bs', 'sh', 'me'],
  ['id', 'ms'],
  ['he', 'iw'],
  ['zh', 'cmn', 'yue'],
  ['fa', 'prs', 'tg'],
  ['tl', 'fil'],
  ['cs', 'sk'],
  ['gl', 'pt'],
  ['hi', 'mr', 'ne', 'sa'],
  ['bn', 'as'],
  ['ar', 'ckb', 'ps', 'ug', 'sd'],
  ['he', 'yi'],
  ['am', 'ti'],
];

/** Languages that the detector knows: a declared one among them must be borne out by the text. */
const KNOWN = new Set([
  ...Object.keys(LATIN),
  ...Object.keys(CYRILLIC),
  ...Object.keys(ARABIC),
  ...SCRIPTS.map(([, name]) => name),
]);

/**
 * The language of a text: the declared one unless the text is surely in another, else the detected one, else the
 * fallback, which also wins where a short text could well be in it. `overruled` where a declaration was not believed.
 */
export function chooseLanguage(
  declared: string | undefined,
  text: string,
  fallback: string,
): { language: string; overruled: boolean } {
  const detected = detectLanguage(text);
  if (!declared) {
    const home = fallback.toLowerCase().split('-')[0] ?? '';
    const athome = detected?.rivals?.includes(home) && !detected.sure;
    return { language: detected && !athome ? detected.language : fallback, overruled: false };
  }
  const primary = declared.toLowerCase().split('-')[0] ?? '';
  if (!detected?.sure || detected.language === primary) return { language: declared, overruled: false };
  const alike = ALIKE.some(family => family.includes(primary) && family.includes(detected.language));
  const related = !KNOWN.has(primary) && INDEXES.size > 0 && sameScript(primary, detected.language);
  return alike || related
    ? { language: declared, overruled: false }
    : { language: detected.language, overruled: true };
}

/** A language the detector does not know may look like one that it does, in the same script. */
function sameScript(unknown: string, detected: string): boolean {
  const script = (language: string) => new Intl.Locale(language).maximize().script;
  try {
    return script(unknown) === script(detected);
  } catch {
    return false;
  }
}

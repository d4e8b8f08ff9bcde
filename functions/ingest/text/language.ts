import { languageTag, scriptOf } from '../../../shared/text/language-tag.ts';
import {
  ARABIC_LANGUAGES,
  CYRILLIC_LANGUAGES,
  LATIN_LANGUAGES,
  type LanguageWords,
  SIMPLIFIED_CHARS,
  TRADITIONAL_CHARS,
} from '../words/html/languages.ts';

export interface DetectedLanguage {
  /** BCP 47 primary subtag. */
  language: string;
  /** True if the evidence is strong enough to overrule the declared language. */
  sure: boolean;
  /** Languages with almost the same score. */
  rivals?: readonly string[];
}

/** Length of the beginning of a text that is analysed, in UTF-16 units. */
const SAMPLE_CHARS = 3_000;

/** If a text has fewer words, the best language of its script needs a clear lead. */
const MIN_CERTAIN_WORDS = 8;

/** Minimum share of the best score, 0 to 1, that makes a language a rival. */
const MIN_RIVAL_SHARE = 0.8;

/** Scripts of one language, with this language. Many languages use the Latin, Cyrillic and Arabic scripts. */
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/\p{Script=Latin}/u, 'latin'],
  [/\p{Script=Cyrillic}/u, 'cyrillic'],
  [/\p{Script=Arabic}/u, 'arabic'],
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Han}/u, 'zh'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Thai}/u, 'th'],
  [/\p{Script=Devanagari}/u, 'hi'],
  [/\p{Script=Bengali}/u, 'bn'],
  [/\p{Script=Tamil}/u, 'ta'],
  [/\p{Script=Telugu}/u, 'te'],
  [/\p{Script=Malayalam}/u, 'ml'],
  [/\p{Script=Kannada}/u, 'kn'],
  [/\p{Script=Gujarati}/u, 'gu'],
  [/\p{Script=Gurmukhi}/u, 'pa'],
  [/\p{Script=Sinhala}/u, 'si'],
  [/\p{Script=Georgian}/u, 'ka'],
  [/\p{Script=Armenian}/u, 'hy'],
  [/\p{Script=Khmer}/u, 'km'],
  [/\p{Script=Lao}/u, 'lo'],
  [/\p{Script=Myanmar}/u, 'my'],
  [/\p{Script=Ethiopic}/u, 'am'],
];

interface LanguageIndex {
  words: ReadonlyMap<string, readonly string[]>;
  letters: ReadonlyMap<string, readonly string[]>;
}

const INDEXES: ReadonlyMap<string, LanguageIndex> = new Map([
  ['latin', indexOf(LATIN_LANGUAGES)],
  ['cyrillic', indexOf(CYRILLIC_LANGUAGES)],
  ['arabic', indexOf(ARABIC_LANGUAGES)],
]);

/**
 * Detects the language of a text by its script, small words and letters. Returns undefined for a text that is
 * too short.
 */
export function detectLanguage(text: string): DetectedLanguage | undefined {
  const sample = text.slice(0, SAMPLE_CHARS);
  const counts = countScripts(sample);
  const total = counts.reduce((sum, [, count]) => sum + count, 0);
  if (total < 2) return undefined;
  const of = (script: string) => counts.find(([name]) => name === script)?.[1] ?? 0;
  const [name, count] = counts.reduce((best, next) => (next[1] > best[1] ? next : best));
  // A Japanese text can be mostly Han characters, so a small share of kana is enough.
  if ((name === 'zh' || name === 'ja') && of('ja') > (of('ja') + of('zh')) * 0.08)
    return { language: 'ja', sure: total > 20 };
  const index = INDEXES.get(name);
  if (!index) return { language: name, sure: count > total * 0.6 && total > 10 };
  return byWords(sample, index);
}

/** Cache by UTF-16 unit: index in {@link SCRIPTS} plus 1, or 255 for another script, or 0 for unknown. */
const SCRIPT_BY_UNIT = new Uint8Array(0x10000);
const OTHER_SCRIPT = 255;

/** Counts the letters of each script. Only rare Han characters lie outside the Basic Multilingual Plane. */
function countScripts(sample: string): (readonly [string, number])[] {
  const counts = new Uint32Array(OTHER_SCRIPT + 1);
  for (let at = 0; at < sample.length; at += 1) {
    const code = sample.charCodeAt(at);
    const script = SCRIPT_BY_UNIT[code] || learnScript(code);
    counts[script] = (counts[script] ?? 0) + 1;
  }
  return SCRIPTS.map(([, name], at) => [name, counts[at + 1] ?? 0] as const);
}

function learnScript(code: number): number {
  const char = String.fromCharCode(code);
  const at = SCRIPTS.findIndex(([script]) => script.test(char));
  SCRIPT_BY_UNIT[code] = at < 0 ? OTHER_SCRIPT : at + 1;
  return SCRIPT_BY_UNIT[code] ?? OTHER_SCRIPT;
}

function byWords(sample: string, index: LanguageIndex): DetectedLanguage | undefined {
  const scores = new Map<string, number>();
  const add = (languages: readonly string[] | undefined, points: number) => {
    if (!languages) return;
    const share = points / languages.length ** 0.5;
    for (const language of languages) scores.set(language, (scores.get(language) ?? 0) + share);
  };
  const lower = sample.toLowerCase();
  const words = lower.match(/[\p{L}\p{M}·'-]+/gu) ?? [];
  for (const word of words) add(index.words.get(word), 1);
  for (let at = 0; at < lower.length; at += 1)
    if (lower.charCodeAt(at) > 127) add(index.letters.get(lower.charAt(at)), 0.4);
  const ranked = [...scores].sort((a, b) => b[1] - a[1]);
  const [best, second] = ranked;
  if (!best) return undefined;
  const share = best[1] / Math.max(words.length, 1);
  const lead = best[1] / (second?.[1] ?? 0.5);
  if (share < 0.06 || (words.length < MIN_CERTAIN_WORDS && lead < 1.5)) return undefined;
  const rivals = ranked.slice(1).filter(([, score]) => score >= best[1] * MIN_RIVAL_SHARE);
  return {
    language: best[0],
    sure: words.length >= 40 && share > 0.15 && lead > 1.25,
    rivals: rivals.map(([language]) => language),
  };
}

function indexOf(table: Readonly<Record<string, LanguageWords>>): LanguageIndex {
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

/** Groups of similar languages. A declared language is accepted if the detected one is in the same group. */
const SIMILAR_LANGUAGES = [
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

const DETECTABLE_LANGUAGES = new Set([
  ...Object.keys(LATIN_LANGUAGES),
  ...Object.keys(CYRILLIC_LANGUAGES),
  ...Object.keys(ARABIC_LANGUAGES),
  ...SCRIPTS.map(([, name]) => name),
]);

/**
 * Chooses the language of a text. The declared language counts unless the text is certainly in another one. Without a
 * declaration the detected language counts, then the fallback. For an uncertain text, the fallback also counts if the
 * text can be in this language. `overruled` is true if the declared language was rejected.
 */
export function chooseLanguage(
  declared: string | undefined,
  text: string,
  fallback: string,
): { language: string; overruled: boolean } {
  const detected = detectLanguage(text);
  if (!declared) {
    const fallbackPrimary = fallback.toLowerCase().split('-')[0] ?? '';
    const isFallbackPossible = detected?.rivals?.includes(fallbackPrimary) && !detected.sure;
    return { language: detected && !isFallbackPossible ? detected.language : fallback, overruled: false };
  }
  const primary = declared.toLowerCase().split('-')[0] ?? '';
  if (!detected?.sure || detected.language === primary) return { language: declared, overruled: false };
  const alike = SIMILAR_LANGUAGES.some(
    family => family.includes(primary) && family.includes(detected.language),
  );
  const related =
    !DETECTABLE_LANGUAGES.has(primary) && INDEXES.size > 0 && sameScript(primary, detected.language);
  return alike || related
    ? { language: declared, overruled: false }
    : { language: detected.language, overruled: true };
}

/**
 * True if both languages use the same script. The detector takes a language that it does not know for another of the
 * same script.
 */
function sameScript(unknown: string, detected: string): boolean {
  const script = scriptOf(unknown);
  return script !== undefined && script === scriptOf(detected);
}

/** The scripts of one language that {@link countScripts} names otherwise (ISO 15924). */
const SHARED_SCRIPTS: ReadonlyMap<string, string> = new Map([
  ['latin', 'Latn'],
  ['cyrillic', 'Cyrl'],
  ['arabic', 'Arab'],
]);

/**
 * Adds the region and the script of the site's language to the language of a text, if the text is in this language and
 * in this script. The detector and many files name only a language. A stated region or script stays as it is.
 * @param site language of the site (BCP 47)
 * @returns for example `en-GB`; `zh-Hant` for Traditional Chinese on a site in another language or script
 */
export function withRegion(language: string, text: string, site: string): string {
  const [tag, siteTag] = [languageTag(language), languageTag(site)];
  if (tag === undefined || siteTag === undefined || tag.includes('-')) return language;
  const script = scriptOfText(tag, text.slice(0, SAMPLE_CHARS));
  const { language: primary } = new Intl.Locale(siteTag);
  const isSame = primary === tag || (tag === 'no' && (primary === 'nb' || primary === 'nn'));
  if (isSame && (script === undefined || script === scriptOf(siteTag))) return siteTag;
  return script === 'Hant' ? `${tag}-Hant` : language;
}

/** The script of a text in a language that can have several, or else the usual script of the language. Undefined if the text does not tell. */
function scriptOfText(language: string, sample: string): string | undefined {
  if (language === 'zh') return hanScript(sample);
  const [name, count] = countScripts(sample).reduce((best, next) => (next[1] > best[1] ? next : best));
  return (count > 0 && SHARED_SCRIPTS.get(name)) || scriptOf(language);
}

const TRADITIONAL = new Set(TRADITIONAL_CHARS);
const SIMPLIFIED = new Set(SIMPLIFIED_CHARS);

/** The script of a Chinese text. Undefined if all of its characters are the same in both. */
function hanScript(sample: string): 'Hans' | 'Hant' | undefined {
  let lead = 0;
  for (const char of sample) {
    const isOne = TRADITIONAL.has(char);
    if (isOne !== SIMPLIFIED.has(char)) lead += isOne ? 1 : -1;
  }
  return lead === 0 ? undefined : lead > 0 ? 'Hant' : 'Hans';
}

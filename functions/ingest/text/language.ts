import { scriptOf } from '../../../shared/text/language-tag.ts';
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
const SAMPLE = 3_000;

/** Fewer words prove little about languages that share a script. */
const FEW_WORDS = 8;

/** Share of the best score that makes a rival. */
const ALMOST = 0.8;

/** Scripts, and the language that a text in them is in, where that is one for nearly all texts. */
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
  const counts = countScripts(sample);
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

/** The script of each code unit met so far: its place in {@link SCRIPTS} from 1, 255 for none of them, 0 for not yet asked. */
const SCRIPT_OF = new Uint8Array(0x10000);
const NO_SCRIPT = 255;

/** Letters of each script. Scripts beyond the Basic Multilingual Plane are none of ours, but for rare Han. */
function countScripts(sample: string): (readonly [string, number])[] {
  const counts = new Uint32Array(NO_SCRIPT + 1);
  for (let at = 0; at < sample.length; at += 1) {
    const code = sample.charCodeAt(at);
    const script = SCRIPT_OF[code] || learnScript(code);
    counts[script] = (counts[script] ?? 0) + 1;
  }
  return SCRIPTS.map(([, name], at) => [name, counts[at + 1] ?? 0] as const);
}

function learnScript(code: number): number {
  const char = String.fromCharCode(code);
  const at = SCRIPTS.findIndex(([script]) => script.test(char));
  SCRIPT_OF[code] = at < 0 ? NO_SCRIPT : at + 1;
  return SCRIPT_OF[code] ?? NO_SCRIPT;
}

function byWords(sample: string, index: Index): Detected | undefined {
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
  const script = scriptOf(unknown);
  return script !== undefined && script === scriptOf(detected);
}

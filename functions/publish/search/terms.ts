/*
 * The words of a text as search compares them. The index and the page of the search use this file, so a word has the same
 * form in both. It depends on no data of the machine: `Intl.Segmenter` divides Chinese and Thai differently in different
 * versions of browsers.
 */

/** Scripts without spaces between words. Their words are runs of so many characters. */
const CHARS_PER_TERM = [
  { script: /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー々〆]/u, chars: 2 },
  { script: /[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u, chars: 3 },
];

const WORD = /[\p{L}\p{M}\p{N}]+/gu;

/** A run of one script, or of characters that belong to none. */
const RUN =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー々〆]+|[\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]+|[^\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}ー々〆\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]+/gu;

/** Maximum length of a word in UTF-16 code units. Longer ones are addresses and noise. */
const MAX_CHARS = 40;

/** Letters without a decomposition that people also write otherwise. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ı: 'i',
  ŋ: 'n',
  ə: 'e',
  ς: 'σ',
  ё: 'е',
  ґ: 'г',
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ئ: 'ي',
  ؤ: 'و',
  ة: 'ه',
  ۀ: 'ه',
  ہ: 'ه',
  ھ: 'ه',
  ک: 'ك',
};
const ACCENTED = /[\p{sc=Latn}\p{sc=Grek}]\p{M}*/gu;
const MARKS = /\p{M}/gu;
const OTHER_DIGIT = /(?![0-9])\p{Nd}/gu;
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');

/** The first digits of scripts with digits of their own. NFKC maps only full-width ones. */
const ZEROS = [
  0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0x1040, 0x17e0,
];

/** Marks that readers leave out: of Hebrew and Arabic vowels, the stretched line of Arabic, the dot of Devanagari, stress. */
const OPTIONAL =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: the expression removes single marks
  /[\u0591-\u05bd\u05bf\u05c1-\u05c7\u064b-\u065f\u0670\u0640\u093c\u0301\u200c\u200d\u00ad]/gu;

/** Apostrophes and marks within a word, by script: Cyrillic and Hebrew words have them, other words end there. */
const WITHIN = /(?<=[\p{sc=Cyrl}\p{sc=Hebr}])['’ʼ‘`´"”״׳](?=[\p{sc=Cyrl}\p{sc=Hebr}])|(?<=l)·(?=l)/gu;

/** Endings of inflection by script, and the number of letters that must be left. Rough, but the same for index and query. */
const LATIN = { script: /^\p{sc=Latn}/u, endings: [/(?<!s)s$/, /[aeiouy]+$|en$/], left: 4 };
const ARABIC = { script: /^\p{sc=Arab}/u, endings: [/(?:ات|ون|ين|ان|ها|ه)$/], left: 3 };
const ENDINGS = [
  LATIN,
  {
    script: /^\p{sc=Cyrl}/u,
    endings: [
      /(?:ами|ями|ого|его|ому|ему|ими|іми|ыми|ові|еві|ів|їв|ов|ев|ей|ам|ям|ах|ях|их|іх|ых|ий|ій|ый|ой|ою|ею|єю|ая|яя|ої|ую|юю|ом|ем|єм|им|ым|[аяоеєуюиіїыьйэ])$/,
    ],
    left: 3,
  },
  { script: /^\p{sc=Grek}/u, endings: [/σ$/, /(?:ου|ων|οι|ει|[αεηιουω])$/], left: 4 },
  { script: /^\p{sc=Hebr}/u, endings: [/(?:ים|ות)$/], left: 3 },
  ARABIC,
];

/** Articles and conjunctions that Arabic writes together with a noun. */
const ARABIC_PREFIX = /^(?:و?(?:ال|بال|كال|فال)|وب?ال|لل)(?=\p{L}{3})/u;

/** A word that needs no folding except of its case. */
const PLAIN = /^[a-z0-9]+$/;

/**
 * Removes differences of spelling that readers do not type: case, accents of Latin and Greek letters, vowel marks, forms
 * of the same letter, digits of other scripts.
 */
export function fold(text: string): string {
  return prepared(text).replace(WORD, foldedWord);
}

/** A text in lower case, without the marks within its words. */
function prepared(text: string): string {
  return text.normalize('NFKC').toLowerCase().replace(WITHIN, '').replace(OPTIONAL, '');
}

function foldedWord(word: string): string {
  if (PLAIN.test(word)) return word;
  return word
    .replace(ACCENTED, letter => letter.normalize('NFD').replace(MARKS, ''))
    .replace(LETTER, letter => LETTERS[letter] ?? letter)
    .replace(OTHER_DIGIT, digit => {
      const code = digit.codePointAt(0) ?? 0;
      const zero = ZEROS.find(each => code >= each && code < each + 10);
      return zero === undefined ? digit : String(code - zero);
    });
}

/**
 * The terms of a text, each once. A term is a word without its ending, or a run of characters in scripts that separate no
 * words. Single letters of alphabets are left out.
 */
export function termsOf(text: string): Set<string> {
  const terms = new Set<string>();
  for (const word of new Set(prepared(text).match(WORD) ?? [])) {
    const folded = foldedWord(word);
    if (PLAIN.test(folded)) addWord(folded, terms);
    else for (const run of folded.match(RUN) ?? []) addRun(run, terms);
  }
  return terms;
}

/** Adds the terms of a folded run of one script. */
function addRun(run: string, terms: Set<string>): void {
  const unit = CHARS_PER_TERM.find(({ script }) => script.test(run));
  if (unit === undefined) {
    addWord(run, terms);
    return;
  }
  const chars = [...run];
  if (chars.length < unit.chars) terms.add(run);
  for (let at = 0; at + unit.chars <= chars.length; at++)
    terms.add(chars.slice(at, at + unit.chars).join(''));
}

function addWord(word: string, terms: Set<string>): void {
  if (word.length <= MAX_CHARS && (word.length > 1 || /\p{N}/u.test(word))) terms.add(stem(word));
}

function stem(word: string): string {
  const rule = PLAIN.test(word) ? LATIN : ENDINGS.find(({ script }) => script.test(word));
  if (rule === undefined) return word;
  let stemmed = rule === ARABIC ? word.replace(ARABIC_PREFIX, '') : word;
  for (const ending of rule.endings) {
    const without = stemmed.replace(ending, '');
    if (without.length >= rule.left) stemmed = without;
  }
  return stemmed;
}

/** A hash of a term with 32 bits: FNV-1a over its UTF-16 code units, mixed as MurmurHash3 ends. */
export function hashOf(term: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < term.length; at++) hash = Math.imul(hash ^ term.charCodeAt(at), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

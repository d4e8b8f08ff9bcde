import { ownCopy } from '../text/characters.ts';
import { KEY_WORDS, type KeyWord, RELEASE_WORDS, type ReleaseWord } from '../words/release-words.ts';
import { type MeantWord, tokensOf, UNSPACED, Vocabulary } from './vocabulary.ts';

/** The kind of statement that a key makes. */
export type ReleaseKey =
  /** The instant from which the story may be public. */
  | 'embargo'
  /** The instant from which the story may be public, in a key that can have other meanings. */
  | 'start'
  /** The date of publication. It is a term if it is in the future or not known yet. */
  | 'publication'
  | 'expires'
  | 'withdraw'
  | 'hold'
  | 'draft'
  | 'forbidden'
  | 'status'
  /** A list of marks, or the readers who may see the story. Most of its values are no release terms. */
  | 'flags'
  /** Yes means that the story may be public. */
  | 'switch'
  /** Yes means that the story must not be public. */
  | 'hidden';

/** Maximum length of a key, in characters. */
export const MAX_KEY_CHARS = 60;

/** Maximum number of keys in the cache of classified keys. */
const MAX_CACHED_KEYS = 2_000;

let keyVocabulary: Vocabulary<ReleaseWord | KeyWord> | undefined;
const keys = new Map<string, ReleaseKey | undefined>();

/** The kind of a key. Undefined if the key is not about release terms. */
export function keyOf(key: string): ReleaseKey | undefined {
  if (key.length > MAX_KEY_CHARS) return undefined;
  if (!keys.has(key)) {
    // The cache has a limit, because files can use any number of different keys.
    if (keys.size > MAX_CACHED_KEYS) keys.clear();
    // Keyboards without umlauts write `veroeffentlichen_ab`.
    keys.set(ownCopy(key), classify(key) ?? (/[aou]e/i.test(key) ? classify(withUmlauts(key)) : undefined));
  }
  return keys.get(key);
}

function withUmlauts(key: string): string {
  return key.toLowerCase().replace(/ae|oe|ue/g, pair => ({ ae: 'ä', oe: 'ö', ue: 'ü' })[pair] ?? pair);
}

function vocabularyOfKeys(): Vocabulary<ReleaseWord | KeyWord> {
  const tables = [
    RELEASE_WORDS as ReadonlyMap<ReleaseWord | KeyWord, readonly string[]>,
    KEY_WORDS as ReadonlyMap<ReleaseWord | KeyWord, readonly string[]>,
  ];
  // Keys are often typed without accents: `fecha_publicacion`.
  keyVocabulary ??= new Vocabulary<ReleaseWord | KeyWord>(...tables, ...tables.map(withoutAccents));
  return keyVocabulary;
}

/** The phrases of a table that have accents, without them. */
function withoutAccents<Meaning>(
  table: ReadonlyMap<Meaning, readonly string[]>,
): Map<Meaning, readonly string[]> {
  return new Map(
    [...table].map(([meaning, phrases]) => [
      meaning,
      phrases
        .filter(phrase => phrase.length >= MIN_BARE_PHRASE_CHARS && /[À-ž]/u.test(phrase))
        .map(phrase => phrase.normalize('NFD').replace(/\p{M}/gu, '')),
    ]),
  );
}

/** Minimum length of a phrase that is recognised without its accents, in characters. “À” and “a” are other words. */
const MIN_BARE_PHRASE_CHARS = 5;

/** Whether the last word of a key can be this word. Most words before a colon end no key, and this tells it quickly. */
export function canEndKey(word: string): boolean {
  const isKnown = (each: string) => {
    const last = tokensOf(spacedKey(each)).at(-1) ?? '';
    return vocabularyOfKeys().hasToken(last) || runTogether(last) !== undefined;
  };
  return isKnown(word) || (/[aou]e/i.test(word) && isKnown(withUmlauts(word)));
}

function classify(key: string): ReleaseKey | undefined {
  const read = vocabularyOfKeys()
    .read(spacedKey(key))
    .flatMap(each => (each.meanings ? [each] : (runTogether(each.word) ?? [each])));
  const has = (...meanings: (ReleaseWord | KeyWord)[]) =>
    read.some(({ meanings: found }) => meanings.some(meaning => found?.has(meaning)));
  if (has('embargo', 'embargoed')) return 'embargo';
  const [first = '', ...others] = read.map(({ word }) => word);
  const isPut = IS.test(first);
  if (read.length > MAX_KEY_WORDS || (isPut ? read.slice(1) : read).some(({ meanings }) => !meanings))
    return undefined;
  const single = others.length === (isPut ? 1 : 0);
  if (has('forbidden') && !has('until')) return has('hidden') ? 'hidden' : 'forbidden';
  if (has('not')) {
    if (has('until')) return 'start';
    if (has('after') || read.some(({ word }) => word.endsWith(' after'))) return 'expires';
    return has('publish', 'switch', 'release') ? 'forbidden' : undefined;
  }
  // “Vanaf” is “from” and, behind “niet”, “before”. “Earliest” names a start.
  const hasEnd = read.some(
    ({ word, meanings }) => meanings?.has('until') && !meanings.has('release') && !FROM.test(word),
  );
  if (has('status')) return read.length <= 2 ? 'status' : undefined;
  if (has('flags')) return read.length <= 2 && !has('date', 'until') ? 'flags' : undefined;
  if (has('expires') || (has('switch', 'schedule', 'begin') && hasEnd)) return 'expires';
  if (has('draft')) return single ? 'draft' : undefined;
  if (has('withdraw', 'cancel')) return 'withdraw';
  if (has('hold')) return 'hold';
  // “Hidden until” and “not for publication before” name the start.
  if (has('hidden', 'forbidden') && has('until')) return 'start';
  if (has('immediate')) return undefined;
  if (single && has('switch') && !/^releases?$/.test(first)) return 'switch';
  // “Published at” and “publish date” are the date of publication. If this date is in the future, it schedules
  // the story too.
  const isFrom = read.some(({ word }) => FROM.test(word));
  const isPast =
    /^(?:published|publication|pub)$/.test(first) ||
    key.toLowerCase().replace(/[^a-z]/g, '') === 'publishdate';
  if (isPast && isFrom) return 'start';
  if (has('begin')) {
    // The key “start” alone means the start of an event.
    const isStart = !single && has('at', 'date', 'filler', 'publish', 'release', 'publication');
    return isStart || has('schedule') || UNSPACED.test(first) ? 'start' : undefined;
  }
  if (has('release', 'schedule')) {
    const isStart =
      single || has('at', 'date', 'until', 'filler') || others.some(word => NOT_BEFORE.test(word));
    if (isStart && !isPast) return 'start';
  }
  if (has('hidden')) return 'hidden';
  return namesPublication(read) ? 'publication' : undefined;
}

/** Whether the words of a key name the publication. “Live: TBC” can be about a concert, “Live date: TBC” is a plan. */
function namesPublication(read: readonly MeantWord<ReleaseWord | KeyWord>[]): boolean {
  const has = (meaning: ReleaseWord | KeyWord) => read.some(({ meanings }) => meanings?.has(meaning));
  if (has('publication')) return true;
  const isClear = !has('copy') && !read.some(({ word }) => WEAK.test(word));
  return has('publish') && !has('after') && (has('date') || isClear);
}

/** Words for publication that are also words of events and of things. “Published by: …” names a company. */
const WEAK =
  /^(?:by|par|por|door|av|use|for use|print|printing|public|live|air|broadcast|broadcasts|broadcasting|circulation|distribution|dissemination|transmission|posting|sendung|emisión|emisji)$/u;

/** Maximum number of words of a key. More words are a sentence. */
const MAX_KEY_WORDS = 5;

/** First words of a switch's name: `isDraft`, `est brouillon`. */
const IS = /^(?:is|be|ist|est|es|é|è)$/u;

/** Phrases that name a start by themselves. */
const NOT_BEFORE = /^(?:not before|nicht vor|pas avant)$/;

/** Splits `publishAt`, `publish_at` or `x-publish-at` into words. */
export function spacedKey(key: string): string {
  return key
    .replace(/^x[-_](?=\p{L})/iu, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/[-_.:/\s]+/g, ' ')
    .trim();
}

/** Splits two or three words of the vocabulary that are written as one: `embargountil`, `notbefore`. */
function runTogether(word: string) {
  if (!/^\p{L}{4,40}$/u.test(word)) return undefined;
  const vocabulary = vocabularyOfKeys();
  const known = (part: string) => {
    // Shorter words are also syllables of other words, as in “publisher”.
    const isWord = part.length > 2 || /^(?:at|on|is|to|ab|am|do|до)$/u.test(part);
    return isWord ? vocabulary.single(part) : undefined;
  };
  for (let cut = word.length - 1; cut > 1; cut--) {
    const first = known(word.slice(0, cut));
    if (!first) continue;
    const rest = word.slice(cut);
    const second = known(rest);
    if (second) return [first, second];
    for (let next = rest.length - 1; next > 1; next--) {
      const [middle, last] = [known(rest.slice(0, next)), known(rest.slice(next))];
      if (middle && last) return [first, middle, last];
    }
  }
  return undefined;
}

/** Words of a key that name a start. */
export const FROM = /^(?:from|up|since|ab|desde|dal|vanaf|från|fra|od|з|с|от)$/u;

/** Whether a key names the beginning of something. Such a key is a term only with a future date. */
export function isBeginning(path: string): boolean {
  return vocabularyOfKeys()
    .read(spacedKey(path))
    .some(({ meanings }) => meanings?.has('begin'));
}

/** Whether a key is one word, which can have other meanings. `publish_at` and `publishAt` are two words. */
export function isOneWord(path: string): boolean {
  const [read, ...others] = vocabularyOfKeys().read(spacedKey(path));
  return others.length === 0 && read?.meanings !== undefined && !read.word.includes(' ');
}

/** Whether a key names the publication of the story. */
export function isOfPublication(key: string): boolean {
  return namesPublication(vocabularyOfKeys().read(spacedKey(key)));
}

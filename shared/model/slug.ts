import slugify from '@sindresorhus/slugify';
import { languageTag } from '../text/language-tag.ts';

/** Maximum length of a slug, in UTF-16 units. It keeps URLs readable. */
const MAX_SLUG_CHARS = 80;

/**
 * Maximum length of a slug, in bytes of UTF-8. With the id of an article and `.html`, the name of a file stays below the
 * 255 bytes of file systems, and a key far below the 1,024 bytes of S3.
 */
const MAX_SLUG_BYTES = 180;

/**
 * Letters that a slug keeps, because readers do not spell their script in Latin letters. Addresses of such pages are
 * percent-encoded where they are written. Latin, Greek, Cyrillic, Armenian and Georgian letters are transliterated.
 */
const KEPT_LETTERS =
  /[^\P{L}\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Armenian}\p{Script=Georgian}\p{Script=Common}\p{Script=Inherited}]/u;

/** Words with the marks of their letters, such as the vowel signs of Devanagari. */
const WORDS = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;

const WITHOUT_DOTS: Readonly<Record<string, string>> = { ä: 'a', ö: 'o', ü: 'u', å: 'a' };
const DANISH: Readonly<Record<string, string>> = { æ: 'ae', ø: 'oe', å: 'aa' };

/**
 * Spellings that differ from those of the library, which spells ä, ö and ü as German does, by primary subtag. The locales
 * of the library are not in the bundle of the functions, because its large expressions delay their start.
 */
const SPELLINGS: ReadonlyMap<string, Readonly<Record<string, string>>> = new Map([
  ...'tr az sv fi et hu es ca gl pt fr it nl'.split(' ').map(tag => [tag, WITHOUT_DOTS] as const),
  ...'da no nb nn'.split(' ').map(tag => [tag, DANISH] as const),
]);

/**
 * Makes a slug: lower-case words with hyphens between them (NFC), cut after a whole word. Letters are ASCII, except those
 * of scripts that are not spelt in Latin letters. Returns `fallback` if the text has no letters and digits.
 * @param language language of the text (BCP 47), which decides how its letters are spelt
 */
export function slug(text: string, fallback: string, language?: string): string {
  const tag = languageTag(language ?? '') ?? 'en';
  // Before the transliteration, because the lower case of I is ı in Turkish.
  const lower = text.slice(0, 400).replace(FULL_WIDTH, narrow).toLocaleLowerCase(tag).normalize('NFC');
  return joined(KEPT_LETTERS.test(lower) ? (lower.match(WORDS) ?? []) : latinWords(lower, tag)) || fallback;
}

/** Makes a slug of ASCII letters for the name of a media file. Stored articles name these files, so it must not change. */
export function fileSlug(name: string): string {
  return joined(slugify(name.slice(0, 400)).split('-').filter(Boolean)) || 'file';
}

/** Whether slugs in a language spell letters in its own way, and not as in English and German. */
export function hasOwnSpelling(language: string): boolean {
  const [primary = ''] = (languageTag(language) ?? '').split('-');
  return primary === 'uk' || SPELLINGS.has(primary);
}

function joined(words: readonly string[]): string {
  let made = '';
  for (const word of words) {
    const next = made ? `${made}-${word}` : word;
    if (!fits(next)) break;
    made = next;
  }
  return made || cut(words[0] ?? '');
}

/** Full-width forms of ASCII, as in Japanese and Chinese. NFKC would also take Thai letters apart. */
const FULL_WIDTH = /[\uff01-\uff5e]/g;

function narrow(char: string): string {
  return String.fromCharCode(char.charCodeAt(0) - 0xff01 + 0x21);
}

function latinWords(lower: string, tag: string): string[] {
  const [primary = ''] = tag.split('-');
  const text = primary === 'uk' ? ukrainian(lower) : lower;
  const spelling = SPELLINGS.get(primary) ?? {};
  const spelt = text.replace(/[äöüåæø]/g, letter => spelling[letter] ?? letter);
  // The library writes `&` as an English word.
  const plain = primary === 'en' ? spelt : spelt.replaceAll('&', ' ');
  return slugify(plain, { decamelize: false }).split('-').filter(Boolean);
}

/** Ukrainian letters in Latin ones (resolution 55 of the Cabinet of Ministers, 2010). */
const UKRAINIAN = new Map(
  `а a б b в v г h ґ g д d е e є ie ж zh з z и y і i ї i й i к k л l м m н n о o п p р r с s т t у u ф f х kh ц ts ч ch ш sh
  щ shch ю iu я ia`
    .split(/\s+/)
    .flatMap((letter, at, all) => (at % 2 === 0 ? [[letter, all[at + 1] ?? ''] as const] : [])),
);
const UKRAINIAN_INITIALS: ReadonlyMap<string, string> = new Map(
  Object.entries({ є: 'ye', ї: 'yi', й: 'y', ю: 'yu', я: 'ya' }),
);

function ukrainian(lower: string): string {
  return lower
    .replace(/(?<=\p{L})['’ʼ](?=\p{L})|ь/gu, '')
    .replaceAll('зг', 'zgh')
    .replace(/(?<!\p{L})[єїйюя]/gu, letter => UKRAINIAN_INITIALS.get(letter) ?? letter)
    .replace(/[а-яґєії]/g, letter => UKRAINIAN.get(letter) ?? letter);
}

function fits(made: string): boolean {
  return made.length <= MAX_SLUG_CHARS && Buffer.byteLength(made) <= MAX_SLUG_BYTES;
}

/** The beginning of a word that is too long for a slug, in letters with all of their marks. */
function cut(word: string): string {
  let made = '';
  for (const [letter] of word.matchAll(/[\p{L}\p{N}]\p{M}*/gu)) {
    if (!fits(made + letter)) break;
    made += letter;
  }
  return made;
}

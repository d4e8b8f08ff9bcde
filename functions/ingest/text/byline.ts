import type { Author } from '../../../shared/model/article.ts';
import {
  AGENCIES,
  BYLINE_LABELS,
  BYLINE_PREFIXES,
  DEGREES,
  JOB_WORDS,
  NAME_JOINERS,
  NAME_PARTICLES,
  OTHER_CREDITS,
} from '../words/byline-words.ts';

/** Maximum length of a byline. */
const MAX_BYLINE_CHARS = 200;

/** Maximum number of words in one name, and of those that are not particles. A longer line is a title. */
const MAX_NAME_WORDS = 6;
const MAX_CAPITALISED_WORDS = 5;

/**
 * Returns the authors that a byline names: `By Jane Doe and John Roe, Staff Writers` names two. Returns
 * undefined if the line is not a byline or its names are uncertain. A missing author is better than a wrong
 * one.
 */
export function parseByline(line: string): Author[] | undefined {
  const rest = withoutBylinePrefix(line);
  return rest === undefined ? undefined : parseNames(rest);
}

/** Returns the authors in a text that holds only names, such as a metadata field. It needs no `By`. */
export function parseNames(text: string): Author[] | undefined {
  if (text.length > MAX_BYLINE_CHARS) return undefined;
  const authors: Author[] = [];
  const agencies: Author[] = [];
  for (const part of splitNames(text)) {
    const name = cleanName(withoutBylinePrefix(part) ?? part);
    if (!name || (authors.length > 0 && DEGREES.has(name.toLowerCase()))) continue;
    if (AGENCIES.has(name.toLowerCase())) agencies.push({ name });
    else if (isName(name)) {
      // One word after a full name is a place, a paper or a subject.
      if (!authors.some(isFullName) || name.includes(' ') || !/^\p{Script=Latin}/u.test(name))
        authors.push({ name });
    } else break; // a job title or a sentence ends the names
  }
  const found = authors.length > 0 ? authors : agencies.slice(0, 1);
  const unique = [...new Map(found.map(author => [author.name.toLowerCase(), author])).values()];
  return unique.length > 0 ? unique : undefined;
}

function isFullName({ name }: Author): boolean {
  return name.includes(' ');
}

/** Byline prefixes by their first letter, longest first. */
const PREFIXES_BY_FIRST_LETTER = new Map<string, string[]>();
for (const prefix of [...BYLINE_PREFIXES].sort((a, b) => b.length - a.length))
  PREFIXES_BY_FIRST_LETTER.set(prefix.charAt(0), [
    ...(PREFIXES_BY_FIRST_LETTER.get(prefix.charAt(0)) ?? []),
    prefix,
  ]);

/** Returns the text after `By`, `Von`, `Автор:` or another prefix, or undefined if the line has no prefix. */
export function withoutBylinePrefix(line: string): string | undefined {
  const text = line.replace(/^[\s*_|•·—–-]{1,8}/, '').trim();
  if (text.length > MAX_BYLINE_CHARS) return undefined;
  const label = /^([^:：/／︱]{1,30})\s?[:：/／︱]\s*/.exec(text);
  if (label && isBylineLabel(label[1] ?? '')) {
    const rest = text.slice(label[0].length);
    return withoutBylinePrefix(rest) ?? rest;
  }
  const lower = text.toLowerCase();
  const prefix = PREFIXES_BY_FIRST_LETTER.get(lower.charAt(0))?.find(
    each => lower.startsWith(each) && (lower.length === each.length || lower.charAt(each.length) === ' '),
  );
  if (!prefix) return undefined;
  const rest = text.slice(prefix.length).trim();
  return /^by\b/i.test(rest) || rest.toLowerCase().startsWith('written by ')
    ? (withoutBylinePrefix(rest) ?? rest)
    : rest;
}

/** Matches the endings that make a German or French label mean women too: `Autor*in`, `Auteur·e`. */
const GENDER_ENDINGS = /[*:·_(]\p{L}{1,5}\)?(?=\/|$)/gu;

/** True for a label of names: `Author`, `Autorin/Autor`, `Autor*innen`. */
export function isBylineLabel(label: string): boolean {
  const plain = label.trim().toLowerCase().replace(GENDER_ENDINGS, '');
  return plain.split('/').every(part => BYLINE_LABELS.has(part.trim()));
}

function splitNames(text: string): string[] {
  const parts: string[] = [];
  const capitals = text === text.toUpperCase();
  // A bracket after a name is a separate part. It holds an agency or other contributors. One inside a name holds
  // another form of it.
  for (const piece of text
    .replace(/(?<=\p{L}\s)\(\p{Lu}[\p{L}\p{M}]{1,20}\)\s(?=\p{Lu})/gu, '')
    .split(/[,;|、，；•·()（）[\]【】]|\s\/\s|\s[—–-]\s|\n|\t/)) {
    let words: string[] = [];
    const all = piece.trim().split(/\s+/);
    for (const [index, word] of all.entries()) {
      // A joiner is in lower case, except in a line of capitals. “Dan” is a name, “dan” is Indonesian for
      // “and”.
      const small = word.toLowerCase();
      const joins =
        NAME_JOINERS.has(small) &&
        (word === small || capitals) &&
        !(NAME_PARTICLES.has(small) && isInsideName(words, all.slice(index + 1)));
      if (joins) {
        parts.push(words.join(' '));
        words = [];
      } else words.push(word);
    }
    parts.push(words.join(' '));
  }
  return parts;
}

/**
 * True if a joiner such as “y”, “e” or “i” is part of a name. A joiner separates two names only if both have two words.
 */
function isInsideName(before: string[], after: string[]): boolean {
  return before.length < 2 || after.length < 2;
}

function cleanName(part: string): string {
  const credit = part.search(OTHER_CREDITS);
  return (credit > 0 ? part.slice(0, credit) : part)
    .replace(/\S{1,80}@\S{1,80}|https?:\S{1,200}/g, ' ')
    .replace(/\s{1,40}(?:for|in|at|pour|für|para|per)\s.{1,100}$/u, '')
    .trim()
    .split(/\s+/)
    .join(' ')
    .replace(/[.:,;*]$/, match =>
      match === '.' && /(?:^|\s|\.)\p{L}{1,2}\.$/u.test(part.trim()) ? '.' : '',
    );
}

function isName(name: string): boolean {
  const words = name.split(' ');
  if (name.length > 70 || words.length > MAX_NAME_WORDS || !/\p{L}{2}/u.test(name)) return false;
  if (/[\p{Nd}!?"“”„«»<>{}=@#/\\:]/u.test(name)) return false;
  if (words.some(word => JOB_WORDS.has(word.toLowerCase())) || (words.length === 2 && words[0] === words[1]))
    return false;
  const named = words.filter(
    word => /^[‘’'(]?[\p{Lu}\p{Lt}\p{Lo}]/u.test(word) || /^\p{Ll}['’]\p{Lu}/u.test(word),
  );
  const others = words.filter(word => !named.includes(word));
  if (!others.every(word => NAME_PARTICLES.has(word.toLowerCase()))) return false;
  // Han, kana and Hangul names are short. A longer run is a sentence.
  return (
    named.length > 0 &&
    named.length <= MAX_CAPITALISED_WORDS &&
    !words.some(word =>
      /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{7,}$/u.test(word),
    )
  );
}

import type { Author } from '../../../shared/model/article.ts';
import { webUrl } from '../../../shared/text/web-address.ts';
import { parseByline, parseNames } from '../text/byline.ts';
import { fold, oneLine } from '../text/characters.ts';
import { AUTHOR_METAS, COMPANY_NAMES } from '../words/html/metadata.ts';
import {
  authorElements,
  bylineAuthors,
  type ElementSources,
  elementAuthors,
  linkAuthors,
} from './author-elements.ts';
import {
  authorsAfterDate,
  canBeAuthor,
  deskIn,
  isAddress,
  textBeforeDate,
  withoutPrefix,
  withoutSite,
} from './author-names.ts';
import type { MarkupFacts } from './facts.ts';
import type { LinkedAuthor, LinkedData } from './json-ld.ts';

/** The parts of a page that can name authors. */
export interface AuthorSources extends ElementSources {
  story: LinkedData | undefined;
  /** Folded names of the site. */
  site: ReadonlySet<string>;
  /** Returns the short lines around the headline, nearest first. The first call computes them. */
  headLines: () => readonly string[];
  /** True if the visible text of the page holds the name. Every call walks the page. */
  shows: (name: string) => boolean;
}

/** Maximum length of a field that holds names. */
const MAX_NAMES_FIELD_CHARS = 200;

/** Strict reading accepts only names that `parseNames` understands. Loose reading accepts any short text. */
type NameReading = 'strict' | 'loose';

/**
 * Returns the authors of the story, each name once. The first source with a usable name decides:
 * 1. JSON-LD, completed by meta elements
 * 2. meta elements
 * 3. elements marked or named as author, then links to pages about authors, nearest to the headline first
 * 4. lines around the headline, then elements that begin like a byline
 * 5. weaker names: single words, editorial desks, loosely read names, the site's own name, organisations
 *
 * A byline in the lines around the headline wins over an account that only 1 and 2 name. Placeholder names are not
 * authors. A missing author is better than a wrong one.
 */
export function authorsOf(sources: AuthorSources): Author[] {
  const { facts, story, site, baseUrl } = sources;
  const linked = (story?.authors ?? []).filter(
    ({ name, referred }) => !referred || (/\s|^\p{Lo}/u.test(name) && sources.shows(name)),
  );
  const people = linked.filter(isPerson);
  // A name with digits or hyphens that readers do not see is the key of an account.
  const isNoAccount = ({ name }: Author): boolean => !/^\S*[\d-]\S*$/.test(name) || sources.shows(name);
  const inMetas = lazy(() => metaAuthors(facts, site, 'strict'));
  const inLines = lazy(() => lineAuthors(sources.headLines(), site));
  const elements = lazy(() => authorElements(sources));
  // Editors upload stories of other people, so the account can differ from the byline.
  const orPrinted = (stated: Author[]): Author[] => {
    const printed = stated.length > 0 ? inLines() : [];
    const isOther = printed.some(({ name }) => name.includes(' ')) && !areIn(sources.headLines(), stated);
    return isOther ? printed : stated;
  };
  const found =
    firstFound([
      () => orPrinted(withMetaAuthors(linkedAuthors(people, site, baseUrl, 'strict'), inMetas)),
      () => orPrinted(inMetas()),
      () => elementAuthors(sources, elements(), site, 'names'),
      () => linkAuthors(sources, site),
      inLines,
      () => bylineAuthors(sources, site),
      () => elementAuthors(sources, elements(), site, 'nicknames'),
      () => elementAuthors(sources, elements(), NO_SITE, 'desks'),
      () => linkedAuthors(people, site, baseUrl, 'loose').filter(isNoAccount),
      () => metaAuthors(facts, site, 'loose').filter(isNoAccount),
      // What readers see as the byline is the author, even if it is the name of the site.
      () => elementAuthors(sources, elements(), NO_SITE, 'names'),
      () => elementAuthors(sources, elements(), NO_SITE, 'nicknames').filter(({ name }) => !isAddress(name)),
      () => lineAuthors(sources.headLines(), NO_SITE),
      () => linkedAuthors(people.filter(looksPersonal), NO_SITE, baseUrl, 'strict'),
      () =>
        linkedAuthors(
          linked.filter(author => !isPerson(author)),
          story?.isNews ? NO_SITE : site,
          baseUrl,
          'loose',
        ),
    ]) ?? [];
  return unique(found);
}

/** No names of a site, for readings in which the name of the site can be an author. */
const NO_SITE: ReadonlySet<string> = new Set();

/** True if one of the lines has one of the names. */
function areIn(lines: readonly string[], authors: readonly Author[]): boolean {
  const folded = lines.map(fold);
  return authors.some(({ name }) => folded.some(line => line.includes(fold(name))));
}

function firstFound(finders: readonly (() => Author[])[]): Author[] | undefined {
  for (const find of finders) {
    const found = find();
    if (found.length > 0) return found;
  }
  return undefined;
}

/** Wraps a function so that only its first call computes the value. */
function lazy<T>(make: () => T): () => T {
  let cached: { value: T } | undefined;
  return () => {
    cached ??= { value: make() };
    return cached.value;
  };
}

function isPerson(author: LinkedAuthor): boolean {
  return author.type !== 'organization';
}

/**
 * Matches an article such as `The` before a name. Names of newspapers can have one, names of people do not.
 */
const GRAMMATICAL_ARTICLES = /^(?:the|an?|die|der|das|den|le|la|les|el|los|las|il|lo|gli|de|het|o|os)\s/i;

/** True for two capitalised words, which are probably a first and a last name. */
function looksPersonal({ name }: LinkedAuthor): boolean {
  return (
    !GRAMMATICAL_ARTICLES.test(name) &&
    /^\p{Lu}\p{Ll}[\p{L}\p{M}'’-]{1,30}(?:\s\p{Lu}\.)?\s\p{Lu}\p{Ll}[\p{L}\p{M}'’-]{1,30}$/u.test(name)
  );
}

/**
 * Adds authors from meta elements if these also name all authors from JSON-LD. JSON-LD often names only the
 * first of several authors.
 */
function withMetaAuthors(linked: Author[], inMetas: () => readonly Author[]): Author[] {
  if (linked.length === 0) return linked;
  const meta = inMetas();
  const names = new Set(meta.map(({ name }) => fold(name)));
  const wider = linked.every(({ name }) => names.has(fold(name)));
  return [...linked, ...(wider ? meta.filter(({ name }) => name.includes(' ')) : [])];
}

function linkedAuthors(
  authors: readonly LinkedAuthor[],
  site: ReadonlySet<string>,
  baseUrl: string | undefined,
  reading: NameReading,
): Author[] {
  return authors.flatMap(({ name, url }) => {
    const link = webUrl(url, baseUrl);
    const names = statedNames(name, site, reading);
    return link && names.length === 1 ? names.map(author => ({ ...author, url: link })) : names;
  });
}

function metaAuthors(facts: MarkupFacts, site: ReadonlySet<string>, reading: NameReading): Author[] {
  for (const name of AUTHOR_METAS) {
    const catalogued = name.startsWith('dc') || name.startsWith('citation');
    const values = facts.metas.get(name) ?? [];
    const found = values.flatMap(value => statedNames(catalogued ? inOrder(value) : value, site, reading));
    if (found.length > 0) return found;
  }
  return [];
}

/** Turns `Doe, Jane`, the order of library catalogues, into `Jane Doe`. */
function inOrder(name: string): string {
  const match = /^([\p{L}\p{M}'’-]{1,40}), ([\p{L}\p{M}'’. -]{1,40})$/u.exec(name);
  return match ? `${match[2]} ${match[1]}` : name;
}

/** Matches addresses and the marks before them: `Jane Doe - https://jane.example`. */
const ADDRESSES = /[\s|,;–—(-]{0,5}https?:\/\/\S{1,200}|[\s|,;–—(<-]{0,5}\S{1,80}@\S{1,80}/g;

/** Reads the names from a field for names. Loose reading takes the whole field if it can be a name. */
function statedNames(text: string, site: ReadonlySet<string>, reading: NameReading): Author[] {
  const value = withoutSite(oneLine(text).replace(ADDRESSES, '').trim(), site);
  if (value === '' || value.length > MAX_NAMES_FIELD_CHARS || isAddress(value) || site.has(fold(value)))
    return [];
  if (COMPANY_NAMES.test(value)) return [];
  const desk = deskIn(value);
  if (desk) return [desk];
  const names = parseNames(value) ?? [];
  const whole = withoutPrefix(value);
  const found =
    names.length > 0 || reading === 'strict'
      ? names
      : /[,;|:?!"“”<>{}=\\]|\d{3}/.test(whole) || whole.split(' ').length > 5 || !/\p{L}{2}/u.test(whole)
        ? []
        : [{ name: whole }];
  return found.filter(({ name }) => canBeAuthor(name, site) && (found.length === 1 || !deskIn(name)));
}

function lineAuthors(lines: readonly string[], site: ReadonlySet<string>): Author[] {
  for (const line of lines)
    for (const part of [line, ...line.split(/\s[|·•●–—]\s/).slice(1)]) {
      const afterDate = authorsAfterDate(part);
      const found = (
        afterDate.length > 0 ? afterDate : (parseByline(textBeforeDate(withoutSite(part, site))) ?? [])
      ).filter(author => canBeAuthor(author.name, site));
      if (found.length > 0) return found;
    }
  return [];
}

function unique(authors: readonly Author[]): Author[] {
  const byName = new Map<string, Author>();
  for (const author of authors) {
    const name = fold(author.name);
    if (!byName.has(name)) byName.set(name, author);
  }
  return [...byName.values()].slice(0, 12);
}

import type { Author } from '../../../shared/model/article.ts';
import { webUrl } from '../../../shared/text/web-address.ts';
import { parseByline, parseNames } from '../text/byline.ts';
import { fold, oneLine } from '../text/characters.ts';
import { AUTHORS, COMPANY } from '../words/html-metadata.ts';
import { authorElements, bylineAuthors, type ElementSources, elementAuthors } from './author-elements.ts';
import { behindDate, isAddress, isSomebody, withoutPrefix } from './author-names.ts';
import type { Facts } from './facts.ts';
import type { LinkedAuthor, LinkedData } from './json-ld.ts';

/** Where authors are looked for. */
export interface AuthorSources extends ElementSources {
  story: LinkedData | undefined;
  /** All names that the site goes by, folded. */
  site: ReadonlySet<string>;
  /** Short lines about the headline, nearest first; made when first asked for. */
  headLines: () => readonly string[];
  /** True where readers of the page see a name; costs a walk. */
  shows: (name: string) => boolean;
}

/** Longest text of a field that can hold names. */
const MAX_FIELD = 200;

/**
 * Who wrote the story: JSON-LD, then meta elements, then elements marked or named as author nearest to the headline, then
 * lines about the headline. Names of nobody in particular are no authors, nor is the site's own name, save where a person
 * is said to write a site of that name; organisations come last. Fewer are better than wrong ones.
 */
export function authorsOf(sources: AuthorSources): Author[] {
  const { facts, story, site, baseUrl } = sources;
  const linked = (story?.authors ?? []).filter(
    ({ name, referred }) => !referred || (/\s|^\p{Lo}/u.test(name) && sources.shows(name)),
  );
  const people = linked.filter(isPerson);
  const inMetas = once(() => metaAuthors(facts, site, false));
  const elements = once(() => authorElements(sources));
  const found =
    firstFound([
      () => widest(linkedAuthors(people, site, baseUrl, false), inMetas),
      inMetas,
      () => elementAuthors(sources, elements(), site, 'names'),
      () => lineAuthors(sources.headLines(), site),
      () => bylineAuthors(sources, site),
      () => elementAuthors(sources, elements(), site, 'nicknames'),
      () => linkedAuthors(people, site, baseUrl, true),
      () => metaAuthors(facts, site, true),
      () => elementAuthors(sources, elements(), site, 'desks'),
      () => linkedAuthors(people.filter(looksPersonal), new Set(), baseUrl, false),
      () =>
        linkedAuthors(
          linked.filter(author => !isPerson(author)),
          site,
          baseUrl,
          true,
        ),
      () => selfAuthors(facts, site),
    ]) ?? [];
  return unique(found);
}

function firstFound(finders: readonly (() => Author[])[]): Author[] | undefined {
  for (const find of finders) {
    const found = find();
    if (found.length > 0) return found;
  }
  return undefined;
}

/** The same, made when first asked for. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function isPerson(author: LinkedAuthor): boolean {
  return author.type !== 'organization';
}

/** Names of papers begin with these, names of people do not. */
const ARTICLES = /^(?:the|an?|die|der|das|den|le|la|les|el|los|las|il|lo|gli|de|het|o|os)\s/i;

/** A first and a last name, as far as capitals tell. */
function looksPersonal({ name }: LinkedAuthor): boolean {
  return (
    !ARTICLES.test(name) &&
    /^\p{Lu}\p{Ll}[\p{L}\p{M}'’-]{1,30}(?:\s\p{Lu}\.)?\s\p{Lu}\p{Ll}[\p{L}\p{M}'’-]{1,30}$/u.test(name)
  );
}

/** Meta elements often name all of several authors where JSON-LD names the first. */
function widest(linked: Author[], inMetas: () => readonly Author[]): Author[] {
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
  loosely: boolean,
): Author[] {
  return authors.flatMap(({ name, url }) => {
    const link = webUrl(url, baseUrl);
    const names = statedNames(name, site, loosely);
    return link && names.length === 1 ? names.map(author => ({ ...author, url: link })) : names;
  });
}

function metaAuthors(facts: Facts, site: ReadonlySet<string>, loosely: boolean): Author[] {
  for (const name of AUTHORS) {
    const catalogued = name.startsWith('dc') || name.startsWith('citation');
    const values = facts.metas.get(name) ?? [];
    const found = values.flatMap(value => statedNames(catalogued ? inOrder(value) : value, site, loosely));
    if (found.length > 0) return found;
  }
  return [];
}

/** Vocabularies in which a publisher that names itself as the author means it; in others it fills a field. */
const DELIBERATE = ['article:author', 'og:article:author', 'dc.creator', 'dcterms.creator'];

function selfAuthors(facts: Facts, site: ReadonlySet<string>): Author[] {
  const names = DELIBERATE.flatMap(name => facts.metas.get(name) ?? []).map(oneLine);
  const own = names.find(name => site.has(fold(name)) && !isAddress(name));
  return own ? [{ name: own }] : [];
}

/** `Doe, Jane` as catalogues write it, in the order of speech. */
function inOrder(name: string): string {
  const match = /^([\p{L}\p{M}'’-]{1,40}), ([\p{L}\p{M}'’. -]{1,40})$/u.exec(name);
  return match ? `${match[2]} ${match[1]}` : name;
}

/** Names in a field that says that it holds names: what is not understood is taken as it stands, if it can be a name at all. */
function statedNames(text: string, site: ReadonlySet<string>, loosely: boolean): Author[] {
  const value = withoutSite(oneLine(text), site);
  if (value === '' || value.length > MAX_FIELD || isAddress(value) || site.has(fold(value))) return [];
  if (COMPANY.test(value)) return [];
  const names = parseNames(value) ?? [];
  const whole = withoutPrefix(value);
  const found =
    names.length > 0 || !loosely
      ? names
      : /[,;|:?!"“”<>{}=\\]|\d{3}/.test(whole) || whole.split(' ').length > 5 || !/\p{L}{2}/u.test(whole)
        ? []
        : [{ name: whole }];
  return found.filter(author => isSomebody(author.name, site));
}

/** Without the site's own name beside a separator: `The Post - Jane Doe`. */
function withoutSite(text: string, site: ReadonlySet<string>): string {
  if (!/\s[|–—-]\s|, /.test(text)) return text;
  const parts = text.split(/(\s[|–—-]\s|, )/);
  if (!parts.some((part, index) => index % 2 === 0 && site.has(fold(part)))) return text;
  return parts.filter((part, index) => index % 2 === 0 && !site.has(fold(part))).join(', ');
}

function lineAuthors(lines: readonly string[], site: ReadonlySet<string>): Author[] {
  for (const line of lines) {
    const behind = behindDate(line);
    const found = (behind.length > 0 ? behind : (parseByline(line) ?? [])).filter(author =>
      isSomebody(author.name, site),
    );
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

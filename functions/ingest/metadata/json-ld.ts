import { isObject } from '../../../shared/text/is-object.ts';
import { fold, oneLine } from '../text/characters.ts';
import { parseLooseJson } from './loose-json.ts';

/** The schema.org metadata of a page's story. Texts are plain text. Dates are as written. */
export interface LinkedData {
  headline?: string | undefined;
  dek?: string | undefined;
  description?: string | undefined;
  authors: LinkedAuthor[];
  /** True if the story is said to be news. */
  isNews?: boolean;
  published?: string | undefined;
  modified?: string | undefined;
  section?: string | undefined;
  tags: string[];
  language?: string | undefined;
  image?: { url: string; caption?: string | undefined; width?: number; height?: number } | undefined;
  url?: string | undefined;
  siteName?: string | undefined;
  /** Whether the story is a draft, in the words of its site. */
  status?: string | undefined;
  /** The text of the story with its line breaks. It can be cut off, and can hold HTML. */
  body?: string | undefined;
}

export interface LinkedAuthor {
  name: string;
  url?: string | undefined;
  /** Undefined if the markup has no type. */
  type?: 'person' | 'organization' | undefined;
  /**
   * True if the story refers to the author by id. Such an author can be the account that uploaded the story.
   */
  referred?: boolean | undefined;
}

type Json = Record<string, unknown>;

// Limits against hostile input. No known site reaches them. The script length is in UTF-16 units.
const MAX_SCRIPT_CHARS = 1_000_000;
const MAX_GRAPH_NODES = 2_000;
const MAX_GRAPH_DEPTH = 12;

/** schema.org types of a story. */
const STORY_TYPE = /^(?:.*Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report|Review|.*Posting)$/;
const NEWS_TYPE = /NewsArticle$/;
const SITE_TYPE = /^WebSite$/;
const PAGE_TYPE = /^(?:WebPage|ItemPage|.*Page)$/;

/** Properties that hold other stories. */
const OTHER_STORIES = new Set(
  'itemListElement mentions citation hasPart isPartOf isBasedOn comment review relatedLink subjectOf'.split(
    ' ',
  ),
);

/**
 * Reads the JSON-LD scripts of a page. `broken` counts scripts that are not JSON even after repairs.
 * @param titles titles of the page, which tell its story from other ones
 */
export function readLinkedData(
  scripts: readonly string[],
  titles: readonly string[] = [],
): { story?: LinkedData; broken: number } {
  let broken = 0;
  const nodes: Json[] = [];
  const others = new Set<Json>();
  for (const script of scripts) {
    const parsed = script.length > MAX_SCRIPT_CHARS ? undefined : parseLooseJson(script);
    if (parsed !== undefined) collect(parsed, nodes, others);
    else if (script.trim() !== '') broken += 1;
  }
  const byId = new Map<string, Json>();
  for (const node of nodes) {
    const id = node['@id'];
    // A node that has only an identifier refers to the full node.
    if (typeof id === 'string' && !byId.has(id) && Object.keys(node).length > 1) byId.set(id, node);
  }
  const all = nodes.filter(node => isA(node, STORY_TYPE) && text(node.headline ?? node.name) !== undefined);
  const own = all.filter(node => !others.has(node));
  const stories = own.length > 0 ? own : all;
  const folded = titles.map(fold).filter(title => title !== '');
  const titled = stories.find(({ headline, name }) => {
    const title = fold(text(headline ?? name) ?? '');
    return title !== '' && folded.some(each => each.includes(title) || title.includes(each));
  });
  const main = titled ?? stories[0] ?? nodes.find(node => isA(node, STORY_TYPE));
  const pages = nodes.filter(
    node => !others.has(node) && isA(node, PAGE_TYPE) && (node.datePublished ?? node.author) !== undefined,
  );
  const story = main ?? pages[0];
  if (!story) return { broken };
  const found = describe(story, byId, nodes);
  // A second node on the same story, or on its page, can state what the first one leaves out.
  for (const node of main ? [...stories.filter(each => isSameStory(each, story)), ...pages] : []) {
    const more = describe(node, byId, nodes);
    if (found.authors.length === 0) found.authors = more.authors;
    found.published ??= more.published;
    found.body ??= more.body;
  }
  return { story: found, broken };
}

function isSameStory(node: Json, story: Json): boolean {
  return (
    node !== story &&
    fold(text(node.headline ?? node.name) ?? '') === fold(text(story.headline ?? story.name) ?? '')
  );
}

/** Adds all nodes of a graph in document order. `others` gets the nodes below {@link OTHER_STORIES}. */
function collect(value: unknown, nodes: Json[], others: Set<Json>): void {
  const stack: { value: unknown; depth: number; other: boolean }[] = [{ value, depth: 0, other: false }];
  for (let at = stack.pop(); at && nodes.length < MAX_GRAPH_NODES; at = stack.pop()) {
    const { depth, other } = at;
    if (depth > MAX_GRAPH_DEPTH || typeof at.value !== 'object' || at.value === null) continue;
    const isList = Array.isArray(at.value);
    const node = at.value as Json;
    if (!isList) nodes.push(node);
    if (!isList && other) others.add(node);
    for (const [key, child] of Object.entries(node).reverse())
      stack.push({ value: child, depth: depth + 1, other: other || OTHER_STORIES.has(key) });
  }
}

function isA(node: Json, pattern: RegExp): boolean {
  const type = node['@type'];
  if (typeof type === 'string') return pattern.test(type.slice(type.lastIndexOf('/') + 1));
  return type !== undefined && typesOf(node).some(each => pattern.test(each));
}

function typesOf(node: Json): string[] {
  return list(node['@type']).flatMap(type =>
    typeof type === 'string' ? [type.slice(type.lastIndexOf('/') + 1)] : [],
  );
}

function describe(story: Json, byId: ReadonlyMap<string, Json>, nodes: readonly Json[]): LinkedData {
  const follow = (value: unknown): unknown => {
    const id = isObject(value) && value.name === undefined ? value['@id'] : value;
    return typeof id === 'string' ? (byId.get(id) ?? value) : value;
  };
  const publisher = follow(list(story.publisher)[0]);
  const site = nodes.find(node => isA(node, SITE_TYPE));
  return {
    headline: text(story.headline) ?? text(story.name),
    dek: text(story.alternativeHeadline),
    description: text(story.description),
    authors:
      [story.author, story.creator]
        .map(value => authorsIn(value, follow))
        .find(authors => authors.length > 0) ?? [],
    isNews: isA(story, NEWS_TYPE),
    published: text(story.datePublished) ?? text(story.dateCreated) ?? text(story.uploadDate),
    modified: text(story.dateModified),
    section: text(list(story.articleSection)[0]),
    tags: list(story.keywords)
      .flatMap(word =>
        typeof word === 'string' ? word.split(/[,;]/) : (text(isObject(word) ? word.name : undefined) ?? []),
      )
      .map(oneLine)
      .filter(Boolean),
    language: text(
      list(story.inLanguage).map(language =>
        isObject(language) ? (language.alternateName ?? language.name) : language,
      )[0],
    ),
    image: imageOf(follow(list(story.image)[0]) ?? story.thumbnailUrl),
    url:
      text(isObject(story.mainEntityOfPage) ? story.mainEntityOfPage['@id'] : story.mainEntityOfPage) ??
      text(story.url),
    status: text(list(story.creativeWorkStatus).map(status => (isObject(status) ? status.name : status))[0]),
    siteName: text(isObject(publisher) ? publisher.name : publisher) ?? text(site?.name),
    body: typeof story.articleBody === 'string' ? withoutEntities(story.articleBody) : undefined,
  };
}

/** Maximum depth of lists and objects in an author. */
const MAX_AUTHOR_DEPTH = 4;

/**
 * Returns the authors in a value of any shape: a name, a reference, a node, a list, or a node whose name is a node.
 * @param follow returns the node that a reference means
 */
function authorsIn(value: unknown, follow: (value: unknown) => unknown, depth = 0): LinkedAuthor[] {
  if (depth > MAX_AUTHOR_DEPTH) return [];
  if (Array.isArray(value)) return value.flatMap(each => authorsIn(each, follow, depth + 1));
  const node = follow(value);
  const referred = node !== value;
  if (!isObject(node)) {
    const name = text(node);
    return name ? [{ name, referred }] : [];
  }
  const types = typesOf(node);
  const type = types.includes('Person')
    ? 'person'
    : types.some(each => each.endsWith('Organization'))
      ? 'organization'
      : undefined;
  const parts = [node.givenName, node.familyName].flatMap(part => text(part) ?? []).join(' ');
  const inner = node.name ?? (parts || undefined) ?? node['@list'] ?? node['@value'] ?? node.author;
  return authorsIn(inner, follow, depth + 1).map(author => ({
    ...author,
    url: author.url ?? text(node.url),
    type: author.type ?? type,
    referred: referred || author.referred,
  }));
}

function imageOf(value: unknown): LinkedData['image'] {
  if (!isObject(value)) {
    const url = text(value);
    return url ? { url } : undefined;
  }
  const url = text(list(value.url)[0]) ?? text(value.contentUrl);
  if (!url) return undefined;
  const width = Number.parseInt(String(isObject(value.width) ? value.width.value : value.width), 10);
  const height = Number.parseInt(String(isObject(value.height) ? value.height.value : value.height), 10);
  return {
    url,
    caption: text(value.caption),
    ...(width > 0 ? { width } : {}),
    ...(height > 0 ? { height } : {}),
  };
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

/** Returns the text of a string, of a typed value, or of the first item of a list. */
function text(value: unknown): string | undefined {
  if (Array.isArray(value)) return text(value[0]);
  if (isObject(value)) return typeof value['@value'] === 'string' ? text(value['@value']) : undefined;
  if (typeof value !== 'string') return undefined;
  return oneLine(withoutEntities(value)) || undefined;
}

const ENTITIES = new Map(
  'amp & lt < gt > quot " apos \' rsquo ’ lsquo ‘ ldquo “ rdquo ” bdquo „ laquo « raquo » ndash – mdash — hellip … auml ä ouml ö uuml ü Auml Ä Ouml Ö Uuml Ü szlig ß eacute é egrave è agrave à aacute á iacute í oacute ó uacute ú ntilde ñ ccedil ç'
    .split(' ')
    .flatMap((name, index, all): [string, string][] =>
      index % 2 === 0 ? [[name, all[index + 1] ?? '']] : [],
    ),
).set('nbsp', ' ');

/** Decodes HTML entities. Many scripts contain them although JSON does not need them. */
function withoutEntities(value: string): string {
  if (!value.includes('&')) return value;
  return value.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi,
    (whole, decimal, hex, name: string) => {
      if (name) return ENTITIES.get(name) ?? whole;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

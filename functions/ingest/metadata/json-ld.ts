import { isObject } from '../../../shared/text/is-object.ts';
import { oneLine } from '../text/characters.ts';

/** The schema.org metadata of a page's story. Texts are plain text. Dates are as written. */
export interface LinkedData {
  headline?: string | undefined;
  dek?: string | undefined;
  description?: string | undefined;
  authors: LinkedAuthor[];
  published?: string | undefined;
  modified?: string | undefined;
  section?: string | undefined;
  tags: string[];
  language?: string | undefined;
  image?: { url: string; caption?: string | undefined; width?: number; height?: number } | undefined;
  url?: string | undefined;
  siteName?: string | undefined;
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
const SITE_TYPE = /^WebSite$/;
const PAGE_TYPE = /^(?:WebPage|ItemPage|.*Page)$/;

/** Reads the JSON-LD scripts of a page. `broken` counts scripts that are not JSON even after repairs. */
export function readLinkedData(scripts: readonly string[]): { story?: LinkedData; broken: number } {
  let broken = 0;
  const nodes: Json[] = [];
  for (const script of scripts) {
    const parsed = parseLoosely(script);
    if (parsed === undefined) {
      if (script.trim() !== '') broken += 1;
    } else {
      collect(parsed, nodes);
    }
  }
  const byId = new Map<string, Json>();
  for (const node of nodes) {
    const id = node['@id'];
    // A node that has only an identifier refers to the full node.
    if (typeof id === 'string' && !byId.has(id) && Object.keys(node).length > 1) byId.set(id, node);
  }
  const stories = nodes.filter(node => isA(node, STORY_TYPE));
  const story =
    stories.find(node => text(node.headline ?? node.name) !== undefined) ??
    stories[0] ??
    nodes.find(node => (node.datePublished ?? node.author) !== undefined && isA(node, PAGE_TYPE));
  return story ? { story: describe(story, byId, nodes), broken } : { broken };
}

function parseLoosely(script: string): unknown {
  if (script.length > MAX_SCRIPT_CHARS) return undefined;
  const bare = script
    .replaceAll('<![CDATA[', '')
    .replaceAll(']]>', '')
    .replaceAll('<!--', '')
    .replaceAll('-->', '')
    .trim();
  if (bare === '') return undefined;
  const attempts = [
    () => bare,
    // The commonest mistake is a line break inside a string. The next is an extra comma or semicolon.
    () => bare.replace(/\p{Cc}/gu, ' '),
    () =>
      bare
        .replace(/\p{Cc}/gu, ' ')
        .replace(/,\s{0,200}([}\]])/g, '$1')
        .replace(/[;\s]{1,200}$/, ''),
    () => bare.replace(/\p{Cc}/gu, ' ').replace(/\\(?!["\\/bfnrtu])/g, '\\\\'),
  ];
  for (const attempt of attempts) {
    try {
      return JSON.parse(attempt());
    } catch (error) {
      // The next attempt repairs other mistakes.
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}

function collect(value: unknown, nodes: Json[]): void {
  const stack: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let at = stack.pop(); at && nodes.length < MAX_GRAPH_NODES; at = stack.pop()) {
    if (at.depth > MAX_GRAPH_DEPTH || typeof at.value !== 'object' || at.value === null) continue;
    const children = Array.isArray(at.value) ? at.value : Object.values(at.value);
    if (!Array.isArray(at.value)) nodes.push(at.value as Json);
    for (let index = children.length - 1; index >= 0; index -= 1)
      stack.push({ value: children[index], depth: at.depth + 1 });
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
    const id = isObject(value) && value.name === undefined ? value['@id'] : undefined;
    return typeof id === 'string' ? (byId.get(id) ?? value) : value;
  };
  const publisher = follow(list(story.publisher)[0]);
  const site = nodes.find(node => isA(node, SITE_TYPE));
  return {
    headline: text(story.headline) ?? text(story.name),
    dek: text(story.alternativeHeadline),
    description: text(story.description),
    authors: list(story.author ?? story.creator).flatMap(value => {
      const node = follow(value);
      return authorOf(node).map(author => ({ ...author, referred: node !== value }));
    }),
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
    siteName: text(isObject(publisher) ? publisher.name : publisher) ?? text(site?.name),
    body: typeof story.articleBody === 'string' ? story.articleBody : undefined,
  };
}

function authorOf(value: unknown): LinkedAuthor[] {
  if (isObject(value)) {
    const types = typesOf(value);
    const type = types.includes('Person')
      ? 'person'
      : types.some(each => each.endsWith('Organization'))
        ? 'organization'
        : undefined;
    return list(value.name).flatMap(each => {
      const name = text(each);
      return name ? [{ name, url: text(value.url), type }] : [];
    });
  }
  const name = text(value);
  return name ? [{ name }] : [];
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

function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return withoutEntities(oneLine(value)) || undefined;
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
  return oneLine(
    value.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi, (whole, decimal, hex, name: string) => {
      if (name) return ENTITIES.get(name) ?? whole;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    }),
  );
}

import { oneLine } from './characters.ts';

/** What schema.org markup says about the story of a page; texts are plain, dates as written. */
export interface LinkedData {
  headline?: string | undefined;
  dek?: string | undefined;
  description?: string | undefined;
  authors: { name: string; url?: string | undefined }[];
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

type Json = Record<string, unknown>;

/** No site states more; a bomb would. */
const MAX_BYTES = 1_000_000;
const MAX_NODES = 2_000;
const MAX_DEPTH = 12;

/** schema.org's types for a story, best first. */
const STORY_TYPE = /^(?:.*Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report|Review|.*Posting)$/;
const PAGE_TYPE = /^(?:WebPage|ItemPage|.*Page)$/;

/** Reads the linked data of a page. `broken` counts scripts that are not JSON, even after the usual repairs. */
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
  for (const node of nodes)
    if (typeof node['@id'] === 'string' && !byId.has(node['@id'])) byId.set(node['@id'], node);
  const story =
    nodes.find(
      node =>
        typesOf(node).some(type => STORY_TYPE.test(type)) && text(node.headline ?? node.name) !== undefined,
    ) ??
    nodes.find(node => typesOf(node).some(type => STORY_TYPE.test(type))) ??
    nodes.find(
      node =>
        typesOf(node).some(type => PAGE_TYPE.test(type)) && (node.datePublished ?? node.author) !== undefined,
    );
  return story ? { story: describe(story, byId, nodes), broken } : { broken };
}

function parseLoosely(script: string): unknown {
  if (script.length > MAX_BYTES) return undefined;
  const bare = script
    .replaceAll('<![CDATA[', '')
    .replaceAll(']]>', '')
    .replaceAll('<!--', '')
    .replaceAll('-->', '')
    .trim();
  const attempts = [
    () => bare,
    // Line breaks inside strings are the commonest mistake, a comma or semicolon too many the next.
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
    } catch {
      // The next attempt repairs more.
    }
  }
  return undefined;
}

function collect(value: unknown, nodes: Json[]): void {
  const stack: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let at = stack.pop(); at && nodes.length < MAX_NODES; at = stack.pop()) {
    if (at.depth > MAX_DEPTH || typeof at.value !== 'object' || at.value === null) continue;
    const children = Array.isArray(at.value) ? at.value : Object.values(at.value);
    if (!Array.isArray(at.value)) nodes.push(at.value as Json);
    for (let index = children.length - 1; index >= 0; index -= 1)
      stack.push({ value: children[index], depth: at.depth + 1 });
  }
}

function typesOf(node: Json): string[] {
  return list(node['@type']).flatMap(type =>
    typeof type === 'string' ? [type.slice(type.lastIndexOf('/') + 1)] : [],
  );
}

function describe(story: Json, byId: ReadonlyMap<string, Json>, nodes: readonly Json[]): LinkedData {
  const follow = (value: unknown): unknown => {
    const id = isJson(value) && value.name === undefined ? value['@id'] : undefined;
    return typeof id === 'string' ? (byId.get(id) ?? value) : value;
  };
  const publisher = follow(list(story.publisher)[0]);
  const site = nodes.find(node => typesOf(node).includes('WebSite'));
  return {
    headline: text(story.headline) ?? text(story.name),
    dek: text(story.alternativeHeadline),
    description: text(story.description),
    authors: list(story.author).map(follow).flatMap(authorOf),
    published: text(story.datePublished) ?? text(story.dateCreated) ?? text(story.uploadDate),
    modified: text(story.dateModified),
    section: text(list(story.articleSection)[0]),
    tags: list(story.keywords)
      .flatMap(word =>
        typeof word === 'string' ? word.split(/[,;]/) : (text(isJson(word) ? word.name : undefined) ?? []),
      )
      .map(oneLine)
      .filter(Boolean),
    language: text(
      list(story.inLanguage).map(language =>
        isJson(language) ? (language.alternateName ?? language.name) : language,
      )[0],
    ),
    image: imageOf(follow(list(story.image)[0]) ?? story.thumbnailUrl),
    url:
      text(isJson(story.mainEntityOfPage) ? story.mainEntityOfPage['@id'] : story.mainEntityOfPage) ??
      text(story.url),
    siteName: text(isJson(publisher) ? publisher.name : publisher) ?? text(site?.name),
    body: typeof story.articleBody === 'string' ? story.articleBody : undefined,
  };
}

function authorOf(value: unknown): { name: string; url?: string | undefined }[] {
  if (isJson(value)) {
    const types = typesOf(value);
    const names = list(value.name).flatMap(name => text(name) ?? []);
    if (types.includes('Organization') || types.includes('NewsMediaOrganization')) return [];
    return names.map(name => ({ name, url: text(value.url) }));
  }
  const name = text(value);
  return name ? [{ name }] : [];
}

function imageOf(value: unknown): LinkedData['image'] {
  if (!isJson(value)) {
    const url = text(value);
    return url ? { url } : undefined;
  }
  const url = text(list(value.url)[0]) ?? text(value.contentUrl);
  if (!url) return undefined;
  const width = Number.parseInt(String(isJson(value.width) ? value.width.value : value.width), 10);
  const height = Number.parseInt(String(isJson(value.height) ? value.height.value : value.height), 10);
  return {
    url,
    caption: text(value.caption),
    ...(width > 0 ? { width } : {}),
    ...(height > 0 ? { height } : {}),
  };
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
}

function text(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  return withoutEntities(oneLine(value)) || undefined;
}

const ENTITIES = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
  ['#039', "'"],
  ['#39', "'"],
  ['#34', '"'],
  ['#8217', '’'],
  ['#8216', '‘'],
  ['#8220', '“'],
  ['#8221', '”'],
  ['#8211', '–'],
  ['#8212', '—'],
  ['#038', '&'],
  ['#38', '&'],
  ['rsquo', '’'],
  ['lsquo', '‘'],
  ['ldquo', '“'],
  ['rdquo', '”'],
  ['ndash', '–'],
  ['mdash', '—'],
  ['hellip', '…'],
]);

/** Scripts often hold HTML-escaped text although JSON needs none. */
function withoutEntities(value: string): string {
  if (!value.includes('&')) return value;
  return value.replace(/&(#?\w{1,8});/g, (whole, name: string) => ENTITIES.get(name.toLowerCase()) ?? whole);
}

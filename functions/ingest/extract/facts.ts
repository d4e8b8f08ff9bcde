import { oneLine } from './characters.ts';
import { type DomNode, type Element, elementsOf, textOf } from './dom.ts';

/** What the markup of a page says about it, gathered in one walk. */
export interface Facts {
  /** `name`, `property` or `itemprop` of a meta element in lower case → its contents, in order. */
  metas: ReadonlyMap<string, readonly string[]>;
  title?: string | undefined;
  canonical?: string | undefined;
  base?: string | undefined;
  language?: string | undefined;
  direction?: string | undefined;
  linkedData: readonly string[];
  headings: readonly Element[];
  times: readonly Element[];
  /** Elements marked or named as author, date or headline. */
  authors: readonly Element[];
  dates: readonly Element[];
  headlines: readonly Element[];
  deks: readonly Element[];
  audio: readonly Element[];
}

const OPEN = new Set(['head', 'object', 'noscript', 'audio', 'video', 'form', 'button']);
const CLOSED = new Set(['svg', 'math', 'template', 'select', 'iframe']);

const AUTHOR_NAMES =
  /(?:^|[\s_-])(?:by-?line|author|authors|autor|autoren|auteur|autore|writer|post-?author|author-?name|authorname|article-?author|entry-?author|fn)(?:$|[\s_-])/i;
const DATE_NAMES =
  /(?:^|[\s_-])(?:date|datum|dato|fecha|data|time|timestamp|pubdate|published|publish-?date|post-?date|entry-?date|article-?date|posted-?on|created|publication)(?:$|[\s_-])/i;
const HEADLINE_NAMES =
  /(?:^|[\s_-])(?:entry-?title|post-?title|article-?title|article-?headline|story-?headline|headline|articletitle|page-?title|titre|titolo)(?:$|[\s_-])/i;
const DEK_NAMES =
  /(?:^|[\s_-])(?:dek|standfirst|sub-?headline|sub-?head|article-?subtitle|entry-?subtitle|chapo)(?:$|[\s_-])/i;

/** Candidates beyond these are lists of other stories. */
const MOST = 40;

export function gatherFacts(root: DomNode): Facts {
  const metas = new Map<string, string[]>();
  const facts = {
    metas,
    linkedData: [] as string[],
    headings: [] as Element[],
    times: [] as Element[],
    authors: [] as Element[],
    dates: [] as Element[],
    headlines: [] as Element[],
    deks: [] as Element[],
    audio: [] as Element[],
  };
  const single: Pick<Facts, 'title' | 'canonical' | 'base' | 'language' | 'direction'> = {};
  const roles = new Map<string, Role>();
  const rolesOf = (names: string): Role => {
    const known = roles.get(names) ?? roleOf(names);
    roles.set(names, known);
    return known;
  };
  const keep = (list: Element[], element: Element) => {
    if (list.length < MOST) list.push(element);
  };
  for (const element of elementsOf(root, inside => !CLOSED.has(inside.name) || OPEN.has(inside.name))) {
    const { name, attribs } = element;
    switch (name) {
      case 'meta':
        addMeta(metas, element);
        break;
      case 'html':
        single.language = attribs.lang ?? attribs['xml:lang'];
        single.direction = attribs.dir;
        break;
      case 'title':
        single.title ??= oneLine(textOf(element));
        break;
      case 'base':
        single.base ??= attribs.href;
        break;
      case 'link':
        if (attribs.rel?.toLowerCase() === 'canonical') single.canonical ??= attribs.href;
        break;
      case 'script':
        if (attribs.type?.toLowerCase().includes('ld+json'))
          facts.linkedData.push(element.children[0]?.data ?? '');
        break;
      case 'h1':
        keep(facts.headings, element);
        break;
      case 'time':
        keep(facts.times, element);
        break;
      case 'audio':
        keep(facts.audio, element);
        break;
    }
    const itemprop = attribs.itemprop?.toLowerCase() ?? '';
    const names =
      attribs.class || attribs.id ? `${attribs.class ?? ''} ${attribs.id ?? ''}`.slice(0, 300) : '';
    if (itemprop === '' && names === '' && attribs.rel === undefined) continue;
    const role = names === '' ? NO_ROLE : rolesOf(names);
    if (name === 'body' || name === 'html' || name === 'meta' || name === 'link') continue;
    if (itemprop.includes('author') || attribs.rel === 'author') facts.authors.unshift(element);
    else if (role.author) keep(facts.authors, element);
    if (itemprop.includes('datepublished')) facts.dates.unshift(element);
    else if (role.date) keep(facts.dates, element);
    if (itemprop === 'headline' || role.headline) keep(facts.headlines, element);
    if (itemprop === 'alternativeheadline' || role.dek) keep(facts.deks, element);
  }
  return { ...facts, ...single };
}

interface Role {
  author: boolean;
  date: boolean;
  headline: boolean;
  dek: boolean;
}

const NO_ROLE: Role = { author: false, date: false, headline: false, dek: false };

function roleOf(names: string): Role {
  return {
    author: AUTHOR_NAMES.test(names),
    date: DATE_NAMES.test(names),
    headline: HEADLINE_NAMES.test(names),
    dek: DEK_NAMES.test(names),
  };
}

function addMeta(metas: Map<string, string[]>, element: Element): void {
  const { attribs } = element;
  const content = oneLine(attribs.content ?? '');
  if (content === '') return;
  for (const key of [attribs.property, attribs.name, attribs.itemprop, attribs['http-equiv']]) {
    if (!key) continue;
    const list = metas.get(key.toLowerCase());
    if (list) list.push(content);
    else metas.set(key.toLowerCase(), [content]);
  }
}

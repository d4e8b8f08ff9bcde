import { AUTHOR_CLASSES, BYLINE_STARTS, DATE_CLASSES } from '../words/html-metadata.ts';
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
  /** `h1`, and `h2` and `h3`. */
  headings: readonly Element[];
  subheadings: readonly Element[];
  /** Where each of the elements below, and each heading, stands: its number in document order. */
  places: ReadonlyMap<Element, number>;
  /** Elements marked or named as author, date or headline. */
  authors: readonly Element[];
  /** Elements that begin as bylines do, whatever they are. */
  bylines: readonly Element[];
  dates: readonly Element[];
  headlines: readonly Element[];
  deks: readonly Element[];
  audio: readonly Element[];
}

const OPEN = new Set(['head', 'object', 'noscript', 'audio', 'video', 'form', 'button']);
const CLOSED = new Set(['svg', 'math', 'template', 'select', 'iframe']);

const HEADLINE_NAMES =
  /(?:^|[\s_-])(?:entry-?title|post-?title|article-?title|article-?headline|story-?headline|headline|articletitle|page-?title|content-?heading|item-?title|titre|titolo)(?:$|[\s_-])/i;
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
    subheadings: [] as Element[],
    places: new Map<Element, number>(),
    authors: [] as Element[],
    bylines: [] as Element[],
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
  let place = 0;
  const keep = (list: Element[], element: Element) => {
    if (list.length >= MOST) return;
    list.push(element);
    facts.places.set(element, place);
  };
  for (const element of elementsOf(root, inside => !CLOSED.has(inside.name) || OPEN.has(inside.name))) {
    const { name, attribs } = element;
    place += 1;
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
      case 'h2':
      case 'h3':
        keep(facts.subheadings, element);
        break;
      case 'audio':
        keep(facts.audio, element);
        break;
    }
    const opening = element.children[0]?.data;
    if (opening && name !== 'a' && BYLINE_STARTS.test(opening.slice(0, 40))) keep(facts.bylines, element);
    const itemprop = attribs.itemprop?.toLowerCase() ?? '';
    const names =
      attribs.class || attribs.id ? `${attribs.class ?? ''} ${attribs.id ?? ''}`.slice(0, 300) : '';
    if (itemprop === '' && names === '' && attribs.rel === undefined && name !== 'time' && name !== 'address')
      continue;
    const role = names === '' ? NO_ROLE : rolesOf(names);
    if (name === 'body' || name === 'html' || name === 'link' || name === 'input') continue;
    if (itemprop.startsWith('datepublished')) keep(facts.dates, element);
    else if (name !== 'meta' && (name === 'time' || role.date)) keep(facts.dates, element);
    if (name === 'meta') continue;
    if (isAuthor(element, itemprop) || role.author || name === 'address') keep(facts.authors, element);
    if (itemprop === 'headline' || role.headline) keep(facts.headlines, element);
    if (itemprop === 'alternativeheadline' || role.dek) keep(facts.deks, element);
  }
  return { ...facts, ...single };
}

/** Marked up as the author, not just named like one. */
export function isAuthor({ attribs }: Element, itemprop = attribs.itemprop?.toLowerCase() ?? ''): boolean {
  return (
    itemprop === 'author' ||
    itemprop === 'creator' ||
    (attribs.rel?.toLowerCase().split(/\s+/).includes('author') ?? false)
  );
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
    author: AUTHOR_CLASSES.test(names),
    date: DATE_CLASSES.test(names),
    headline: HEADLINE_NAMES.test(names),
    dek: DEK_NAMES.test(names),
  };
}

function addMeta(metas: Map<string, string[]>, element: Element): void {
  const { attribs } = element;
  const content = oneLine(attribs.content ?? '');
  if (content === '') return;
  for (const names of [attribs.property, attribs.name, attribs.itemprop, attribs['http-equiv']]) {
    if (!names) continue;
    // RDFa allows several names, and its vocabularies are also written with a full stop.
    for (const name of names.toLowerCase().slice(0, 200).split(/\s+/)) {
      const key = name.replace(/^(dc|dcterms?|parsely|sailthru)[:_]/, '$1.').replace(/^dcterm\./, 'dcterms.');
      const list = metas.get(key);
      if (list) list.push(content);
      else if (key !== '') metas.set(key, [content]);
    }
  }
}

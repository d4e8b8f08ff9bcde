import { Rejection } from '../../../../shared/errors/rejection.ts';
import { escapeText } from '../../../../shared/text/escape.ts';
import { webUrl } from '../../../../shared/text/web-address.ts';
import {
  allOf,
  at,
  attributeOf,
  childrenOf,
  localName,
  parseXml,
  rawText,
  wordsOf,
  writeHtml,
  type XmlRule,
} from '../../html/xml.ts';
import type { DomNode, Element } from '../../model/dom.ts';
import type { FormatReader } from '../../model/format-reader.ts';
import { given } from '../../model/stated.ts';
import { parseByline } from '../../text/byline.ts';
import { endsWithStop } from '../text/lines.ts';
import { isKillLine } from './kill-lines.ts';
import { documentOf, type NewsItem, NO_PLACE, orderOf } from './news-item.ts';
import { readNitf } from './nitf.ts';

/** Reads IPTC's NewsML-G2 (https://iptc.org/standards/newsml-g2/) and the older NewsML 1. */
export const newsmlReader: FormatReader = {
  name: 'newsml',
  read(source) {
    const root = parseXml(source.text);
    const items = [...(isItem(root) ? [root] : []), ...allOf(root, ...ITEMS)];
    const texts = items.filter(each => bodyOf(each) !== undefined);
    const isNewsml1 = localName(root) === 'newsml';
    const stops = items.filter(each => isStopped(each, isNewsml1));
    const first = texts[0] ?? stops[0];
    if (!first) {
      const what = localName(root) === 'packageitem' ? 'lists other items' : 'holds no text';
      throw new Rejection('empty', `The NewsML file ${what}: there is no story in it.`);
    }
    const item = isNewsml1 ? readNewsml1(first) : readG2(first);
    // All items that a message cancels are cancelled. Only one of them becomes the article.
    item.cancels = stops
      .filter(
        each => each !== first && statusesOf(each, isNewsml1).some(status => orderOf(status) === 'withdraw'),
      )
      .flatMap(each => (isNewsml1 ? idsOfNewsml1(each) : idsOfG2(each)));
    if (texts.length > 1)
      item.warnings.push(
        `The file holds ${texts.length} stories. Only the first is an article; upload the others as files of their own.`,
      );
    return documentOf(item, source);
  },
};

/** Elements of items. A package or a concept is not a story, but may replace a story. */
const ITEMS = ['newsitem', 'packageitem', 'conceptitem'];

function isItem(element: DomNode): boolean {
  return ITEMS.includes(localName(element));
}

/** The element with an item's text: NITF, XHTML or plain text. */
function bodyOf(item: Element): { kind: 'nitf' | 'html' | 'text' | 'escaped'; element: Element } | undefined {
  const contents = [
    ...allOf(at(item, 'contentset'), 'inlinexml', 'inlinedata'),
    ...allOf(item, 'datacontent'),
  ];
  for (const content of contents) {
    const nitf = allOf(content, 'nitf')[0];
    if (nitf) return { kind: 'nitf', element: nitf };
    const html = allOf(content, 'html')[0] ?? (allOf(content, 'p')[0] && content);
    if (html) return { kind: 'html', element: allOf(html, 'body')[0] ?? html };
    const type = attributeOf(content, 'contenttype') ?? 'text/plain';
    if (!type.startsWith('text/') || attributeOf(content, 'encoding') || !wordsOf(content)) continue;
    return { kind: type === 'text/html' ? 'escaped' : 'text', element: content };
  }
  return undefined;
}

/** Adds facts of the contained NITF that the NewsML does not state. */
function withBody(item: Element, about: Omit<NewsItem, 'body'>): NewsItem {
  const found = bodyOf(item);
  if (!found) return { ...about, body: { text: '' } };
  const { kind, element } = found;
  if (kind === 'text') return { ...about, body: { text: rawText(element) } };
  if (kind === 'escaped') return { ...about, body: { html: rawText(element) } };
  if (kind === 'html') return { ...withHeader(about, element), body: { html: writeHtml(element, htmlRule) } };
  const inner = readNitf(element);
  const said = Object.entries(given(about)).filter(
    ([, value]) => !(Array.isArray(value) && value.length === 0),
  );
  return {
    ...inner,
    ...(Object.fromEntries(said) as Partial<NewsItem>),
    format: 'newsml',
    warnings: [...inner.warnings, ...about.warnings],
    body: inner.body,
  };
}

/** Adds facts that only the header of the XHTML states. */
function withHeader(about: Omit<NewsItem, 'body'>, body: Element): Omit<NewsItem, 'body'> {
  const header = allOf(body, 'header')[0];
  const line = (name: string) => wordsOf(allOf(header, name)[0]);
  const bylines = allOf(header, 'p')
    .map(wordsOf)
    .filter(words => words && parseByline(words));
  return {
    ...about,
    headline: about.headline ?? line('h1'),
    dek: about.dek ?? line('h2'),
    bylines: about.bylines.length > 0 ? about.bylines : bylines,
  };
}

/** Ids of earlier items, from links and from elements that are named like the relation. */
function followedBy(parents: readonly (Element | undefined)[]): (string | undefined)[] {
  return parents
    .flatMap(parent => childrenOf(parent, 'link', 'evolvedfrom', 'previousversion'))
    .filter(each => localName(each) !== 'link' || FOLLOWS.test(attributeOf(each, 'rel') ?? ''))
    .map(
      each =>
        attributeOf(each, 'residref') ??
        attributeOf(each, 'guid') ??
        attributeOf(each, 'href') ??
        wordsOf(each),
    );
}

/** Whether the status, a signal or a note of an item cancels or withholds it. */
function isStopped(item: Element, isNewsml1: boolean): boolean {
  const notes = isNewsml1 ? [] : childrenOf(at(item, 'itemmeta'), 'ednote').map(wordsOf);
  return statusesOf(item, isNewsml1).some(orderOf) || notes.some(note => note && isKillLine(note));
}

/** Relations of an item to an earlier item of the same story. */
const FOLLOWS = /^(?:\w{1,20}:|.{0,80}\/)?(?:evolvedfrom|previousversion|replaces|supersedes|cancels)$/i;

/** The status of an item: `stat:canceled`, and signals such as `sig:kill`. */
function statusesOf(item: Element, isNewsml1: boolean): (string | undefined)[] {
  if (isNewsml1)
    return allOf(at(item, 'newsmanagement'), 'status', 'instruction').map(each =>
      attributeOf(each, 'formalname'),
    );
  const code = (element: Element) =>
    attributeOf(element, 'qcode') ??
    attributeOf(element, 'uri') ??
    attributeOf(element, 'literal') ??
    wordsOf(element);
  return childrenOf(at(item, 'itemmeta'), 'pubstatus', 'signal').map(code);
}

function idsOfG2(item: Element): (string | undefined)[] {
  return [attributeOf(item, 'guid')];
}

function idsOfNewsml1(item: Element): (string | undefined)[] {
  const identifier = at(item, 'identification', 'newsidentifier');
  // The public identifier contains the item's own identifier. Other providers may use the same item
  // identifier.
  return [wordsOf(at(identifier, 'publicidentifier')) ?? wordsOf(at(identifier, 'newsitemid'))];
}

function readG2(item: Element): NewsItem {
  const meta = at(item, 'itemmeta');
  const content = at(item, 'contentmeta');
  const headlines = childrenOf(content, 'headline');
  const sub = headlines.find(each => /sub|deck/i.test(attributeOf(each, 'role') ?? ''));
  const main = headlines.find(each => each !== sub);
  const descriptions = childrenOf(content, 'description');
  const about: Omit<NewsItem, 'body'> = {
    format: 'newsml',
    headline: wordsOf(main) ?? wordsOf(at(meta, 'title')),
    dek: wordsOf(sub),
    summary: wordsOf(
      descriptions.find(each => /summary|abstract/i.test(attributeOf(each, 'role') ?? '')) ?? descriptions[0],
    ),
    bylines: childrenOf(content, 'by').map(wordsOf),
    creators: childrenOf(content, 'creator').map(each => wordsOf(at(each, 'name'))),
    dateline: wordsOf(at(content, 'dateline')),
    located: childrenOf(content, 'located')
      .map(each => wordsOf(at(each, 'name')))
      .find(name => name && !NO_PLACE.test(name)),
    slugline: wordsOf(at(content, 'slugline')),
    urgency: wordsOf(at(content, 'urgency')),
    statuses: statusesOf(item, false),
    ids: idsOfG2(item),
    version: attributeOf(item, 'version'),
    follows: followedBy([item, meta, content]),
    published:
      wordsOf(at(meta, 'firstcreated')) ??
      wordsOf(at(content, 'contentcreated')) ??
      wordsOf(at(meta, 'versioncreated')),
    modified: wordsOf(at(meta, 'versioncreated')),
    // An embargo without an instant ends when the agency announces it.
    embargo: at(meta, 'embargoed') && (wordsOf(at(meta, 'embargoed')) ?? 'true'),
    expires: wordsOf(at(meta, 'expires')),
    language: attributeOf(at(content, 'language'), 'tag') ?? attributeOf(item, 'lang'),
    section: undefined,
    tags: [
      ...childrenOf(content, 'subject').map(each => wordsOf(at(each, 'name'))),
      ...childrenOf(content, 'keyword').map(wordsOf),
    ],
    siteName: undefined,
    canonicalUrl: undefined,
    image: undefined,
    notes: childrenOf(meta, 'ednote').map(wordsOf),
    rights: allOf(at(item, 'rightsinfo'), 'copyrightnotice', 'usageterms').map(wordsOf),
    warnings: pictures(allOf(at(item, 'contentset'), 'remotecontent').length),
  };
  return withBody(item, about);
}

function readNewsml1(item: Element): NewsItem {
  const management = at(item, 'newsmanagement');
  const lines = allOf(item, 'newslines')[0];
  const named = (element: Element | undefined) => attributeOf(element, 'formalname');
  const line = (...names: string[]) => names.map(name => wordsOf(at(lines, name))).find(Boolean);
  const instructions = allOf(management, 'instruction', 'statuswillchange');
  const about: Omit<NewsItem, 'body'> = {
    format: 'newsml',
    headline: line('headline') ?? wordsOf(at(item, 'identification', 'namelabel')),
    dek: line('subheadline'),
    bylines: childrenOf(lines, 'byline').map(wordsOf),
    dateline: line('dateline'),
    slugline: line('slugline'),
    urgency: named(at(management, 'urgency')),
    statuses: statusesOf(item, true),
    ids: idsOfNewsml1(item),
    version: wordsOf(allOf(at(item, 'identification'), 'revisionid')[0]),
    follows: [],
    published: wordsOf(at(management, 'firstcreated')),
    modified: wordsOf(at(management, 'thisrevisioncreated')),
    embargo:
      named(at(management, 'status'))?.toLowerCase() === 'embargoed'
        ? instructions.map(each => wordsOf(at(each, 'dateandtime'))).find(Boolean)
        : undefined,
    language: named(allOf(item, 'language')[0]),
    tags: childrenOf(lines, 'keywordline').map(wordsOf),
    notes: [],
    rights: [line('copyrightline'), line('rightsline')],
    warnings: pictures(
      allOf(item, 'contentitem').filter(each => attributeOf(each, 'href') && !at(each, 'datacontent')).length,
    ),
  };
  return withBody(item, about);
}

function pictures(count: number): string[] {
  if (count === 0) return [];
  return [
    `${count === 1 ? 'One file' : `${count} files`} beside the text, such as pictures, could not be taken over.`,
  ];
}

const HTML = new Set(
  `p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table thead tbody tfoot tr td th caption em strong b i u s sub sup br hr
   blockquote pre code figure figcaption div section q cite abbr`.split(/\s+/),
);

/** Minimum length, in characters, of a sentence in the header or footer of XHTML. */
const MIN_SENTENCE_CHARS = 60;

function isSentence(words: string | undefined): words is string {
  return words !== undefined && words.length >= MIN_SENTENCE_CHARS && endsWithStop(words);
}

function paragraph(words: string): string {
  return `<p>${escapeText(words)}</p>`;
}

function htmlRule(element: Element): XmlRule {
  const name = localName(element);
  if (name === 'script' || name === 'style' || name === 'head') return 'drop';
  // The header and the footer hold the slug, the date, the genre and initials. Only their sentences are story.
  if (name === 'header' || name === 'footer')
    return { html: allOf(element, 'p').map(wordsOf).filter(isSentence).map(paragraph).join('') };
  if (name === 'a') return { as: 'a', attributes: { href: webUrl(attributeOf(element, 'href')) } };
  if (name === 'img')
    return {
      as: 'img',
      attributes: { src: webUrl(attributeOf(element, 'src')), alt: attributeOf(element, 'alt') },
    };
  return HTML.has(name) ? { as: name } : 'inner';
}

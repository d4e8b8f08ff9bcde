import { mediaKindOf } from '../../../../shared/model/media-address.ts';
import { escapeAttribute, escapeText } from '../../../../shared/text/escape.ts';
import { webUrl } from '../../../../shared/text/web-address.ts';
import {
  allOf,
  at,
  attributeOf,
  childrenOf,
  localName,
  parseXml,
  wordsOf,
  writeHtml,
  type XmlRule,
} from '../../html/xml.ts';
import type { DomNode, Element } from '../../model/dom.ts';
import type { FormatReader } from '../../model/format-reader.ts';
import { documentOf, type NewsItem } from './news-item.ts';

/** Reads IPTC's News Industry Text Format, 3.x (https://iptc.org/standards/nitf/). */
export const nitfReader: FormatReader = {
  name: 'nitf',
  read(source) {
    return documentOf(readNitf(parseXml(source.text)), source);
  },
};

/** Reads a `nitf` element. NewsML files may contain such elements too. */
export function readNitf(nitf: DomNode): NewsItem {
  const head = at(nitf, 'head');
  const docdata = at(head, 'docdata');
  const bodyHead = at(nitf, 'body', 'body.head');
  const content = at(nitf, 'body', 'body.content') ?? at(nitf, 'body') ?? nitf;
  const hedline = at(bodyHead, 'hedline');
  const dateline = at(bodyHead, 'dateline');
  const norm = (name: string) => attributeOf(at(docdata, name), 'norm');
  const storyDate = at(dateline, 'story.date');
  const warnings: string[] = [];
  const status = attributeOf(docdata, 'management-status');
  const subjects = allOf(head, 'tobject.subject');
  const duKey = attributeOf(at(docdata, 'du-key'), 'key');
  const identified = at(docdata, 'identified-content');
  return {
    format: 'nitf',
    headline: wordsOf(at(hedline, 'hl1')) ?? wordsOf(at(head, 'title')),
    dek: wordsOf(at(hedline, 'hl2')),
    summary: wordsOf(at(bodyHead, 'abstract')),
    bylines: childrenOf(bodyHead, 'byline').map(bylineOf),
    dateline: dateline && datelineOf(dateline),
    located: wordsOf(at(identified, 'location')),
    slugline: duKey ?? attributeOf(at(docdata, 'fixture'), 'fix-id'),
    urgency: attributeOf(at(docdata, 'urgency'), 'ed-urg'),
    statuses: [status],
    ids: [attributeOf(at(docdata, 'doc-id'), 'id-string'), duKey && `du-key:${duKey}`],
    version: attributeOf(at(docdata, 'du-key'), 'version'),
    follows: [
      attributeOf(docdata, 'management-doc-idref'),
      ...childrenOf(docdata, 'correction').map(each => attributeOf(each, 'id-string')),
    ],
    published:
      norm('date.issue') ??
      attributeOf(storyDate, 'norm') ??
      attributeOf(at(head, 'pubdata'), 'date.publication'),
    modified: norm('date.revision') ?? attributeOf(at(head, 'revision-history'), 'norm'),
    embargo: norm('date.release'),
    expires: norm('date.expire'),
    language: attributeOf(nitf, 'lang') ?? attributeOf(at(nitf, 'body'), 'lang'),
    section: attributeOf(at(head, 'pubdata'), 'position.section'),
    tags: [
      ...subjects.map(
        each => attributeOf(each, 'tobject.subject.matter') ?? attributeOf(each, 'tobject.subject.type'),
      ),
      ...allOf(docdata, 'keyword').map(each => attributeOf(each, 'key')),
      ...childrenOf(identified, 'classifier').map(each => attributeOf(each, 'value') ?? wordsOf(each)),
    ],
    siteName: undefined,
    image: undefined,
    notes: [attributeOf(at(docdata, 'ed-msg'), 'info'), wordsOf(at(bodyHead, 'note'))],
    rights: [copyright(at(docdata, 'doc.copyright')), wordsOf(at(bodyHead, 'rights'))],
    body: { html: writeHtml(content, element => ruleOf(element, warnings)) },
    warnings,
  };
}

function bylineOf(byline: Element): string | undefined {
  const person = at(byline, 'person');
  return wordsOf(person) ?? childText(byline);
}

/** The text of a byline without the element for the author's title. */
function childText(byline: Element): string | undefined {
  const bare = { ...byline, children: byline.children.filter(child => localName(child) !== 'byttl') };
  return wordsOf(bare);
}

function datelineOf(dateline: Element): string | undefined {
  const place = wordsOf(at(dateline, 'location'));
  const date = wordsOf(at(dateline, 'story.date'));
  return place ? [place, date].filter(Boolean).join(', ') : wordsOf(dateline);
}

function copyright(element: Element | undefined): string | undefined {
  const holder = attributeOf(element, 'holder');
  return holder && ['©', attributeOf(element, 'year'), holder].filter(Boolean).join(' ');
}

/** Elements of NITF that have another name in HTML. */
const RENAMED = new Map([
  ['hl1', 'h2'],
  ['hl2', 'h2'],
  ['bq', 'blockquote'],
  ['pre', 'pre'],
]);

const SAME = new Set([
  'p',
  'ul',
  'ol',
  'li',
  'dl',
  'dt',
  'dd',
  'table',
  'thead',
  'tbody',
  'tfoot',
  'tr',
  'td',
  'th',
  'caption',
  'em',
  'strong',
  'sub',
  'sup',
  'br',
  'hr',
  'h2',
  'h3',
  'h4',
  'blockquote',
  'i',
  'b',
  'q',
]);
const DROPPED = new Set([
  'media-metadata',
  'custom-table',
  'note',
  'credit-note',
  'body.end',
  'body.head',
  'head',
]);

function ruleOf(element: Element, warnings: string[]): XmlRule {
  const name = localName(element);
  if (DROPPED.has(name)) return 'drop';
  if (name === 'a') return { as: 'a', attributes: { href: webUrl(attributeOf(element, 'href')) } };
  if (name === 'media') return mediaOf(element, warnings);
  const as = RENAMED.get(name) ?? (SAME.has(name) ? name : undefined);
  return as ? { as } : 'inner';
}

/** Returns an address on the web, or the name of a picture in the bucket. Cleaning resolves such a name. */
function addressOf(source: string | undefined): string | undefined {
  const isFile = source !== undefined && !source.includes(':') && mediaKindOf(source) === 'picture';
  return isFile ? source : webUrl(source);
}

function mediaOf(media: Element, warnings: string[]): XmlRule {
  const reference = childrenOf(media, 'media-reference').find(each => addressOf(attributeOf(each, 'source')));
  const caption = wordsOf(at(media, 'media-caption'));
  const credit = wordsOf(at(media, 'media-producer'));
  const src = addressOf(attributeOf(reference, 'source'));
  if (attributeOf(media, 'media-type')?.toLowerCase() !== 'image' || !src) {
    const what = caption ?? attributeOf(at(media, 'media-reference'), 'source') ?? 'without a name';
    warnings.push(
      `A picture or recording without an address on the web was left out: “${what.slice(0, 80)}”.`,
    );
    return 'drop';
  }
  const alt = escapeAttribute(attributeOf(reference, 'alternate-text') ?? '');
  const words = [caption, credit].filter(Boolean).join(' ');
  const below = words ? `<figcaption>${escapeText(words)}</figcaption>` : '';
  return { html: `<figure><img src="${escapeAttribute(src)}" alt="${alt}">${below}</figure>` };
}

import type { Author } from '../../../shared/model/article.ts';
import { escapeText } from '../../../shared/text/escape.ts';
import { EDITION_FILES } from '../content/addresses.ts';
import type { Enclosure } from '../content/prepare-fields.ts';
import { excerpt, looksLikeMarkup } from '../content/text.ts';
import { linkWithBrowserView, XHTML_NAMESPACE } from './browser-view.ts';
import { GENERATOR } from './generator.ts';
import { writtenInstant } from './instants.ts';
import { podcastChannel, podcastItem, podcastNamespaces } from './podcast.ts';
import type { PreparedEntry, PreparedFeed } from './prepare.ts';
import { cssInstruction, element, plainElement, type XmlElement, xmlDocument } from './xml.ts';

/** Minutes between two requests of a reader. A longer time would delay news. */
const TTL_MINUTES = 15;

/**
 * Maximum length of a description, in code points. Apple Podcasts accepts 4,000 bytes, and a Chinese letter has three.
 */
const MAX_DESCRIPTION = 1_300;

const NAMESPACES = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:media': 'http://search.yahoo.com/mrss/',
  'xmlns:sy': 'http://purl.org/rss/1.0/modules/syndication/',
  ...XHTML_NAMESPACE,
};

const HISTORY_NAMESPACE = 'http://purl.org/syndication/history/1.0';

/** The feed as RSS 2.0 (rssboard.org, RSS 2.0.11 and its Best Practices Profile). */
export function rss(feed: PreparedFeed): string {
  const channel = element('channel', {}, [
    plainElement('title', feed.title),
    element('link', {}, feed.addresses.page),
    element('description', {}, textAsHtml(feed.description)),
    element('language', {}, feed.language),
    ...(feed.copyright ? [element('copyright', {}, feed.copyright)] : []),
    plainElement('dc:creator', feed.author),
    element('lastBuildDate', {}, rfc822(feed.updated)),
    element('generator', {}, `${GENERATOR.name} ${GENERATOR.version}`),
    element('docs', {}, 'https://www.rssboard.org/rss-specification'),
    element('ttl', {}, String(TTL_MINUTES)),
    element('image', {}, [
      element('url', {}, feed.icon),
      plainElement('title', feed.title),
      element('link', {}, feed.addresses.page),
    ]),
    element('sy:updatePeriod', {}, 'hourly'),
    element('sy:updateFrequency', {}, String(60 / TTL_MINUTES)),
    element('atom:link', { rel: 'self', type: 'application/rss+xml', href: feed.addresses.rss }),
    ...(feed.hub ? [element('atom:link', { rel: 'hub', href: feed.hub })] : []),
    linkWithBrowserView('atom:link', feed),
    ...historyLinks('atom:link', feed, { file: EDITION_FILES.rss, type: 'application/rss+xml' }),
    ...podcastChannel(feed),
    ...feed.entries.map(entry => item(entry, feed)),
  ]);
  return xmlDocument(
    element('rss', { version: '2.0', ...NAMESPACES, ...podcastNamespaces(feed) }, [channel]),
    [cssInstruction(feed.stylesheet)],
  );
}

/**
 * The links between a feed and its history documents, and the mark of a history document (RFC 5005, section 4).
 * @param link name of the element of a link
 * @param format.file name of the files of the feed format
 * @param format.type media type of the feed format
 */
export function historyLinks(
  link: string,
  { history }: PreparedFeed,
  { file, type }: { file: string; type: string },
): XmlElement[] {
  if (!history) return [];
  const folders = [
    ['current', history.current],
    ['prev-archive', history.prev],
    ['next-archive', history.next],
  ] as const;
  return [
    ...(history.isHistoryDocument ? [element('fh:archive', { 'xmlns:fh': HISTORY_NAMESPACE })] : []),
    ...folders.flatMap(([rel, folder]) =>
      folder === undefined ? [] : [element(link, { rel, type, href: folder + file })],
    ),
  ];
}

function item(entry: PreparedEntry, feed: PreparedFeed): XmlElement {
  return element('item', {}, [
    plainElement('title', entry.title),
    element('link', {}, entry.url),
    element('guid', { isPermaLink: 'false' }, entry.id),
    element('pubDate', {}, rfc822(entry.published)),
    // Most readers show one creator only: the first or the last.
    ...(entry.authors.length > 0 ? [plainElement('dc:creator', namesOf(entry.authors))] : []),
    ...entry.categories.map(name => plainElement('category', name)),
    element('description', {}, textAsHtml(excerpt(entry.summary, MAX_DESCRIPTION))),
    element('content:encoded', {}, entry.contentHtml),
    // The first file only. A second enclosure is an error for validators, and a `media:content` with another file replaces
    // the enclosure in some readers. The content has links to the other files.
    ...entry.enclosures.slice(0, 1).map(enclosure),
    ...podcastItem(entry, feed),
    // Podcast apps would take the picture for a second recording.
    ...(feed.podcast && entry.enclosures.length > 0 ? [] : mediaContent(entry)),
    ...(entry.source ? [plainElement('source', entry.source.name, { url: entry.source.url })] : []),
    ...(entry.language ? [element('dc:language', {}, entry.language)] : []),
    element('atom:updated', {}, writtenInstant(entry.updated)),
  ]);
}

function enclosure({ url, length, type }: Enclosure): XmlElement {
  return element('enclosure', { url, length, type });
}

/** The entry's image in Media RSS 1.5.1. Empty if the entry has no image. */
export function mediaContent({ image }: PreparedEntry): XmlElement[] {
  if (!image) return [];
  const { url, type, width, height, alt, caption, credit } = image;
  const about = caption ?? alt;
  return [
    element('media:content', { url, type, medium: 'image', width, height }, [
      ...(about ? [element('media:description', { type: 'plain' }, about)] : []),
      ...(credit ? [element('media:credit', {}, credit)] : []),
    ]),
  ];
}

function namesOf(authors: readonly Author[]): string {
  return authors.map(({ name }) => name).join(', ');
}

/** A plain text for an element that readers parse as HTML. A text that looks like markup is escaped a second time. */
function textAsHtml(text: string): string {
  return looksLikeMarkup(text) ? escapeText(text) : text;
}

function rfc822(instant: string): string {
  return new Date(instant).toUTCString();
}

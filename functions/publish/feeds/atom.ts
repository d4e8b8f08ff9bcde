import { EDITION_FILES } from '../content/addresses.ts';
import { linkWithBrowserView, XHTML_NAMESPACE } from './browser-view.ts';
import { GENERATOR } from './generator.ts';
import { writtenInstant } from './instants.ts';
import type { PreparedEntry, PreparedFeed } from './prepare.ts';
import { historyLinks, mediaContent } from './rss.ts';
import { cssInstruction, element, type XmlElement, xmlDocument } from './xml.ts';

const NAMESPACES = {
  xmlns: 'http://www.w3.org/2005/Atom',
  'xmlns:media': 'http://search.yahoo.com/mrss/',
  ...XHTML_NAMESPACE,
};

const TOMBSTONES_NAMESPACE = 'http://purl.org/atompub/tombstones/1.0';

/** The feed as Atom 1.0 (RFC 4287), with the deleted entries of RFC 6721. */
export function atom(feed: PreparedFeed): string {
  const { addresses } = feed;
  const root = element('feed', { ...NAMESPACES, 'xml:lang': feed.language }, [
    element('id', {}, feed.id),
    element('title', {}, feed.title),
    element('subtitle', {}, feed.description),
    element('updated', {}, writtenInstant(feed.updated)),
    ...(feed.copyright ? [element('rights', {}, feed.copyright)] : []),
    element('icon', {}, feed.favicon),
    element('logo', {}, feed.icon),
    element('generator', { version: GENERATOR.version }, GENERATOR.name),
    // A feed with an entry without authors must have an author (RFC 4287, section 4.1.1).
    element('author', {}, [element('name', {}, feed.author)]),
    element('link', { rel: 'self', type: 'application/atom+xml', href: addresses.atom }),
    element('link', { rel: 'alternate', type: 'text/html', href: addresses.page }),
    linkWithBrowserView('link', feed),
    ...(feed.hub ? [element('link', { rel: 'hub', href: feed.hub })] : []),
    ...historyLinks('link', feed, { file: EDITION_FILES.atom, type: 'application/atom+xml' }),
    ...feed.entries.flatMap(deletedEntry),
    ...feed.entries.map(entryElement),
  ]);
  return xmlDocument(root, [cssInstruction(feed.stylesheet)]);
}

/**
 * The deleted entry of an article that has left the site (RFC 6721, section 3). Few readers know it, so the feed also has
 * an entry with a notice.
 */
function deletedEntry({ id, goneAt, summary }: PreparedEntry): XmlElement[] {
  if (goneAt === undefined) return [];
  return [
    element('at:deleted-entry', { 'xmlns:at': TOMBSTONES_NAMESPACE, ref: id, when: writtenInstant(goneAt) }, [
      element('at:comment', {}, summary),
    ]),
  ];
}

function entryElement(entry: PreparedEntry): XmlElement {
  return element('entry', { 'xml:lang': entry.language }, [
    element('id', {}, entry.id),
    element('title', {}, entry.title),
    element('link', { rel: 'alternate', type: 'text/html', href: entry.url }),
    element('published', {}, writtenInstant(entry.published)),
    element('updated', {}, writtenInstant(entry.updated)),
    ...entry.authors.map(({ name, url }) =>
      element('author', {}, [element('name', {}, name), ...(url ? [element('uri', {}, url)] : [])]),
    ),
    ...entry.categories.map(term => element('category', { term })),
    element('summary', {}, entry.summary),
    element('content', { type: 'html' }, entry.contentHtml),
    // The source of the information in the entry (RFC 4287, section 4.2.7.2).
    ...(entry.source
      ? [element('link', { rel: 'via', type: 'text/html', href: entry.source.url, title: entry.source.name })]
      : []),
    // The first file only, as in RSS: some readers play the last one. The content has links to the other files.
    ...entry.enclosures
      .slice(0, 1)
      .map(({ url, type, length, title }) =>
        element('link', { rel: 'enclosure', href: url, type, length, title }),
      ),
    ...mediaContent(entry),
  ]);
}

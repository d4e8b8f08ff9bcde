import { EDITION_FILES } from '../content/addresses.ts';
import { writtenInstant } from './instants.ts';
import type { PreparedEntry, PreparedFeed } from './prepare.ts';

/** The feed as JSON Feed 1.1 (jsonfeed.org). Absent fields are left out. */
export function jsonFeed(feed: PreparedFeed): string {
  const document = {
    version: 'https://jsonfeed.org/version/1.1',
    title: feed.title,
    home_page_url: feed.addresses.page,
    feed_url: feed.addresses.json,
    next_url: feed.history?.prev && feed.history.prev + EDITION_FILES.json,
    description: feed.description,
    icon: feed.largeIcon,
    favicon: feed.favicon,
    language: feed.language,
    hubs: feed.hub ? [{ type: 'WebSub', url: feed.hub }] : undefined,
    // The feed names no authors, because Miniflux adds the authors of the feed to every item.
    items: feed.entries.map(item),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`;
}

function item(entry: PreparedEntry) {
  return {
    id: entry.id,
    url: entry.url,
    external_url: entry.source?.url,
    title: entry.title,
    summary: entry.summary,
    content_html: entry.contentHtml,
    image: entry.image?.url,
    date_published: writtenInstant(entry.published),
    date_modified: writtenInstant(entry.updated),
    authors: unlessEmpty(entry.authors),
    tags: unlessEmpty(entry.categories),
    language: entry.language,
    // JSON Feed has no standard for articles that are gone. Names with an underscore are extensions.
    _gone: entry.goneAt && { at: writtenInstant(entry.goneAt) },
    attachments: unlessEmpty(
      entry.enclosures.map(({ url, type, length, duration, title }) => ({
        url,
        mime_type: type,
        title,
        size_in_bytes: length || undefined,
        duration_in_seconds: duration,
      })),
    ),
  };
}

function unlessEmpty<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}

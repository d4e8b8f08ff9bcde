import type { FunctionSettings } from '../../../shared/settings/settings.ts';

/** The site as feeds and pages need it. */
export interface Site {
  title: string;
  description: string;
  language: string;
  copyright?: string | undefined;
  /** Public address without a trailing slash. */
  baseUrl: string;
  /** Most entries in a feed, and most bytes of bodies in it. */
  feedEntries: number;
  feedBytes: number;
  /** Whether feeds hold a summary and a link in the place of each body. */
  feedSummaries?: boolean | undefined;
  tags: boolean;
  authors: boolean;
  /** Address of the WebSub hub that is told of changes. */
  hub?: string | undefined;
  /** IANA name of the zone in which pages show times; UTC where absent. */
  timeZone?: string | undefined;
  /** Whether links name the `index.html` of a folder: for a site that is opened from a disk. */
  namesIndexPages?: boolean | undefined;
}

/** The site of these settings at this address; the setting `site.baseUrl` wins over the address given. */
export function siteOf(settings: FunctionSettings, baseUrl: string): Site {
  return {
    title: settings.site.title,
    description: settings.site.description,
    language: settings.site.language,
    copyright: settings.site.copyright,
    baseUrl: settings.site.baseUrl ?? baseUrl.replace(/\/+$/, ''),
    feedEntries: settings.feeds.entries,
    feedBytes: settings.feeds.maxBytes,
    feedSummaries: settings.feeds.content === 'summary',
    tags: settings.feeds.tags,
    authors: settings.feeds.authors,
    hub: settings.feeds.hub,
    timeZone: settings.articles.timeZone,
  };
}

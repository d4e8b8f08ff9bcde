import type { Face } from '../../../shared/settings/face-settings.ts';
import type { Podcast } from '../../../shared/settings/podcast-settings.ts';
import type { FunctionSettings } from '../../../shared/settings/settings.ts';
import { labelsIn } from '../words/labels.ts';

export interface Site extends Partial<Face> {
  title: string;
  /** Empty if the settings give none and there are no labels in the language. */
  description: string;
  language: string;
  copyright?: string | undefined;
  /** Public address without a trailing slash. */
  baseUrl: string;
  /** Maximum number of entries in a feed. */
  feedEntries: number;
  /** Maximum number of bytes of all bodies in a feed. */
  feedBytes: number;
  /** Whether feeds have a summary and a link instead of each body. */
  feedSummaries?: boolean | undefined;
  tags: boolean;
  authors: boolean;
  /** Whether the site has a search. */
  search: boolean;
  hub?: string | undefined;
  /** Podcasts by the names of their sections. */
  podcasts?: Readonly<Record<string, Podcast>> | undefined;
  /** Targets of the redirects of the settings, by their addresses. */
  redirects?: Readonly<Record<string, string>> | undefined;
  /** IANA name of the time zone of pages. Default: UTC. */
  timeZone?: string | undefined;
  /** Words after each time on the page of an article. */
  timeZoneName?: string | undefined;
  /** Whether links to a folder name its `index.html`. A site that is opened from a disk needs this. */
  namesIndexPages?: boolean | undefined;
}

/** The site of these settings. The setting `site.baseUrl` takes precedence over the given address. */
export function siteOf(settings: FunctionSettings, baseUrl: string): Site {
  return {
    title: settings.site.title,
    description: settings.site.description ?? labelsIn(settings.site.language)?.description ?? '',
    language: settings.site.language,
    copyright: settings.site.copyright,
    baseUrl: settings.site.baseUrl ?? baseUrl.replace(/\/+$/, ''),
    feedEntries: settings.feeds.entries,
    feedBytes: settings.feeds.maxBytes,
    feedSummaries: settings.feeds.content === 'summary',
    tags: settings.feeds.tags,
    authors: settings.feeds.authors,
    search: settings.site.search,
    hub: settings.feeds.hub,
    podcasts: settings.feeds.podcasts,
    redirects: settings.site.redirects,
    timeZone: settings.articles.timeZone,
    timeZoneName: settings.articles.timeZoneName,
    ...faceOf(settings.site),
  };
}

function faceOf({ tagline, logo, icon, accent, font, sections, footer, social, front }: Face): Face {
  return {
    tagline,
    logo: logo && { light: logo.light, dark: logo.dark },
    icon,
    accent: accent && { light: accent.light, dark: accent.dark },
    font: font && { family: font.family, files: font.files, for: font.for },
    sections,
    footer,
    social,
    front: { topStories: front.topStories, sections: front.sections, subscribe: front.subscribe },
  };
}

import { sectionPath, tagPath } from '../../shared/identity.ts';
import type { Settings } from '../../shared/settings.ts';

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
  tags: boolean;
  /** IANA name of the zone in which pages show times; UTC where absent. */
  timeZone?: string | undefined;
}

/** The site of these settings at this address; the setting `site.baseUrl` wins over the address given. */
export function siteOf(settings: Settings, baseUrl: string): Site {
  return {
    title: settings.site.title,
    description: settings.site.description,
    language: settings.site.language,
    copyright: settings.site.copyright,
    baseUrl: settings.site.baseUrl ?? baseUrl.replace(/\/+$/, ''),
    feedEntries: settings.feeds.entries,
    feedBytes: settings.feeds.maxBytes,
    tags: settings.feeds.tags,
    timeZone: settings.articles.timeZone,
  };
}

/** What an edition is of: everything, a section or a tag. `name` is as people read it. */
export type EditionOf = { kind: 'all' } | { kind: 'section'; name: string } | { kind: 'tag'; name: string };

/** Folder of an edition on the site, with a trailing slash; empty for the edition of everything. */
export function editionFolder(of: EditionOf): string {
  if (of.kind === 'all') return '';
  return of.kind === 'section' ? `${sectionPath(of.name)}/` : `tags/${tagPath(of.name)}/`;
}

/** A file of the site, ready to be written. */
export interface Rendition {
  key: string;
  body: string | Uint8Array;
  contentType: string;
  cacheControl: string;
}

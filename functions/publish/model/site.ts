import * as z from 'zod/mini';
import { authorPath, sectionPath, tagPath } from '../../../shared/model/identity.ts';
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

/** What an edition is of: everything, a section, a tag or an author. `name` is as people read it. */
export const EditionOf = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('section'), name: z.string() }),
  z.object({ kind: z.literal('tag'), name: z.string() }),
  z.object({ kind: z.literal('author'), name: z.string() }),
]);
export type EditionOf = z.infer<typeof EditionOf>;

/** Folder of an edition on the site, with a trailing slash; empty for the edition of everything. */
export function editionFolder(of: EditionOf): string {
  switch (of.kind) {
    case 'all':
      return '';
    case 'section':
      return `${sectionPath(of.name)}/`;
    case 'tag':
      return `tags/${tagPath(of.name)}/`;
    case 'author':
      return `authors/${authorPath(of.name)}/`;
  }
}

/** A file of the site, ready to be written. */
export interface Rendition {
  key: string;
  body: string | Uint8Array;
  contentType: string;
  cacheControl: string;
  /** User metadata of its object. */
  metadata?: Record<string, string>;
}

import * as z from 'zod/mini';
import type { Site } from '../model/site.ts';
import type { StateOf } from './state.ts';

/** The settings with which the files of the site are written, and those that changed since all of them were written. */
const SiteSettings = z.object({
  /** The values as JSON, by the names of the settings. */
  values: z.record(z.string(), z.string()),
  /** Names of the settings that changed. */
  changed: z.array(z.string()),
  /** Instant of the last of these changes. RFC 3339, UTC. */
  since: z.optional(z.string()),
});
export type SiteSettings = z.infer<typeof SiteSettings>;

export const SITE_SETTINGS: StateOf<SiteSettings> = {
  key: 'settings.json',
  schema: SiteSettings,
  initial: { values: {}, changed: [] },
};

/** The settings on which files of the site depend. `namesIndexPages` is of no deployment. */
const NAMES: Record<Exclude<keyof Site, 'namesIndexPages'>, string> = {
  title: 'site.title',
  description: 'site.description',
  language: 'site.language',
  copyright: 'site.copyright',
  baseUrl: 'site.baseUrl',
  feedEntries: 'feeds.entries',
  feedBytes: 'feeds.maxBytes',
  feedSummaries: 'feeds.content',
  tags: 'feeds.tags',
  authors: 'feeds.authors',
  hub: 'feeds.hub',
  timeZone: 'articles.timeZone',
};

/** The present values of the settings, as {@link SiteSettings} holds them. */
export function valuesOf(site: Site): SiteSettings['values'] {
  return Object.fromEntries(
    Object.entries(NAMES).map(([field, name]) => [name, JSON.stringify(site[field as keyof Site] ?? null)]),
  );
}

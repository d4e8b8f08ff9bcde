import * as z from 'zod/mini';
import { DEFAULT_FUNCTION_SETTINGS } from '../../../shared/settings/function-defaults.ts';
import { type Site, siteOf } from '../model/site.ts';
import { revise, type StateOf, type StateStore } from './state.ts';

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

/**
 * The settings on which files of the site depend. `namesIndexPages` is of no deployment, and redirects are written by
 * themselves.
 */
const NAMES: Record<Exclude<keyof Site, 'namesIndexPages' | 'redirects'>, string> = {
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
  search: 'site.search',
  hub: 'feeds.hub',
  podcasts: 'feeds.podcasts',
  timeZone: 'articles.timeZone',
  timeZoneName: 'articles.timeZoneName',
  tagline: 'site.tagline',
  logo: 'site.logo',
  icon: 'site.icon',
  accent: 'site.accent',
  font: 'site.font',
  sections: 'site.sections',
  footer: 'site.footer',
  social: 'site.social',
  front: 'site.front',
};

/** The present values of the settings, as {@link SiteSettings} holds them. */
export function valuesOf(site: Site): SiteSettings['values'] {
  return Object.fromEntries(
    Object.entries(NAMES).map(([field, name]) => [name, JSON.stringify(site[field as keyof Site] ?? null)]),
  );
}

const DEFAULTS = valuesOf(siteOf(DEFAULT_FUNCTION_SETTINGS, ''));

interface SettingsDeps extends StateStore {
  site: Site;
  /** The clock: RFC 3339, UTC. */
  now(): string;
}

/**
 * Notes the settings that changed since the last call. Pages of older articles keep their earlier values until the whole
 * site is published again, so the note stays until then ({@link notePublished}). The first call notes no change, because
 * a new site has none, and an older version left no settings to compare with.
 */
export async function noteSettings(deps: SettingsDeps): Promise<void> {
  const values = valuesOf(deps.site);
  await revise(deps, SITE_SETTINGS, (state, { isStored }) => {
    if (!isStored) return { values, changed: [] };
    // A setting that an older version did not know had its default.
    const changed = Object.keys(values).filter(
      name => values[name] !== (state.values[name] ?? DEFAULTS[name]),
    );
    if (changed.length === 0) return state;
    const all = [...new Set([...state.changed, ...changed])].sort();
    return { values, changed: all, since: deps.now() };
  });
}

/**
 * Removes the note of {@link noteSettings} after a run has published the whole site.
 * @param startedAt start of the run. A run that began before the last change has written pages with the earlier settings
 */
export async function notePublished(deps: SettingsDeps, startedAt: string): Promise<void> {
  const published: SiteSettings = { values: valuesOf(deps.site), changed: [] };
  await revise(deps, SITE_SETTINGS, state =>
    state.since !== undefined && startedAt < state.since ? state : published,
  );
}

import type { Site } from '../model/site.ts';
import { SITE_SETTINGS, type SiteSettings, valuesOf } from '../states/site-settings.ts';
import { revise, type StateStore } from '../states/state.ts';

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
    const changed = Object.keys(values).filter(name => values[name] !== state.values[name]);
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

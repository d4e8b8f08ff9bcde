import { SITE_SETTINGS, type SiteSettings } from '../../functions/publish/states/site-settings.ts';
import { load } from '../../functions/publish/states/state.ts';
import type { Deployment } from './deployment.ts';

/** The settings that changed since the whole site was last published. */
export type ChangedSettings = Required<Pick<SiteSettings, 'changed' | 'since'>>;

/** The command that writes the whole site with the present settings. */
export const PUBLISH_ALL = '"npx copydesk publish --all" writes all pages with the present settings.';

/** Reads which settings changed since the whole site was last published. Returns undefined if none did. */
export async function changedSettings({
  storage,
}: Pick<Deployment, 'storage'>): Promise<ChangedSettings | undefined> {
  // Publish makes a broken state again.
  const { state } = await load({ storage, onBroken: () => undefined }, SITE_SETTINGS);
  const { changed, since } = state;
  return since === undefined ? undefined : { changed, since };
}

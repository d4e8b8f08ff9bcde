import { changedSettings, PUBLISH_ALL } from '../../deployment/settings-changed.ts';
import { type Check, type Examined, ok, warn } from '../machine/check.ts';

/** Checks that all pages were written with the present settings. */
export async function settingsUsed(deployment: Pick<Examined, 'storage'>): Promise<Check> {
  const about = 'settings used';
  const found = await changedSettings(deployment);
  return found === undefined
    ? ok(about, 'all pages are written with the present settings')
    : warn(
        about,
        `${found.changed.join(', ')} changed, and older pages have the earlier values`,
        PUBLISH_ALL,
      );
}

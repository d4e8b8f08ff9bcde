import type { Podcast } from '../../../shared/settings/podcast-settings.ts';
import { type EditionOf, editionId } from './edition-of.ts';
import type { Site } from './site.ts';

/** The settings of the podcast that an edition is. A setting can spell the section in any way that has the same folder. */
export function podcastOf(of: EditionOf, site: Pick<Site, 'podcasts' | 'language'>): Podcast | undefined {
  if (of.kind !== 'section') return undefined;
  const id = editionId(of, site);
  return Object.entries(site.podcasts ?? {}).find(
    ([name]) => editionId({ kind: 'section', name }, site) === id,
  )?.[1];
}

import type { Podcast } from '../../../shared/settings/podcast-settings.ts';
import { type EditionOf, editionId } from './edition-of.ts';
import type { Site } from './site.ts';

/** The settings of the podcast that an edition is. A setting can spell the section in any way that has the same folder. */
export function podcastOf(of: EditionOf, { podcasts = {} }: Pick<Site, 'podcasts'>): Podcast | undefined {
  if (of.kind !== 'section') return undefined;
  const id = editionId(of);
  return Object.entries(podcasts).find(([name]) => editionId({ kind: 'section', name }) === id)?.[1];
}

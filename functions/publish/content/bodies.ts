import pMap from 'p-map';
import type { Entry } from '../model/entry.ts';
import type { Site } from '../model/site.ts';
import type { StateStore } from '../states/state.ts';
import { bodyIfThere } from './body.ts';
import { withFittingBody, withoutBody } from './fitting-body.ts';

/** Bodies read at the same time. A body may have 10 MB, so this bounds memory. */
const CONCURRENCY = 4;

/** Entries with their bodies, in order. A body that is lost or too large for a feed becomes the summary and a link. */
export function withBodies(entries: readonly Entry[], deps: StateStore & { site: Site }): Promise<Entry[]> {
  return pMap(
    entries,
    async entry => {
      const bodyHtml = await bodyIfThere(entry, deps);
      return bodyHtml === undefined
        ? withoutBody(entry, deps.site)
        : withFittingBody({ ...entry, bodyHtml }, deps.site);
    },
    { concurrency: CONCURRENCY },
  );
}

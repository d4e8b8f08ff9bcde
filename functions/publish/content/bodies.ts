import pMap from 'p-map';
import type { Entry } from '../model/entry.ts';
import type { Site } from '../model/site.ts';
import type { StateStore } from '../states/state.ts';
import { bodyIfThere } from './body.ts';
import { withFittingBody, withoutBody } from './fitting-body.ts';

/** Bodies read at once. One may have 10 MB, and more than a feed may hold of it is not kept. */
const AT_ONCE = { concurrency: 4 };

/** Entries with their bodies, in order. One whose body is too large for a feed, or lost, gets its summary and a link. */
export function withBodies(entries: readonly Entry[], deps: StateStore & { site: Site }): Promise<Entry[]> {
  return pMap(
    entries,
    async entry => {
      const bodyHtml = await bodyIfThere(entry, deps);
      return bodyHtml === undefined
        ? withoutBody(entry, deps.site)
        : withFittingBody({ ...entry, bodyHtml }, deps.site);
    },
    AT_ONCE,
  );
}

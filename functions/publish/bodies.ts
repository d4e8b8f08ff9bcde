import pMap from 'p-map';
import type { Bucket } from '../../shared/objects.ts';
import { bodyOf } from './body.ts';
import type { Entry } from './entry.ts';
import { withFittingBody } from './feeds/prepare.ts';
import type { Site } from './site.ts';

/** Bodies read at once. One may have 10 MB, and more than a feed may hold of it is not kept. */
const AT_ONCE = { concurrency: 4 };

/** Entries with their bodies, in order; of a body too large for a feed the summary and a link. */
export function withBodies(entries: readonly Entry[], archive: Bucket, site: Site): Promise<Entry[]> {
  return pMap(
    entries,
    async entry => withFittingBody({ ...entry, bodyHtml: await bodyOf(entry, archive) }, site),
    AT_ONCE,
  );
}

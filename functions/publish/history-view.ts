import type { Bucket } from '../../shared/objects.ts';
import { withBodies } from './bodies.ts';
import { byNewest, type Entry, entryOf } from './entry.ts';
import { ALL, HISTORY_PLACES, type Placed, pageIn } from './ledger.ts';
import { historyRenditions } from './renditions.ts';
import { mergeRows } from './rows.ts';
import type { Site } from './site.ts';
import type { View } from './view.ts';

/** An archive document of the main feed, as stored: what is live of its places, newest first. */
export interface HistoryPage {
  entries: Entry[];
}

/** Where the states of archive documents are, in the archive bucket. */
export const HISTORY = 'history/';

/** The view of one archive document (RFC 5005, section 4): what stands in its places of the ledger. */
export function historyView(
  page: number,
  placed: Placed,
  { archive, site }: { archive: Bucket; site: Site },
): View<HistoryPage> {
  return {
    key: `${HISTORY}${String(page).padStart(6, '0')}.json`,
    initial: { entries: [] },
    isEmpty: ({ entries }) => entries.length === 0,
    merge: ({ entries }, records) => ({
      entries: mergeRows(entries, records, article =>
        pageIn(placed, article.id, ALL, HISTORY_PLACES) === page ? entryOf(article) : undefined,
      ).sort(byNewest),
    }),
    async render({ entries }, { pages }) {
      const whole = await withBodies(entries, archive, site);
      return historyRenditions(whole, { page, pages: Math.max(pages, page + 1) }, site);
    },
  };
}

import pMap from 'p-map';
import type { Bucket } from '../../../shared/aws/bucket.ts';
import type { FunctionSettings } from '../../../shared/settings/settings.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import type { ArticleChange } from '../model/change.ts';
import { type EditionOf, editionId, isTopic } from '../model/edition-of.ts';
import { EDITIONS } from './edition-state.ts';
import { MONTHS_STATE } from './history-states.ts';

/** How long busy views wait for further new articles. */
export interface Postponing {
  /** Time, in milliseconds, for which the first article waits for others. With 0, nothing is postponed. */
  waitMs: number;
  /** The clock: RFC 3339, UTC. */
  now(): string;
}

/** The time of waiting that the settings state. */
export function postponingOf({ feeds }: Pick<FunctionSettings, 'feeds'>, now: () => string): Postponing {
  return { waitMs: feeds.collectMinutes * 60_000, now };
}

/**
 * Maximum number of new articles in a batch whose views are postponed. A larger batch writes each view once for many
 * articles anyway.
 */
const MAX_POSTPONED = 20;

/** Number of states that are looked at in parallel. */
const CONCURRENCY = 8;

export interface ViewsNow {
  editions: EditionOf[];
  /** Ids of the articles whose pages of the history are written later. */
  later: ReadonlySet<string>;
}

/**
 * Decides which views of a batch are written at once, and notes the new articles that other views still need. The main
 * edition, the sections, and all views of articles that were live before are written at once. So are quiet views, which
 * were not written for twice the time of waiting. Without the factor, a busy view would also be written just before the
 * end of each wait.
 * @param changes changes with all editions that the articles have or had
 * @param isNew whether an article is live now and was not live before
 */
export async function postponeViews(
  changes: readonly ArticleChange[],
  isNew: (id: string) => boolean,
  { articles, storage }: { articles: Articles; storage: Bucket },
  { waitMs, now }: Postponing,
): Promise<ViewsNow> {
  const all = changes.flatMap(({ editions }) => editions);
  const added = changes.filter(({ id }) => isNew(id));
  if (waitMs === 0 || added.length === 0 || added.length > MAX_POSTPONED)
    return { editions: all, later: new Set() };
  const instant = now();
  const quietBefore = Date.parse(instant) - 2 * waitMs;
  const isBusy = async (key: string) => {
    const state = await storage.head(key);
    return state !== undefined && state.lastModified.getTime() > quietBefore;
  };
  const urgent = new Set(
    changes.filter(({ id }) => !isNew(id)).flatMap(({ editions }) => editions.map(editionId)),
  );
  const topics = new Set(added.flatMap(({ editions }) => editions.filter(isTopic).map(editionId)));
  const waiting = new Set<string>();
  await pMap(
    [...topics].filter(id => !urgent.has(id)),
    async id => {
      if (await isBusy(`${EDITIONS}${id}.json`)) waiting.add(id);
    },
    { concurrency: CONCURRENCY },
  );
  // Every new article changes the list of months.
  const later = new Set((await isBusy(MONTHS_STATE.key)) ? added.map(({ id }) => id) : []);
  if (waiting.size > 0 || later.size > 0)
    await articles.postponed.enter(
      added.map(({ id }) => id),
      instant,
    );
  return { editions: all.filter(of => !waiting.has(editionId(of))), later };
}

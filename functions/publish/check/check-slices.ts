import { plus } from '../model/calendar.ts';
import { changeTo } from '../model/change.ts';
import { CHECK, type CheckState } from '../states/check-state.ts';
import { loadDirectory } from '../states/directory.ts';
import { EDITIONS } from '../states/edition-state.ts';
import { historyState, sitemapState } from '../states/history-states.ts';
import { HISTORY_POSITIONS, SITEMAP_POSITIONS, sitemapOf } from '../states/positions.ts';
import { revise } from '../states/state.ts';
import type { PublishDeps } from '../views/view.ts';
import { checkEditions } from './check-editions.ts';
import { checkPages, publishGoneFirst } from './compare.ts';
import { ARTICLES_PER_BATCH, isOutOfTime, publishAll, tried, type Work } from './rebuild-work.ts';

/*
 * The parts of the daily check that go on where the last check ended. They grow with the archive, so that a round takes
 * thirty days up to ten million articles. Their bounds keep a check below a quarter of a dollar (docs/costs.md).
 */

const DAYS_PER_ROUND = 30;

/** The 30,000 editions of a large site take thirty days. A smaller site is checked more often. */
const EDITIONS_PER_CHECK = 1_000;

/** 50,000 to 350,000 articles. */
const SITEMAPS_PER_CHECK = { min: 100, max: 700 };

/** Number of live articles in the index whose positions are read. */
const LISTED_PER_CHECK = { min: 50_000, max: 350_000 };

const MEDIA_PER_CHECK = 20_000;

/** Media that were changed so long before the first check are checked. */
const FIRST_MEDIA_MS = 2 * 86_400_000;

/** Media that were changed so long before the last check are checked again, because an index is behind the table. */
const MEDIA_OVERLAP_MS = 3_600_000;

const HISTORY_PER_SITEMAP = SITEMAP_POSITIONS / HISTORY_POSITIONS;

/** A part of the check. It changes the positions in `state`, so that the next check continues from there. */
type Slice = (state: CheckState, deps: SliceDeps, work: Work) => Promise<void>;

interface SliceDeps extends PublishDeps {
  now(): string;
}

/**
 * Checks the next slices of the archive, and the media that were changed since the last check. If the time of the call
 * ends, the next check continues from there.
 */
export async function checkSlices(deps: SliceDeps, work: Work): Promise<void> {
  for (const slice of [nextEditions, changedMedia, nextListed, nextPages])
    if (!(await checkSlice(slice, deps, work))) return;
}

/** Runs one slice and stores how far it came. Returns false if the time of the call has ended. */
async function checkSlice(slice: Slice, deps: SliceDeps, work: Work): Promise<boolean> {
  const { state: before } = await revise(deps, CHECK, state => state);
  const state = { ...before };
  let hasTime = true;
  try {
    await slice(state, deps, work);
  } catch (error) {
    if (!isOutOfTime(error)) throw error;
    hasTime = false;
  }
  await revise(deps, CHECK, () => state);
  return hasTime;
}

/** The part of a list that one check covers. */
function sliceOf(total: number, { min, max }: { min: number; max: number }): number {
  return Math.min(max, Math.max(min, Math.ceil(total / DAYS_PER_ROUND)));
}

const nextEditions: Slice = async (state, deps, work) => {
  const { keys: all, isLast } = await deps.storage.keysAfter(EDITIONS, state.edition);
  const keys = all.slice(0, EDITIONS_PER_CHECK);
  for (let from = 0; from < keys.length; from += ARTICLES_PER_BATCH) {
    deps.requireTime?.(EDITIONS);
    const batch = keys.slice(from, from + ARTICLES_PER_BATCH);
    await tried(EDITIONS, deps, work, () => checkEditions(batch, deps, work));
    state.edition = batch.at(-1);
  }
  if (isLast && all.length <= EDITIONS_PER_CHECK) state.edition = undefined;
};

const nextPages: Slice = async (state, deps, work) => {
  const { state: directory } = await loadDirectory(deps);
  const newest = sitemapOf(directory.pages - 1);
  const size = sliceOf(newest + 1, SITEMAPS_PER_CHECK);
  for (let count = 0; count < size; count++) {
    const sitemap = Math.min(state.sitemap ?? newest, newest);
    if (sitemap < 0) return;
    const { key } = sitemapState(sitemap);
    deps.requireTime?.(key);
    const first = sitemap * HISTORY_PER_SITEMAP;
    const end = Math.min(first + HISTORY_PER_SITEMAP, directory.pages);
    const documents = Array.from({ length: end - first }, (_, at) => historyState(first + at).key);
    await tried(key, deps, work, async () => {
      await checkPages([key, ...documents], deps, work);
    });
    state.sitemap = sitemap > 0 ? sitemap - 1 : undefined;
    if (sitemap === 0) return;
  }
};

/** Live articles without a position were never published. */
const nextListed: Slice = async (state, deps, work) => {
  const { articles } = deps;
  const months = await articles.months();
  const { state: directory } = await loadDirectory(deps);
  const size = sliceOf(directory.pages * HISTORY_POSITIONS, LISTED_PER_CHECK);
  for (let left = size; left > 0; ) {
    const month = months.find(each => each <= (state.live?.month ?? each));
    if (month === undefined) return;
    deps.requireTime?.(month);
    const from = state.live?.month === month ? state.live.from : undefined;
    const { entries, next } = await articles.lists.month(month, undefined, from);
    const positions = await articles.positions.read(entries.map(({ id }) => id));
    const missing = entries.filter(({ id }) => !positions.has(id)).map(({ id }) => changeTo(id));
    await publishAll(missing, deps, work);
    left -= Math.max(1, entries.length);
    const older = months.find(each => each < month);
    if (next !== undefined) state.live = { month, from: next };
    else state.live = older === undefined ? undefined : { month: older };
    if (state.live === undefined) return;
  }
};

const changedMedia: Slice = async (state, deps, work) => {
  const now = deps.now();
  const since = plus(state.media ?? plus(now, -FIRST_MEDIA_MS), -MEDIA_OVERLAP_MS);
  const { articles } = work;
  let last = since;
  let batch: string[] = [];
  const publish = async () => {
    deps.requireTime?.('media');
    const changes = batch.map(id => changeTo(id, { media: [id] }));
    batch = [];
    await publishGoneFirst(changes, deps, work);
    state.media = last;
  };
  let count = 0;
  for (const month of monthsBetween(since, now))
    for await (const { id, ingestedAt } of deps.articles.lists.mediaOf(month, since)) {
      if (++count > MEDIA_PER_CHECK) break;
      last = ingestedAt;
      if (batch.push(id) >= ARTICLES_PER_BATCH) await publish();
    }
  await publish();
  if (count <= MEDIA_PER_CHECK) state.media = now;
  // Media are no articles.
  work.articles = articles;
};

/** The months (`2026-11`) from one instant to another. */
function monthsBetween(from: string, until: string): string[] {
  const months: string[] = [];
  const day = new Date(`${from.slice(0, 7)}-01T00:00:00.000Z`);
  for (; day.toISOString() <= until; day.setUTCMonth(day.getUTCMonth() + 1))
    months.push(day.toISOString().slice(0, 7));
  return months;
}

import type { Bucket } from '../../../shared/aws/bucket.ts';
import { inParallel } from '../../../shared/errors/in-parallel.ts';
import type { Article } from '../../../shared/model/article.ts';
import type { FunctionSettings } from '../../../shared/settings/settings.ts';

import type { Articles } from '../../../shared/table/articles.ts';
import { dayOf, monthOfDay } from '../model/calendar.ts';
import { type ArticleChange, changeTo } from '../model/change.ts';
import { type EditionOf, editionId, isTopic } from '../model/edition-of.ts';
import type { Site } from '../model/site.ts';
import { EDITIONS } from './edition-state.ts';
import { monthState } from './history-states.ts';

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
 * end of each wait. The note names the topics, because a later record can have others. If a call
 * merges an article into a topic and then dies, the next call finds the topic in the note.
 * @param changes changes with all editions that the articles have or had
 * @param newArticles the articles that are live now and were not live before, by id
 */
export async function postponeViews(
  changes: readonly ArticleChange[],
  newArticles: ReadonlyMap<string, Article>,
  { articles, storage, site }: { articles: Articles; storage: Bucket; site: Site },
  { waitMs, now }: Postponing,
): Promise<ViewsNow> {
  const all = changes.flatMap(({ editions }) => editions);
  const added = changes.filter(({ id }) => newArticles.has(id));
  if (waitMs === 0 || added.length === 0 || added.length > MAX_POSTPONED)
    return { editions: all, later: new Set() };
  const idOf = (of: EditionOf) => editionId(of, site);
  const instant = now();
  const quietBefore = Date.parse(instant) - 2 * waitMs;
  const isBusy = async (key: string) => {
    const state = await storage.head(key);
    return state !== undefined && state.lastModified.getTime() > quietBefore;
  };
  const urgent = new Set(
    changes.filter(({ id }) => !newArticles.has(id)).flatMap(({ editions }) => editions.map(idOf)),
  );
  const topics = new Set(added.flatMap(({ editions }) => editions.filter(isTopic).map(idOf)));
  const waiting = new Set<string>();
  await inParallel(
    [...topics].filter(id => !urgent.has(id)),
    async id => {
      if (await isBusy(`${EDITIONS}${id}.json`)) waiting.add(id);
    },
    { concurrency: CONCURRENCY },
  );
  // Every new article changes the counts of its month. The list of months rounds them, so it changes rarely.
  const later = new Set<string>();
  const monthOf = (article: Article) => monthState(monthOfDay(dayOf(article.publishedAt, site.timeZone))).key;
  for (const month of new Set([...newArticles.values()].map(monthOf)))
    if (await isBusy(month))
      for (const article of newArticles.values()) if (monthOf(article) === month) later.add(article.id);
  const notes = added.flatMap(({ id, editions }) => {
    const topics = editions.filter(of => waiting.has(idOf(of)));
    const change = changeTo(id, { editions: topics });
    return topics.length > 0 || later.has(id) ? [{ id, since: instant, change }] : [];
  });
  await articles.postponed.enter(notes);
  return { editions: all.filter(of => !waiting.has(idOf(of))), later };
}

import { joinGroupAsArticle } from '../../../shared/duplicates/join-group.ts';
import { settle } from '../../../shared/duplicates/settle.ts';
import { recognizeSimilar } from '../../../shared/duplicates/similarity.ts';
import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { type Article, type ArticleRecord, isArticle } from '../../../shared/model/article.ts';
import { nextChangeOf, statusAt } from '../../../shared/model/schedule.ts';
import type { FunctionSettings } from '../../../shared/settings/settings.ts';
import { type Articles, LAST_INSTANT } from '../../../shared/table/articles.ts';
import { plus } from '../model/calendar.ts';

/**
 * Number of articles that are released in parallel. A release makes about ten requests, one after the other. The index
 * `due` is one partition, which takes 1,000 writes a second.
 */
const CONCURRENCY = 32;

/** Number of due articles whose status is read together. */
const ARTICLES_PER_READ = 100;

/**
 * Time in milliseconds after which a call begins no further release. The next tick goes on, because released articles
 * leave the index. So at most the ticks of two minutes work at the same time.
 */
const RELEASE_MS = 90_000;

/** How a tick waits for articles that fall due before the next tick. */
export interface LookAhead {
  /** Maximum wait, in milliseconds. */
  aheadMs: number;
  /** Delay of each release, in milliseconds. It is needed because clocks differ. */
  marginMs: number;
  sleep(ms: number): Promise<void>;
}

export interface ReleaseDeps {
  articles: Articles;
  /** Settings for a due article that is nearly the same as a live article. */
  duplicates: FunctionSettings['duplicates'];
  /** The clock: RFC 3339, UTC, with milliseconds. */
  now(): string;
  lookAhead?: LookAhead;
  onReleased(article: Article): void;
  /** Called for each article that could not be changed. The other articles are still released. */
  onFailed(id: string, error: unknown): void;
}

/**
 * Makes articles live if their embargo is over, or marks them as duplicates of a live article. Withdraws expired
 * articles and promotes a duplicate of each. Articles that must leave the site come first. It changes only the table,
 * whose change stream starts publishing. Several calls can do this at the same time: each article is released once.
 */
export async function releaseDue(deps: ReleaseDeps): Promise<void> {
  const { articles, onReleased, onFailed } = deps;
  const now = safely(deps);
  const until = plus(deps.now(), RELEASE_MS);
  for (const ids of await dueGoneFirst(articles, now))
    await inParallel(
      ids,
      async id => {
        if (deps.now() >= until) return;
        try {
          const released = await release(deps, id, now);
          if (released !== undefined) onReleased(released);
        } catch (error) {
          onFailed(id, error);
        }
      },
      { concurrency: CONCURRENCY },
    );
}

/**
 * The due articles that are on the site, and then the others. Each list starts at a random place, so that ticks that
 * overlap do not work on the same articles.
 */
async function dueGoneFirst(articles: Articles, now: string): Promise<[gone: string[], others: string[]]> {
  const [gone, others]: [string[], string[]] = [[], []];
  let ids: string[] = [];
  const sort = async () => {
    const versions = await articles.lists.versions(ids);
    for (const id of ids) (versions.get(id)?.isLive ? gone : others).push(id);
    ids = [];
  };
  for await (const id of articles.due(now)) if (ids.push(id) >= ARTICLES_PER_READ) await sort();
  if (ids.length > 0) await sort();
  return [rotated(gone, articles), rotated(others, articles)];
}

function rotated(ids: readonly string[], { pacing }: Articles): string[] {
  const start = Math.floor(pacing.random() * ids.length);
  return [...ids.slice(start), ...ids.slice(0, start)];
}

/**
 * Waits for articles that fall due within `lookAhead.aheadMs`, and releases each at its instant. It returns at once if
 * no article falls due. Several calls can wait for the same article, but only one call releases it.
 */
export async function releaseAhead(deps: ReleaseDeps & { lookAhead: LookAhead }): Promise<void> {
  const { articles, lookAhead } = deps;
  const end = plus(deps.now(), lookAhead.aheadMs);
  for (;;) {
    const next = await nextInstant(articles, safely(deps), end);
    if (next === undefined) return;
    // A timer can fire too early. The next round then waits for the rest of the time.
    await lookAhead.sleep(Math.max(1, Date.parse(next) + lookAhead.marginMs - Date.parse(deps.now())));
    if (next <= safely(deps)) await releaseDue(deps);
  }
}

/** The latest instant that is in the past on every clock. */
function safely({ now, lookAhead: watch }: ReleaseDeps): string {
  return plus(now(), -(watch?.marginMs ?? 0));
}

/** The first instant later than `after`, up to `end`, at which an article changes its status. */
async function nextInstant(articles: Articles, after: string, end: string): Promise<string | undefined> {
  // The articles up to `after` could not be released, so they are skipped.
  for await (const { at } of articles.lists.due(after, end)) if (at > after && at <= end) return at;
  return undefined;
}

async function release(
  { articles, duplicates }: ReleaseDeps,
  id: string,
  now: string,
): Promise<Article | undefined> {
  const record = await articles.get(id);
  if (record !== undefined && (nextChangeOf(record) ?? LAST_INSTANT) > now)
    await endNotice(articles, record, now);
  if (record?.status !== 'scheduled' && record?.status !== 'live' && record?.status !== 'duplicate')
    return undefined;
  const change = statusAt(record, now);
  // A duplicate changes only when it expires.
  const isDue =
    record.status === 'duplicate' ? change.status === 'withdrawn' : change.status !== record.status;
  if (!isDue) return undefined;
  const due = { ...record, ...change };
  const draft = due.status === 'live' ? await recognizeSimilar(articles, due, record, duplicates) : due;
  const joined = await joinGroupAsArticle(articles, draft, record, now);
  const next = articles.withNews({ ...joined, version: record.version + 1 }, record, now);
  // If another writer has changed the record, the next tick tries again.
  if (!(await articles.replace(record, next))) return undefined;
  const settled = await settle(articles, next, now, record);
  return isArticle(settled) ? settled : next;
}

/** Removes the notice of an article that left the site, if its time is over. If another writer is first, the next tick tries again. */
async function endNotice(articles: Articles, record: ArticleRecord, now: string): Promise<void> {
  if (record.gone !== undefined && record.gone.until <= now)
    await articles.replace(
      record,
      articles.withNews({ ...record, version: record.version + 1 }, record, now),
    );
}

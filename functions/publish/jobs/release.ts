import { joinGroupAsArticle } from '../../../shared/duplicates/join-group.ts';
import { settle } from '../../../shared/duplicates/settle.ts';
import { recognizeSimilar } from '../../../shared/duplicates/similarity.ts';
import { type Article, isArticle } from '../../../shared/model/article.ts';
import { nextChangeOf, statusAt } from '../../../shared/model/schedule.ts';
import type { FunctionSettings } from '../../../shared/settings/settings.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import { plus } from '../model/calendar.ts';

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
 * articles and promotes a duplicate of each. It changes only the table, whose change stream starts publishing.
 */
export async function releaseDue(deps: ReleaseDeps): Promise<void> {
  const { articles, onReleased, onFailed } = deps;
  const now = safely(deps);
  for await (const id of articles.due(now)) {
    try {
      const released = await release(deps, id, now);
      if (released !== undefined) onReleased(released);
    } catch (error) {
      onFailed(id, error);
    }
  }
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
  // The ids are in order of time. The articles up to `after` could not be released, so they are skipped.
  for await (const id of articles.due(end)) {
    // This read accepts a broken record, which the release reports.
    const record = await articles.getForWrite(id);
    const instant = record && nextChangeOf(record);
    if (instant !== undefined && instant > after && instant <= end) return instant;
  }
  return undefined;
}

async function release(
  { articles, duplicates }: ReleaseDeps,
  id: string,
  now: string,
): Promise<Article | undefined> {
  const record = await articles.get(id);
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
  const next = { ...joined, version: record.version + 1 };
  // If another writer has changed the record, the next tick tries again.
  if (!(await articles.replace(record, next))) return undefined;
  const settled = await settle(articles, next, now, record);
  return isArticle(settled) ? settled : next;
}

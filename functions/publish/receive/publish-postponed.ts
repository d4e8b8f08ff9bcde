import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { type Published, publishChanges } from '../jobs/publish-changes.ts';
import { plus } from '../model/calendar.ts';
import { type ArticleChange, addChange } from '../model/change.ts';
import type { Postponing } from '../states/postponed.ts';
import { changeOf, rememberChange } from '../states/unpublished.ts';
import type { PublishDeps } from '../views/view.ts';

/**
 * Number of articles that are published together. Each batch writes all busy views once more. Memory must hold the
 * records of a batch, which have at most 200 KB each.
 */
const ARTICLES_PER_BATCH = 500;

/**
 * Number of waiting articles that wait no longer. The search reads the newest articles from the main feed, which has at
 * least 200 of a day, and finds older ones in the index, which waits with the history.
 */
const MAX_WAITING = 150;

/** Maximum number of batches in a call. Each takes about ten seconds. */
const MAX_BATCHES = 4;

/** Number of articles of a failed batch that are remembered in parallel. */
const CONCURRENCY = 8;

export interface PostponedDeps extends PublishDeps {
  postponing: Postponing;
  /** Called for each batch that was published. */
  onPublished?(ids: string[], done: Published): void;
  /** Called for each batch that failed. */
  onFailed?(ids: string[], error: unknown): void;
}

/**
 * Writes the postponed views of new articles, if the oldest has waited long enough. All waiting articles share this one
 * write. The articles of a batch that fails are remembered as changes that could not be published, and the others wait
 * for the next call.
 */
export async function publishPostponed(deps: PostponedDeps): Promise<void> {
  const { articles, postponing } = deps;
  const now = postponing.now();
  const dueSince = plus(now, -postponing.waitMs);
  for (let batches = 0; batches < MAX_BATCHES; batches++) {
    const waiting = await articles.postponed.list(ARTICLES_PER_BATCH);
    const [oldest] = waiting;
    if (oldest === undefined || oldest.since > now) return;
    const isCrowded = deps.site.search && waiting.length >= MAX_WAITING;
    if (batches === 0 && oldest.since > dueSince && !isCrowded) return;
    const changes = new Map<string, ArticleChange>();
    for (const each of waiting) addChange(changes, changeOf(each));
    const ids = [...changes.keys()];
    let isFailed = false;
    try {
      const done = await publishChanges([...changes.values()], deps, 'postponed');
      deps.onPublished?.(ids, done);
    } catch (error) {
      isFailed = true;
      deps.onFailed?.(ids, error);
      await rememberAll([...changes.values()], error, deps);
    }
    await articles.postponed.remove(waiting);
    if (isFailed) return;
  }
}

/** Remembers changes whose views could not be written. Articles that left the site meanwhile are tried first. */
async function rememberAll(
  changes: readonly ArticleChange[],
  error: unknown,
  { articles, postponing }: PostponedDeps,
): Promise<void> {
  const versions = await articles.lists.versions(changes.map(({ id }) => id));
  await inParallel(
    changes,
    change => {
      const isGone = versions.get(change.id)?.isLive !== true;
      return rememberChange(change, { isGone, error, now: postponing.now() }, articles);
    },
    { concurrency: CONCURRENCY },
  );
}

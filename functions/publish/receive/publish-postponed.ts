import { publishChanges } from '../jobs/publish-changes.ts';
import type { PublishDeps, Published } from '../jobs/publish-deps.ts';
import { plus } from '../model/calendar.ts';
import { changeTo } from '../model/change.ts';
import type { Postponing } from '../states/postponed.ts';
import { rememberChange } from '../states/unpublished.ts';

/**
 * Number of articles that are published together. Each batch writes all busy views once more. Memory must hold the
 * records of a batch, which have at most 200 KB each.
 */
const ARTICLES_PER_BATCH = 500;

/** Maximum number of batches in a call. Each takes about ten seconds. */
const MAX_BATCHES = 4;

export interface PostponedDeps extends PublishDeps {
  postponing: Postponing;
  /** Called for each batch that was published. */
  onPublished?(ids: string[], done: Published): void;
  /** Called for each batch that failed. */
  onFailed?(ids: string[], error: unknown): void;
}

/**
 * Writes the postponed views of new articles, if the oldest has waited long enough. All waiting articles share this one
 * write. The articles of a batch that fails are remembered as changes that could not be published.
 */
export async function publishPostponed(deps: PostponedDeps): Promise<void> {
  const { articles, postponing } = deps;
  const now = postponing.now();
  const dueSince = plus(now, -postponing.waitMs);
  for (let batches = 0; batches < MAX_BATCHES; batches++) {
    const waiting = await articles.postponed.list(ARTICLES_PER_BATCH);
    const [oldest] = waiting;
    if (oldest === undefined || (batches === 0 && oldest.since > dueSince) || oldest.since > now) return;
    const ids = [...new Set(waiting.map(({ id }) => id))];
    const changes = ids.map(id => changeTo(id));
    try {
      const done = await publishChanges(changes, deps, 'postponed');
      deps.onPublished?.(ids, done);
    } catch (error) {
      deps.onFailed?.(ids, error);
      for (const change of changes)
        await rememberChange(change, { isGone: false, error, now: postponing.now() }, articles);
    }
    await articles.postponed.remove(waiting);
  }
}

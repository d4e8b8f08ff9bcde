import { CopydeskError, reportOf } from '../../../shared/errors/errors.ts';
import { inParallel } from '../../../shared/errors/in-parallel.ts';
import type { Unpublished, Waiting } from '../../../shared/table/unpublished-changes.ts';
import { plus } from '../model/calendar.ts';
import { BAD_STATE } from '../states/state.ts';
import { changeOf } from '../states/unpublished.ts';
import type { PublishDeps } from '../views/view.ts';
import { type Published, publishChanges } from './publish-changes.ts';

/** Number of changes that are published together. Memory must hold the bodies of their articles at the same time. */
const CHANGES_PER_BATCH = 100;

/** Bounds of one retry. A retry stops after so many failed calls, because the fault is then not in single articles. */
interface Bounds {
  changes: number;
  failures: number;
}

/** A tick. Publishing 300 articles takes about a quarter of a minute. Ten failures find one bad article of a batch. */
const TICK: Bounds = { changes: 300, failures: 10 };

/** A retry by command, and the daily check. The time of the call is the other bound. */
const ALL: Bounds = { changes: 10_000, failures: 200 };

/** Maximum number of remembered changes that are counted and listed, of each kind. */
const MAX_LISTED = 1_000;

/** Number of items that are deleted in parallel. */
const CONCURRENCY = 8;

const MINUTE_MS = 60_000;

/**
 * Maximum pauses between two tries of a change. Readers see the text of a killed article until its change is published,
 * so its pause is shorter.
 */
const MAX_PAUSE_MS = { gone: 5 * MINUTE_MS, live: 30 * MINUTE_MS };

export interface RetryDeps extends PublishDeps {
  /** The clock: RFC 3339, UTC. */
  now(): string;
  /** Called for each batch of changes that was published. */
  onRetried?(ids: string[], done: Published): void;
  /** Called for each change that failed again. */
  onFailedAgain?(id: string, error: unknown): void;
}

export interface RetryResult {
  /** Number of remembered changes that are published now. */
  published: number;
  /** Number of changes that failed again. */
  failures: number;
  /** Number of changes that were not tried, because too many others failed or the time ended. At most 2,000 are counted. */
  left: number;
}

/** The remembered changes, first those of articles that must leave the site. */
export interface WaitingChanges {
  gone: Waiting[];
  live: Waiting[];
}

/** Reads which changes are remembered, at most 1,000 of each kind. */
export async function waitingChanges({ articles }: Pick<PublishDeps, 'articles'>): Promise<WaitingChanges> {
  const { unpublished } = articles;
  const [gone, live] = await Promise.all([
    unpublished.waiting('gone', MAX_LISTED),
    unpublished.waiting('live', MAX_LISTED),
  ]);
  return { gone, live };
}

/**
 * Publishes the remembered changes whose pause is over. Articles that must leave the site come first: if any change is
 * tried, one of them is tried before it. If that succeeds, a fault is over, and the others of them do not wait for the
 * end of their pauses.
 */
export async function retryDue({ gone, live }: WaitingChanges, deps: RetryDeps): Promise<RetryResult> {
  const now = deps.now();
  const isDue = ({ next }: Waiting) => next <= now;
  const retry = new Retry(deps, TICK);
  const dueLive = live.filter(isDue);
  const dueGone = gone.filter(isDue);
  const [probe] = gone;
  if (dueGone.length > 0) await retry.run(dueGone);
  else if (dueLive.length > 0 && probe !== undefined) await retry.run([probe]);
  if (retry.result.published > 0) await retry.run(gone);
  await retry.run(dueLive);
  return retry.result;
}

/** Publishes the remembered changes, also those whose pause is not over. */
export async function retryAll(deps: RetryDeps): Promise<RetryResult> {
  const retry = new Retry(deps, ALL);
  for (;;) {
    const { gone, live } = await waitingChanges(deps);
    const fresh = [...gone, ...live].filter(({ id }) => !retry.tried.has(id));
    await retry.run(fresh);
    if (retry.isOver || fresh.length < MAX_LISTED) return retry.result;
  }
}

class Retry {
  readonly tried = new Set<string>();
  readonly result: RetryResult = { published: 0, failures: 0, left: 0 };
  readonly #deps: RetryDeps;
  readonly #bounds: Bounds;
  /** Number of failed calls, also of calls with several changes. */
  #failedCalls = 0;
  #isOutOfTime = false;

  constructor(deps: RetryDeps, bounds: Bounds) {
    this.#deps = deps;
    this.#bounds = bounds;
  }

  get isOver(): boolean {
    return this.#isStuck || this.tried.size >= this.#bounds.changes;
  }

  get #isStuck(): boolean {
    return this.#isOutOfTime || this.#failedCalls >= this.#bounds.failures;
  }

  /** Tries changes in batches, the oldest first. */
  async run(waiting: readonly Waiting[]): Promise<void> {
    const fresh = waiting.filter(({ id }) => !this.tried.has(id));
    for (let from = 0; from < fresh.length; from += CHANGES_PER_BATCH) {
      const batch = fresh.slice(from, from + CHANGES_PER_BATCH);
      if (this.isOver) {
        this.result.left += fresh.length - from;
        return;
      }
      const changes = await this.#deps.articles.unpublished.readMany(batch.map(({ id }) => id));
      for (const { id } of batch) this.tried.add(id);
      await this.#publish(changes.sort(byAge));
    }
  }

  /** Publishes changes together. If this fails, publishes each half, until the failing change is alone. */
  async #publish(changes: readonly Unpublished[]): Promise<void> {
    const [first] = changes;
    if (first === undefined) return;
    if (this.#isStuck) {
      this.result.left += changes.length;
      return;
    }
    const { articles, onBroken, onRetried } = this.#deps;
    const broken = new Map<string, CopydeskError>();
    try {
      const done = await publishChanges(changes.map(changeOf), {
        ...this.#deps,
        onBroken: error => {
          if (error.code !== BAD_STATE) broken.set(error.subject, error);
          onBroken(error);
        },
      });
      const published = changes.filter(({ id }) => !broken.has(id));
      await inParallel(published, change => articles.unpublished.forget(change), {
        concurrency: CONCURRENCY,
      });
      this.result.published += published.length;
      if (published.length > 0)
        onRetried?.(
          published.map(({ id }) => id),
          done,
        );
      for (const change of changes)
        if (broken.has(change.id)) await this.#failed(change, broken.get(change.id));
    } catch (error) {
      this.#failedCalls++;
      if (error instanceof CopydeskError && error.code === 'out-of-time') this.#isOutOfTime = true;
      if (changes.length === 1) return this.#failed(first, error);
      const middle = changes.length >>> 1;
      await this.#publish(changes.slice(0, middle));
      await this.#publish(changes.slice(middle));
    }
  }

  async #failed(change: Unpublished, error: unknown): Promise<void> {
    const { now, articles, onFailedAgain } = this.#deps;
    const { code, message } = reportOf(error);
    const next = plus(now(), pauseMs(change));
    this.result.failures++;
    onFailedAgain?.(change.id, error);
    await articles.unpublished.failedAgain(change, { code, message, next });
  }
}

/** Pause before the next try of a change that failed again. It doubles with each try. */
function pauseMs({ tries, isGone }: Unpublished): number {
  const doubled = MINUTE_MS * 2 ** Math.min(tries - 1, 10);
  return Math.min(doubled, isGone ? MAX_PAUSE_MS.gone : MAX_PAUSE_MS.live);
}

/** Compares by the first failure, the oldest first. */
function byAge(a: Unpublished, b: Unpublished): number {
  if (a.since !== b.since) return a.since < b.since ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

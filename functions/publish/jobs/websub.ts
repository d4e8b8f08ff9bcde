import * as z from 'zod/mini';
import { LOG_EVENTS, type Log } from '../../../shared/aws/telemetry.ts';
import { inParallel } from '../../../shared/errors/in-parallel.ts';
import type { HubProbe } from '../../../shared/model/probe.ts';
import { webAddress } from '../../../shared/text/web-address.ts';
import { EDITION_FILES, siteAddress } from '../content/addresses.ts';
import { plus } from '../model/calendar.ts';
import type { Site } from '../model/site.ts';
import { load, revise, type StateOf, type StateStore } from '../states/state.ts';

export interface HubDeps extends StateStore {
  site: Site;
  /** Absent on a laptop, because no hub can read its feeds. Then no hub is notified. */
  fetch?: typeof fetch;
  /** The clock: RFC 3339, UTC. */
  now(): string;
  log: Log;
}

/** A feed about which the hub must be notified. */
const Waiting = z.object({
  changedAt: z.string(),
  dueAt: z.string(),
  /** Number of failed requests since the last successful one. */
  failures: z.number(),
});
type Waiting = z.infer<typeof Waiting>;

/** The feeds about which the hub must still be told, by their addresses. */
export const WAITING: StateOf<Record<string, Waiting>> = {
  key: 'websub.json',
  schema: z.record(z.string(), Waiting),
  initial: {},
};

/**
 * Maximum time, in milliseconds, for which caches give the hub the old feed: 30 seconds in our cache
 * (`model/rendition.ts`), 30 in a cache behind it, and 30 for clocks that differ. After the first request the hub can
 * still read the old feed, so a second request follows after this time.
 */
const MAX_CACHE_MS = 90_000;

const REQUEST_TIMEOUT_MS = 5_000;

/** The time limit of all requests after a batch is short, because a batch delays other changes. */
const BATCH_BUDGET_MS = 5_000;

const TICK_BUDGET_MS = 20_000;

/** Number of parallel requests. Public hubs accept this number from one address. */
const CONCURRENCY = 4;

/** Maximum pause after a failed request, in milliseconds. The pauses are 1, 2, 4, … minutes. */
const MAX_PAUSE_MS = 3_600_000;

/** Maximum number of waiting feeds. Without a limit a dead hub would make the state grow. */
const MAX_WAITING_FEEDS = 1_000;

const FEED_FILES: ReadonlySet<string> = new Set([EDITION_FILES.rss, EDITION_FILES.atom, EDITION_FILES.json]);

/** Result of a request. The hub would refuse a retry after `refused`. A retry after `failed` can succeed. */
type Answer = 'heard' | 'refused' | 'failed';

/**
 * Runs work that writes files of the site, and then tells the hub which feeds were written. It also tells the hub if
 * the work fails, because a retry does not write these feeds again. A failure of the hub is only logged.
 * @param work calls its argument with the key of each written file
 */
export async function tellingHub<T>(
  deps: HubDeps,
  work: (onWritten: (key: string) => void) => Promise<T>,
): Promise<T> {
  const written = new Set<string>();
  try {
    return await work(key => {
      written.add(key);
    });
  } finally {
    await quietly(deps, () => tellOfChanged([...written].filter(isFeed), deps));
  }
}

/** Tells the hub about the main feed, to learn whether it takes notifications. Returns undefined without a hub. */
export async function askHub(deps: Pick<HubDeps, 'site' | 'fetch'>): Promise<HubProbe | undefined> {
  const address = hubOf(deps);
  if (address === undefined) return undefined;
  const topic = siteAddress(deps.site, EDITION_FILES.rss);
  const { message: fault } = await pingOne(
    address,
    topic,
    deps.fetch ?? globalThis.fetch,
    AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  );
  return { address, fault };
}

/** Tells the hub about the waiting feeds that are due. A failure of the hub is only logged. */
export async function tellHubAgain(deps: HubDeps): Promise<void> {
  await quietly(deps, () => tellOfDue(deps));
}

async function tellOfChanged(keys: readonly string[], deps: HubDeps): Promise<void> {
  const hub = hubOf(deps);
  if (hub === undefined || keys.length === 0) return;
  const topics = keys.map(key => siteAddress(deps.site, key)).sort(byReach);
  const now = deps.now();
  // The feeds are stored first. If this call dies, the next tick tells the hub.
  try {
    await revise(deps, WAITING, state => noted(state, topics, now));
  } finally {
    await ping(hub, topics, deps, BATCH_BUDGET_MS);
  }
}

async function tellOfDue(deps: HubDeps): Promise<void> {
  const hub = hubOf(deps);
  if (hub === undefined) return;
  const now = deps.now();
  const { state } = await load(deps, WAITING);
  const due = Object.keys(state)
    .filter(topic => (state[topic]?.dueAt ?? now) <= now)
    .sort(byReach);
  if (due.length === 0) return;
  const answers = await ping(hub, due, deps, TICK_BUDGET_MS);
  await revise(deps, WAITING, newest => settled(newest, answers, now));
}

/** Adds changed feeds to the state. A feed is due after {@link MAX_CACHE_MS}, or earlier if it was due earlier. */
function noted(
  state: Readonly<Record<string, Waiting>>,
  topics: readonly string[],
  now: string,
): Record<string, Waiting> {
  const dueAt = plus(now, MAX_CACHE_MS);
  const waiting = new Map(Object.entries(state));
  for (const topic of topics) {
    const earlier = waiting.get(topic);
    waiting.set(topic, {
      changedAt: now,
      dueAt: earlier && earlier.dueAt < dueAt ? earlier.dueAt : dueAt,
      failures: earlier?.failures ?? 0,
    });
  }
  const inOrder = [...waiting].sort(([a], [b]) => byReach(a, b));
  return Object.fromEntries(inOrder.slice(0, MAX_WAITING_FEEDS));
}

/** The state after the answers of the hub. The requests were sent at `askedAt`. */
function settled(
  state: Readonly<Record<string, Waiting>>,
  answers: ReadonlyMap<string, Answer>,
  askedAt: string,
): Record<string, Waiting> {
  const left: Record<string, Waiting> = {};
  for (const [topic, waiting] of Object.entries(state)) {
    const answer = answers.get(topic);
    const { changedAt, failures } = waiting;
    if (answer === undefined) left[topic] = waiting;
    else if (answer === 'failed') {
      const pause = Math.min(60_000 * 2 ** failures, MAX_PAUSE_MS);
      left[topic] = { changedAt, dueAt: plus(askedAt, pause), failures: failures + 1 };
    } else if (plus(changedAt, MAX_CACHE_MS) > askedAt) {
      left[topic] = { changedAt, dueAt: plus(changedAt, MAX_CACHE_MS), failures: 0 };
    }
  }
  return left;
}

/** Tells the hub about each feed. A request without an answer in time counts as failed. */
async function ping(
  hub: string,
  topics: readonly string[],
  { fetch = globalThis.fetch, log }: HubDeps,
  milliseconds: number,
): Promise<Map<string, Answer>> {
  const signal = AbortSignal.timeout(milliseconds);
  const answers = new Map<string, Answer>();
  let problem: string | undefined;
  await inParallel(
    topics,
    async topic => {
      const { answer, message } = await pingOne(hub, topic, fetch, signal);
      answers.set(topic, answer);
      problem ??= message;
    },
    { concurrency: CONCURRENCY },
  );
  const count = (wanted: Answer) => [...answers.values()].filter(answer => answer === wanted).length;
  const told = { heard: count('heard'), refused: count('refused'), failed: count('failed') };
  if (problem === undefined) log({ event: LOG_EVENTS.hubTold, hub, ...told });
  else {
    const metrics = { HubFailed: told.refused + told.failed };
    log({ event: LOG_EVENTS.hubFailed, hub, ...told, message: problem, metrics });
  }
  return answers;
}

/** Tells the hub about one feed. If a request names several feeds, hubs in PHP read only the last one. */
async function pingOne(
  hub: string,
  topic: string,
  fetch: NonNullable<HubDeps['fetch']>,
  budget: AbortSignal,
): Promise<{ answer: Answer; message?: string }> {
  try {
    const response = await fetch(hub, {
      method: 'POST',
      body: new URLSearchParams({ 'hub.mode': 'publish', 'hub.url': topic }),
      // `fetch` would follow a redirect with a GET, without the address of the feed.
      redirect: 'manual',
      signal: AbortSignal.any([budget, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
    });
    // The body is not used. `cancel` frees the connection.
    await response.body?.cancel();
    if (response.ok) return { answer: 'heard' };
    const mayHearLater = response.status >= 500 || response.status === 408 || response.status === 429;
    return {
      answer: mayHearLater ? 'failed' : 'refused',
      message: `The hub answered ${response.status} to ${topic}.`,
    };
  } catch (error) {
    const { message, cause } = error instanceof Error ? error : new Error(String(error));
    const why = cause instanceof Error ? `${message}: ${cause.message}` : message;
    return { answer: 'failed', message: `The hub did not answer to ${topic}: ${why}` };
  }
}

async function quietly({ log, site }: HubDeps, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { message } = error as Error;
    log({ event: LOG_EVENTS.hubFailed, hub: site.hub, message, metrics: { HubFailed: 1 } });
  }
}

function hubOf({ site, fetch }: Pick<HubDeps, 'site' | 'fetch'>): string | undefined {
  return fetch && site.hub ? webAddress(site.hub) : undefined;
}

/** Whether a file is a feed with subscribers. Nobody subscribes to history documents. */
function isFeed(key: string): boolean {
  return FEED_FILES.has(key.slice(key.lastIndexOf('/') + 1)) && !key.startsWith('archive/');
}

/** Sorts the feeds of the whole site first, then those of sections, then those of tags and authors. */
function byReach(a: string, b: string): number {
  return a.split('/').length - b.split('/').length || (a < b ? -1 : a > b ? 1 : 0);
}

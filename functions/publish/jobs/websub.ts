import pMap from 'p-map';
import * as z from 'zod/mini';
import { LOG_EVENTS, type Log } from '../../../shared/aws/telemetry.ts';
import { webAddress } from '../../../shared/text/web-address.ts';
import { EDITION_FILES, siteAddress } from '../content/addresses.ts';
import type { Site } from '../model/site.ts';
import { load, revise, type StateOf, type StateStore } from '../states/state.ts';

/** Dependencies of notifying a WebSub hub. */
export interface HubDeps extends StateStore {
  site: Site;
  /** Absent on a laptop, whose feeds no hub can read: then no hub is notified. */
  fetch?: typeof fetch;
  /** RFC 3339, UTC. */
  now(): string;
  log: Log;
}

/** A feed about which the hub must be notified. */
const Waiting = z.object({
  changedAt: z.string(),
  dueAt: z.string(),
  /** Times in a row that the hub has not heard. */
  failures: z.number(),
});
type Waiting = z.infer<typeof Waiting>;

/** The waiting feeds by address. They are stored, so that they survive the function. */
const WAITING: StateOf<Record<string, Waiting>> = {
  key: 'websub.json',
  schema: z.record(z.string(), Waiting),
  initial: {},
};

/**
 * How long caches between us and the hub may answer with the feed as it was: half a minute in ours (`model/rendition.ts`), as
 * long again in one behind it, and half a minute for clocks. A hub that was told at once may have read the old bytes and
 * found nothing new, so that it is told again when they are gone. To a hub that has read the new ones that is a 304.
 */
const MAX_CACHE_MS = 90_000;

/** Time limit of a request to the hub, in milliseconds. */
const REQUEST_TIMEOUT_MS = 5_000;

/** Time limit of all requests in a call, in milliseconds. Other changes wait behind a batch, but not behind a tick. */
const BATCH_BUDGET_MS = 5_000;
const TICK_BUDGET_MS = 20_000;

/** Number of requests at the same time, which public hubs accept from one address. */
const CONCURRENCY = 4;

/** Longest pause before another request to a hub that fails, in milliseconds. Pauses are 1, 2, 4, … minutes. */
const MAX_PAUSE_MS = 3_600_000;

/** Maximum number of waiting feeds, so that a dead hub does not make the state grow. Feeds of the site come first. */
const MAX_WAITING_FEEDS = 1_000;

const FEED_FILES: ReadonlySet<string> = new Set([EDITION_FILES.rss, EDITION_FILES.atom, EDITION_FILES.json]);

/** What came of a ping: it was heard, it will never be taken in this form, or it may be heard later. */
type Answer = 'heard' | 'refused' | 'failed';

/**
 * Does work that writes files of the site, and tells the hub afterwards which feeds it wrote: also where it failed
 * half-way, because a repetition will find those written. Never fails for the hub's sake.
 * @param work is given what to call with the key of each file that it writes
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

/** Tells the hub of what it has not heard, or may have looked for too early. Never fails for the hub's sake. */
export async function tellHubAgain(deps: HubDeps): Promise<void> {
  await quietly(deps, () => tellOfDue(deps));
}

async function tellOfChanged(keys: readonly string[], deps: HubDeps): Promise<void> {
  const hub = hubOf(deps);
  if (hub === undefined || keys.length === 0) return;
  const topics = keys.map(key => siteAddress(deps.site, key)).sort(byReach);
  const now = deps.now();
  // First noted, then told: whatever happens to this call, the next tick knows.
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

/** The state once these feeds have changed. Each falls due when caches have forgotten it, or earlier if it waits. */
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

/** The state after answers to pings that were sent at `askedAt`. */
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

/** Tells the hub of each feed. Those that the time is not enough for have failed. */
async function ping(
  hub: string,
  topics: readonly string[],
  { fetch = globalThis.fetch, log }: HubDeps,
  milliseconds: number,
): Promise<Map<string, Answer>> {
  const signal = AbortSignal.timeout(milliseconds);
  const answers = new Map<string, Answer>();
  let problem: string | undefined;
  await pMap(
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

/** One feed a request: of several in one, hubs written in PHP see the last only. */
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
      // A redirected POST becomes a GET, which tells a hub nothing.
      redirect: 'manual',
      signal: AbortSignal.any([budget, AbortSignal.timeout(REQUEST_TIMEOUT_MS)]),
    });
    // Its words are of no interest, but the connection is free only when they are out of the way.
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

function hubOf({ site, fetch }: HubDeps): string | undefined {
  return fetch && site.hub ? webAddress(site.hub) : undefined;
}

/** Whether this file is a feed. History documents are not: readers do not subscribe to them and they name no hub. */
function isFeed(key: string): boolean {
  return FEED_FILES.has(key.slice(key.lastIndexOf('/') + 1)) && !key.startsWith('archive/');
}

/** The feeds of the whole site before those of sections, and these before those of tags and authors. */
function byReach(a: string, b: string): number {
  return a.split('/').length - b.split('/').length || (a < b ? -1 : a > b ? 1 : 0);
}

function plus(instant: string, milliseconds: number): string {
  return new Date(Date.parse(instant) + milliseconds).toISOString();
}

import { setTimeout } from 'node:timers/promises';
import { CopydeskError } from './errors.ts';

/** The clock and the randomness of the pauses between attempts. */
export interface Pacing {
  sleep(ms: number): Promise<void>;
  /** A number from 0 to below 1. */
  random(): number;
}

/** Waits in real time. */
export const SYSTEM_PACING: Pacing = { sleep: ms => setTimeout(ms), random: Math.random };

/**
 * Maximum number of attempts at one conditional write. An attempt fails only if another writer succeeds, so the last of
 * fifty writers needs about fifty attempts. The limit leaves room for writers that come later.
 */
export const MAX_ATTEMPTS = 200;

/** Growth of the maximum pause with each conflict. A write takes about 20 ms. */
const PAUSE_STEP_MS = 20;

/** Maximum pause after a conflict. All attempts together wait about 45 seconds on average. */
const MAX_PAUSE_MS = 500;

/** The result of an attempt that was in conflict with another writer. */
export const CONFLICT = Symbol('another writer was first');

/**
 * Runs a compare-and-swap. Each attempt reads, decides and writes on a condition. An attempt that returns
 * {@link CONFLICT} is repeated after a random pause, so that the same writers do not meet again.
 * @param subject what is written, for the error
 * @returns the result of the last attempt
 * @throws CopydeskError `contention`, retryable, after the last attempt
 */
export async function retryOnConflict<T>(
  subject: string,
  { sleep, random }: Pacing = SYSTEM_PACING,
  attempt: () => Promise<T | typeof CONFLICT>,
): Promise<T> {
  for (let tries = 1; tries <= MAX_ATTEMPTS; tries++) {
    const result = await attempt();
    if (result !== CONFLICT) return result;
    const longest = Math.min(PAUSE_STEP_MS * (tries + 1), MAX_PAUSE_MS);
    if (tries < MAX_ATTEMPTS) await sleep(1 + Math.floor(random() * (longest - 1)));
  }
  throw contention(subject);
}

/** Makes the error for a record or state that other writers change too often. */
export function contention(subject: string): CopydeskError {
  return new CopydeskError('contention', `Too many writers of ${subject} at once.`, { subject });
}

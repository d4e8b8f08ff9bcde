import { setTimeout } from 'node:timers/promises';
import { CopydeskError } from './errors.ts';

/** How writers who lost a race wait before they try again. */
export interface Pacing {
  sleep(ms: number): Promise<void>;
  /** A number from 0 to below 1. */
  random(): number;
}

/** Waits in real time. */
export const SYSTEM_PACING: Pacing = { sleep: ms => setTimeout(ms), random: Math.random };

/**
 * Attempts at one conditional write. Each failed attempt means that another writer succeeded: of fifty at once the
 * unluckiest needs some fifty.
 */
export const MAX_ATTEMPTS = 200;

/** The longest pause grows by so much with each lost race, in milliseconds: a write takes some 20. */
const PAUSE_STEP_MS = 20;

/** Longest pause after a lost race, in milliseconds. All attempts together wait some 45 seconds on average. */
const MAX_PAUSE_MS = 500;

/** What an attempt returns when another writer was first. */
export const CONFLICT = Symbol('another writer was first');

/**
 * Compare-and-swap: reads, decides and writes on a condition, and does all of it again when another writer was first.
 * Pauses are random, so that the losers of one race do not meet in the next.
 * @param subject what is written, for the error
 * @param pacing default: in real time
 * @param attempt reads and decides anew each time it is called; {@link CONFLICT} asks for another call
 * @returns what the last attempt returned
 * @throws CopydeskError `contention`, retryable, when other writers win every time
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

/** The error of a record or state that other writers change faster than this function can follow. */
export function contention(subject: string): CopydeskError {
  return new CopydeskError('contention', `Too many writers of ${subject} at once.`, {
    subject,
  });
}

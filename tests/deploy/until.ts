import { setTimeout as pause } from 'node:timers/promises';

/** Far longer than anything takes on a quiet machine. */
const PATIENCE_SECONDS = 180;

/**
 * Waits until something is so.
 * @returns what was found
 * @throws Error that says what was waited for
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  { seconds = PATIENCE_SECONDS }: { seconds?: number } = {},
): Promise<T> {
  for (const started = Date.now(); Date.now() - started < seconds * 1_000; await pause(250)) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
  }
  throw new Error(`Waited ${seconds} s in vain until ${what}.`);
}

/**
 * Tries of a message before it is parked. AWS advises at least five, because a throttled poll counts as a try. With the
 * pauses below eight tries outlast an outage of twenty minutes.
 */
export const MAX_TRIES = 8;

/** Pause after the first try, in seconds: a lost connection or a throttled call needs no longer. */
const FIRST_PAUSE_SECONDS = 2;

/** Each further pause is so many times as long. */
const PAUSE_GROWTH = 3;

/** Longest pause, in seconds: copy is worth nothing to a newsroom a day later. */
const MAX_PAUSE_SECONDS = 900;

/**
 * How long a message is hidden after a failed try, in whole seconds as SQS has them: between half of the pause and all of
 * it, so that messages that failed together are not tried again together.
 * @param tries how often it was tried, this time included
 * @param random from 0 to below 1
 */
export function pauseAfter(tries: number, random: () => number = Math.random): number {
  const pause = Math.min(FIRST_PAUSE_SECONDS * PAUSE_GROWTH ** (tries - 1), MAX_PAUSE_SECONDS);
  return Math.max(1, Math.ceil(pause * (0.5 + random() / 2)));
}

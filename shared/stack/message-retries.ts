/**
 * Maximum number of attempts for a message before it is parked. AWS advises at least five, because a throttled poll counts
 * as an attempt. With the pauses below, eight attempts last 14 to 27 minutes, and 20 minutes on average.
 */
export const MAX_TRIES = 8;

/** Pause after the first attempt. It is enough for a lost connection or a throttled call. */
const FIRST_PAUSE_SECONDS = 2;

/** Factor between one pause and the next. */
const PAUSE_GROWTH = 3;

/** Maximum pause. Copy that comes a day late is useless to a newsroom. */
const MAX_PAUSE_SECONDS = 900;

/**
 * Returns the time, in whole seconds, for which a message is hidden after a failed attempt. It is random, between half of
 * the pause and the full pause, so that messages that failed together are not tried again together.
 * @param tries number of attempts, including the failed one
 * @param random from 0 to below 1
 */
export function pauseAfter(tries: number, random: () => number = Math.random): number {
  const pause = Math.min(FIRST_PAUSE_SECONDS * PAUSE_GROWTH ** (tries - 1), MAX_PAUSE_SECONDS);
  return Math.max(1, Math.ceil(pause * (0.5 + random() / 2)));
}

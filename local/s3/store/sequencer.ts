/** Counts within a millisecond: more writes than a laptop can do. */
const STEPS_PER_MS = 1n << 20n;

/**
 * Gives the sequencers of events: upper-case hex of equal length, each greater than all before. They are made
 * of the clock, so that they go on growing over restarts; `seen` keeps that true when the clock is set back.
 */
export class SequencerClock {
  readonly #now: () => number;
  #last = 0n;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Takes note of a sequencer from before a restart. */
  seen(sequencer: string): void {
    const value = BigInt(`0x${sequencer}`);
    if (value > this.#last) this.#last = value;
  }

  next(): string {
    const byClock = BigInt(this.#now()) * STEPS_PER_MS;
    this.#last = byClock > this.#last ? byClock : this.#last + 1n;
    return this.#last.toString(16).toUpperCase().padStart(18, '0');
  }
}

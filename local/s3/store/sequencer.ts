/**
 * Number of sequencers in a second, as in S3, where the seconds since 1970 are followed by 32 bits. Without it, records
 * of a stack that are imported on a laptop would seem newer than all uploads to the laptop, always.
 */
const SEQUENCERS_PER_SECOND = 1n << 32n;

/**
 * Makes the sequencers of events: upper-case hex numbers of equal length, each greater than all before. They are made
 * from the clock, so that they increase over restarts. `seen` keeps this true when the clock is set back.
 */
export class SequencerClock {
  readonly #now: () => number;
  #last = 0n;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Learns a sequencer that was made before a restart. */
  seen(sequencer: string): void {
    const value = BigInt(`0x${sequencer}`);
    if (value > this.#last) this.#last = value;
  }

  next(): string {
    const byClock = (BigInt(this.#now()) * SEQUENCERS_PER_SECOND) / 1_000n;
    this.#last = byClock > this.#last ? byClock : this.#last + 1n;
    return this.#last.toString(16).toUpperCase().padStart(18, '0');
  }
}

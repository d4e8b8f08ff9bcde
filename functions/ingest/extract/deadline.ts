import { Rejection } from '../../../shared/rejection.ts';

/** Milliseconds from any fixed origin that never run backwards. */
export type Clock = () => number;

/** How many cheap steps pass between two looks at the clock. */
const STRIDE = 512;

/** The time that one file may take. Long walks call `tick` once a step. */
export class Deadline {
  readonly #clock: Clock;
  readonly #end: number;
  readonly #seconds: number;
  #steps = 0;

  constructor(seconds: number, clock: Clock = () => performance.now()) {
    this.#clock = clock;
    this.#seconds = seconds;
    this.#end = clock() + seconds * 1000;
  }

  /** @throws Rejection `too-slow` once the time is over; looks at the clock every few hundred calls only */
  tick(): void {
    this.#steps += 1;
    if (this.#steps % STRIDE === 0) this.check();
  }

  /** @throws Rejection `too-slow` once the time is over */
  check(): void {
    if (this.#clock() <= this.#end) return;
    throw new Rejection('too-slow', `Reading the file took longer than ${this.#seconds} seconds.`);
  }
}

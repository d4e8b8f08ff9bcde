import { Rejection } from '../../../shared/errors/rejection.ts';

/** Milliseconds from any fixed origin that never run backwards. */
export type Clock = () => number;

/** How many cheap steps pass between two looks at the clock. */
const STRIDE = 512;

type CpuUsage = () => { user: number; system: number };

/** Node 23.9 and later know the time of a thread; before, that of the process includes its garbage collector. */
const { cpuUsage, threadCpuUsage = cpuUsage } = process as typeof process & { threadCpuUsage?: CpuUsage };

/**
 * The CPU time that this thread has used, in milliseconds. Not the time of day: on a busy machine a good file would take too
 * long by that.
 */
export const cpuTime: Clock = () => {
  const { user, system } = threadCpuUsage.call(process);
  return (user + system) / 1_000;
};

/** The budget of CPU time of one file. Long walks call `tick` once a step. */
export class Deadline {
  readonly #clock: Clock;
  readonly #end: number;
  readonly #seconds: number;
  #steps = 0;

  constructor(seconds: number, clock: Clock = cpuTime) {
    this.#clock = clock;
    this.#seconds = seconds;
    this.#end = clock() + seconds * 1000;
  }

  /** @throws Rejection `too-slow` once the budget is used up; looks at the clock every few hundred calls only */
  tick(): void {
    this.#steps += 1;
    if (this.#steps % STRIDE === 0) this.check();
  }

  /** @throws Rejection `too-slow` once the budget is used up */
  check(): void {
    if (this.#clock() <= this.#end) return;
    throw new Rejection('too-slow', `Reading the file took more than ${this.#seconds} seconds of CPU time.`);
  }
}

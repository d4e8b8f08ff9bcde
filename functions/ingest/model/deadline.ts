import { Rejection } from '../../../shared/errors/rejection.ts';

/** Returns milliseconds since a fixed origin. The value never decreases. */
export type Clock = () => number;

/** Number of cheap steps between two looks at the clock. */
const STEPS_PER_CHECK = 4_096;

type CpuUsage = () => { user: number; system: number };

/**
 * Node 23.9 and later measure the thread. Earlier versions measure the process, including the garbage
 * collector.
 */
const { cpuUsage, threadCpuUsage = cpuUsage } = process as typeof process & { threadCpuUsage?: CpuUsage };

/**
 * Time in milliseconds for which a measured CPU time is used again. Parsing looks hundreds of times at the clock of a
 * file, and each measurement is a system call.
 */
const MEASURED_MS = 2;

let measuredAt = Number.NEGATIVE_INFINITY;
let measured = 0;

/**
 * The CPU time that this thread has used, in milliseconds. Limits do not use the time of day, because a busy
 * machine takes longer for the same file. The time of day only tells when to measure again.
 */
export const cpuTime: Clock = () => {
  const now = performance.now();
  if (now - measuredAt < MEASURED_MS) return measured;
  measuredAt = now;
  const { user, system } = threadCpuUsage.call(process);
  measured = (user + system) / 1_000;
  return measured;
};

/** The CPU time budget of one file. Long loops call `tick` at each step. */
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

  /**
   * Counts cheap steps. It looks at the clock once in 4,096 steps.
   * @throws Rejection `too-slow` once the budget is used up
   */
  tick(steps = 1): void {
    this.#steps += steps;
    if (this.#steps < STEPS_PER_CHECK) return;
    this.#steps = 0;
    this.check();
  }

  /**
   * Looks at the clock.
   * @throws Rejection `too-slow` once the budget is used up
   */
  check(): void {
    if (this.#clock() <= this.#end) return;
    throw new Rejection('too-slow', `Reading the file took more than ${this.#seconds} seconds of CPU time.`);
  }
}

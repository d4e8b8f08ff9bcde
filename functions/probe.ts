import { reportOf } from '../shared/errors/errors.ts';
import { inParallel } from '../shared/errors/in-parallel.ts';
import type { ProbeAnswer, ProbeCall, ProbeFault } from '../shared/model/probe.ts';

const CONCURRENCY = 8;

/** Makes the calls of a probe, and collects those that AWS refuses. Never throws. */
export async function probe(calls: readonly ProbeCall[]): Promise<ProbeAnswer> {
  const faults: ProbeFault[] = [];
  await inParallel(
    calls,
    async ({ action, resource, call }) => {
      try {
        await call();
      } catch (error) {
        faults.push({ action, resource, message: reportOf(error).message });
      }
    },
    { concurrency: CONCURRENCY },
  );
  return { tried: calls.length, faults };
}

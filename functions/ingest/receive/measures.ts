import { type Measurements, rejectedExcess } from '../../../shared/stack/metrics.ts';
import type { Outcome } from '../record/outcome.ts';

/** Outcomes of files that were not read. They do not count as received. */
const NOT_READ: ReadonlySet<Outcome['outcome']> = new Set(['deleted', 'stale', 'gone', 'ignored']);

/**
 * The values that an outcome adds to the metrics. A zip does not count as a file; its members do.
 * @param allowedRejectedPercent percentage of files that may be rejected, 1 to 100
 */
export function measuresOf(
  { outcome, rejection }: Outcome,
  allowedRejectedPercent: number,
): { metrics?: Measurements; Reason?: string } {
  if (NOT_READ.has(outcome) || outcome === 'unpacked') return {};
  const isRejected = rejection !== undefined;
  const metrics: Measurements = {
    Received: 1,
    RejectedExcess: rejectedExcess(isRejected, allowedRejectedPercent),
    ...(outcome === 'live' && { Live: 1 }),
    ...(outcome === 'duplicate' && { Duplicate: 1 }),
    ...(isRejected && { Rejected: 1 }),
  };
  return isRejected ? { metrics, Reason: rejection.code } : { metrics };
}

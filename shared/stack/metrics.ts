/**
 * What the functions measure: the names that they emit and that alarms and graphs read. Imports nothing, so that
 * functions and infra can both import it. docs/decisions/0012-metrics.md says why these, and what they cost.
 */

/** All metrics are in this namespace, each with the stack's name as dimension: stages are told apart. */
export const METRIC_NAMESPACE = 'Copydesk';
export const STACK_DIMENSION = 'Stack';

/** Units that CloudWatch knows, as far as they are used here. */
type Unit = 'Count' | 'Seconds' | 'Bytes' | 'None';

interface MetricSpec {
  unit: Unit;
  /** A second dimension: one metric for each of its values. */
  by?: 'Reason';
}

const specs = <Name extends string>(metrics: Record<Name, MetricSpec>): Readonly<Record<Name, MetricSpec>> =>
  metrics;

export const METRICS = specs({
  /** Files that were read, whatever came of it; of an archive each of its files. */
  Received: { unit: 'Count' },
  /** Files that made an article public, or changed a public one. */
  Live: { unit: 'Count' },
  /** Files whose story another file told before. */
  Duplicate: { unit: 'Count' },
  /** Files that can never become an article, by the code of the reason. */
  Rejected: { unit: 'Count', by: 'Reason' },
  /** Rejected files beyond the share that the settings allow: see {@link rejectedExcess}. */
  RejectedExcess: { unit: 'None' },
  /** Tries of files that failed for another reason than the file, and will be repeated. */
  Failed: { unit: 'Count' },
  /** From the upload of a file, or the instant to which it was held back, until readers can have it. */
  Age: { unit: 'Seconds' },
  /** Editions, and pages of the archive and of sitemaps, that a batch of changes touched. */
  EditionsTouched: { unit: 'Count' },
  /** Files of the site that a batch of changes wrote. */
  FilesWritten: { unit: 'Count' },
  /** Their bytes. */
  BytesWritten: { unit: 'Bytes' },
  /** Ticks of the schedule that did what they should. */
  Ticks: { unit: 'Count' },
  /** For how long one of the newest live articles has been missing on the front page; 0 where none is. */
  Behind: { unit: 'Seconds' },
  /** Records that cannot be read, released or published. */
  RecordFailed: { unit: 'Count' },
  /** Feeds of which the WebSub hub has not heard. */
  HubFailed: { unit: 'Count' },
});
export type MetricName = keyof typeof METRICS;

/** What was measured: a value, or several. */
export type Measurements = Partial<Record<MetricName, number | readonly number[]>>;

/**
 * What one file adds to `RejectedExcess`, whose sum over a period is (share of rejected files - allowed share) x files.
 * It is above 0 where more are rejected than allowed, and grows with the number of files: so an alarm on the sum
 * needs no division, and one bad file alone does not ring.
 * @param allowedPercent share of files that may be rejected, 1 to 100
 */
export function rejectedExcess(isRejected: boolean, allowedPercent: number): number {
  return ((isRejected ? 100 : 0) - allowedPercent) / 100;
}

/** The sum of {@link rejectedExcess} at which it rings: that of so many rejected files and no good one. */
export function rejectedExcessOf(files: number, allowedPercent: number): number {
  return files * rejectedExcess(true, allowedPercent);
}

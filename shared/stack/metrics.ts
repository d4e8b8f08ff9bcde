/** The metrics of the functions. docs/decisions/0012-metrics.md has the reasons and the costs. */

/** Namespace of all metrics. The name of the stack is a dimension, which separates stages. */
export const METRIC_NAMESPACE = 'Copydesk';
export const STACK_DIMENSION = 'Stack';

type Unit = 'Count' | 'Seconds' | 'Bytes' | 'None';

interface MetricSpec {
  unit: Unit;
  /** A second dimension: one metric for each of its values. */
  by?: 'Reason';
}

const specs = <Name extends string>(metrics: Record<Name, MetricSpec>): Readonly<Record<Name, MetricSpec>> =>
  metrics;

export const METRICS = specs({
  /** Files that were read, with any outcome. Each file of a zip counts. */
  Received: { unit: 'Count' },
  /** Files that made an article public, or changed a public one. */
  Live: { unit: 'Count' },
  /** Files with the same story as an earlier file. */
  Duplicate: { unit: 'Count' },
  /** Files that can never become an article, by the code of the reason. */
  Rejected: { unit: 'Count', by: 'Reason' },
  /** Rejected files beyond the share that the settings allow: see {@link rejectedExcess}. */
  RejectedExcess: { unit: 'None' },
  /** Attempts that failed, but not because of the file. Each is repeated. */
  Failed: { unit: 'Count' },
  /** Answers to senders of mails that could not be sent. They are not repeated. */
  AnswerFailed: { unit: 'Count' },
  /** Time from the upload of a file, or from the end of its embargo, until it is public. */
  Age: { unit: 'Seconds' },
  /** Editions, history pages and sitemaps that a batch of changes affects. */
  EditionsTouched: { unit: 'Count' },
  /** Files of the site that a batch of changes wrote. */
  FilesWritten: { unit: 'Count' },
  /** Bytes of these files. */
  BytesWritten: { unit: 'Bytes' },
  /** Successful ticks of the schedule. */
  Ticks: { unit: 'Count' },
  /** Daily checks of the site that ended well. A tick counts 0, so that a missing check is measured. */
  Checks: { unit: 'Count' },
  /** Time for which one of the newest live articles is missing on the front page. 0 if none is missing. */
  Behind: { unit: 'Seconds' },
  /** Changes that could not be published and wait for another try. At most 2,000 are counted. */
  Unpublished: { unit: 'Count' },
  /** Records that cannot be read, released or published. */
  RecordFailed: { unit: 'Count' },
  /** Feeds for which the WebSub hub could not be notified. */
  HubFailed: { unit: 'Count' },
});
export type MetricName = keyof typeof METRICS;

export type Measurements = Partial<Record<MetricName, number | readonly number[]>>;

/**
 * Returns the value of one file for `RejectedExcess`. The sum over a period is (share of rejected files - allowed share) x
 * files. It is above 0 if too many files are rejected, and it grows with the number of files. An alarm on the sum needs
 * no division, and a single bad file does not trigger it.
 * @param allowedPercent share of files that may be rejected, 1 to 100
 */
export function rejectedExcess(isRejected: boolean, allowedPercent: number): number {
  return ((isRejected ? 100 : 0) - allowedPercent) / 100;
}

/** Threshold of the alarm: the sum of {@link rejectedExcess} if this number of files is rejected and no file is good. */
export function rejectedExcessOf(files: number, allowedPercent: number): number {
  return files * rejectedExcess(true, allowedPercent);
}

/** One line of the log: an outcome, its event name, and what it is about. */
export interface LogLine {
  event: LogEvent;
  [field: string]: unknown;
}

/** The names of outcomes; metric filters and alarms use the same. */
export const LOG_EVENTS = {
  /** What became of an uploaded or deleted file; field `outcome` says what. */
  ingested: 'source.ingested',
  /** Could not be handled now; S3 and SQS will try again. */
  ingestFailed: 'source.failed',
  /** An SQS message that holds nothing to do, such as `s3:TestEvent`. */
  ignored: 'message.ignored',
  published: 'edition.published',
  publishFailed: 'publish.failed',
  released: 'article.released',
  /** A record that an edit by hand has made unreadable, or one that could not be released. */
  recordFailed: 'record.failed',
  /** The every-minute schedule has run. */
  ticked: 'schedule.ticked',
  rebuilt: 'site.rebuilt',
  /** The WebSub hub has been told of changed feeds. */
  hubTold: 'hub.told',
  /** It has not heard all of it; what it may hear later is told again. */
  hubFailed: 'hub.failed',
} as const;
type LogEvent = (typeof LOG_EVENTS)[keyof typeof LOG_EVENTS];

export type Log = (line: LogLine) => void;

/** Writes each line as JSON. Straight to stdout: `console.log` in Lambda would put a prefix before the JSON. */
export const jsonLog: Log = line => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

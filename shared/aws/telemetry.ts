import { ERROR_CODES } from '../errors/error-codes.ts';
import type { ErrorReport } from '../errors/errors.ts';
import {
  METRIC_NAMESPACE,
  METRICS,
  type Measurements,
  type MetricName,
  STACK_DIMENSION,
} from '../stack/metrics.ts';

/** How much a line matters, in the words by which Lambda filters lines. */
type LogLevel = 'INFO' | 'WARN' | 'ERROR';

/** One line of the log: an outcome, its event name, and what it is about. */
export interface LogLine {
  event: LogEvent;
  /** Default: that of the event. */
  level?: LogLevel | undefined;
  /** The call of the function that wrote it, as Lambda names it. */
  requestId?: string | undefined;
  /** What the outcome adds to the metrics; on a laptop nobody reads it. */
  metrics?: Measurements;
  /** The reason by which `Rejected` is counted. */
  Reason?: string | undefined;
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
  /** A message was put into the dead-letter queue, with its reason. */
  parked: 'message.parked',
  /** The queue did not take up what was to become of a failed message; SQS tries it again by itself. */
  queueFailed: 'queue.failed',
  published: 'edition.published',
  publishFailed: 'publish.failed',
  released: 'article.released',
  /** A record that an edit by hand has made unreadable, or one that could not be released. */
  recordFailed: 'record.failed',
  /** A stored state of the site that was broken; it is made again. */
  stateBroken: 'state.broken',
  /** The every-minute schedule has run. */
  ticked: 'schedule.ticked',
  rebuilt: 'site.rebuilt',
  /** The WebSub hub has been told of changed feeds. */
  hubTold: 'hub.told',
  /** It has not heard all of it; what it may hear later is told again. */
  hubFailed: 'hub.failed',
} as const;
type LogEvent = (typeof LOG_EVENTS)[keyof typeof LOG_EVENTS];

/** Levels of events that tell of a failure; all others are INFO. */
const LEVELS = new Map<LogEvent, LogLevel>([
  [LOG_EVENTS.ingestFailed, 'ERROR'],
  [LOG_EVENTS.parked, 'ERROR'],
  [LOG_EVENTS.queueFailed, 'ERROR'],
  [LOG_EVENTS.publishFailed, 'ERROR'],
  [LOG_EVENTS.recordFailed, 'ERROR'],
  [LOG_EVENTS.hubFailed, 'WARN'],
]);

/** The level of a line that tells of an error: what ends by itself is a warning. */
export function levelOf({ code }: Pick<ErrorReport, 'code'>): LogLevel {
  return ERROR_CODES[code].severity === 'high' ? 'ERROR' : 'WARN';
}

export type Log = (line: LogLine) => void;

/** Values of one metric in a line, at most: CloudWatch refuses a line with more. */
const MOST_VALUES = 100;

/**
 * Writes each line as JSON; what it measures in CloudWatch's embedded metric format, on the same line: CloudWatch
 * makes metrics of it without a call, and beside each number stands what it is about.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * @param options.stack name of the stack, by which the metrics of stages are told apart
 * @param options.now milliseconds since 1970
 * @param options.write by default to stdout: `console.log` in Lambda would put a prefix before the JSON
 */
export function metricLog({
  stack,
  now,
  write = text => process.stdout.write(text),
}: {
  stack: string;
  now(): number;
  write?(text: string): void;
}): Log {
  return ({ metrics = {}, event, level = LEVELS.get(event) ?? 'INFO', ...line }) => {
    // Lambda reads the level of a line only where it has a time too.
    const head = { timestamp: new Date(now()).toISOString(), level, event };
    const embedded = (some: Measurements) => {
      const names = (Object.keys(some) as MetricName[]).filter(name => isMeasured(some[name]));
      if (names.length === 0) return {};
      return {
        ...Object.fromEntries(names.map(name => [name, some[name]])),
        [STACK_DIMENSION]: stack,
        _aws: { Timestamp: now(), CloudWatchMetrics: directives(names) },
      };
    };
    const [first = {}, ...rest] = inLines(metrics);
    write(`${JSON.stringify({ ...head, ...line, ...embedded(first) })}\n`);
    for (const some of rest) write(`${JSON.stringify({ ...head, ...embedded(some) })}\n`);
  };
}

/** Measurements as lines can hold them: those with more values than one line may have go on in others. */
function inLines(metrics: Measurements): Measurements[] {
  const all = Object.entries(metrics) as [MetricName, number | readonly number[]][];
  const most = Math.max(0, ...all.map(([, value]) => (typeof value === 'object' ? value.length : 1)));
  return Array.from({ length: Math.ceil(most / MOST_VALUES) }, (_, line) => {
    const from = line * MOST_VALUES;
    const some: Measurements = {};
    for (const [name, value] of all) {
      if (typeof value === 'object') some[name] = value.slice(from, from + MOST_VALUES);
      else if (line === 0) some[name] = value;
    }
    return some;
  });
}

function isMeasured(value: Measurements[MetricName]): boolean {
  return value !== undefined && (typeof value === 'number' || value.length > 0);
}

/** Which members of the line are metrics: a directive for each set of dimensions. */
function directives(names: readonly MetricName[]) {
  const plain = names.filter(name => METRICS[name].by === undefined);
  const divided = names.filter(name => METRICS[name].by !== undefined);
  return [
    { names: plain, dimensions: [STACK_DIMENSION] },
    ...divided.map(name => ({ names: [name], dimensions: [STACK_DIMENSION, METRICS[name].by] })),
  ]
    .filter(directive => directive.names.length > 0)
    .map(directive => ({
      Namespace: METRIC_NAMESPACE,
      Dimensions: [directive.dimensions],
      Metrics: directive.names.map(name => ({ Name: name, Unit: METRICS[name].unit })),
    }));
}

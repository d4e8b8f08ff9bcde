import { ERROR_CODES } from '../errors/error-codes.ts';
import type { ErrorReport } from '../errors/errors.ts';
import {
  METRIC_NAMESPACE,
  METRICS,
  type Measurements,
  type MetricName,
  STACK_DIMENSION,
} from '../stack/metrics.ts';

type LogLevel = 'INFO' | 'WARN' | 'ERROR';

/** One line of the log: an outcome with its event name and its subject. */
export interface LogLine {
  event: LogEvent;
  level?: LogLevel | undefined;
  /** Lambda's id of the call of the function. */
  requestId?: string | undefined;
  /** Values for metrics. The local pipeline ignores them. */
  metrics?: Measurements;
  /** Value of the dimension of the metric `Rejected`. */
  Reason?: string | undefined;
  [field: string]: unknown;
}

/** Names of outcomes. Metric filters and alarms use them too. */
export const LOG_EVENTS = {
  /** An uploaded or deleted file was handled. The field `outcome` holds the result. */
  ingested: 'source.ingested',
  /** A file could not be handled. SQS will deliver its message again. */
  ingestFailed: 'source.failed',
  /** An SQS message without work, such as `s3:TestEvent`. */
  ignored: 'message.ignored',
  /** A message was put into the dead-letter queue, with its reason. */
  parked: 'message.parked',
  /** A failed message could not be delayed or parked. SQS delivers it again by itself. */
  queueFailed: 'queue.failed',
  /** The sender of a mail could not be told what became of the story. */
  answerFailed: 'answer.failed',
  published: 'edition.published',
  publishFailed: 'publish.failed',
  released: 'article.released',
  /** A record could not be released, or could not be read because an edit by hand broke it. */
  recordFailed: 'record.failed',
  /** A stored state of the site was broken. It is made again. */
  stateBroken: 'state.broken',
  /** The schedule, which runs every minute, has run. */
  ticked: 'schedule.ticked',
  rebuilt: 'site.rebuilt',
  /** A bulk run took a step: it planned, began a list or ended. */
  bulkStep: 'bulk.step',
  /** A batch of a bulk run was worked on. */
  bulkWork: 'bulk.batch',
  hubTold: 'hub.told',
  /** The WebSub hub could not be notified of all changed feeds. Notifications that can succeed later are repeated. */
  hubFailed: 'hub.failed',
} as const;
type LogEvent = (typeof LOG_EVENTS)[keyof typeof LOG_EVENTS];

/** Levels of events that report a failure. All other events have the level INFO. */
const LEVELS = new Map<LogEvent, LogLevel>([
  [LOG_EVENTS.ingestFailed, 'ERROR'],
  [LOG_EVENTS.parked, 'ERROR'],
  [LOG_EVENTS.queueFailed, 'ERROR'],
  [LOG_EVENTS.publishFailed, 'ERROR'],
  [LOG_EVENTS.recordFailed, 'ERROR'],
  [LOG_EVENTS.hubFailed, 'WARN'],
  [LOG_EVENTS.answerFailed, 'WARN'],
]);

/** Returns the level for an error. Errors that end by themselves are warnings. */
export function levelOf({ code }: Pick<ErrorReport, 'code'>): LogLevel {
  return ERROR_CODES[code].severity === 'high' ? 'ERROR' : 'WARN';
}

export type Log = (line: LogLine) => void;

/** Maximum number of values of one metric in a line. CloudWatch refuses a line with more. */
const MAX_METRIC_VALUES = 100;

/**
 * Makes a log that writes each line as JSON. The values for metrics are on the same line, in CloudWatch's embedded metric
 * format, so that no call is needed and each value is next to its subject.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 * @param options.stack name of the stack, the dimension that separates the metrics of stages
 * @param options.now milliseconds since the epoch
 * @param options.write default: to stdout, because `console.log` in Lambda puts a prefix before the JSON
 */
export function metricLog(options: { stack: string; now(): number; write?(text: string): void }): Log {
  const { stack, now, write = text => process.stdout.write(text) } = options;
  return ({ metrics = {}, event, level = LEVELS.get(event) ?? 'INFO', ...line }) => {
    // Lambda reads the level of a line only if the line has a timestamp.
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

/** Splits measurements with too many values for one line over several lines. */
function inLines(metrics: Measurements): Measurements[] {
  const all = Object.entries(metrics) as [MetricName, number | readonly number[]][];
  const maxCount = Math.max(0, ...all.map(([, value]) => (typeof value === 'object' ? value.length : 1)));
  return Array.from({ length: Math.ceil(maxCount / MAX_METRIC_VALUES) }, (_, line) => {
    const from = line * MAX_METRIC_VALUES;
    const some: Measurements = {};
    for (const [name, value] of all) {
      if (typeof value === 'object') some[name] = value.slice(from, from + MAX_METRIC_VALUES);
      else if (line === 0) some[name] = value;
    }
    return some;
  });
}

function isMeasured(value: Measurements[MetricName]): boolean {
  return value !== undefined && (typeof value === 'number' || value.length > 0);
}

/** Makes the directives that name the metrics of a line: one for each set of dimensions. */
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

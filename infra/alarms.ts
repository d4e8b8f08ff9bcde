import { Aws, Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { LOG_EVENTS } from '../shared/telemetry.ts';
import { consoleUrl, logsUrl } from './console-links.ts';
import type { WatchProps } from './watch.ts';

const MINUTE = Duration.minutes(1);
const FIVE_MINUTES = Duration.minutes(5);

/** An alarm, as the runbook tells of it. */
export interface AlarmSpec {
  id: string;
  /** Its heading under "Alarms" in docs/operating.md; a test joins the two. */
  heading: string;
  /** `high`: readers or editors miss something now. `low`: somebody should look today. */
  severity: 'high' | 'low';
  metric: cloudwatch.IMetric;
  /** Rings above this, or below it where `below` is set. */
  threshold: number;
  below?: true;
  /** Periods in a row for which it must be so; 1 unless set. */
  periods?: number;
  /** Where to look first. */
  console: string;
}

/** Everything that rings. Metric filters that an alarm needs are made in `scope`. */
export function alarmsOf(scope: Construct, parts: WatchProps): AlarmSpec[] {
  const { intake, press } = parts;
  const ingest = intake.ingest.function;
  const publish = press.publish.function;
  const queues = consoleUrl('sqs/v3/home', '/queues');
  const ingestLogs = logsUrl(intake.ingest.logGroup.logGroupName);
  const publishLogs = logsUrl(press.publish.logGroup.logGroupName);
  return [
    {
      id: 'IntakeDeadLetters',
      heading: 'Copy is parked',
      severity: 'high',
      metric: intake.deadLetters.metricApproximateNumberOfMessagesVisible({
        period: MINUTE,
        statistic: 'max',
      }),
      threshold: 0,
      console: queues,
    },
    {
      id: 'PressFailures',
      heading: 'Changes could not be published',
      severity: 'high',
      metric: press.failures.metricApproximateNumberOfMessagesVisible({ period: MINUTE, statistic: 'max' }),
      threshold: 0,
      console: publishLogs,
    },
    {
      id: 'IntakeAge',
      heading: 'Copy waits too long',
      severity: 'high',
      metric: intake.queue.metricApproximateAgeOfOldestMessage({ period: MINUTE, statistic: 'max' }),
      // A file that failed once waits for the visibility time-out, and that alone is no reason to ring.
      threshold: intake.visibilityTimeout.plus(FIVE_MINUTES).toSeconds(),
      periods: 3,
      console: ingestLogs,
    },
    {
      id: 'PublishAge',
      heading: 'Readers see old news',
      severity: 'high',
      metric: publish.metric('IteratorAge', { period: MINUTE, statistic: 'max' }),
      // Sixty times the batching window; a batch of changes takes seconds.
      threshold: FIVE_MINUTES.toMilliseconds(),
      periods: 3,
      console: publishLogs,
    },
    {
      id: 'TickMissing',
      heading: 'The clock has stopped',
      severity: 'high',
      // One a minute, so that five minutes without any are no accident. Successes, and not calls: changes of the
      // table call the same function, and a tick that fails is a call too.
      metric: ticksOf(scope, parts).metric({ statistic: 'sum', period: FIVE_MINUTES }),
      threshold: 1,
      below: true,
      periods: 2,
      console: publishLogs,
    },
    {
      id: 'IngestErrors',
      heading: 'Ingest crashes',
      severity: 'low',
      metric: ingest.metricErrors({ period: FIVE_MINUTES }),
      threshold: 0,
      console: ingestLogs,
    },
    {
      id: 'PublishErrors',
      heading: 'Publish crashes',
      severity: 'low',
      metric: publish.metricErrors({ period: FIVE_MINUTES }),
      threshold: 0,
      console: publishLogs,
    },
    nothingPublished(scope, parts),
  ];
}

/** Ticks that did what they should, as the log of publish tells. */
function ticksOf(scope: Construct, { press }: WatchProps): logs.MetricFilter {
  return new logs.MetricFilter(scope, 'Ticked', {
    logGroup: press.publish.logGroup,
    metricNamespace: Aws.STACK_NAME,
    metricName: 'Ticks',
    filterPattern: logs.FilterPattern.stringValue('$.event', '=', LOG_EVENTS.ticked),
  });
}

/**
 * Articles arrive and no file of the site changes, though nothing reports an error. Read from the functions'
 * own log lines.
 */
function nothingPublished(scope: Construct, { intake, press }: WatchProps): AlarmSpec {
  const { ingest } = intake;
  const { publish } = press;
  // Six hours: an article that arrives in the last seconds of a period is published in the next one, and with
  // shorter periods that would ring too often where few articles come.
  const period = Duration.hours(6);
  const arrived = new logs.MetricFilter(scope, 'Arrived', {
    logGroup: ingest.logGroup,
    metricNamespace: Aws.STACK_NAME,
    metricName: 'ArticlesArrived',
    filterPattern: logs.FilterPattern.all(
      logs.FilterPattern.stringValue('$.event', '=', LOG_EVENTS.ingested),
      logs.FilterPattern.stringValue('$.outcome', '=', 'live'),
    ),
  });
  const written = new logs.MetricFilter(scope, 'Written', {
    logGroup: publish.logGroup,
    metricNamespace: Aws.STACK_NAME,
    metricName: 'FilesWritten',
    metricValue: '$.files',
    // The tick logs every minute, so that there always is a value to compare with.
    defaultValue: 0,
    filterPattern: logs.FilterPattern.stringValue('$.event', '=', LOG_EVENTS.published),
  });
  return {
    id: 'NothingPublished',
    heading: 'Articles arrive, nothing is published',
    severity: 'high',
    metric: new MathExpression({
      expression: 'IF(arrived > 0 AND written < 1, 1, 0)',
      label: 'Articles arrived and no file was written',
      period,
      usingMetrics: {
        arrived: arrived.metric({ statistic: 'sum', period }),
        written: written.metric({ statistic: 'sum', period }),
      },
    }),
    threshold: 0,
    console: logsUrl(publish.logGroup.logGroupName),
  };
}

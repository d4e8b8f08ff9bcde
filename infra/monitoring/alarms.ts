import { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { rejectedExcessOf } from '../../shared/stack/metrics.ts';
import { consoleUrl, logsUrl } from './console-links.ts';
import { measured } from './measured.ts';
import type { MonitoringProps } from './monitoring-props.ts';

const MINUTE = Duration.minutes(1);
const FIVE_MINUTES = Duration.minutes(5);
const QUARTER = Duration.minutes(15);
const HOUR = Duration.hours(1);

/** Rejected files without one good file among them that ring: fewer are the affair of those who wrote them. */
const REJECTED_FILES = 5;

/** An alarm, as the runbook tells of it. None uses metric math, which emulators of CloudFormation do not know. */
export interface AlarmSpec {
  id: string;
  /** Its heading in docs/runbook.md; a test joins the two. Alarms that are mended alike share one. */
  heading: string;
  /** `high`: readers or editors miss something now. `low`: somebody should look today. */
  severity: 'high' | 'low';
  metric: cloudwatch.IMetric;
  /** Rings above this, or below it where `below` is set. */
  threshold: number;
  below?: true;
  /** The last periods that are looked at, and in how many of them it must be so: 1, and all of them, unless set. */
  periods?: number;
  inPeriods?: number;
  /** Where to look first. */
  console: string;
}

/** Everything that rings. */
export function alarmsOf(parts: MonitoringProps): AlarmSpec[] {
  return [...intakeAlarms(parts), ...publisherAlarms(parts), ...tableAlarms(parts)];
}

function intakeAlarms({ intake, settings }: MonitoringProps): AlarmSpec[] {
  const log = logsUrl(intake.ingest.logGroup.logGroupName);
  const { rejectedPercent } = settings.alarms;
  return [
    {
      id: 'IntakeDeadLetters',
      heading: 'Copy is parked',
      severity: 'high',
      metric: visible(intake.deadLetters),
      threshold: 0,
      console: consoleUrl('sqs/v3/home', '/queues'),
    },
    {
      id: 'IntakeAge',
      heading: 'Copy waits too long',
      severity: 'high',
      metric: intake.queue.metricApproximateAgeOfOldestMessage({ period: MINUTE, statistic: 'max' }),
      // A file with which a call ended waits for the visibility time-out, and that alone is no reason to ring.
      threshold: intake.visibilityTimeout.plus(FIVE_MINUTES).toSeconds(),
      periods: 3,
      console: log,
    },
    ...functionAlarms('Ingest', intake.ingest.function, log),
    {
      id: 'RejectedRate',
      heading: 'Many files are rejected',
      severity: 'low',
      metric: measured('RejectedExcess', { statistic: 'sum', period: HOUR }),
      // Just below, lest the fifth file be lost in the rounding of the sum.
      threshold: rejectedExcessOf(REJECTED_FILES - 0.5, rejectedPercent),
      console: log,
    },
  ];
}

function publisherAlarms({ publisher, settings }: MonitoringProps): AlarmSpec[] {
  const { publish } = publisher;
  const log = logsUrl(publish.logGroup.logGroupName);
  return [
    {
      id: 'PublisherFailures',
      heading: 'Changes could not be published',
      severity: 'high',
      metric: visible(publisher.failures),
      threshold: 0,
      console: log,
    },
    {
      id: 'PublishAge',
      heading: 'Readers see old news',
      severity: 'high',
      metric: publish.function.metric('IteratorAge', { period: MINUTE, statistic: 'max' }),
      // Many times the batching window; a batch of changes takes seconds.
      threshold: FIVE_MINUTES.toMilliseconds(),
      periods: 3,
      console: log,
    },
    {
      id: 'NothingPublished',
      heading: 'Articles arrive, nothing is published',
      severity: 'high',
      // The least of a period: every tick of it found the newest article missing. For seconds it always is.
      metric: measured('Behind', { statistic: 'min', period: FIVE_MINUTES }),
      threshold: FIVE_MINUTES.toSeconds(),
      periods: 2,
      console: log,
    },
    {
      id: 'TickMissing',
      heading: 'The clock has stopped',
      severity: 'high',
      // One a minute, so that five minutes without any are no accident. Successes, and not calls: changes of the
      // table call the same function, and a tick that fails is a call too.
      metric: measured('Ticks', { statistic: 'sum', period: FIVE_MINUTES }),
      threshold: 1,
      below: true,
      periods: 2,
      console: log,
    },
    {
      id: 'AgeAboveTarget',
      heading: 'Files take too long to be public',
      severity: 'low',
      metric: measured('Age', { statistic: 'p90', period: QUARTER }),
      threshold: settings.alarms.ageMinutes * 60,
      // In two quarters of an hour: a single file that was tried again is late, and that alone is no reason to ring.
      periods: 4,
      inPeriods: 2,
      console: log,
    },
    ...functionAlarms('Publish', publish.function, log),
    {
      id: 'RecordFailed',
      heading: 'A record cannot be used',
      severity: 'low',
      metric: measured('RecordFailed', { statistic: 'sum', period: QUARTER }),
      threshold: 0,
      console: log,
    },
    ...(settings.feeds.hub === undefined
      ? []
      : [
          {
            id: 'HubFailed',
            heading: 'The hub does not hear',
            severity: 'low' as const,
            metric: measured('HubFailed', { statistic: 'sum', period: HOUR }),
            threshold: 0,
            // What it does not hear is told again, at last each hour: so it has heard nothing for three hours.
            periods: 3,
            console: log,
          },
        ]),
  ];
}

function functionAlarms(name: 'Ingest' | 'Publish', called: lambda.IFunction, console: string): AlarmSpec[] {
  return [
    {
      id: `${name}Errors`,
      heading: `${name} crashes`,
      severity: 'low',
      metric: called.metricErrors({ period: FIVE_MINUTES }),
      threshold: 0,
      console,
    },
    {
      id: `${name}Throttles`,
      heading: 'Functions are throttled',
      severity: 'low',
      metric: called.metricThrottles({ period: FIVE_MINUTES }),
      threshold: 0,
      // Throttled calls are repeated: only what lasts holds anything up.
      periods: 3,
      console: consoleUrl('lambda/home', '/functions'),
    },
  ];
}

/**
 * Of single operations: there a request counts that was throttled for one of the indexes, too. These three because every
 * file needs each of them.
 */
function tableAlarms({ storage }: MonitoringProps): AlarmSpec[] {
  return (['PutItem', 'UpdateItem', 'Query'] as const).map(operation => ({
    id: `Table${operation}Throttles`,
    heading: 'The table is throttled',
    severity: 'low',
    metric: storage.table.metricThrottledRequestsForOperation(operation, { period: FIVE_MINUTES }),
    threshold: 0,
    // The SDK repeats a request that was throttled: a burst that the table grows with is no reason to ring.
    periods: 3,
    console: consoleUrl('dynamodbv2/home', 'tables'),
  }));
}

/** What lies in a queue in which nothing should lie. */
function visible(queue: {
  metricApproximateNumberOfMessagesVisible(props: cloudwatch.MetricOptions): cloudwatch.Metric;
}): cloudwatch.Metric {
  return queue.metricApproximateNumberOfMessagesVisible({ period: MINUTE, statistic: 'max' });
}

import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { rejectedExcessOf } from '../../shared/stack/metrics.ts';
import { consoleUrl, logsUrl } from './console-links.ts';
import { measured } from './measured.ts';
import type { MonitoringProps } from './monitoring-props.ts';

const MINUTE = Duration.minutes(1);
const FIVE_MINUTES = Duration.minutes(5);
const FIFTEEN_MINUTES = Duration.minutes(15);
const HOUR = Duration.hours(1);
const SIX_HOURS = Duration.hours(6);

/** Minimum number of rejected files that raises the alarm in an hour without good files. Authors handle fewer. */
const MIN_REJECTED_FILES = 5;

/** An alarm. No alarm uses metric math, because emulators of CloudFormation do not support it. */
export interface AlarmSpec {
  id: string;
  /** Heading in docs/runbook.md. A test checks that the runbook has it. Alarms with the same remedy share a heading. */
  heading: string;
  /** `high` means that readers or editors miss something now, and `low` that somebody should look today. */
  severity: 'high' | 'low';
  metric: cloudwatch.IMetric;
  /** The alarm rings above this value, or below it if `below` is set. */
  threshold: number;
  below?: true;
  /** The alarm rings also if nothing is measured. */
  ringsWithoutData?: true;
  /** The alarm exists only if the stack is in us-east-1, because its metric exists only there. */
  onlyInVirginia?: true;
  /** Number of evaluated periods. Default: 1. */
  periods?: number;
  /** Number of evaluated periods that must breach the threshold. Default: all. */
  inPeriods?: number;
  /** Address of the console page that helps first. */
  console: string;
}

export function alarmsOf(parts: MonitoringProps): AlarmSpec[] {
  return [...intakeAlarms(parts), ...publisherAlarms(parts), ...tableAlarms(parts), ...siteAlarms(parts)];
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
      // A file whose call crashed waits for the visibility timeout. One such file does not raise the alarm.
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
      // The threshold is half a file lower, because the sum is rounded.
      threshold: rejectedExcessOf(MIN_REJECTED_FILES - 0.5, rejectedPercent),
      console: log,
    },
  ];
}

function publisherAlarms({ publisher, bulk, settings }: MonitoringProps): AlarmSpec[] {
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
      id: 'Unpublished',
      heading: 'Changes could not be published',
      severity: 'high',
      // The minimum is high only if changes are remembered at every tick. A change that the next tick publishes rings
      // nobody.
      metric: measured('Unpublished', { statistic: 'min', period: FIVE_MINUTES }),
      threshold: 0,
      periods: 2,
      console: log,
    },
    {
      id: 'PublishAge',
      heading: 'Readers see old news',
      severity: 'high',
      metric: publish.function.metric('IteratorAge', { period: MINUTE, statistic: 'max' }),
      // A batch of changes takes seconds.
      threshold: FIVE_MINUTES.toMilliseconds(),
      periods: 3,
      console: log,
    },
    {
      id: 'NothingPublished',
      heading: 'Articles arrive, nothing is published',
      severity: 'high',
      // The minimum is high only if every tick of the period finds a new article missing. Some seconds are normal.
      metric: measured('Behind', { statistic: 'min', period: FIVE_MINUTES }),
      threshold: FIVE_MINUTES.toSeconds(),
      periods: 2,
      console: log,
    },
    {
      id: 'TickMissing',
      heading: 'The clock has stopped',
      severity: 'high',
      // A tick comes every minute, so five minutes without a tick are a fault. The metric counts only successful ticks.
      metric: measured('Ticks', { statistic: 'sum', period: FIVE_MINUTES }),
      threshold: 1,
      below: true,
      ringsWithoutData: true,
      periods: 2,
      console: log,
    },
    {
      id: 'CheckMissing',
      heading: 'The daily check did not finish',
      severity: 'low',
      // Each tick counts 0. So the alarm knows of a missing check, and is silent until a new stack is 30 hours old.
      metric: measured('Checks', { statistic: 'sum', period: SIX_HOURS }),
      threshold: 1,
      below: true,
      periods: 5,
      console: log,
    },
    {
      id: 'AgeAboveTarget',
      heading: 'Files take too long to be public',
      severity: 'low',
      metric: measured('Age', { statistic: 'p90', period: FIFTEEN_MINUTES }),
      threshold: settings.alarms.ageMinutes * 60,
      // One file that was tried again may be late, so two periods must breach the threshold.
      periods: 4,
      inPeriods: 2,
      console: log,
    },
    ...functionAlarms('Publish', publish.function, log),
    {
      id: 'BulkFailed',
      heading: 'A bulk run failed',
      severity: 'low',
      // An execution fails if any article has failed.
      metric: bulk.machine.metricFailed({ period: FIFTEEN_MINUTES }),
      threshold: 0,
      console: consoleUrl('states/home', '/statemachines'),
    },
    {
      id: 'BulkTimedOut',
      heading: 'A bulk run failed',
      severity: 'low',
      metric: bulk.machine.metricTimedOut({ period: FIFTEEN_MINUTES }),
      threshold: 0,
      console: consoleUrl('states/home', '/statemachines'),
    },
    {
      id: 'RecordFailed',
      heading: 'A record cannot be used',
      severity: 'low',
      metric: measured('RecordFailed', { statistic: 'sum', period: FIFTEEN_MINUTES }),
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
            // Failed requests are repeated at least every hour. The alarm rings after three hours.
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
      // Throttled calls are repeated, so only lasting throttling delays articles.
      periods: 3,
      console: consoleUrl('lambda/home', '/functions'),
    },
  ];
}

/** Alarms of the operations that every file needs. Their metrics also count requests that an index throttled. */
function tableAlarms({ storage }: MonitoringProps): AlarmSpec[] {
  return (['PutItem', 'UpdateItem', 'Query'] as const).map(operation => ({
    id: `Table${operation}Throttles`,
    heading: 'The table is throttled',
    severity: 'low',
    metric: storage.table.metricThrottledRequestsForOperation(operation, { period: FIVE_MINUTES }),
    threshold: 0,
    // The SDK repeats a throttled request. A short burst must not raise the alarm.
    periods: 3,
    console: consoleUrl('dynamodbv2/home', 'tables'),
  }));
}

/** CloudFront reports its metrics only in us-east-1, and an alarm cannot watch metrics of another region. */
function siteAlarms({ site }: MonitoringProps): AlarmSpec[] {
  if (site.distribution === undefined) return [];
  return [
    {
      id: 'SiteErrors',
      heading: 'Readers get errors',
      severity: 'high',
      metric: new cloudwatch.Metric({
        namespace: 'AWS/CloudFront',
        metricName: '5xxErrorRate',
        statistic: 'avg',
        period: FIVE_MINUTES,
        dimensionsMap: { DistributionId: site.distribution.distributionId, Region: 'Global' },
      }),
      // In percent. One failed request of a quiet night must not raise the alarm, so two periods must breach it.
      threshold: 1,
      periods: 2,
      onlyInVirginia: true,
      console: consoleUrl('cloudfront/v4/home', '/monitoring'),
    },
  ];
}

function visible(queue: IQueue): cloudwatch.Metric {
  return queue.metricApproximateNumberOfMessagesVisible({ period: MINUTE, statistic: 'max' });
}

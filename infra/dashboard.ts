import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { LOG_EVENTS } from '../shared/telemetry.ts';
import type { WatchProps } from './watch.ts';

const FIVE_MINUTES = Duration.minutes(5);

/** The rows of the dashboard: alarms, the way in, the way out, the site, and what the log says. */
export function widgetsOf(
  { archive, intake, newsstand, press }: WatchProps,
  alarms: cloudwatch.IAlarm[],
): cloudwatch.IWidget[][] {
  const ingest = intake.ingest.function;
  const publish = press.publish.function;
  const graph = (title: string, left: cloudwatch.IMetric[], right: cloudwatch.IMetric[] = []) =>
    new cloudwatch.GraphWidget({ title, left, right, width: 8, height: 6 });
  const site = (metricName: string, statistic: string) =>
    new cloudwatch.Metric({
      namespace: 'AWS/CloudFront',
      metricName,
      statistic,
      period: FIVE_MINUTES,
      dimensionsMap: { DistributionId: newsstand.distribution.distributionId, Region: 'Global' },
      // CloudFront reports there, wherever the stack is.
      region: 'us-east-1',
    });
  const logTable = (title: string, logGroup: logs.ILogGroup, ...queryLines: string[]) =>
    new cloudwatch.LogQueryWidget({
      title,
      logGroupNames: [logGroup.logGroupName],
      view: cloudwatch.LogQueryVisualizationType.TABLE,
      queryLines,
      width: 8,
      height: 6,
    });

  return [
    [new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms, width: 24, height: 3 })],
    [
      graph(
        'Copy that arrives, and that is parked',
        [intake.queue.metricNumberOfMessagesSent()],
        [intake.deadLetters.metricApproximateNumberOfMessagesVisible({ statistic: 'max' })],
      ),
      graph('Age of the oldest copy not read yet', [
        intake.queue.metricApproximateAgeOfOldestMessage({ statistic: 'max' }),
      ]),
      graph(
        'Ingest',
        [ingest.metricInvocations(), ingest.metricErrors(), ingest.metricThrottles()],
        [ingest.metricDuration({ statistic: 'p95' })],
      ),
    ],
    [
      graph(
        'Articles written and read (capacity units)',
        [archive.table.metricConsumedWriteCapacityUnits()],
        [archive.table.metricConsumedReadCapacityUnits()],
      ),
      graph('Age of the oldest change not published yet', [
        publish.metric('IteratorAge', { statistic: 'max' }),
      ]),
      graph(
        'Publish',
        [publish.metricInvocations(), publish.metricErrors(), publish.metricThrottles()],
        [publish.metricDuration({ statistic: 'p95' })],
      ),
    ],
    [
      graph('Requests to the site', [site('Requests', 'sum')]),
      graph('Errors of the site, %', [site('4xxErrorRate', 'avg'), site('5xxErrorRate', 'avg')]),
      graph('Changes that could not be published', [
        press.failures.metricApproximateNumberOfMessagesVisible({ statistic: 'max' }),
      ]),
    ],
    [
      logTable(
        'What became of the copy',
        intake.ingest.logGroup,
        `filter event = "${LOG_EVENTS.ingested}"`,
        'stats count() as files by outcome',
      ),
      logTable(
        'Copy that was rejected or failed',
        intake.ingest.logGroup,
        'fields @timestamp, key, reason.message, message',
        `filter outcome = "rejected" or event = "${LOG_EVENTS.ingestFailed}" or level = "ERROR"`,
        'sort @timestamp desc',
        'limit 20',
      ),
      logTable(
        'What publishing stumbled over',
        press.publish.logGroup,
        'fields @timestamp, message, code',
        `filter event = "${LOG_EVENTS.publishFailed}" or level = "ERROR"`,
        'sort @timestamp desc',
        'limit 20',
      ),
    ],
  ];
}

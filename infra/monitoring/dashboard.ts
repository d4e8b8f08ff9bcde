import { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { LOG_EVENTS } from '../../shared/aws/telemetry.ts';
import { REJECTION_CODES } from '../../shared/model/article.ts';
import type { MetricName } from '../../shared/stack/metrics.ts';
import { measured } from './measured.ts';
import type { MonitoringProps } from './monitoring-props.ts';

const FIVE_MINUTES = Duration.minutes(5);

/** Width of a station in columns. A dashboard has 24 columns, and six stations stand side by side. */
const STATION_WIDTH = 4;

interface Station {
  name: string;
  what: string;
  /** The graphs from top to bottom. */
  graphs: cloudwatch.IWidget[];
}

/** The widgets: the alarms, the stations from left to right, and log queries for files that failed. */
export function widgetsOf(parts: MonitoringProps, alarms: cloudwatch.IAlarm[]): cloudwatch.IWidget[][] {
  const stations = [arriving(), waiting(parts), reading(parts), keeping(parts), publishing(parts)];
  return [
    [new cloudwatch.AlarmStatusWidget({ title: 'Alarms', alarms, width: 24, height: 3 })],
    [...stations, readers(parts)].map(
      ({ name, what, graphs }) =>
        new cloudwatch.Column(
          new cloudwatch.TextWidget({ markdown: `## ${name}\n${what}`, width: STATION_WIDTH, height: 3 }),
          ...graphs,
        ),
    ),
    [new cloudwatch.TextWidget({ markdown: '## What the log says', width: 24, height: 1 })],
    logTables(parts),
  ];
}

function graph(title: string, left: cloudwatch.IMetric[], right: cloudwatch.IMetric[] = [], stacked?: true) {
  return new cloudwatch.GraphWidget({ title, left, right, stacked, width: STATION_WIDTH, height: 5 });
}

function own(name: MetricName, statistic: string, label: string, value?: string): cloudwatch.Metric {
  return measured(name, { statistic, label, period: FIVE_MINUTES, ...(value !== undefined && { value }) });
}

function functionGraph(title: string, called: IFunction, count: cloudwatch.IMetric) {
  return graph(
    title,
    [called.metricErrors({ label: 'crashes' }), called.metricThrottles({ label: 'throttles' }), count],
    [called.metricDuration({ statistic: 'p95', label: 'ms, p95' })],
  );
}

function queueGraph(title: string, queue: IQueue, label: string) {
  return graph(title, [queue.metricApproximateNumberOfMessagesVisible({ statistic: 'max', label })]);
}

function arriving(): Station {
  return {
    name: '1 Files arrive',
    what: 'What editors uploaded, and what it became.',
    graphs: [
      graph('Files', [own('Received', 'sum', 'received')]),
      graph('Became', [own('Live', 'sum', 'live'), own('Duplicate', 'sum', 'duplicate')]),
    ],
  };
}

function waiting({ intake }: MonitoringProps): Station {
  return {
    name: '2 They wait',
    what: 'The queue of the intake, and its dead letters.',
    graphs: [
      graph('Oldest waits, seconds', [
        intake.queue.metricApproximateAgeOfOldestMessage({ statistic: 'max', label: 'oldest' }),
      ]),
      queueGraph('Waiting', intake.queue, 'waiting'),
      queueGraph('Parked', intake.deadLetters, 'parked'),
    ],
  };
}

function reading({ intake }: MonitoringProps): Station {
  const ingest = intake.ingest.function;
  const rejected = REJECTION_CODES.map(code => own('Rejected', 'sum', code, code));
  return {
    name: '3 They are read',
    what: 'Rejected: never an article. Failed: is tried again.',
    graphs: [
      graph('Rejected, by reason', rejected, [], true),
      graph('Failed tries', [own('Failed', 'sum', 'failed'), own('AnswerFailed', 'sum', 'answers')]),
      graph('Rejected beyond the allowed', [own('RejectedExcess', 'sum', 'excess')]),
      functionGraph('Ingest', ingest, ingest.metricInvocations({ label: 'calls' })),
    ],
  };
}

function keeping({ storage: { table } }: MonitoringProps): Station {
  return {
    name: '4 They are kept',
    what: 'The table of articles.',
    graphs: [
      graph(
        'Capacity units',
        [table.metricConsumedWriteCapacityUnits({ label: 'written' })],
        [table.metricConsumedReadCapacityUnits({ label: 'read' })],
      ),
      graph(
        'Throttled',
        (['PutItem', 'UpdateItem', 'Query'] as const).map(operation =>
          table.metricThrottledRequestsForOperation(operation, { label: operation, period: FIVE_MINUTES }),
        ),
      ),
      graph('Unusable records', [own('RecordFailed', 'sum', 'records')]),
    ],
  };
}

function publishing({ publisher }: MonitoringProps): Station {
  const publish = publisher.publish.function;
  return {
    name: '5 They are published',
    what: 'From upload to public, and what it takes.',
    graphs: [
      graph('Upload to public, seconds', [own('Age', 'p50', 'half'), own('Age', 'p99', 'all but 1 %')]),
      graph(
        'Written',
        [own('FilesWritten', 'sum', 'files'), own('EditionsTouched', 'sum', 'editions')],
        [own('BytesWritten', 'sum', 'bytes')],
      ),
      graph(
        'Behind, seconds',
        [own('Behind', 'max', 'front page')],
        [publish.metric('IteratorAge', { statistic: 'max', label: 'changes, ms' })],
      ),
      functionGraph('Publish', publish, own('Ticks', 'sum', 'ticks')),
      graph('Daily checks', [own('Checks', 'sum', 'ended well')]),
      graph('Not published', [
        own('Unpublished', 'max', 'tried again'),
        publisher.failures.metricApproximateNumberOfMessagesVisible({ statistic: 'max', label: 'parked' }),
      ]),
    ],
  };
}

function readers({ site, settings }: MonitoringProps): Station {
  const { distribution } = site;
  const graphs: cloudwatch.IWidget[] = [];
  if (distribution !== undefined) {
    const site = (metricName: string, statistic: string, label: string) =>
      new cloudwatch.Metric({
        namespace: 'AWS/CloudFront',
        metricName,
        statistic,
        label,
        period: FIVE_MINUTES,
        dimensionsMap: { DistributionId: distribution.distributionId, Region: 'Global' },
        // CloudFront reports its metrics only in this region.
        region: 'us-east-1',
      });
    graphs.push(
      graph('Requests', [site('Requests', 'sum', 'requests')]),
      graph('Bytes sent', [site('BytesDownloaded', 'sum', 'bytes')]),
      graph('Errors, %', [site('4xxErrorRate', 'avg', '4xx'), site('5xxErrorRate', 'avg', '5xx')]),
    );
  }
  if (settings.feeds.hub !== undefined)
    graphs.push(graph('Hub has not heard', [own('HubFailed', 'sum', 'feeds')]));
  return {
    name: '6 Readers',
    what: distribution ? 'The site, as CloudFront serves it.' : 'The site is served by a CDN of your own.',
    graphs,
  };
}

function logTables({ intake, publisher }: MonitoringProps): cloudwatch.IWidget[] {
  const table = (title: string, logGroup: logs.ILogGroup, ...queryLines: string[]) =>
    new cloudwatch.LogQueryWidget({
      title,
      logGroupNames: [logGroup.logGroupName],
      view: cloudwatch.LogQueryVisualizationType.TABLE,
      queryLines,
      width: 8,
      height: 6,
    });
  return [
    table(
      'What became of the files',
      intake.ingest.logGroup,
      `filter event = "${LOG_EVENTS.ingested}"`,
      'stats count() as files by outcome',
    ),
    table(
      'Files that were rejected or failed',
      intake.ingest.logGroup,
      'fields @timestamp, key, reason.message, message',
      `filter outcome = "rejected" or event = "${LOG_EVENTS.ingestFailed}" or level = "ERROR"`,
      'sort @timestamp desc',
      'limit 20',
    ),
    table(
      'What publishing stumbled over',
      publisher.publish.logGroup,
      'fields @timestamp, message, code',
      `filter event = "${LOG_EVENTS.publishFailed}" or event = "${LOG_EVENTS.recordFailed}" or level = "ERROR"`,
      'sort @timestamp desc',
      'limit 20',
    ),
  ];
}

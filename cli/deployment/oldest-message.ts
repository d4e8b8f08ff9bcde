import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { LIMITS, makeClient } from '../../shared/aws/clients.ts';
import type { Deployment } from './deployment.ts';

/** Period of the metric that is read. SQS reports to CloudWatch once a minute, and a few minutes late. */
const METRIC_PERIOD_MS = 10 * 60_000;

/**
 * Returns the age of the oldest message of a queue in seconds, from CloudWatch. A look into the queue itself would
 * count as a receive. The result is undefined for the local pipeline, which has no metrics, and if CloudWatch has no
 * value or refuses the call.
 */
export async function oldestMessage(
  { isLaptop, clients }: Deployment,
  queueUrl: string,
  now: number,
): Promise<number | undefined> {
  if (isLaptop) return undefined;
  const client = makeClient(CloudWatchClient, LIMITS.person, { region: await clients.sqs.config.region() });
  try {
    const { Datapoints = [] } = await client.send(
      new GetMetricStatisticsCommand({
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateAgeOfOldestMessage',
        Dimensions: [{ Name: 'QueueName', Value: queueUrl.slice(queueUrl.lastIndexOf('/') + 1) }],
        StartTime: new Date(now - METRIC_PERIOD_MS),
        EndTime: new Date(now),
        Period: 60,
        Statistics: ['Maximum'],
      }),
    );
    const latest = Datapoints.sort((a, b) => Number(b.Timestamp) - Number(a.Timestamp))[0];
    return latest?.Maximum;
  } catch {
    // The rest of the status is useful without this value.
    return undefined;
  } finally {
    client.destroy();
  }
}

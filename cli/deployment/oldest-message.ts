import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { LIMITS, makeClient } from '../../shared/aws/clients.ts';
import type { Deployment } from './deployment.ts';

/** SQS tells CloudWatch once a minute, and a few minutes late. */
const LOOK_BACK_MS = 10 * 60_000;

/**
 * Age of the oldest message of a queue in seconds, as CloudWatch last knew it. Undefined on a laptop, where nobody
 * measures it, and where it is unknown or may not be asked: looking into the queue itself would count as a try.
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
        StartTime: new Date(now - LOOK_BACK_MS),
        EndTime: new Date(now),
        Period: 60,
        Statistics: ['Maximum'],
      }),
    );
    const latest = Datapoints.sort((a, b) => Number(b.Timestamp) - Number(a.Timestamp))[0];
    return latest?.Maximum;
  } catch {
    // Everything else that the status says is worth saying without it.
    return undefined;
  } finally {
    client.destroy();
  }
}

import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { LIMITS, makeClient } from '../../../shared/aws/clients.ts';
import { type Check, type Examined, fail, ok } from '../machine/check.ts';
import { functionNames } from './names.ts';

/** Period of the calls that are counted. The publish function is called each minute. */
const CALLS_PERIOD_MS = 15 * 60_000;

/**
 * Checks that not all calls of a function failed of late. They do if it crashes at start, or if it may not read or
 * write what each call needs.
 */
export async function calls(deployment: Pick<Examined, 'clients' | 'outputs' | 'now'>): Promise<Check[]> {
  const about = 'calls';
  const { clients, now } = deployment;
  const client = makeClient(CloudWatchClient, LIMITS.person, { region: await clients.sqs.config.region() });
  const count = async (MetricName: 'Errors' | 'Invocations', name: string) => {
    const { Datapoints = [] } = await client.send(
      new GetMetricStatisticsCommand({
        ...{ Namespace: 'AWS/Lambda', MetricName },
        Dimensions: [{ Name: 'FunctionName', Value: name }],
        ...{ StartTime: new Date(now - CALLS_PERIOD_MS), EndTime: new Date(now) },
        ...{ Period: CALLS_PERIOD_MS / 1_000, Statistics: ['Sum'] },
      }),
    );
    return Datapoints.reduce((sum, { Sum = 0 }) => sum + Sum, 0);
  };
  try {
    return await Promise.all(
      functionNames(deployment).map(async name => {
        const [failed, all] = await Promise.all([count('Errors', name), count('Invocations', name)]);
        if (failed === 0 || failed < all)
          return ok(about, `${name}: ${failed} of ${all} failed in 15 minutes`);
        return fail(
          about,
          `${name}: all ${failed} calls of the last 15 minutes failed`,
          'Mend what the check "permissions" or "variables" found. Else its log says why: docs/runbook.md, "Logs".',
        );
      }),
    );
  } finally {
    client.destroy();
  }
}

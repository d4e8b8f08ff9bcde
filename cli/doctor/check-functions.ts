import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { LIMITS, makeClient } from '../../shared/aws/clients.ts';
import { ENV, INGEST_ENV, PUBLISH_ENV } from '../../shared/stack/environment.ts';
import type { DeploymentOutputs } from '../../shared/stack/stack-outputs.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { CHANGED_BY_HAND, type Check, fail, type Look, ok } from './check.ts';

/** Period of the calls that are counted. The publish function is called each minute. */
const CALLS_PERIOD_MS = 15 * 60_000;

export function functionChecks(deployment: Deployment, now: number): Look[] {
  return [
    { about: 'variables', look: () => variables(deployment) },
    { about: 'calls', look: () => calls(deployment, now) },
  ];
}

/** The value that the stack gives each variable that names one of its resources. */
function expected(outputs: DeploymentOutputs): Map<string, string> {
  return new Map([
    [ENV.table, outputs.table],
    [ENV.intakeBucket, outputs.intakeBucket],
    [ENV.storageBucket, outputs.storageBucket],
    [ENV.siteBucket, outputs.siteBucket],
    [ENV.intakeQueue, outputs.intakeQueue],
    [ENV.deadLetterQueue, outputs.deadLetterQueue],
    [ENV.baseUrl, outputs.site],
  ]);
}

/** Checks that the environment variables of the functions are there, and that they name the resources of the stack. */
async function variables({ clients, outputs }: Deployment): Promise<Check[]> {
  const about = 'variables';
  const wanted = expected(outputs);
  const wrong: Check[] = [];
  for (const { name, names } of [
    { name: outputs.ingestFunction, names: INGEST_ENV },
    { name: outputs.publishFunction, names: PUBLISH_ENV },
  ]) {
    const { Environment } = await clients.lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: name }),
    );
    for (const variable of names) {
      const value = Environment?.Variables?.[variable];
      const right = wanted.get(variable);
      if (value === undefined) wrong.push(fail(about, `${name} has no ${variable}`, CHANGED_BY_HAND));
      else if (right !== undefined && value !== right)
        wrong.push(fail(about, `${variable} of ${name} is ${value} in place of ${right}`, CHANGED_BY_HAND));
    }
  }
  return wrong.length > 0 ? wrong : [ok(about, 'each names what the stack made')];
}

/**
 * Checks that not all calls of a function failed of late. They do if it crashes at start, or if it may not read or
 * write what each call needs.
 */
async function calls({ clients, outputs }: Deployment, now: number): Promise<Check[]> {
  const about = 'calls';
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
      [outputs.ingestFunction, outputs.publishFunction].map(async name => {
        const [failed, all] = await Promise.all([count('Errors', name), count('Invocations', name)]);
        if (failed === 0 || failed < all)
          return ok(about, `${name}: ${failed} of ${all} failed in 15 minutes`);
        return fail(
          about,
          `${name}: all ${failed} calls of the last 15 minutes failed`,
          'It crashes at start, or misses a permission or a variable: its log says which.',
        );
      }),
    );
  } finally {
    client.destroy();
  }
}

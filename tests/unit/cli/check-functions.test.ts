import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { GetFunctionConfigurationCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { rebuildSite } from '../../../cli/deployment/orders.ts';
import { calls } from '../../../cli/doctor/functions/calls.ts';
import { eventSources } from '../../../cli/doctor/functions/event-sources.ts';
import { permissions } from '../../../cli/doctor/functions/permissions.ts';
import { functionStates } from '../../../cli/doctor/functions/state.ts';
import { variables } from '../../../cli/doctor/functions/variables.ts';
import type { Check, Examined } from '../../../cli/doctor/machine/check.ts';
import { ENV, INGEST_ENV, PUBLISH_ENV } from '../../../shared/stack/environment.ts';

const lambda = mockClient(LambdaClient);
const cloudWatch = mockClient(CloudWatchClient);
const region = 'eu-west-1';
const deployment = {
  clients: { lambda: new LambdaClient({ region }), sqs: new SQSClient({ region }) },
  outputs: {
    ...{ table: 't', intakeBucket: 'i', storageBucket: 's', siteBucket: 'w', intakeQueue: 'q' },
    ...{ deadLetterQueue: 'd', site: 'u', ingestFunction: 'ingest', publishFunction: 'publish' },
  },
} as unknown as Examined;
const RIGHT = {
  ...Object.fromEntries([...INGEST_ENV, ...PUBLISH_ENV].map(name => [name, 'any'])),
  ...{ [ENV.table]: 't', [ENV.intakeBucket]: 'i', [ENV.storageBucket]: 's', [ENV.siteBucket]: 'w' },
  ...{ [ENV.intakeQueue]: 'q', [ENV.deadLetterQueue]: 'd', [ENV.baseUrl]: 'u' },
};

beforeEach(() => {
  lambda.reset();
  cloudWatch.reset();
});

async function said(look: (deployment: Examined) => Promise<Check[]>): Promise<string[]> {
  return (await look({ ...deployment, now: Date.now() })).map(({ state, says }) => `${state} ${says}`);
}

test.each(Object.keys(RIGHT))('doctor notices that %s is missing', async name => {
  const { [name]: _, ...rest } = RIGHT as Record<string, string>;
  lambda.on(GetFunctionConfigurationCommand).resolves({ Environment: { Variables: rest } });
  const found = await said(variables);
  expect(found.length).toBeGreaterThan(0);
  for (const each of found) expect(each).toMatch(new RegExp(`^fail (ingest|publish) has no ${name}$`));
});

test('doctor notices variables that name another resource than that of the stack', async () => {
  lambda.on(GetFunctionConfigurationCommand).resolves({ Environment: { Variables: RIGHT } });
  expect(await said(variables)).toEqual(['ok each names what the stack made']);
  lambda
    .on(GetFunctionConfigurationCommand, { FunctionName: 'publish' })
    .resolves({ Environment: { Variables: { ...RIGHT, [ENV.table]: 'nonexistent' } } });
  expect(await said(variables)).toEqual([`fail ${ENV.table} of publish is nonexistent in place of t`]);
});

test.each(Object.entries({ eventSources, functionStates, permissions, variables, rebuildSite }))(
  '%s asks for the version that everything calls',
  async (_, look) => {
    lambda.on(InvokeCommand).resolves({ Payload: Buffer.from('{}') as never });
    lambda.resolves({});
    await look({ ...deployment, now: Date.now() }).catch(() => undefined);
    const asked = lambda.calls().map(({ args: [{ input }] }) => input as Record<string, string>);
    expect(asked.length).toBeGreaterThan(0);
    for (const { FunctionName = '', Qualifier = FunctionName.split(':')[1] } of asked)
      expect(Qualifier).toBe('live');
  },
);

test.each([
  [0, 0, 'ok'],
  [0, 15, 'ok'],
  [14, 15, 'ok'],
  [15, 15, 'fail'],
])('doctor counts %d of %d failed calls as %s', async (failed, all, state) => {
  cloudWatch.on(GetMetricStatisticsCommand).callsFake(({ MetricName }) => ({
    Datapoints: [{ Sum: MetricName === 'Errors' ? failed : all }],
  }));
  for (const each of await said(calls)) expect(each).toMatch(new RegExp(`^${state} `));
  expect(await said(calls)).toHaveLength(2);
});

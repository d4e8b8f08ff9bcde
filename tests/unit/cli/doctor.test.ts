import {
  CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStacksCommand,
  DetectStackDriftCommand,
} from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { permissions } from '../../../cli/doctor/functions/permissions.ts';
import type { Check, Examined } from '../../../cli/doctor/machine/check.ts';
import { hub } from '../../../cli/doctor/site/hub.ts';
import { alarmTopic } from '../../../cli/doctor/stack/alarm-topic.ts';
import { drift } from '../../../cli/doctor/stack/drift.ts';
import type { Probed } from '../../../shared/model/probe.ts';

process.env.AWS_REGION ??= 'eu-west-1';
const lambda = mockClient(LambdaClient);
const sns = mockClient(SNSClient);
const cloudFormation = mockClient(CloudFormationClient);
beforeEach(() => {
  for (const mock of [lambda, sns, cloudFormation]) mock.reset();
});

/** A stack whose storage bucket holds this `websub.json`. */
function examined(waiting: object = {}): Examined {
  return {
    stackName: 'Copydesk-test',
    clients: { lambda: new LambdaClient({ region: 'eu-west-1' }) },
    outputs: { ingestFunction: 'ingest', publishFunction: 'publish' },
    storage: { get: async () => ({ bytes: Buffer.from(JSON.stringify(waiting)), etag: '', metadata: {} }) },
  } as unknown as Examined;
}

const said = (checks: Check | readonly Check[]) =>
  [checks].flat().map(({ state, says, todo }) => [state, says, todo] as const);

const UNDO = 'If somebody changed it by hand, "npx cdk deploy -c stage=test --revert-drift" undoes that.';

type Invoked = ReturnType<Parameters<ReturnType<typeof lambda.on>['callsFake']>[0]>;

/** The answer of Invoke with this payload. */
const answering = (payload: unknown, FunctionError?: string): Invoked =>
  ({ Payload: Buffer.from(JSON.stringify(payload)), FunctionError }) as never;

const probed = (parts: Partial<Probed['probed']> = {}) =>
  answering({ probed: { tried: 3, faults: [], ...parts } });

describe('permissions', () => {
  const fault = {
    action: 's3:PutObject',
    resource: 'editions/ of the storage bucket',
    message: 'Access Denied',
  };

  test('are well if the functions are refused nothing', async () => {
    lambda.on(InvokeCommand).callsFake(() => probed());
    expect(said(await permissions(examined())).map(([state]) => state)).toEqual(['ok', 'ok']);
    const events = lambda.commandCalls(InvokeCommand).map(({ args }) => String(args[0].input.Payload));
    expect(events).toEqual(['{"copydesk":"probe"}', '{"copydesk":"probe"}']);
  });

  test('name each action that a function is refused', async () => {
    lambda
      .on(InvokeCommand)
      .callsFake(({ FunctionName }) => probed({ faults: FunctionName === 'publish' ? [fault] : [] }));
    expect(said(await permissions(examined()))).toContainEqual([
      'fail',
      'publish failed to do s3:PutObject on editions/ of the storage bucket: Access Denied',
      UNDO,
    ]);
  });

  test.each([
    [
      answering({ errorType: 'Error', errorMessage: 'Cannot find module' }, 'Unhandled'),
      'crashes: Cannot find module',
    ],
    [answering({}, 'Unhandled'), 'crashes: Unhandled'],
    [answering({ batchItemFailures: [] }), 'gives no answer to a probe.'],
    [{} as Invoked, 'gives no answer to a probe.'],
  ])('a function that does not start or answer is named', async (answer, sentence) => {
    lambda.on(InvokeCommand).callsFake(() => answer);
    expect(said(await permissions(examined()))).toEqual([
      ['fail', `ingest ${sentence}`, UNDO],
      ['fail', `publish ${sentence}`, UNDO],
    ]);
  });
});

describe('the hub', () => {
  const address = 'https://hub.example.org/';
  const waits = (failures: number) => ({ feed: { changedAt: '', dueAt: '', failures } });

  test.each([
    [undefined, {}, 'ok', /^none is set$/],
    [{ address }, {}, 'ok', /takes notifications$/],
    [{ address }, waits(3), 'ok', /takes notifications$/],
    [{ address }, waits(4), 'fail', /about 1 feeds$/],
    [{ address, fault: 'The hub answered 404 to x.' }, {}, 'fail', /^The hub answered 404 to x\.$/],
  ])('%j with %j waiting is %s', async (asked, waiting, state, sentence) => {
    lambda.on(InvokeCommand).callsFake(() => probed({ hub: asked }));
    const check = await hub(examined(waiting));
    expect(check.state).toBe(state);
    expect(check.says).toMatch(sentence);
  });

  test('is not judged if publish cannot ask it', async () => {
    lambda.on(InvokeCommand).callsFake(() => answering({ errorMessage: 'boom' }, 'Unhandled'));
    expect(await hub(examined())).toMatchObject({ state: 'warn' });
  });
});

describe('the alarm topic', () => {
  const topic = 'arn:aws:sns:eu-west-1:1:alerts';
  const subscription = (SubscriptionArn: string) => ({
    SubscriptionArn,
    Protocol: 'email',
    Endpoint: 'a@example.org',
  });

  test.each([
    [[], ['warn nobody is subscribed, so nobody hears an alarm']],
    [
      [subscription('PendingConfirmation')],
      ['fail a@example.org has not confirmed the subscription, and hears no alarm'],
    ],
    [[subscription(`${topic}:1`)], ['ok 1 subscribed']],
    [
      [subscription(`${topic}:1`), subscription('PendingConfirmation')],
      ['ok 1 subscribed', 'fail a@example.org has not confirmed the subscription, and hears no alarm'],
    ],
  ])('with %j', async (subscriptions, sentences) => {
    cloudFormation
      .on(DescribeStacksCommand)
      .resolves({ Stacks: [{ Outputs: [{ OutputKey: 'AlarmTopicArn', OutputValue: topic }] } as never] });
    sns
      .on(ListSubscriptionsByTopicCommand, { TopicArn: topic, NextToken: undefined })
      .resolves({ Subscriptions: [], NextToken: 'more' })
      .on(ListSubscriptionsByTopicCommand, { TopicArn: topic, NextToken: 'more' })
      .resolves({ Subscriptions: subscriptions });
    const checks = await alarmTopic(examined());
    expect(checks.map(({ state, says }) => `${state} ${says}`)).toEqual(sentences);
    for (const { state, todo } of checks)
      if (state !== 'ok') expect(todo).toContain(`aws sns subscribe --topic-arn ${topic} --protocol email`);
  });
});

describe('drift', () => {
  const quick = { limitMs: 0, pollMs: 1 };
  const change = {
    PropertyPath: '/Timeout',
    ExpectedValue: '900',
    ActualValue: '3',
    DifferenceType: 'NOT_EQUAL' as const,
  };
  const changed = {
    StackId: 's',
    LogicalResourceId: 'Publish',
    ResourceType: 'AWS::Lambda::Function',
    Timestamp: new Date(0),
    StackResourceDriftStatus: 'MODIFIED' as const,
    PropertyDifferences: [change],
  };
  const detecting = (...statuses: string[]) => {
    cloudFormation.on(DetectStackDriftCommand).resolves({ StackDriftDetectionId: 'd' });
    let at = 0;
    cloudFormation
      .on(DescribeStackDriftDetectionStatusCommand)
      .callsFake(() => ({ DetectionStatus: statuses[Math.min(at++, statuses.length - 1)] }));
  };

  test('waits for the detection, and names what was changed or deleted', async () => {
    detecting('DETECTION_IN_PROGRESS', 'DETECTION_COMPLETE');
    cloudFormation.on(DescribeStackResourceDriftsCommand).resolves({
      StackResourceDrifts: [
        changed,
        { ...changed, LogicalResourceId: 'Tick', StackResourceDriftStatus: 'DELETED' },
      ],
    });
    expect(said(await drift(examined(), { pollMs: 1 }))).toEqual([
      ['fail', 'Publish (AWS::Lambda::Function) was changed: /Timeout is 3 in place of 900', UNDO],
      ['fail', 'Tick (AWS::Lambda::Function) was deleted', UNDO],
    ]);
  });

  test.each([
    [['DETECTION_COMPLETE'], ['ok']],
    [['DETECTION_FAILED'], ['warn']],
    [['DETECTION_IN_PROGRESS'], ['warn']],
  ])('of %j without a change is %j', async (statuses, states) => {
    detecting(...statuses);
    cloudFormation.on(DescribeStackResourceDriftsCommand).resolves({ StackResourceDrifts: [] });
    expect((await drift(examined(), quick)).map(({ state }) => state)).toEqual(states);
  });
});

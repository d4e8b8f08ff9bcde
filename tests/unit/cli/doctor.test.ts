import {
  CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DescribeStacksCommand,
  DetectStackDriftCommand,
} from '@aws-sdk/client-cloudformation';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeActiveReceiptRuleSetCommand, SESClient } from '@aws-sdk/client-ses';
import { GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { permissions } from '../../../cli/doctor/functions/permissions.ts';
import type { Check, Examined } from '../../../cli/doctor/machine/check.ts';
import { hub } from '../../../cli/doctor/site/hub.ts';
import { alarmTopic } from '../../../cli/doctor/stack/alarm-topic.ts';
import { drift } from '../../../cli/doctor/stack/drift.ts';
import { mailbox } from '../../../cli/doctor/stack/mailbox.ts';
import type { Probed } from '../../../shared/model/probe.ts';

process.env.AWS_REGION ??= 'eu-west-1';
const lambda = mockClient(LambdaClient);
const sns = mockClient(SNSClient);
const ses = mockClient(SESClient);
const identities = mockClient(SESv2Client);
const cloudFormation = mockClient(CloudFormationClient);
beforeEach(() => {
  for (const mock of [lambda, sns, ses, identities, cloudFormation]) mock.reset();
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

describe('the mailbox', () => {
  const COMMAND = 'aws ses set-active-receipt-rule-set --region eu-west-1 --rule-set-name Copydesk-test';
  const RECORD = 'desk.example.org MX 10 inbound-smtp.eu-west-1.amazonaws.com';
  const ofStack = (outputs: Record<string, string>) =>
    cloudFormation.on(DescribeStacksCommand).resolves({
      Stacks: [
        {
          Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({ OutputKey, OutputValue })),
        } as never,
      ],
    });
  const rule = (BucketName: string, Enabled = true) => ({
    Name: 'Copydesk-test',
    Enabled,
    Actions: [{ S3Action: { BucketName } }],
  });
  const active = (Name: string | undefined, ...Rules: ReturnType<typeof rule>[]) =>
    ses
      .on(DescribeActiveReceiptRuleSetCommand)
      .resolves(Name === undefined ? {} : { Metadata: { Name }, Rules });
  const exchanges = async () => [{ priority: 10, exchange: 'inbound-smtp.eu-west-1.amazonaws.com' }];
  const checks = async (resolve: Parameters<typeof mailbox>[1] = exchanges) =>
    said(
      await mailbox({ ...examined(), outputs: { intakeBucket: 'intake' } } as unknown as Examined, resolve),
    );
  const noDns = async () => {
    throw Object.assign(new Error('queryMx ENOTFOUND'), { syscall: 'queryMx', code: 'ENOTFOUND' });
  };
  beforeEach(() => {
    ofStack({ MailRuleSet: 'Copydesk-test', MailCommand: COMMAND, MailRecord: RECORD });
    active('Copydesk-test', rule('others'), rule('intake'));
    identities.on(GetEmailIdentityCommand).resolves({ VerifiedForSendingStatus: true });
  });

  test('is not looked at without one', async () => {
    ofStack({ SiteUrl: 'https://news.example' });
    expect(await checks()).toEqual([]);
  });

  test('is well if its rule is active, its domain verified, and its DNS right', async () => {
    expect((await checks()).map(([state]) => state)).toEqual(['ok', 'ok', 'ok']);
  });

  test.each<[string, () => unknown, string, string]>([
    [
      'no active rule set',
      () => active(undefined),
      'no rule set of SES is active',
      `"${COMMAND}" activates it.`,
    ],
    [
      'another active rule set',
      () => active('all-mail', rule('others')),
      'the active rule set of SES is all-mail, and not Copydesk-test',
      `If nobody needs all-mail: "${COMMAND}". Otherwise set deployment.mail.ruleSet to "all-mail" and deploy.`,
    ],
    [
      'no rule of ours',
      () => active('Copydesk-test', rule('others'), rule('intake', false)),
      'no rule of Copydesk-test stores mails in the intake bucket',
      UNDO,
    ],
  ])('with %s it names the command', async (_, given, says, todo) => {
    given();
    expect((await checks())[0]).toEqual(['fail', says, todo]);
  });

  test('a domain above counts, and one that is unknown gets a command', async () => {
    const unknown = Object.assign(new Error('no'), { name: 'NotFoundException' });
    identities.on(GetEmailIdentityCommand, { EmailIdentity: 'desk.example.org' }).rejects(unknown);
    expect((await checks())[1]).toEqual(['ok', 'SES has verified example.org', undefined]);
    identities.on(GetEmailIdentityCommand).rejects(unknown);
    expect((await checks())[1]).toEqual([
      'fail',
      'SES does not know the domain desk.example.org',
      '"aws sesv2 create-email-identity --email-identity desk.example.org", then "npx copydesk doctor" names the DNS records.',
    ]);
  });

  test('a domain that is not verified gets its DNS records', async () => {
    identities
      .on(GetEmailIdentityCommand)
      .resolves({ VerifiedForSendingStatus: false, DkimAttributes: { Tokens: ['t1', 't2'] } });
    const [, , todo] = (await checks())[1] ?? [];
    expect(todo).toBe(
      'Add the DNS records: t1._domainkey.desk.example.org CNAME t1.dkim.amazonses.com; t2._domainkey.desk.example.org CNAME t2.dkim.amazonses.com',
    );
  });

  test.each<[Parameters<typeof mailbox>[1], RegExp]>([
    [noDns, /names no server/],
    [async () => [{ priority: 1, exchange: 'mx.example' }], /goes to mx\.example, and not to SES/],
  ])('a missing record of the DNS is named', async (resolve, says) => {
    expect((await checks(resolve))[2]).toEqual([
      'warn',
      expect.stringMatching(says),
      `Add the DNS record: ${RECORD}`,
    ]);
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

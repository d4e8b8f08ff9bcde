import path from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { S3Client } from '@aws-sdk/client-s3';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { STSClient } from '@aws-sdk/client-sts';
import { mockClient } from 'aws-sdk-client-mock';
import { readRunning } from '../../local/state-dir.ts';
import { OUTPUTS } from '../../shared/stack/stack-outputs.ts';
import type { Run } from './command.ts';
import type { Laptop } from './laptop.ts';

/** A call of AWS: its IAM action and the ARN of its resource, or `*` if the action knows no resources. */
export interface RecordedCall {
  action: string;
  resource: string;
}

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';
const arn = (service: string, rest: string) => `arn:aws:${service}:${REGION}:${ACCOUNT}:${rest}`;

/** Resources that a laptop does not have. */
export const CLOUD = {
  stack: 'Copydesk',
  account: ACCOUNT,
  region: REGION,
  machine: arn('states', 'stateMachine:Bulk'),
  execution: arn('states', 'execution:Bulk:first'),
  mapRun: arn('states', 'mapRun:Bulk/Batches:1'),
  alarmTopic: arn('sns', 'alerts'),
};

/** IAM actions whose name differs from that of the command. */
const ACTIONS: Record<string, string> = {
  's3:HeadObject': 's3:GetObject',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:ListObjectVersions': 's3:ListBucketVersions',
  's3:GetBucketNotificationConfiguration': 's3:GetBucketNotification',
  'dynamodb:Get': 'dynamodb:GetItem',
  'dynamodb:BatchGet': 'dynamodb:BatchGetItem',
  'dynamodb:BatchWrite': 'dynamodb:BatchWriteItem',
  'dynamodb:Put': 'dynamodb:PutItem',
  'dynamodb:Update': 'dynamodb:UpdateItem',
  'dynamodb:Delete': 'dynamodb:DeleteItem',
  'sqs:SendMessageBatch': 'sqs:SendMessage',
  'sqs:ChangeMessageVisibilityBatch': 'sqs:ChangeMessageVisibility',
  'lambda:Invoke': 'lambda:InvokeFunction',
};

const PREFIXES: Record<string, string> = {
  S3: 's3',
  DynamoDB: 'dynamodb',
  SQS: 'sqs',
  Lambda: 'lambda',
  CloudFormation: 'cloudformation',
  CloudWatch: 'cloudwatch',
  SFN: 'states',
  SNS: 'sns',
  STS: 'sts',
};

/** Actions for which IAM has no resources. Source: "Actions, resources, and condition keys", Service Authorization Reference. */
export const WITHOUT_RESOURCE = [
  'cloudformation:DescribeStackDriftDetectionStatus',
  'cloudwatch:GetMetricStatistics',
  'lambda:ListEventSourceMappings',
  'ses:DescribeActiveReceiptRuleSet',
  'sts:GetCallerIdentity',
];

type Input = Record<string, string | Record<string, unknown> | undefined>;

function resourceOf(action: string, input: Input): string {
  const [service] = action.split(':');
  const text = (name: string) => String(input[name] ?? '');
  if (WITHOUT_RESOURCE.includes(action)) return '*';
  switch (service) {
    case 's3': {
      const isOfObject = input.Key !== undefined;
      return `arn:aws:s3:::${text('Bucket')}${isOfObject ? `/${text('Key')}` : ''}`;
    }
    case 'dynamodb': {
      const table = input.TableName ?? Object.keys((input.RequestItems ?? {}) as object)[0];
      return arn('dynamodb', `table/${table}${input.IndexName ? `/index/${text('IndexName')}` : ''}`);
    }
    case 'sqs':
      return arn('sqs', text('QueueUrl').split('/').at(-1) ?? '');
    case 'lambda':
      // A call of an alias needs a right on the alias.
      return arn(
        'lambda',
        `function:${text('FunctionName')}${input.Qualifier ? `:${text('Qualifier')}` : ''}`,
      );
    case 'cloudformation':
      return arn('cloudformation', `stack/${text('StackName')}/1`);
    case 'cloudwatch':
      return arn('cloudwatch', 'alarm:any');
    default:
      return text('stateMachineArn') || text('executionArn') || text('mapRunArn') || text('TopicArn');
  }
}

function callOf(client: object, command: { input: Input; constructor: { name: string } }): RecordedCall {
  const service = client.constructor.name.replace(/(Document)?Client$/, '');
  const name = `${PREFIXES[service]}:${command.constructor.name.replace(/Command$/, '')}`;
  const action = ACTIONS[name] ?? name;
  return { action, resource: resourceOf(action, command.input) };
}

/**
 * Runs commands on a stack, and records their calls of AWS. The embedded services of a laptop answer for S3, DynamoDB,
 * SQS and Lambda, and mocks for the other services.
 */
export async function openRecorder(laptop: Laptop) {
  const running = await readRunning(path.join(laptop.dir, '.copydesk'));
  if (running === undefined) throw new Error('The laptop does not run.');
  const { endpoints, outputs } = running;
  const given = { ...outputs, bulkMachine: CLOUD.machine, alarmTopic: CLOUD.alarmTopic };
  const mocks = {
    cloudFormation: mockClient(CloudFormationClient),
    cloudWatch: mockClient(CloudWatchClient),
    sfn: mockClient(SFNClient),
    sns: mockClient(SNSClient),
    sts: mockClient(STSClient),
  };
  const all = Object.values(mocks) as ReturnType<typeof mockClient>[];
  for (const mock of all) mock.onAnyCommand().resolves({});
  mocks.cloudFormation.on(DescribeStacksCommand).resolves({
    Stacks: [
      {
        StackStatus: 'CREATE_COMPLETE',
        Outputs: Object.entries(given).map(([name, OutputValue]) => ({
          OutputKey: OUTPUTS[name as keyof typeof OUTPUTS],
          OutputValue,
        })),
      } as never,
    ],
  });
  const environment = {
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'recorded',
    AWS_SECRET_ACCESS_KEY: 'recorded',
    AWS_ENDPOINT_URL: endpoints.s3,
    AWS_ENDPOINT_URL_DYNAMODB: endpoints.dynamodb,
    AWS_ENDPOINT_URL_SQS: endpoints.sqs,
    AWS_ENDPOINT_URL_LAMBDA: endpoints.lambda,
  };
  return {
    mocks,
    outputs: given,
    async calls(...args: string[]): Promise<{ run: Run; calls: RecordedCall[] }> {
      const sent: { client: { config: { region(): Promise<string> } }; call: RecordedCall }[] = [];
      const base = Object.getPrototypeOf(S3Client.prototype);
      const { send } = base;
      const spy = jest.spyOn(base, 'send').mockImplementation(function (this: never, ...sending: unknown[]) {
        sent.push({ client: this, call: callOf(this, sending[0] as never) });
        return send.apply(this, sending);
      });
      const before = { ...process.env };
      Object.assign(process.env, environment);
      for (const mock of all) mock.resetHistory();
      try {
        const run = await laptop.run(...args, '--stack', CLOUD.stack);
        const calls: RecordedCall[] = [];
        // The functions of the laptop run in this process too.
        for (const { client, call } of sent) if ((await client.config.region()) === REGION) calls.push(call);
        for (const mock of all)
          for (const each of mock.calls()) calls.push(callOf(each.thisValue, each.args[0] as never));
        return { run, calls };
      } finally {
        spy.mockRestore();
        process.env = before;
      }
    },
    close() {
      for (const mock of all) mock.restore();
    },
  };
}

import { Aws, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { BULK_PREFIX } from '../../shared/model/bulk-run.ts';
import { acknowledge, wildcardRule } from '../common/findings.ts';
import type { Intake } from './intake.ts';
import type { Publisher } from './publisher.ts';
import type { Storage } from './storage.ts';

/** Time for a whole run. Ten million articles take less than a day, and a slow rate can take longer. */
const MAX_RUN = Duration.days(7);

/** Time for a step. It is the maximum time of a function. */
const STEP_SECONDS = 900;

/**
 * Time for a batch. With the retries before it and the note after it, it stays below five minutes, which is the maximum
 * of an Express execution. Publish ends a batch by itself after 150 seconds.
 */
const BATCH_SECONDS = 200;

/** Time to note the failures of a batch. */
const NOTE_SECONDS = 20;

export interface BulkWorkProps {
  storage: Storage;
  intake: Intake;
  publisher: Publisher;
}

/**
 * The state machine of bulk runs (shared/model/bulk-run.ts). The publish function plans the work as lists. A Distributed
 * Map gives each batch of a list to the publish function or the ingest function. `local/bulk-run.ts` does the same on a
 * laptop. See docs/decisions/0019-bulk-runs.md.
 */
export class BulkWork extends Construct {
  readonly machine: sfn.StateMachine;

  constructor(scope: Construct, id: string, { storage, intake, publisher }: BulkWorkProps) {
    super(scope, id);
    const publish = publisher.publish.live.functionArn;
    const ingest = intake.ingest.live.functionArn;
    const role = new iam.Role(this, 'Role', {
      assumedBy: new iam.ServicePrincipal('states.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: { 'aws:SourceArn': `${arnOf('stateMachine')}:*` },
        },
      }),
    });
    const lists = storage.bucket.arnForObjects(`${BULK_PREFIX}*`);
    role.addToPolicy(
      new iam.PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [publish, ingest] }),
    );
    role.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [lists] }));
    acknowledge(role, { [wildcardRule(this, lists)]: 'Each run writes lists with names of their own.' });

    const definition = definitionOf({ publish, ingest, bucket: storage.bucket.bucketName });
    this.machine = new sfn.StateMachine(this, 'Machine', {
      stateMachineType: sfn.StateMachineType.STANDARD,
      definitionBody: sfn.DefinitionBody.fromString(Stack.of(this).toJsonString(definition)),
      comment: 'Copydesk: publishes or parses all articles again.',
      role,
    });
    acknowledge(this.machine, {
      SF1: 'The functions log each batch and each step. A log of the events would cost more than the work.',
      SF2: 'The functions are traced. A trace of each batch would add nothing.',
    });
    this.allowChildren(role);
  }

  /** A Distributed Map starts executions of its own machine. The policy is separate, because it names the machine. */
  private allowChildren(role: iam.Role): void {
    const children = `${arnOf('execution')}:${this.machine.stateMachineName}/*`;
    const policy = new iam.Policy(this, 'Children', {
      roles: [role],
      statements: [
        new iam.PolicyStatement({
          actions: ['states:StartExecution'],
          resources: [this.machine.stateMachineArn],
        }),
        new iam.PolicyStatement({
          actions: ['states:DescribeExecution', 'states:StopExecution'],
          resources: [children],
        }),
      ],
    });
    acknowledge(policy, {
      [wildcardRule(this, children)]: 'Step Functions chooses the names of the children.',
    });
  }
}

/** The ARN of the resources of Step Functions of a kind, without their name. */
function arnOf(kind: 'stateMachine' | 'execution'): string {
  return `arn:${Aws.PARTITION}:states:${Aws.REGION}:${Aws.ACCOUNT_ID}:${kind}`;
}

interface Names {
  publish: string;
  ingest: string;
  bucket: string;
}

const INVOKE = `arn:${Aws.PARTITION}:states:::lambda:invoke`;

/** Errors of Lambda that pass. Throttling passes when other calls have ended. */
const PASSING = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
];

/** The definition in the Amazon States Language, with JSONPath. */
function definitionOf(names: Names): object {
  const again = { copydesk: 'bulk-step', 'run.$': '$.run' };
  return {
    StartAt: 'Step',
    TimeoutSeconds: MAX_RUN.toSeconds(),
    States: {
      Step: {
        Type: 'Task',
        Resource: INVOKE,
        Parameters: { FunctionName: names.publish, 'Payload.$': '$' },
        OutputPath: '$.Payload',
        TimeoutSeconds: STEP_SECONDS,
        Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 5, MaxAttempts: 4, BackoffRate: 3 }],
        Next: 'What comes next',
      },
      'What comes next': {
        Type: 'Choice',
        Choices: [
          { Variable: '$.action', StringEquals: 'plan', Next: 'Plan more' },
          { Variable: '$.action', StringEquals: 'work', Next: 'Work off the list' },
          { Variable: '$.action', StringEquals: 'failed', Next: 'Some failed' },
        ],
        Default: 'Done',
      },
      'Plan more': { Type: 'Pass', Parameters: again, Next: 'Step' },
      'Work off the list': {
        Type: 'Map',
        Label: 'Batches',
        ItemReader: {
          Resource: `arn:${Aws.PARTITION}:states:::s3:getObject`,
          ReaderConfig: { InputType: 'JSONL' },
          Parameters: { Bucket: names.bucket, 'Key.$': '$.list' },
        },
        ItemSelector: {
          copydesk: 'bulk-work',
          'run.$': '$.run',
          'order.$': '$.order',
          'pause.$': '$.pause',
          'batch.$': '$$.Map.Item.Value',
        },
        MaxConcurrencyPath: '$.concurrency',
        // What fails is noted and counted, and stops nothing.
        ToleratedFailurePercentage: 100,
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'EXPRESS' },
          ...batchStates(names),
        },
        ResultPath: '$.results',
        Next: 'Count the results',
      },
      'Count the results': {
        Type: 'Pass',
        Parameters: { ...again, 'list.$': '$.list', 'results.$': '$.results' },
        Next: 'Step',
      },
      'Some failed': { Type: 'Fail', Error: 'SomeFailed', Cause: 'copydesk status names what has failed.' },
      Done: { Type: 'Succeed' },
    },
  };
}

/** The states of one batch. Their result is small, because the results of all batches of a list come together. */
function batchStates({ publish, ingest }: Names): object {
  const work = (FunctionName: string) => ({
    Type: 'Task',
    Resource: INVOKE,
    Parameters: { FunctionName, 'Payload.$': '$' },
    ResultSelector: {
      'done.$': '$.Payload.done',
      'failed.$': '$.Payload.failed',
      'failures.$': '$.Payload.failures',
      'wait.$': '$.Payload.wait',
    },
    ResultPath: '$.answer',
    TimeoutSeconds: BATCH_SECONDS,
    Retry: [
      { ErrorEquals: PASSING, IntervalSeconds: 2, MaxAttempts: 4, BackoffRate: 2, JitterStrategy: 'FULL' },
    ],
    Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Note the whole batch' }],
    Next: 'Has some of it failed',
  });
  const note = (fields: object) => ({
    Type: 'Task',
    Resource: INVOKE,
    Parameters: {
      FunctionName: publish,
      Payload: { copydesk: 'bulk-note', 'run.$': '$.run', 'batch.$': '$.batch', ...fields },
    },
    TimeoutSeconds: NOTE_SECONDS,
    Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 1, MaxAttempts: 2, BackoffRate: 2 }],
  });
  return {
    StartAt: 'Which function',
    States: {
      'Which function': {
        Type: 'Choice',
        Choices: [{ Variable: '$.order.kind', StringEquals: 'publish', Next: 'Publish the batch' }],
        Default: 'Parse the batch',
      },
      'Publish the batch': work(publish),
      'Parse the batch': work(ingest),
      'Has some of it failed': {
        Type: 'Choice',
        Choices: [{ Variable: '$.answer.failed', NumericGreaterThan: 0, Next: 'Note the failures' }],
        Default: 'Keep the rate',
      },
      'Note the failures': {
        ...note({ 'failures.$': '$.answer.failures' }),
        ResultPath: null,
        Next: 'Keep the rate',
      },
      'Keep the rate': { Type: 'Wait', SecondsPath: '$.answer.wait', Next: 'Counts' },
      Counts: {
        Type: 'Pass',
        Parameters: { 'done.$': '$.answer.done', 'failed.$': '$.answer.failed' },
        End: true,
      },
      'Note the whole batch': {
        ...note({ 'error.$': '$.error.Cause' }),
        OutputPath: '$.Payload',
        End: true,
      },
    },
  };
}

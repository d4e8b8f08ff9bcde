import assert from 'node:assert/strict';
import { Agent } from 'node:https';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import {
  DeleteObjectCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  CreateReceiptRuleCommand,
  CreateReceiptRuleSetCommand,
  SESClient,
  SetActiveReceiptRuleSetCommand,
} from '@aws-sdk/client-ses';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { DynamoDBDocumentClient, paginateScan, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type DeploymentOutputs, NEEDED_OUTPUTS, OUTPUTS } from '../../shared/stack/stack-outputs.ts';
import { type Item, RECORD_SK } from '../../shared/table/keys.ts';
import { ACCOUNT, type MiniStack } from './emulator/ministack.ts';
import { filesIn, keysIn, type SiteFiles } from './site-files.ts';

/** A feed, so far as the story asks. */
interface JsonFeed {
  items: { id: string; title: string; url: string; content_html?: string; _gone?: object }[];
}

const OLD_PARSER = 'old';

/** Everybody in the account may act in a role. */
const OF_THIS_ACCOUNT = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'sts:AssumeRole' },
  ],
};

const MAX_STACK_SECONDS = 120;

/** What stands in AWS, seen past the desk: by the SDK, as an operator would in the console. */
export class Account {
  readonly s3: S3Client;
  readonly #sqs: SQSClient;
  readonly #lambda: LambdaClient;
  readonly #table: DynamoDBDocumentClient;
  readonly #cloudFormation: CloudFormationClient;
  readonly #sts: STSClient;
  readonly #ses: SESClient;

  constructor({ url, ca, env }: MiniStack) {
    const config = {
      endpoint: url,
      region: env.AWS_REGION ?? '',
      credentials: {
        accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
        secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
      },
      // This process was started without the authority, and Node reads NODE_EXTRA_CA_CERTS at its start only.
      requestHandler: { httpsAgent: new Agent({ ca, keepAlive: true }) },
    };
    this.s3 = new S3Client({ ...config, forcePathStyle: true });
    this.#sqs = new SQSClient({ ...config, useQueueUrlAsEndpoint: false });
    this.#lambda = new LambdaClient(config);
    this.#table = DynamoDBDocumentClient.from(new DynamoDBClient(config));
    this.#cloudFormation = new CloudFormationClient(config);
    this.#sts = new STSClient(config);
    this.#ses = new SESClient(config);
  }

  /** The outputs of a stack, or undefined where there is no such stack. */
  async outputs(StackName = 'Copydesk'): Promise<DeploymentOutputs | undefined> {
    const stack = await this.#cloudFormation.send(new DescribeStacksCommand({ StackName })).catch(absent);
    const given = stack?.Stacks?.[0]?.Outputs;
    if (given === undefined) return undefined;
    const values = new Map(given.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
    return Object.fromEntries(
      NEEDED_OUTPUTS.map(name => [name, values.get(OUTPUTS[name]) ?? '']),
    ) as DeploymentOutputs;
  }

  /** The outputs of a stack that must be there. */
  async deployed(stackName?: string): Promise<DeploymentOutputs> {
    const outputs = await this.outputs(stackName);
    assert.ok(outputs, 'the stack is there');
    return outputs;
  }

  /** The articles of the main feed as it lies in the site bucket; none before anything was published. */
  async feed(bucket: string): Promise<JsonFeed> {
    const text = await this.text(bucket, 'feed.json');
    const { items }: JsonFeed = text === undefined ? { items: [] } : JSON.parse(text);
    return { items: items.filter(({ _gone }) => _gone === undefined) };
  }

  /** The text of an object, or undefined where there is none. */
  async text(bucket: string, key: string): Promise<string | undefined> {
    const object = await this.s3.send(new GetObjectCommand({ Bucket: bucket, Key: key })).catch(absent);
    return object?.Body?.transformToString();
  }

  /** The keys of a bucket. */
  keys(bucket: string): Promise<string[]> {
    return keysIn(this.s3, bucket);
  }

  /** All files of a bucket. */
  files(bucket: string): Promise<SiteFiles> {
    return filesIn(this.s3, bucket);
  }

  /** When S3 has got an object, in milliseconds; undefined where there is none. */
  async writtenAt(bucket: string, key: string): Promise<number | undefined> {
    const list = await this.s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: key, MaxKeys: 1 }));
    return list.Contents?.find(({ Key }) => Key === key)?.LastModified?.getTime();
  }

  /** Deletes the objects of a bucket whose keys are like this. */
  async empty(bucket: string, like: RegExp): Promise<void> {
    for (const key of await this.keys(bucket)) if (like.test(key)) await this.delete(bucket, key);
  }

  /** Makes all records as if an older parser had made them. Returns their number. */
  async age(table: string): Promise<number> {
    const records = await this.#records(table);
    for (const { pk, sk } of records)
      await this.#table.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk, sk },
          UpdateExpression: 'SET parserVersion = :old',
          ExpressionAttributeValues: { ':old': OLD_PARSER },
        }),
      );
    return records.length;
  }

  /** The number of records that an older parser made. */
  async aged(table: string): Promise<number> {
    return (await this.#records(table)).filter(({ parserVersion }) => parserVersion === OLD_PARSER).length;
  }

  /** The records of a table without the tombstones. */
  async #records(table: string): Promise<Item[]> {
    const records: Item[] = [];
    for await (const items of this.items(table))
      records.push(...items.filter(({ sk, status }) => sk === RECORD_SK && status !== 'deleted'));
    return records;
  }

  /** All items of a table, page by page. */
  async *items(table: string): AsyncGenerator<Item[]> {
    for await (const { Items = [] } of paginateScan({ client: this.#table }, { TableName: table }))
      yield Items;
  }

  /** Whether there is such a bucket. */
  async hasBucket(bucket: string): Promise<boolean> {
    return (await this.s3.send(new HeadBucketCommand({ Bucket: bucket })).catch(absent)) !== undefined;
  }

  async delete(bucket: string, key: string): Promise<void> {
    await this.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  }

  async put(bucket: string, key: string, body: Uint8Array): Promise<void> {
    await this.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  }

  /** Makes a rule set of SES with a rule that stores mails in a bucket. `activate` makes it the active one. */
  async receiptRule(rule: {
    name: string;
    bucket: string;
    prefix: string;
    recipient: string;
  }): Promise<{ activate: () => Promise<void> }> {
    const { name, bucket, prefix, recipient } = rule;
    await this.#ses.send(new CreateReceiptRuleSetCommand({ RuleSetName: name }));
    const Actions = [{ S3Action: { BucketName: bucket, ObjectKeyPrefix: prefix } }];
    const Rule = { Name: name, Enabled: true, ScanEnabled: true, Recipients: [recipient], Actions };
    await this.#ses.send(new CreateReceiptRuleCommand({ RuleSetName: name, Rule }));
    return {
      activate: async () => {
        await this.#ses.send(new SetActiveReceiptRuleSetCommand({ RuleSetName: name }));
      },
    };
  }

  /** Messages of a queue, waiting or taken. */
  async messages(queueUrl: string): Promise<number> {
    const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
    const { Attributes } = await this.#sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...names] }),
    );
    return names.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0);
  }

  /**
   * Makes roles for people, each with these policies.
   * @param policies documents of policies by the names of roles
   */
  async makeRoles(policies: ReadonlyMap<string, readonly object[]>): Promise<{ undo: () => Promise<void> }> {
    const roles = [...policies].map(([name, documents]) => {
      const Policies = documents.map((PolicyDocument, at) => ({
        PolicyName: `policy-${at}`,
        PolicyDocument,
      }));
      const Properties = { RoleName: name, AssumeRolePolicyDocument: OF_THIS_ACCOUNT, Policies };
      return [name, { Type: 'AWS::IAM::Role', Properties }] as const;
    });
    const stack = { StackName: 'People' };
    const TemplateBody = JSON.stringify({ Resources: Object.fromEntries(roles) });
    const Capabilities = ['CAPABILITY_NAMED_IAM' as const];
    await this.#cloudFormation.send(new CreateStackCommand({ ...stack, TemplateBody, Capabilities }));
    await waitUntilStackCreateComplete(
      { client: this.#cloudFormation, minDelay: 1, maxDelay: 1, maxWaitTime: MAX_STACK_SECONDS },
      stack,
    );
    return {
      undo: async () => {
        await this.#cloudFormation.send(new DeleteStackCommand(stack));
      },
    };
  }

  /** Returns the variables of a process that acts in a role of {@link makeRoles}. */
  async roleCredentials(role: string): Promise<NodeJS.ProcessEnv> {
    const RoleArn = `arn:aws:iam::${ACCOUNT}:role/${role}`;
    const { Credentials } = await this.#sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: role }));
    return {
      AWS_ACCESS_KEY_ID: Credentials?.AccessKeyId,
      AWS_SECRET_ACCESS_KEY: Credentials?.SecretAccessKey,
      AWS_SESSION_TOKEN: Credentials?.SessionToken,
    };
  }

  /** Disables the event sources of a function, so that no change reaches it, until `undo`. */
  async disable(functionName: string): Promise<{ undo: () => Promise<void> }> {
    const { EventSourceMappings = [] } = await this.#lambda.send(new ListEventSourceMappingsCommand({}));
    const sources = EventSourceMappings.filter(({ FunctionArn }) => FunctionArn?.includes(functionName));
    assert.ok(sources.length > 0, 'the function has an event source');
    const enable = async (Enabled: boolean) => {
      for (const { UUID } of sources)
        await this.#lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
    };
    await enable(false);
    return { undo: () => enable(true) };
  }

  /** Calls the publish function as its schedule does. */
  async tick(functionName: string): Promise<void> {
    const Payload = JSON.stringify({ copydesk: 'tick' });
    const { FunctionError } = await this.#lambda.send(
      new InvokeCommand({ FunctionName: functionName, Payload }),
    );
    assert.equal(FunctionError, undefined, 'the tick has not failed');
  }

  /** Takes from a function the right to read one object, as a policy that somebody tightened would. */
  async deny(functionName: string, bucket: string, key: string): Promise<{ undo: () => Promise<void> }> {
    const { Role } = await this.#lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: functionName }),
    );
    const { Policy = '' } = await this.s3.send(new GetBucketPolicyCommand({ Bucket: bucket }));
    const policy = JSON.parse(Policy);
    const denial = {
      Effect: 'Deny',
      Principal: { AWS: Role },
      Action: ['s3:GetObject', 's3:GetObjectVersion'],
      Resource: `arn:aws:s3:::${bucket}/${key}`,
    };
    const put = (json: string) => this.s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: json }));
    await put(JSON.stringify({ ...policy, Statement: [...policy.Statement, denial] }));
    return {
      undo: async () => {
        await put(Policy);
      },
    };
  }
}

/** Turns "there is none" into undefined; anything else is an error. */
function absent(error: Error): undefined {
  if (['NoSuchKey', 'NotFound', 'ValidationError'].includes(error.name)) return undefined;
  throw error;
}

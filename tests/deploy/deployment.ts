import { Agent } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  DeleteObjectCommand,
  GetBucketPolicyCommand,
  GetObjectCommand,
  HeadBucketCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, ScanCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type DeploymentOutputs, NEEDED_OUTPUTS, OUTPUTS } from '../../shared/stack/stack-outputs.ts';
import { RECORD_SK } from '../../shared/table/keys.ts';
import type { MiniStack } from './ministack.ts';

/** A feed, so far as the story asks. */
interface JsonFeed {
  items: { id: string; title: string; url: string; content_html?: string }[];
}

const OLD_PARSER = 'old';

/** What stands in AWS, seen past the desk: by the SDK, as an operator would in the console. */
export class Account {
  readonly #s3: S3Client;
  readonly #sqs: SQSClient;
  readonly #lambda: LambdaClient;
  readonly #table: DynamoDBDocumentClient;
  readonly #cloudFormation: CloudFormationClient;

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
    this.#s3 = new S3Client({ ...config, forcePathStyle: true });
    this.#sqs = new SQSClient({ ...config, useQueueUrlAsEndpoint: false });
    this.#lambda = new LambdaClient(config);
    this.#table = DynamoDBDocumentClient.from(new DynamoDBClient(config));
    this.#cloudFormation = new CloudFormationClient(config);
  }

  /** The outputs of the stack, or undefined where there is no stack. */
  async outputs(): Promise<DeploymentOutputs | undefined> {
    const command = new DescribeStacksCommand({ StackName: 'Copydesk' });
    const stack = await this.#cloudFormation.send(command).catch(absent);
    const given = stack?.Stacks?.[0]?.Outputs;
    if (given === undefined) return undefined;
    const values = new Map(given.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
    return Object.fromEntries(
      NEEDED_OUTPUTS.map(name => [name, values.get(OUTPUTS[name]) ?? '']),
    ) as DeploymentOutputs;
  }

  /** The main feed as it lies in the site bucket; without items before anything was published. */
  async feed(bucket: string): Promise<JsonFeed> {
    const text = await this.text(bucket, 'feed.json');
    return text === undefined ? { items: [] } : JSON.parse(text);
  }

  /** The text of an object, or undefined where there is none. */
  async text(bucket: string, key: string): Promise<string | undefined> {
    const object = await this.#s3.send(new GetObjectCommand({ Bucket: bucket, Key: key })).catch(absent);
    return object?.Body?.transformToString();
  }

  /** The keys of a bucket that has no more than a thousand. */
  async keys(bucket: string): Promise<string[]> {
    const { Contents = [] } = await this.#s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    return Contents.map(({ Key = '' }) => Key);
  }

  /** The texts of all objects of a bucket that has no more than a thousand. */
  async files(bucket: string): Promise<Map<string, string>> {
    const files = new Map<string, string>();
    for (const key of await this.keys(bucket)) files.set(key, (await this.text(bucket, key)) ?? '');
    return files;
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

  /** The records of a table that has no more than fit one page, but for the tombstones. */
  async #records(table: string): Promise<Record<string, unknown>[]> {
    const { Items = [] } = await this.#table.send(new ScanCommand({ TableName: table }));
    return Items.filter(({ sk, status }) => sk === RECORD_SK && status !== 'deleted');
  }

  /** Whether there is such a bucket. */
  async hasBucket(bucket: string): Promise<boolean> {
    return (await this.#s3.send(new HeadBucketCommand({ Bucket: bucket })).catch(absent)) !== undefined;
  }

  async delete(bucket: string, key: string): Promise<void> {
    await this.#s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
  }

  /** Messages of a queue, waiting or taken. */
  async messages(queueUrl: string): Promise<number> {
    const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
    const { Attributes } = await this.#sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: [...names] }),
    );
    return names.reduce((sum, name) => sum + Number(Attributes?.[name] ?? 0), 0);
  }

  /** Takes from a function the right to read one object, as a policy that somebody tightened would. */
  async deny(functionName: string, bucket: string, key: string): Promise<{ undo: () => Promise<void> }> {
    const { Role } = await this.#lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: functionName }),
    );
    const { Policy = '' } = await this.#s3.send(new GetBucketPolicyCommand({ Bucket: bucket }));
    const policy = JSON.parse(Policy);
    const denial = {
      Effect: 'Deny',
      Principal: { AWS: Role },
      Action: ['s3:GetObject', 's3:GetObjectVersion'],
      Resource: `arn:aws:s3:::${bucket}/${key}`,
    };
    const put = (json: string) => this.#s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: json }));
    await put(JSON.stringify({ ...policy, Statement: [...policy.Statement, denial] }));
    return {
      undo: async () => {
        await put(Policy);
      },
    };
  }
}

/**
 * Waits until something is so.
 * @returns what was found
 * @throws Error that says what was waited for
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false>,
  { seconds = 60 }: { seconds?: number } = {},
): Promise<T> {
  for (const started = Date.now(); Date.now() - started < seconds * 1_000; await pause(250)) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
  }
  throw new Error(`Waited ${seconds} s in vain until ${what}.`);
}

/** Turns "there is none" into undefined; anything else is an error. */
function absent(error: Error): undefined {
  if (['NoSuchKey', 'NotFound', 'ValidationError'].includes(error.name)) return undefined;
  throw error;
}

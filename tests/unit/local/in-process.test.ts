import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type PutObjectCommandInput,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord, S3EventRecord } from 'aws-lambda';
import { LOCAL_ACCESS } from '../../../local/common/region.ts';
import { inProcessTable } from '../../../local/dynamodb/client.ts';
import { openDynamoDb } from '../../../local/dynamodb/database.ts';
import { startDynamoDb } from '../../../local/dynamodb/server.ts';
import { S3Buckets } from '../../../local/s3/buckets.ts';
import { inProcessS3 } from '../../../local/s3/client.ts';
import { startS3 } from '../../../local/s3/server.ts';
import { openSqs, startSqs } from '../../../local/sqs.ts';
import { documentClient } from '../../../shared/table/table-client.ts';

/** Sends a command, and returns its output or its error without what differs from call to call. */
type Call = (command: object) => Promise<unknown>;

/** Members that differ from call to call. */
const CHANGING = new Set([
  'requestId',
  'extendedRequestId',
  'cfId',
  'LastModified',
  'MessageId',
  'ReceiptHandle',
]);

/** Runs the same calls against servers by the SDK, and in this process. The results of both are equal. */
async function sameOnBoth<Client>(
  open: (isInProcess: boolean) => Promise<{ client: Client; close: () => Promise<void>; seen?: unknown[] }>,
  calls: (call: Call) => Promise<void>,
): Promise<unknown[]> {
  const [served = [], inProcess = []] = await Promise.all(
    [false, true].map(async isInProcess => {
      const { client, close, seen = [] } = await open(isInProcess);
      const results: unknown[] = [];
      const { send } = client as { send: (command: object) => Promise<object> };
      await calls(async command => {
        const result = await send.call(client, command).then(outputOf, errorOf);
        results.push([command.constructor.name, result]);
        return result;
      });
      await close();
      return [...results, ...seen].map(result => withoutIds(result, new Map()));
    }),
  );
  expect(inProcess).toEqual(served);
  return served;
}

async function outputOf(output: object): Promise<object> {
  const { Body, ...rest } = output as { Body?: { transformToString(): Promise<string> } };
  return Body ? { ...rest, Body: await Body.transformToString() } : rest;
}

function errorOf(error: Error & { $fault?: string; $metadata?: { httpStatusCode?: number }; code?: string }) {
  const { name, message, $fault, $metadata, code } = error;
  return { error: name, message, $fault, status: $metadata?.httpStatusCode, code };
}

/** Numbers the ids of versions, and leaves out what differs from call to call. */
function withoutIds(value: unknown, ids: Map<string, number>): unknown {
  if (value instanceof Date || value instanceof Set || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map(each => withoutIds(each, ids));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, each]) => !CHANGING.has(name) && each !== undefined)
      .map(([name, each]) => {
        if (!/VersionId$/.test(name)) return [name, withoutIds(each, ids)];
        ids.set(each, ids.get(each) ?? ids.size);
        return [name, ids.get(each)];
      }),
  );
}

describe('S3', () => {
  const Bucket = 'plain';
  const open = async (isInProcess: boolean) => {
    const dir = await mkdtemp(join(tmpdir(), 'in-process-'));
    const seen: unknown[] = [];
    const onEvent = ({ eventName, s3 }: S3EventRecord) => {
      const { key, size, eTag } = s3.object;
      seen.push({ eventName, bucket: s3.bucket.name, key, size, eTag });
    };
    const buckets = { plain: { onEvent }, versioned: { versioned: true, onEvent } };
    if (isInProcess) {
      const client = inProcessS3(await S3Buckets.open({ dir, isTemporary: true, buckets }));
      return { client, seen, close: () => rm(dir, { recursive: true }) };
    }
    const server = await startS3({ dir, port: 0, buckets });
    const client = new S3Client({
      ...LOCAL_ACCESS,
      endpoint: server.url,
      forcePathStyle: true,
      maxAttempts: 1,
    });
    const close = async () => {
      client.destroy();
      await server.close();
      await rm(dir, { recursive: true });
    };
    return { client, seen, close };
  };
  const put = (Key: string, Body: string | Uint8Array, more: Partial<PutObjectCommandInput> = {}) =>
    new PutObjectCommand({ Bucket, Key, Body: Buffer.from(Body), ...more });
  const get = (Key: string, more: object = {}) => new GetObjectCommand({ Bucket, Key, ...more });
  const head = (Key: string, more: object = {}) => new HeadObjectCommand({ Bucket, Key, ...more });
  const remove = (Key: string, more: object = {}) => new DeleteObjectCommand({ Bucket, Key, ...more });
  const list = (more: object = {}) => new ListObjectsV2Command({ Bucket, ...more });

  test('headers, metadata, checksums and entity tags', async () => {
    const headers = {
      ContentType: 'text/plain; charset=utf-8',
      CacheControl: 'max-age=60',
      ContentDisposition: 'inline',
      ContentEncoding: 'identity',
      ContentLanguage: 'de',
    };
    const bodies = ['', 'hello', 'ü 日本 😀', new Uint8Array([0, 255, 10]), 'x'.repeat(2 ** 20 + 1)];
    await sameOnBoth(open, async call => {
      for (const [at, body] of bodies.entries()) {
        await call(put(`body/${at}`, body));
        await call(get(`body/${at}`));
        await call(head(`body/${at}`));
      }
      await call(
        put('all', 'hello', { ...headers, Metadata: { Section: ' Wörld ', mtime: '1', 'x-y': '' } }),
      );
      for (const read of [get, head]) await call(read('all'));
      await call(put('wide', 'hello', { Metadata: { headline: '日本' } }));
      await call(put('long', 'hello', { Metadata: { headline: 'x'.repeat(3_000) } }));
      await call(put('k'.repeat(1_025), 'hello'));
    });
  });

  test('conditions of writes and reads', async () => {
    const results = await sameOnBoth(open, async call => {
      const absent = { IfNoneMatch: '*' };
      const { ETag } = (await call(put('a', '1', absent))) as { ETag: string };
      await call(put('a', '2', absent));
      await call(put('a', '2', { IfMatch: '"other"' }));
      await call(put('a', '2', { IfMatch: ETag }));
      await call(put('none', '2', { IfMatch: ETag }));
      await call(put('a', '3', { IfNoneMatch: ETag }));
      const { ETag: tag } = (await call(head('a'))) as { ETag: string };
      for (const read of [get, head])
        for (const more of [{ IfNoneMatch: tag }, { IfMatch: tag }, { IfMatch: '"other"' }])
          await call(read('a', more));
      await call(put('a', '1', { Bucket: 'versioned' }));
      await call(remove('a', { Bucket: 'versioned' }));
      await call(put('a', '2', { Bucket: 'versioned', ...absent }));
    });
    const statuses = results.map(result => (result as [string, { status?: number }])[1]?.status);
    expect(statuses).toEqual(expect.arrayContaining([304, 404, 412, 501]));
  });

  test('what is not there, versions and delete markers', async () => {
    const versioned = { Bucket: 'versioned' };
    await sameOnBoth(open, async call => {
      for (const command of [get, head, remove]) await call(command('none'));
      for (const command of [get, head, remove]) await call(command('none', { Bucket: 'no-such-bucket' }));
      await call(list({ Bucket: 'no-such-bucket' }));
      const { VersionId } = (await call(put('a', 'one', versioned))) as { VersionId: string };
      await call(put('a', 'two', versioned));
      for (const read of [get, head]) await call(read('a', { ...versioned, VersionId }));
      const gone = (await call(remove('a', versioned))) as { VersionId: string };
      for (const read of [get, head]) await call(read('a', versioned));
      for (const read of [get, head]) await call(read('a', { ...versioned, VersionId: gone.VersionId }));
      for (const read of [get, head]) await call(read('a', { ...versioned, VersionId: 'none' }));
      await call(remove('a', { ...versioned, VersionId: gone.VersionId }));
      await call(remove('a', { ...versioned, VersionId }));
      await call(get('a', versioned));
      await call(remove('none', versioned));
    });
  });

  test('lists, with pages and delimiters, in the order of UTF-8', async () => {
    const keys = ['a', 'a/b', 'a/b/c', 'a b', 'a+b', 'ü', '日本', '\uffee', '😀', 'z/1', 'z/2', "it's (1)"];
    await sameOnBoth(open, async call => {
      for (const key of keys) await call(put(key, key));
      await call(list());
      await call(list({ Prefix: 'a/' }));
      await call(list({ Delimiter: '/' }));
      await call(list({ StartAfter: 'a+b', MaxKeys: 3 }));
      await call(list({ Prefix: 'none' }));
      await call(list({ MaxKeys: 0 }));
      let ContinuationToken: string | undefined;
      do {
        const page = (await call(list({ MaxKeys: 2, Delimiter: '/', ContinuationToken }))) as {
          NextContinuationToken?: string;
        };
        ContinuationToken = page.NextContinuationToken;
      } while (ContinuationToken !== undefined);
    });
  });

  test('copies with new metadata', async () => {
    await sameOnBoth(open, async call => {
      const copy = (Key: string, CopySource: string, more: object = {}) =>
        new CopyObjectCommand({ Bucket, Key, CopySource, MetadataDirective: 'REPLACE', ...more });
      await call(put('a ü', 'text', { Bucket: 'versioned', Metadata: { old: '1' } }));
      await call(
        copy('copy', `versioned/${encodeURIComponent('a ü')}`, {
          Metadata: { new: '2' },
          ContentType: 'a/b',
        }),
      );
      await call(get('copy'));
      await call(copy('plain', `versioned/${encodeURIComponent('a ü')}`));
      await call(get('plain'));
      await call(copy('copy', 'versioned/none'));
      await call(copy('copy', 'no-such-bucket/a'));
      await call(copy('copy', 'versioned'));
    });
  });

  test('of fifty creators at once one wins', async () => {
    const { client, close } = await open(true);
    const writes = Array.from({ length: 50 }, (_, n) => client.send(put('a', `${n}`, { IfNoneMatch: '*' })));
    const settled = await Promise.allSettled(writes);
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await close();
  });

  test('fifty writers that compare and swap lose nothing', async () => {
    const { client, close } = await open(true);
    const read = async () => {
      const found = await client.send(new GetObjectCommand({ Bucket, Key: 'list' })).catch(() => undefined);
      return { text: (await found?.Body?.transformToString()) ?? '', etag: found?.ETag };
    };
    const append = async (writer: number) => {
      for (;;) {
        const { text, etag } = await read();
        const condition = etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag };
        const lost = await client.send(put('list', `${text}${writer},`, condition)).then(
          () => undefined,
          (error: Error) => error.name,
        );
        if (lost === undefined) return;
        expect(lost).toBe('PreconditionFailed');
      }
    };
    await Promise.all(Array.from({ length: 50 }, (_, writer) => append(writer)));
    const written = (await read()).text.split(',').filter(Boolean).map(Number);
    expect(written.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, writer) => writer));
    await close();
  });

  test('bytes that are given and taken are nobody else’s', async () => {
    const { client, close } = await open(true);
    const body = Buffer.from('hello');
    await client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: body }));
    body.fill(0);
    const first = await (
      await client.send(new GetObjectCommand({ Bucket, Key: 'a' }))
    ).Body?.transformToByteArray();
    first?.fill(0);
    const second = await client.send(new GetObjectCommand({ Bucket, Key: 'a' }));
    expect(await second.Body?.transformToString()).toBe('hello');
    await close();
  });
});

describe('DynamoDB', () => {
  const TableName = 'articles';
  const open = async (isInProcess: boolean) => {
    const seen: unknown[] = [];
    const onRecords = (records: DynamoDBRecord[]) => {
      for (const { eventName, dynamodb } of records) {
        const { Keys, OldImage, NewImage, SizeBytes } = dynamodb ?? {};
        seen.push(JSON.parse(JSON.stringify({ eventName, Keys, OldImage, NewImage, SizeBytes })));
      }
    };
    const options = { tableName: TableName, onRecords };
    if (isInProcess) {
      const database = await openDynamoDb(options);
      return { client: inProcessTable(database), seen, close: database.close };
    }
    const server = await startDynamoDb({ ...options, port: 0 });
    const raw = new DynamoDBClient({ ...LOCAL_ACCESS, endpoint: server.url, maxAttempts: 1 });
    const close = async () => {
      raw.destroy();
      await server.close();
    };
    return { client: documentClient(raw) as DynamoDBDocumentClient, seen, close };
  };
  const key = (sk: string) => ({ pk: 'p', sk });
  const put = (sk: string, item: object = {}, more: Partial<PutCommandInput> = {}) =>
    new PutCommand({ TableName, Item: { ...key(sk), ...item }, ...more });
  const get = (sk: string, more: object = {}) => new GetCommand({ TableName, Key: key(sk), ...more });
  const update = (sk: string, more: Partial<UpdateCommandInput>) =>
    new UpdateCommand({ TableName, Key: key(sk), ...more });
  const query = (more: Partial<QueryCommandInput>) => new QueryCommand({ TableName, ...more });
  const OF_P = { KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': 'p' } };

  test('values of every type', async () => {
    const item = {
      ...{
        text: 'ü 日本 😀',
        empty: '',
        number: -1.5,
        tiny: 1e-7,
        large: 123456789012345,
        yes: true,
        none: null,
      },
      list: [1, 'a', [], {}, undefined],
      map: { deep: { er: [{ a: undefined }] } },
      names: new Set(['b', 'a']),
      numbers: new Set([2, 1]),
      bytes: new Uint8Array([0, 255]),
      absent: undefined,
    };
    await sameOnBoth(open, async call => {
      await call(put('a', item));
      await call(get('a', { ConsistentRead: true }));
      await call(put('a', item));
      await call(get('none'));
      await call(put('a', { body: 'x'.repeat(500_000) }));
      await call(put('', {}));
      await call(put('b', { duePk: 1, dueSk: 'a' }));
      await call(new GetCommand({ TableName: 'no-such-table', Key: key('a') }));
      await call(new GetCommand({ TableName, Key: { pk: 'p' } }));
    });
  });

  test('conditions', async () => {
    const newer = (since: string) => ({
      ConditionExpression: 'attribute_not_exists(pk) OR #since < :since',
      ExpressionAttributeNames: { '#since': 'since' },
      ExpressionAttributeValues: { ':since': since },
    });
    const results = await sameOnBoth(open, async call => {
      for (const since of ['0A', '09', '0A', '0B']) await call(put('a', { since }, newer(since)));
      await call(put('a', {}, { ConditionExpression: 'nonsense (' }));
      await call(
        put(
          'a',
          {},
          { ConditionExpression: 'attribute_exists(pk)', ExpressionAttributeNames: { '#a': 'b' } },
        ),
      );
      await call(put('a', {}, { ...newer('0C'), ReturnValues: 'ALL_OLD' }));
      await call(new DeleteCommand({ TableName, Key: key('a'), ...newer('00') }));
      await call(new DeleteCommand({ TableName, Key: key('a'), ReturnValues: 'ALL_OLD' }));
      await call(new DeleteCommand({ TableName, Key: key('a') }));
    });
    expect(JSON.stringify(results)).toContain('"error":"ConditionalCheckFailedException"');
  });

  test('updates', async () => {
    await sameOnBoth(open, async call => {
      const hold = (id: string): Partial<UpdateCommandInput> => ({
        UpdateExpression: 'ADD #holders :holder, #n :one SET #owner = if_not_exists(#owner, :id)',
        ExpressionAttributeNames: { '#holders': 'holders', '#owner': 'owner', '#n': 'n' },
        ExpressionAttributeValues: { ':holder': new Set([id]), ':id': id, ':one': 1 },
      });
      for (const ReturnValues of ['ALL_NEW', 'UPDATED_NEW', 'ALL_OLD', 'UPDATED_OLD', 'NONE'] as const)
        await call(update('a', { ...hold(ReturnValues), ReturnValues }));
      await call(update('a', { UpdateExpression: 'REMOVE #o', ExpressionAttributeNames: { '#o': 'owner' } }));
      await call(update('a', { UpdateExpression: 'SET sk = :a', ExpressionAttributeValues: { ':a': 'b' } }));
      await call(update('a', { ...hold('x'), ConditionExpression: 'attribute_not_exists(#owner)' }));
      await call(update('a', { ...hold('x'), ConditionExpression: 'attribute_not_exists(#owner)' }));
      await call(get('a', { ConsistentRead: true, ProjectionExpression: 'n' }));
    });
  });

  test('queries and scans, with pages and on indexes', async () => {
    await sameOnBoth(open, async call => {
      for (let n = 0; n < 7; n++)
        await call(
          put(`${n}`, { n, duePk: n % 2 ? 'due' : undefined, dueSk: n % 2 ? `${9 - n}` : undefined }),
        );
      const pages = async (command: (from: QueryCommandInput['ExclusiveStartKey']) => object) => {
        let from: QueryCommandInput['ExclusiveStartKey'];
        do {
          const page = (await call(command(from))) as { LastEvaluatedKey?: typeof from };
          from = page.LastEvaluatedKey;
        } while (from !== undefined);
      };
      for (const ScanIndexForward of [true, false])
        await pages(ExclusiveStartKey => query({ ...OF_P, Limit: 3, ScanIndexForward, ExclusiveStartKey }));
      await pages(ExclusiveStartKey => new ScanCommand({ TableName, Limit: 4, ExclusiveStartKey }));
      const due = {
        IndexName: 'due',
        KeyConditionExpression: '#p = :p AND #s <= :s',
        ExpressionAttributeNames: { '#p': 'duePk', '#s': 'dueSk' },
        ExpressionAttributeValues: { ':p': 'due', ':s': '6' },
      };
      await pages(ExclusiveStartKey => query({ ...due, Limit: 1, ExclusiveStartKey }));
      await call(query({ ...due, ConsistentRead: true }));
      await call(new DeleteCommand({ TableName, Key: key('3') }));
      await call(query(due));
      const between = { ':p': 'p', ':a': '2', ':b': '4' };
      await call(
        query({
          KeyConditionExpression: 'pk = :p AND sk BETWEEN :a AND :b',
          ExpressionAttributeValues: between,
        }),
      );
      const begins = { ':p': 'p', ':a': '1' };
      await call(
        query({
          KeyConditionExpression: 'pk = :p AND begins_with(sk, :a)',
          ExpressionAttributeValues: begins,
        }),
      );
      await call(query({ ...OF_P, IndexName: 'none' }));
      for (let n = 0; n < 4; n++) await call(put(`large${n}`, { body: 'x'.repeat(390_000) }));
      await pages(ExclusiveStartKey => query({ ...OF_P, ExclusiveStartKey }));
    });
  });

  test('batches', async () => {
    const keys = (count: number) => Array.from({ length: count }, (_, n) => key(`${n}`));
    await sameOnBoth(open, async call => {
      const write = (requests: { PutRequest?: object; DeleteRequest?: object }[]) =>
        new BatchWriteCommand({ RequestItems: { [TableName]: requests as never } });
      await call(write(keys(25).map(Item => ({ PutRequest: { Item: { ...Item, names: new Set(['a']) } } }))));
      await call(write(keys(26).map(Item => ({ PutRequest: { Item } }))));
      await call(write([{ DeleteRequest: { Key: key('0') } }, { DeleteRequest: { Key: key('none') } }]));
      const read = (Keys: object[]) =>
        new BatchGetCommand({ RequestItems: { [TableName]: { Keys: Keys as never, ConsistentRead: true } } });
      // The order of the items is by chance.
      await call(read([key('1')]));
      await call(read([key('0')]));
      await call(read([key('1'), key('1')]));
      await call(read(keys(101)));
    });
  });

  test('fifty counts at once lose none', async () => {
    const { client, close } = await open(true);
    const count = () =>
      client.send(
        update('counter', {
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: { ':one': 1 },
          ReturnValues: 'ALL_NEW',
        }),
      );
    const counted = await Promise.all(Array.from({ length: 50 }, count));
    const numbers = counted.map(({ Attributes }) => Number(Attributes?.n)).sort((a, b) => a - b);
    expect(numbers).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
    await close();
  });

  test('items that are given and taken are nobody else’s', async () => {
    const { client, close } = await open(true);
    const item = { ...key('a'), tags: ['one'] };
    await client.send(new PutCommand({ TableName, Item: item }));
    item.tags.push('two');
    const { Item } = await client.send(get('a'));
    Item?.tags.push('three');
    expect((await client.send(get('a'))).Item).toEqual({ ...key('a'), tags: ['one'] });
    await close();
  });
});

test('SQS: messages, batches, counts and errors', async () => {
  const queue = { name: 'intake', deadLetter: { name: 'dead', maxReceiveCount: 2 }, visibilitySeconds: 60 };
  const QueueUrl = 'http://127.0.0.1/000000000000/intake';
  const open = async (isInProcess: boolean) => {
    if (isInProcess) {
      const queues = await openSqs({ queue, failures: 'failures' });
      return { client: queues.sqs, close: queues.close };
    }
    const server = await startSqs({ port: 0, queue, failures: 'failures' });
    const client = new SQSClient({ ...LOCAL_ACCESS, endpoint: server.url, maxAttempts: 1 });
    const close = async () => {
      client.destroy();
      await server.close();
    };
    return { client, close };
  };
  await sameOnBoth(open, async call => {
    await call(new SendMessageCommand({ QueueUrl, MessageBody: 'ü 日本' }));
    const Entries = ['a', 'b'].map(Id => ({ Id, MessageBody: Id }));
    await call(new SendMessageBatchCommand({ QueueUrl, Entries }));
    const AttributeNames = ['ApproximateNumberOfMessages'] as const;
    await call(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }));
    const received = (await call(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))) as {
      Messages: { ReceiptHandle: string }[];
    };
    const deleted = received.Messages.map(({ ReceiptHandle }, at) => ({ Id: `${at}`, ReceiptHandle }));
    await call(new DeleteMessageBatchCommand({ QueueUrl, Entries: deleted }));
    await call(new ReceiveMessageCommand({ QueueUrl }));
    await call(new SendMessageCommand({ QueueUrl: QueueUrl.replace('intake', 'none'), MessageBody: 'a' }));
  });
});

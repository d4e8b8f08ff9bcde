import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { ClassicLevel } from 'classic-level';
import { type DynamoDbServer, startDynamoDb } from '../../../local/dynamodb/server.ts';
import { TABLE_INDEXES } from '../../../shared/table/keys.ts';

const now = Date.parse('2026-01-02T03:04:05.678Z');
const TableName = 'articles';
let records: DynamoDBRecord[] = [];
let server: DynamoDbServer;
let client: DynamoDBClient;

async function start(path?: string, wasUnclean = false): Promise<void> {
  const onRecords = (some: DynamoDBRecord[]) => void records.push(...some);
  server = await startDynamoDb({
    port: 0,
    tableName: TableName,
    onRecords,
    now: () => now,
    ...(path ? { path, wasUnclean } : {}),
  });
  client = new DynamoDBClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    maxAttempts: 1,
  });
}
/** Changes the database itself, as a process that is killed leaves it. */
async function inDatabase(path: string, change: (database: ClassicLevel<string, string>) => Promise<void>) {
  const database = new ClassicLevel<string, string>(path, { valueEncoding: 'utf8' });
  await change(database);
  await database.close();
}
async function stop(): Promise<void> {
  client.destroy();
  await server.close();
}
beforeEach(() => {
  records = [];
});

const key = (pk: string) => ({ pk: { S: pk }, sk: { S: 'article' } });
const put = (pk: string, more = {}) =>
  client.send(new PutItemCommand({ TableName, Item: { ...key(pk), ...more } }));

describe('the change stream', () => {
  beforeAll(() => start());
  afterAll(stop);

  test('a put, an update and a delete, field by field', async () => {
    await put('a', { n: { N: '1' }, list: { L: [{ S: 'x' }] } });
    await client.send(
      new UpdateItemCommand({
        TableName,
        Key: key('a'),
        UpdateExpression: 'SET n = n + :one',
        ExpressionAttributeValues: { ':one': { N: '1' } },
      }),
    );
    await client.send(new DeleteItemCommand({ TableName, Key: key('a') }));
    const first = { ...key('a'), n: { N: '1' }, list: { L: [{ S: 'x' }] } };
    const second = { ...first, n: { N: '2' } };
    const record = (eventName: string, images: object) => ({
      eventID: expect.stringMatching(/^[0-9a-f]{32}$/),
      eventName,
      eventVersion: '1.1',
      eventSource: 'aws:dynamodb',
      awsRegion: 'us-east-1',
      dynamodb: {
        ApproximateCreationDateTime: Math.floor(now / 1000),
        Keys: key('a'),
        ...images,
        SequenceNumber: expect.stringMatching(/^\d{21}$/),
        SizeBytes: expect.any(Number),
        StreamViewType: 'NEW_AND_OLD_IMAGES',
      },
      eventSourceARN: server.streamArn,
    });
    expect(records).toEqual([
      record('INSERT', { NewImage: first }),
      record('MODIFY', { NewImage: second, OldImage: first }),
      record('REMOVE', { OldImage: second }),
    ]);
    expect(server.streamArn).toBe(
      'arn:aws:dynamodb:us-east-1:000000000000:table/articles/stream/2026-01-02T03:04:05.678',
    );
  });

  test('what changes nothing tells nothing', async () => {
    await put('same', { n: { N: '1' } });
    records = [];
    await put('same', { n: { N: '1' } });
    await client.send(new DeleteItemCommand({ TableName, Key: key('none') }));
    const refused = client.send(
      new PutItemCommand({
        TableName,
        Item: { ...key('same'), n: { N: '2' } },
        ConditionExpression: 'attribute_not_exists(pk)',
      }),
    );
    await expect(refused).rejects.toMatchObject({ name: 'ConditionalCheckFailedException' });
    await expect(
      client.send(new PutItemCommand({ TableName, Item: { pk: { S: 'no sort key' } } })),
    ).rejects.toMatchObject({
      name: 'ValidationException',
    });
    expect(records).toEqual([]);
  });

  test('an update may make an item', async () => {
    await client.send(
      new UpdateItemCommand({
        TableName,
        Key: key('made'),
        UpdateExpression: 'SET n = :n',
        ExpressionAttributeValues: { ':n': { N: '1' } },
      }),
    );
    expect(records.map(({ eventName, dynamodb }) => [eventName, dynamodb?.NewImage])).toEqual([
      ['INSERT', { ...key('made'), n: { N: '1' } }],
    ]);
  });

  test('a batch gives one record for each change', async () => {
    await put('b1');
    await put('b2', { n: { N: '1' } });
    records = [];
    const puts = [{ ...key('b2'), n: { N: '2' } }, key('b3')].map(Item => ({ PutRequest: { Item } }));
    const requests = [{ DeleteRequest: { Key: key('b1') } }, ...puts, { DeleteRequest: { Key: key('b4') } }];
    await client.send(new BatchWriteItemCommand({ RequestItems: { [TableName]: requests } }));
    expect(records.map(({ eventName, dynamodb }) => [eventName, dynamodb?.Keys])).toEqual([
      ['REMOVE', key('b1')],
      ['MODIFY', key('b2')],
      ['INSERT', key('b3')],
    ]);
  });

  test('concurrent writers: the images form one chain, the sequence numbers grow', async () => {
    const add = () =>
      client.send(
        new UpdateItemCommand({
          TableName,
          Key: key('chain'),
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
        }),
      );
    await Promise.all(Array.from({ length: 30 }, add));
    expect(records.map(({ dynamodb }) => dynamodb?.NewImage?.n?.N)).toEqual(
      Array.from({ length: 30 }, (_, at) => String(at + 1)),
    );
    for (let at = 1; at < records.length; at++) {
      expect(records[at]?.dynamodb?.OldImage).toEqual(records[at - 1]?.dynamodb?.NewImage);
    }
    const numbers = records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '');
    expect([...new Set(numbers)].sort()).toEqual(numbers);
  });

  test('the table has the project’s indexes', async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    expect(Table?.GlobalSecondaryIndexes?.map(({ IndexName }) => IndexName).sort()).toEqual([
      'due',
      'newest',
      'section',
    ]);
    expect(
      Table?.GlobalSecondaryIndexes?.every(({ Projection }) => Projection?.ProjectionType === 'KEYS_ONLY'),
    ).toBe(true);
    await put('indexed', { newestPk: { S: '2026-01' }, newestSk: { S: '1' } });
    const { Items } = await client.send(
      new QueryCommand({
        TableName,
        IndexName: TABLE_INDEXES.newest.name,
        KeyConditionExpression: 'newestPk = :pk',
        ExpressionAttributeValues: { ':pk': { S: '2026-01' } },
      }),
    );
    expect(Items).toEqual([{ ...key('indexed'), newestPk: { S: '2026-01' }, newestSk: { S: '1' } }]);
  });
});

test('items on disk survive a restart', async () => {
  const path = await mkdtemp(join(tmpdir(), 'dynamodb-test-'));
  await start(path);
  await put('kept', { n: { N: '1' } });
  await stop();
  await start(path);
  expect((await client.send(new GetItemCommand({ TableName, Key: key('kept') }))).Item).toEqual({
    ...key('kept'),
    n: { N: '1' },
  });
  await stop();
  await rm(path, { recursive: true, force: true });
});

test('entries of indexes that a killed process has left out or left behind are mended at the next start', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'dynamodb-test-'));
  const due = TABLE_INDEXES.due;
  const item = (id: string, at: string) => ({
    pk: { S: id },
    sk: { S: 'record' },
    [due.partition]: { S: 'due' },
    [due.sort]: { S: at },
  });
  const waiting = async () => {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName,
        IndexName: due.name,
        KeyConditionExpression: '#p = :p',
        ExpressionAttributeNames: { '#p': due.partition },
        ExpressionAttributeValues: { ':p': { S: 'due' } },
      }),
    );
    return Items.map(({ pk, [due.sort]: at }) => `${pk?.S} ${at?.S}`);
  };
  await start(dir);
  const put = (id: string, at: string) => client.send(new PutItemCommand({ TableName, Item: item(id, at) }));
  for (const id of ['a', 'b', 'nobody']) await put(id, '2');
  await stop();
  const left: [string, string][] = [];
  const entries = { gte: `index-global~${TableName}~due~`, lt: `index-global~${TableName}~due~~` };
  await inDatabase(dir, async database => {
    for (const [key, value] of await database.iterator(entries).all())
      if (!value.includes('"a"')) left.push([key, value]);
  });
  expect(left).toHaveLength(2);
  await start(dir);
  for (const id of ['a', 'b', 'c']) await put(id, '1');
  await client.send(new DeleteItemCommand({ TableName, Key: { pk: { S: 'nobody' }, sk: { S: 'record' } } }));
  await stop();
  await inDatabase(dir, async database => {
    for (const [key, value] of await database.iterator(entries).all())
      if (value.includes('"a"')) await database.del(key);
    for (const [key, value] of left) await database.put(key, value);
  });
  await start(dir);
  expect((await waiting()).length).toBe(4);
  await stop();
  await start(dir, true);
  expect((await waiting()).sort()).toEqual(['a 1', 'b 1', 'c 1']);
  await stop();
  await rm(dir, { recursive: true });
});

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { LOCAL_ACCESS } from '../../../local/common/region.ts';
import { inProcessTable } from '../../../local/dynamodb/client.ts';
import { openDynamoDb } from '../../../local/dynamodb/database.ts';
import { startDynamoDb } from '../../../local/dynamodb/server.ts';
import { documentClient } from '../../../shared/table/table-client.ts';
import { sameOnBoth } from '../../support/same-on-both.ts';

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
  return { client: documentClient(raw), seen, close };
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
      put('a', {}, { ConditionExpression: 'attribute_exists(pk)', ExpressionAttributeNames: { '#a': 'b' } }),
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
      await call(put(`${n}`, { n, duePk: n % 2 ? 'due' : undefined, dueSk: n % 2 ? `${9 - n}` : undefined }));
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

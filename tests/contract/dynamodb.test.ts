import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { TABLE_INDEXES } from '../../shared/table/keys.ts';
import { answerOf, lawOf } from './law.ts';
import { openDynamoDb, SIDES, TABLE } from './sides.ts';

const REFUSED = '400 ValidationException';
const UNMET = '400 ConditionalCheckFailedException';

describe.each(SIDES)('DynamoDB, %s', side => {
  const law = lawOf(side);
  let client: DynamoDBClient;
  let table: DynamoDBDocumentClient;
  let close: () => Promise<void>;
  /** Partition of the test under way. */
  let pk: string;
  let tests = 0;

  beforeAll(async () => {
    ({ client, close } = await openDynamoDb(side));
    table = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  });
  afterAll(() => close());
  beforeEach(() => {
    pk = `t${++tests}`;
  });

  const put = (item: object, more: Partial<PutCommandInput> = {}) =>
    table.send(new PutCommand({ TableName: TABLE, Item: { pk, sk: 'record', ...item }, ...more }));
  const get = async (sk = 'record') =>
    (await table.send(new GetCommand({ TableName: TABLE, Key: { pk, sk }, ConsistentRead: true }))).Item;
  const update = (more: Partial<UpdateCommandInput>, sk = 'record') =>
    table.send(new UpdateCommand({ TableName: TABLE, Key: { pk, sk }, ...more }));
  const query = (more: Partial<QueryCommandInput>) =>
    table.send(new QueryCommand({ TableName: TABLE, ...more }));
  const ofPartition = {
    KeyConditionExpression: 'pk = :pk',
    get ExpressionAttributeValues() {
      return { ':pk': pk };
    },
  };

  describe('items', () => {
    law('what is put comes back, of every type', async () => {
      const item = {
        ...{ text: 'ü 日本 😀', empty: '', number: -1.5, yes: true, none: null, list: [1, 'a', []] },
        map: { deep: { er: [{}] } },
        names: new Set(['b', 'a']),
        bytes: new Uint8Array([0, 255]),
      };
      await put({ ...item, absent: undefined });
      expect(await get()).toEqual({ pk, sk: 'record', ...item });
    });

    law('nothing is no error', async () => {
      expect(await get()).toBeUndefined();
      const deleted = table.send(new DeleteCommand({ TableName: TABLE, Key: { pk, sk: 'none' } }));
      expect(await answerOf(deleted)).toBe('200');
    });

    law('an empty key, an empty set and a missing key are refused', async () => {
      // Past the SDK's own conversion, which would complain first.
      const Item = { pk: { S: pk }, sk: { S: 'record' }, names: { SS: [] } };
      expect(await answerOf(client.send(new PutItemCommand({ TableName: TABLE, Item })))).toBe(REFUSED);
      expect(await answerOf(put({ sk: '' }))).toBe(REFUSED);
      expect(await answerOf(put({ sk: undefined }))).toBe(REFUSED);
    });

    law('the key of an index has the type that was declared', async () => {
      expect(await answerOf(put({ newestPk: 5, newestSk: 'a' }))).toBe(REFUSED);
    });

    law('the key of an index is not empty', async () => {
      expect(await answerOf(put({ newestPk: '', newestSk: 'a' }))).toBe(REFUSED);
    });

    law('an item above 400 KB is refused', async () => {
      expect(await answerOf(put({ body: 'a'.repeat(390 * 1024) }))).toBe('200');
      expect(await answerOf(put({ body: 'a'.repeat(400 * 1024) }))).toBe(REFUSED);
    });
  });

  describe('conditions', () => {
    law('attribute_not_exists makes an item once', async () => {
      const once = { ConditionExpression: 'attribute_not_exists(pk)' };
      expect(await answerOf(put({ n: 1 }, once))).toBe('200');
      expect(await answerOf(put({ n: 2 }, once))).toBe(UNMET);
      expect(await get()).toMatchObject({ n: 1 });
    });

    law('of fifty creators at once one wins', async () => {
      const once = { ConditionExpression: 'attribute_not_exists(pk)' };
      const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => answerOf(put({ n }, once))));
      expect(answers.filter(answer => answer === '200')).toHaveLength(1);
    });

    law('a version is compared, under a reserved name', async () => {
      await put({ version: 1, status: 'live' });
      const replaced = (version: number) =>
        put(
          { version: version + 1, status: 'withdrawn' },
          {
            ConditionExpression: '#version = :version AND #status = :status',
            ExpressionAttributeNames: { '#version': 'version', '#status': 'status' },
            ExpressionAttributeValues: { ':version': version, ':status': 'live' },
          },
        );
      expect(await answerOf(replaced(2))).toBe(UNMET);
      expect(await answerOf(replaced(1))).toBe('200');
      expect(await answerOf(replaced(2))).toBe(UNMET);
    });

    law('texts are compared by their bytes', async () => {
      const newer = (since: string) =>
        put(
          { since },
          {
            ConditionExpression: 'attribute_not_exists(pk) OR #since < :since',
            ExpressionAttributeNames: { '#since': 'since' },
            ExpressionAttributeValues: { ':since': since },
          },
        );
      expect(await answerOf(newer('0A'))).toBe('200');
      expect(await answerOf(newer('09'))).toBe(UNMET);
      expect(await answerOf(newer('0A'))).toBe(UNMET);
      expect(await answerOf(newer('0a'))).toBe('200');
    });

    law('beyond the Basic Multilingual Plane too', async () => {
      const later = {
        ConditionExpression: '#s < :s',
        ExpressionAttributeNames: { '#s': 's' },
        ExpressionAttributeValues: { ':s': '😀' },
      };
      await put({ s: '\uffee' });
      expect(await answerOf(put({ s: '😀' }, later))).toBe('200');
    });

    law('a comparison with an attribute that is not there does not hold', async () => {
      await put({});
      const less = {
        ConditionExpression: '#n < :n',
        ExpressionAttributeNames: { '#n': 'n' },
        ExpressionAttributeValues: { ':n': 5 },
      };
      expect(await answerOf(put({ n: 1 }, less))).toBe(UNMET);
    });

    law('a deletion may have a condition', async () => {
      await put({ owner: 'a' });
      const release = (from: string) =>
        table.send(
          new DeleteCommand({
            TableName: TABLE,
            Key: { pk, sk: 'record' },
            ConditionExpression: '#owner = :from AND attribute_not_exists(#holders)',
            ExpressionAttributeNames: { '#owner': 'owner', '#holders': 'holders' },
            ExpressionAttributeValues: { ':from': from },
          }),
        );
      expect(await answerOf(release('b'))).toBe(UNMET);
      expect(await answerOf(release('a'))).toBe('200');
      expect(await answerOf(release('a'))).toBe(UNMET);
    });

    law('names and values that an expression does not use are refused', async () => {
      const condition = { ConditionExpression: 'attribute_not_exists(pk)' };
      expect(await answerOf(put({}, { ...condition, ExpressionAttributeNames: { '#a': 'a' } }))).toBe(
        REFUSED,
      );
      expect(await answerOf(put({}, { ...condition, ExpressionAttributeValues: { ':a': 1 } }))).toBe(REFUSED);
    });
  });

  describe('updates', () => {
    law('ADD and if_not_exists make the item, and tell what became of it', async () => {
      const hold = (id: string) =>
        update({
          UpdateExpression: 'ADD #holders :holder SET #owner = if_not_exists(#owner, :id)',
          ExpressionAttributeNames: { '#holders': 'holders', '#owner': 'owner' },
          ExpressionAttributeValues: { ':holder': new Set([id]), ':id': id },
          ReturnValues: 'ALL_NEW',
        });
      expect((await hold('a')).Attributes).toEqual({ pk, sk: 'record', owner: 'a', holders: new Set(['a']) });
      expect((await hold('b')).Attributes).toEqual({
        pk,
        sk: 'record',
        owner: 'a',
        holders: new Set(['a', 'b']),
      });
    });

    law('a set that loses its last member is no attribute any more', async () => {
      await put({ ids: new Set(['a', 'b']) });
      const remove = (...ids: string[]) =>
        update({
          UpdateExpression: 'DELETE #ids :ids',
          ExpressionAttributeNames: { '#ids': 'ids' },
          ExpressionAttributeValues: { ':ids': new Set(ids) },
          ReturnValues: 'ALL_NEW',
        });
      expect((await remove('a', 'none')).Attributes).toMatchObject({ ids: new Set(['b']) });
      expect((await remove('b')).Attributes).toEqual({ pk, sk: 'record' });
    });

    law('fifty counts at once lose none', async () => {
      const count = () =>
        update({
          UpdateExpression: 'ADD #taken :one',
          ExpressionAttributeNames: { '#taken': 'taken' },
          ExpressionAttributeValues: { ':one': 1 },
          ReturnValues: 'UPDATED_NEW',
        });
      const answers = await Promise.all(Array.from({ length: 50 }, count));
      const counted = answers.map(({ Attributes }) => Attributes?.taken).sort((a, b) => a - b);
      expect(counted).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
      expect(answers[0]?.Attributes).toEqual({ taken: expect.any(Number) });
    });

    law('SET and REMOVE in one', async () => {
      await put({ a: 1, b: 2 });
      await update({
        UpdateExpression: 'SET #a = :two REMOVE #b',
        ExpressionAttributeNames: { '#a': 'a', '#b': 'b' },
        ExpressionAttributeValues: { ':two': 2 },
      });
      expect(await get()).toEqual({ pk, sk: 'record', a: 2 });
    });

    law('a key cannot be changed', async () => {
      const change = { UpdateExpression: 'SET sk = :a', ExpressionAttributeValues: { ':a': 'b' } };
      expect(await answerOf(update(change))).toBe(REFUSED);
    });
  });

  describe('batches', () => {
    const keys = (count: number) => Array.from({ length: count }, (_, n) => ({ pk, sk: `${n}` }));
    const batchGet = (Keys: object[]) =>
      table.send(new BatchGetCommand({ RequestItems: { [TABLE]: { Keys, ConsistentRead: true } } }));
    const batchPut = (count: number) =>
      table.send(
        new BatchWriteCommand({
          RequestItems: { [TABLE]: keys(count).map(Item => ({ PutRequest: { Item } })) },
        }),
      );

    law('a hundred keys are read at once, and what is not there is left out', async () => {
      await batchPut(25);
      const { Responses, UnprocessedKeys } = await batchGet(keys(100));
      expect(Responses?.[TABLE]).toHaveLength(25);
      expect(UnprocessedKeys ?? {}).toEqual({});
    });

    law('more than a hundred keys, or one twice, are refused', async () => {
      expect(await answerOf(batchGet(keys(101)))).toBe(REFUSED);
      expect(await answerOf(batchGet([...keys(1), ...keys(1)]))).toBe(REFUSED);
    });

    law('more than 25 writes are refused', async () => {
      expect(await answerOf(batchPut(26))).toBe(REFUSED);
    });
  });

  describe('queries', () => {
    const numbered = async (count: number) => {
      for (let n = 0; n < count; n++) await put({ sk: `${n}`, n, other: 'x' });
    };

    law('pages: each item once, in the order of the sort key', async () => {
      await numbered(7);
      const seen: string[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      let pages = 0;
      do {
        const page = await query({ ...ofPartition, Limit: 3, ExclusiveStartKey });
        seen.push(...(page.Items ?? []).map(({ sk }) => sk));
        ExclusiveStartKey = page.LastEvaluatedKey;
        pages++;
      } while (ExclusiveStartKey !== undefined);
      expect(seen).toEqual(['0', '1', '2', '3', '4', '5', '6']);
      expect(pages).toBe(3);
      const backwards = await query({ ...ofPartition, Limit: 2, ScanIndexForward: false });
      expect(backwards.Items?.map(({ sk }) => sk)).toEqual(['6', '5']);
    });

    law('a page that ends with the last item names it, and the next one is empty', async () => {
      await numbered(2);
      const { LastEvaluatedKey } = await query({ ...ofPartition, Limit: 2 });
      expect(LastEvaluatedKey).toEqual({ pk, sk: '1' });
      const next = await query({ ...ofPartition, ExclusiveStartKey: LastEvaluatedKey });
      expect(next).toMatchObject({ Items: [], Count: 0 });
      expect(next.LastEvaluatedKey).toBeUndefined();
    });

    law('a scan sees all, in pages', async () => {
      await numbered(5);
      const seen: string[] = [];
      let ExclusiveStartKey: Record<string, unknown> | undefined;
      do {
        const page = await table.send(new ScanCommand({ TableName: TABLE, Limit: 4, ExclusiveStartKey }));
        seen.push(...(page.Items ?? []).filter(item => item.pk === pk).map(({ sk }) => sk));
        ExclusiveStartKey = page.LastEvaluatedKey;
      } while (ExclusiveStartKey !== undefined);
      expect(seen.sort()).toEqual(['0', '1', '2', '3', '4']);
    });

    describe('on an index', () => {
      const due = (until: string) =>
        query({
          IndexName: TABLE_INDEXES.due.name,
          KeyConditionExpression: '#partition = :value AND #sort <= :until',
          ExpressionAttributeNames: { '#partition': 'duePk', '#sort': 'dueSk' },
          ExpressionAttributeValues: { ':value': pk, ':until': until },
        });

      law('only items that have its keys, with nothing but keys', async () => {
        await put({ sk: 'a', duePk: pk, dueSk: '2', body: 'x' });
        await put({ sk: 'b', duePk: pk, dueSk: '1', body: 'x' });
        await put({ sk: 'later', duePk: pk, dueSk: '3' });
        await put({ sk: 'none', body: 'x' });
        await put({ sk: 'half', duePk: pk });
        expect((await due('2')).Items).toEqual([
          { pk, sk: 'b', duePk: pk, dueSk: '1' },
          { pk, sk: 'a', duePk: pk, dueSk: '2' },
        ]);
      });

      law('an item leaves it with its keys', async () => {
        await put({ duePk: pk, dueSk: '1' });
        await put({});
        expect((await due('9')).Items).toEqual([]);
      });

      law('pages over equal sort keys lose none', async () => {
        for (let n = 0; n < 5; n++) await put({ sk: `${n}`, newestPk: pk, newestSk: 'same' });
        const seen: string[] = [];
        let ExclusiveStartKey: Record<string, unknown> | undefined;
        do {
          const page = await query({
            ...{ IndexName: TABLE_INDEXES.newest.name, Limit: 2, ExclusiveStartKey, ScanIndexForward: false },
            KeyConditionExpression: 'newestPk = :pk',
            ExpressionAttributeValues: { ':pk': pk },
          });
          seen.push(...(page.Items ?? []).map(({ sk }) => sk));
          ExclusiveStartKey = page.LastEvaluatedKey;
        } while (ExclusiveStartKey !== undefined);
        expect(seen.sort()).toEqual(['0', '1', '2', '3', '4']);
      });

      law('a consistent read is refused', async () => {
        const consistent = query({
          ...{ IndexName: TABLE_INDEXES.newest.name, ConsistentRead: true },
          KeyConditionExpression: 'newestPk = :pk',
          ExpressionAttributeValues: { ':pk': pk },
        });
        expect(await answerOf(consistent)).toBe(REFUSED);
      });
    });
  });
});

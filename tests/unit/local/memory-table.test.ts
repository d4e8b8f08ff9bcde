import type { DynamoDBServiceException } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import fc from 'fast-check';
import { inProcessTable } from '../../../local/dynamodb/client.ts';
import { openDynamoDb } from '../../../local/dynamodb/database.ts';
import { openMemoryTable } from '../../../local/memory-table/client.ts';
import { type Item, TABLE_INDEXES } from '../../../shared/table/keys.ts';

/** The table in memory answers as the embedded database does, whatever is written and read. */

const TableName = 'articles';

/** A client, and the change records that it caused. */
interface Side {
  send(command: object): Promise<object>;
  records: object[];
  close(): Promise<void>;
}

function noted(records: object[]): (of: DynamoDBRecord[]) => void {
  return of => {
    for (const { eventName, dynamodb } of of)
      records.push(JSON.parse(JSON.stringify({ eventName, ...dynamodb, SequenceNumber: 0 })));
  };
}

function sideOf(client: DynamoDBDocumentClient, records: object[], close = async () => undefined): Side {
  return { send: command => client.send(command as never), records, close };
}

async function embedded(): Promise<Side> {
  const records: object[] = [];
  const database = await openDynamoDb({ tableName: TableName, onRecords: noted(records), now: () => 0 });
  return sideOf(inProcessTable(database), records, async () => {
    await database.close();
    return undefined;
  });
}

function inMemory(): Side {
  const records: object[] = [];
  return sideOf(openMemoryTable({ tableName: TableName, onRecords: noted(records) }), records);
}

/** What a call answers. Items of a batch and of a scan have no order. Messages of errors are not compared. */
async function answerOf(side: Side, command: object): Promise<unknown> {
  try {
    const { Items, Responses, LastEvaluatedKey, Attributes, Item, ...rest } = (await side.send(command)) as {
      Items?: Item[];
      Responses?: Record<string, Item[]>;
      LastEvaluatedKey?: Item;
      Attributes?: Item;
      Item?: Item;
      UnprocessedKeys?: object;
      UnprocessedItems?: object;
      Count?: number;
    };
    const unordered = command instanceof ScanCommand;
    const { UnprocessedKeys, UnprocessedItems } = rest;
    return {
      Items: unordered ? Items?.sort(byKey) : Items,
      Responses: Responses?.[TableName]?.sort(byKey),
      LastEvaluatedKey,
      Attributes,
      Item,
      left: [...Object.keys(UnprocessedKeys ?? {}), ...Object.keys(UnprocessedItems ?? {})],
    };
  } catch (error) {
    const { name, $metadata } = error as DynamoDBServiceException;
    return { error: name, status: $metadata?.httpStatusCode };
  }
}

function byKey(a: Item, b: Item): number {
  return JSON.stringify([a.pk, a.sk, a]) < JSON.stringify([b.pk, b.sk, b]) ? -1 : 1;
}

const partition = fc.constantFrom('article#a', 'article#b', 'calendar', 'é');
const sort = fc.constantFrom('record', 'kill#1', 'kill#2', 'place', '2026-11', '日本');
const key = fc.record({ pk: partition, sk: sort });
const month = fc.constantFrom('2026-10', '2026-11', 'due');
const instant = fc.constantFrom('2026-11-01T08:00:00Z#a', '2026-11-01T08:00:00Z#b', '2026-11-23#c', 'z');
/** Values with an order. The embedded database orders texts by UTF-16, which differs from DynamoDB above U+D7FF. */
const ordered = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', 'ü', '日'), maxLength: 3 }),
  fc.integer({ min: -5, max: 5 }),
);
const value = fc.oneof(
  ordered,
  fc.boolean(),
  fc.constantFrom(null, [1, 'a', { b: [] }], { deep: { er: ['x'] } }),
);
const attributes = fc.record(
  {
    version: fc.integer({ min: 0, max: 2 }),
    status: fc.constantFrom('live', 'held'),
    any: value,
    names: fc.constantFrom(new Set(['a', 'b']), new Set([1, 2])),
    bytes: fc.constantFrom(new Uint8Array([0, 255])),
    newestPk: month,
    newestSk: instant,
    sectionPk: month,
    duePk: month,
    dueSk: instant,
  },
  { requiredKeys: [] },
);
/** No two items have the same sort key in an index, because DynamoDB gives such items no order. */
const unique = (at: string, { pk, sk }: { pk: string; sk: string }) => `${at}#${pk}#${sk}`;
const item = fc.tuple(key, attributes).map(([of, { newestSk, dueSk, ...others }]) => ({
  ...others,
  ...(newestSk !== undefined && { newestSk: unique(newestSk, of) }),
  ...(dueSk !== undefined && { dueSk: unique(dueSk, of) }),
  ...of,
}));

/** Conditions of the kinds that the project uses, with each kind of value. */
const condition = fc.oneof(
  fc.constant({}),
  fc.constantFrom('attribute_not_exists(pk)', 'attribute_exists(pk)').map(ConditionExpression => ({
    ConditionExpression,
  })),
  fc.record({ version: fc.integer({ min: 0, max: 2 }), status: fc.constantFrom('live', 'held') }).map(of => ({
    ConditionExpression: '#version = :version AND #status = :status',
    ExpressionAttributeNames: { '#version': 'version', '#status': 'status' },
    ExpressionAttributeValues: { ':version': of.version, ':status': of.status },
  })),
  fc
    .oneof(
      // The embedded database never finds two lists or two maps equal.
      fc.tuple(fc.constantFrom('=', '<>'), fc.oneof(ordered, fc.boolean(), fc.constant(null))),
      // Other types have no order: DynamoDB refuses them, and the embedded database compares them all the same.
      fc.tuple(fc.constantFrom('<', '<=', '>', '>='), ordered),
    )
    .map(([comparison, order]) => ({
      ConditionExpression: `attribute_not_exists(pk) OR #any ${comparison} :order`,
      ExpressionAttributeNames: { '#any': 'any' },
      ExpressionAttributeValues: { ':order': order },
    })),
  fc.constant({
    ConditionExpression: '#status = :live AND attribute_not_exists(#any) OR begins_with(#status, :h)',
    ExpressionAttributeNames: { '#status': 'status', '#any': 'any' },
    ExpressionAttributeValues: { ':live': 'live', ':h': 'h' },
  }),
  // Requests that DynamoDB refuses.
  fc.constantFrom(
    { ConditionExpression: 'attribute_exists(pk)', ExpressionAttributeNames: { '#a': 'a' } },
    { ConditionExpression: 'attribute_exists(#a)' },
    { ConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': 'x', ':q': 'y' } },
    { ConditionExpression: 'pk = :p' },
  ),
);

const returned = fc.constantFrom('NONE', 'ALL_NEW', 'UPDATED_NEW', undefined);
const change = fc.oneof(
  fc.integer({ min: -3, max: 3 }).map(count => ({
    UpdateExpression: 'ADD #taken :count',
    ExpressionAttributeNames: { '#taken': 'taken' },
    ExpressionAttributeValues: { ':count': count },
  })),
  fc.tuple(value, value).map(([one, two]) => ({
    UpdateExpression: 'SET #a = if_not_exists(#a, :one), #b = if_not_exists(#b, :two)',
    ExpressionAttributeNames: { '#a': 'any', '#b': 'other' },
    ExpressionAttributeValues: { ':one': one, ':two': two },
  })),
  month.map(of => ({
    UpdateExpression: 'SET #p = :p REMOVE #any, #due',
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeNames: { '#p': 'newestPk', '#any': 'any', '#due': 'duePk' },
    ExpressionAttributeValues: { ':p': of },
  })),
  fc.constantFrom(
    { UpdateExpression: 'SET sk = :a', ExpressionAttributeValues: { ':a': 'b' } },
    {
      UpdateExpression: 'SET #a = :a REMOVE #a',
      ExpressionAttributeNames: { '#a': 'any' },
      ExpressionAttributeValues: { ':a': 1 },
    },
    {
      UpdateExpression: 'ADD #status :one',
      ConditionExpression: 'attribute_exists(#status)',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':one': 1 },
    },
  ),
);

/** A range of sort keys, or none. */
const range = (text: fc.Arbitrary<string>) =>
  fc.oneof(
    fc.constant({ text: '', values: {} }),
    text.map(at => ({ text: ' AND begins_with(#s, :a)', values: { ':a': at.slice(0, 4) } })),
    text.map(at => ({ text: ' AND #s <= :a', values: { ':a': at } })),
    fc.tuple(text, text).map(both => {
      const [from, until] = both.sort();
      return { text: ' AND #s BETWEEN :a AND :b', values: { ':a': from, ':b': until } };
    }),
  );
const page = fc.record({
  Limit: fc.constantFrom(undefined, 1, 2),
  ScanIndexForward: fc.constantFrom(undefined, true, false),
});
const query = fc.oneof(
  fc.tuple(partition, range(sort), page).map(([of, within, how]) => ({
    ...how,
    ConsistentRead: true,
    KeyConditionExpression: `#p = :p${within.text}`,
    ExpressionAttributeNames: { '#p': 'pk', ...(within.text && { '#s': 'sk' }) },
    ExpressionAttributeValues: { ':p': of, ...within.values },
  })),
  fc
    .tuple(fc.constantFrom(...Object.values(TABLE_INDEXES)), month, range(instant), page)
    .map(([index, of, within, how]) => ({
      ...how,
      IndexName: index.name,
      KeyConditionExpression: `#p = :p${within.text}`,
      ExpressionAttributeNames: { '#p': index.partition, ...(within.text && { '#s': index.sort }) },
      ExpressionAttributeValues: { ':p': of, ...within.values },
    })),
  fc.constantFrom(
    {
      IndexName: 'due',
      ConsistentRead: true,
      KeyConditionExpression: 'duePk = :p',
      ExpressionAttributeValues: { ':p': 'due' },
    },
    { IndexName: 'none', KeyConditionExpression: 'pk = :p', ExpressionAttributeValues: { ':p': 'a' } },
    { KeyConditionExpression: 'sk = :p', ExpressionAttributeValues: { ':p': 'a' } },
    { KeyConditionExpression: 'pk = :p AND sk = :p', ExpressionAttributeValues: { ':p': 'a', ':q': 1 } },
  ),
);

const COMMANDS = {
  put: PutCommand,
  delete: DeleteCommand,
  update: UpdateCommand,
  get: GetCommand,
  query: QueryCommand,
  scan: ScanCommand,
  batchGet: BatchGetCommand,
  batchWrite: BatchWriteCommand,
};

/** A command as plain data, so that a counterexample can be read. */
type Call = [keyof typeof COMMANDS, object];

const call = (kind: keyof typeof COMMANDS, weight: number, input: fc.Arbitrary<object>) => ({
  weight,
  arbitrary: input.map((given): Call => [kind, { TableName, ...given }]),
});
const batch = (kind: 'batchGet' | 'batchWrite', requests: fc.Arbitrary<object>) => ({
  weight: 1,
  arbitrary: requests.map((given): Call => [kind, { RequestItems: { [TableName]: given } }]),
});
const several = { minLength: 1, maxLength: 6 };
const keys = fc.array(key, several);
const write = fc.oneof(
  item.map(Item => ({ PutRequest: { Item } })),
  key.map(Key => ({ DeleteRequest: { Key } })),
);
const calls = fc.oneof(
  call(
    'put',
    6,
    fc.tuple(item, condition).map(([Item, when]) => ({ Item, ...when })),
  ),
  call(
    'delete',
    2,
    fc.tuple(key, condition).map(([Key, when]) => ({ Key, ...when })),
  ),
  call(
    'update',
    4,
    fc.tuple(key, change, returned).map(([Key, how, ReturnValues]) => ({ Key, ...how, ReturnValues })),
  ),
  call(
    'get',
    1,
    key.map(Key => ({ Key, ConsistentRead: true })),
  ),
  call('query', 4, query),
  batch(
    'batchGet',
    keys.map(Keys => ({ Keys, ConsistentRead: true })),
  ),
  batch(
    'batchGet',
    keys.map(Keys => ({
      Keys,
      ProjectionExpression: '#a, #b',
      ExpressionAttributeNames: { '#a': 'pk', '#b': 'any' },
    })),
  ),
  batch('batchWrite', fc.array(write, several)),
  call(
    'scan',
    1,
    fc.constantFrom(
      { ConsistentRead: true },
      {
        ProjectionExpression: '#a, #b',
        FilterExpression: '#s = :s',
        ExpressionAttributeNames: { '#a': 'pk', '#b': 'any', '#s': 'sk' },
        ExpressionAttributeValues: { ':s': 'record' },
      },
    ),
  ),
  call(
    'put',
    1,
    fc.constantFrom(
      { Item: { pk: 'a' } },
      { Item: { pk: 'a', sk: '' } },
      { Item: { pk: 'a', sk: 'a', newestPk: 5, newestSk: 'a' } },
      { TableName: 'none', Item: { pk: 'a', sk: 'a' } },
    ),
  ),
);

test('every sequence of calls has the same answers and the same change records', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(calls, { minLength: 10, maxLength: 60 }), async sequence => {
      const sides = [await embedded(), inMemory()] as const;
      for (const [kind, input] of sequence) {
        const command = new COMMANDS[kind](input as never);
        const [expected, found] = await Promise.all(sides.map(side => answerOf(side, command)));
        expect([kind, input, found]).toEqual([kind, input, expected]);
      }
      const [expected, found] = sides.map(({ records }) => records.map(record => withoutTime(record)));
      expect(found).toEqual(expected);
      for (const side of sides) await side.close();
    }),
    { numRuns: Number(process.env.MEMORY_TABLE_RUNS ?? 40) },
  );
});

function withoutTime(record: object): object {
  return { ...record, ApproximateCreationDateTime: 0 };
}

/** Reads all pages of a query or a scan. */
async function allPages(side: Side, commandFrom: (from: Item | undefined) => object): Promise<Item[][]> {
  const pages: Item[][] = [];
  let from: Item | undefined;
  do {
    const { Items = [], LastEvaluatedKey } = (await side.send(commandFrom(from))) as {
      Items?: Item[];
      LastEvaluatedKey?: Item;
    };
    pages.push(Items);
    from = LastEvaluatedKey;
  } while (from !== undefined);
  return pages;
}

test('pages go on where the last one ended, by a limit or by size, also if that item is gone', async () => {
  const sides = [await embedded(), inMemory()];
  const of = (more: Partial<QueryCommandInput>) => (ExclusiveStartKey: Item | undefined) =>
    new QueryCommand({
      TableName,
      KeyConditionExpression: '#p = :p',
      ExpressionAttributeNames: { '#p': more.IndexName === undefined ? 'pk' : 'duePk' },
      ExpressionAttributeValues: { ':p': 'p' },
      ExclusiveStartKey,
      ...more,
    });
  const [expected, found] = await Promise.all(
    sides.map(async side => {
      for (let n = 0; n < 7; n++) {
        const Item = { pk: 'p', sk: `${n}`, duePk: 'p', dueSk: `${9 - n}`, body: 'x'.repeat(390_000) };
        await side.send(new PutCommand({ TableName, Item }));
      }
      const pages: unknown[] = [];
      for (const more of [{}, { Limit: 3 }, { Limit: 7 }, { Limit: 2, ScanIndexForward: false }])
        for (const index of [{}, { IndexName: 'due', Limit: 2 }])
          pages.push(await allPages(side, of({ ...more, ...index })));
      await side.send(new DeleteCommand({ TableName, Key: { pk: 'p', sk: '3' } }));
      for (const ScanIndexForward of [true, false])
        pages.push(await answerOf(side, of({ ScanIndexForward })({ pk: 'p', sk: '3' })));
      const scanned = await Promise.all(
        [0, 1, 2].map(Segment =>
          allPages(
            side,
            ExclusiveStartKey =>
              new ScanCommand({ TableName, Segment, TotalSegments: 3, ExclusiveStartKey, Limit: 2 }),
          ),
        ),
      );
      await side.close();
      return [
        pages,
        scanned
          .flat(2)
          .map(({ sk }) => sk)
          .sort(),
      ];
    }),
  );
  expect(found).toEqual(expected);
});

test.each([
  [
    'an item above 400 KB',
    new PutCommand({ TableName, Item: { pk: 'a', sk: 'a', body: 'x'.repeat(410_000) } }),
  ],
  ['a hundred and one keys', new BatchGetCommand({ RequestItems: { [TableName]: { Keys: numbered(101) } } })],
  [
    'twenty-six writes',
    new BatchWriteCommand({
      RequestItems: { [TableName]: numbered(26).map(Item => ({ PutRequest: { Item } })) },
    }),
  ],
])('%s: both refuse', async (_, each) => {
  const sides = [await embedded(), inMemory()];
  for (const side of sides) {
    expect(await answerOf(side, each)).toEqual({ error: 'ValidationException', status: 400 });
    await side.close();
  }
});

function numbered(count: number): Item[] {
  return Array.from({ length: count }, (_, n) => ({ pk: 'p', sk: `${n}` }));
}

test('a batch above 16 MB names the keys that were not read', async () => {
  const side = inMemory();
  const Keys = numbered(50);
  for (const Key of Keys)
    await side.send(new PutCommand({ TableName, Item: { ...Key, body: 'x'.repeat(400_000) } }));
  const read = new BatchGetCommand({ RequestItems: { [TableName]: { Keys, ConsistentRead: true } } });
  const { Responses, UnprocessedKeys } = (await side.send(read)) as {
    Responses: Record<string, Item[]>;
    UnprocessedKeys: Record<string, { Keys: Item[]; ConsistentRead: boolean }>;
  };
  expect(Responses[TableName]).toHaveLength(41);
  expect(UnprocessedKeys[TableName]).toEqual({ Keys: Keys.slice(41), ConsistentRead: true });
});

test.each([
  ['another operation', { constructor: class TransactWriteCommand {}, input: {} }],
  [
    'another member',
    new GetCommand({ TableName, Key: { pk: 'a', sk: 'a' }, ReturnConsumedCapacity: 'TOTAL' }),
  ],
  ['another function', conditional('size(#a) > :one')],
  ['brackets', conditional('(#a > :one)')],
  ['a path in a document', conditional('#a.b > :one')],
  ['a name that could be reserved', conditional('status > :one')],
  ['a sum', updating('SET #a = #a + :one')],
  ['a part of a set', updating('DELETE #a :one')],
  ['fractions', updating('ADD #a :one', 0.5)],
  ['a date', new PutCommand({ TableName, Item: { pk: 'a', sk: 'a', at: new Date() } })],
  ['an empty set', new PutCommand({ TableName, Item: { pk: 'a', sk: 'a', names: new Set() } })],
])('%s is no silent difference: it throws', async (_, each) => {
  await expect(inMemory().send(each)).rejects.toThrow(/^The table (in memory|cannot hold)/);
});

function conditional(ConditionExpression: string): object {
  const values = { ExpressionAttributeNames: { '#a': 'a' }, ExpressionAttributeValues: { ':one': 1 } };
  return new PutCommand({ TableName, Item: { pk: 'a', sk: 'a' }, ConditionExpression, ...values });
}

function updating(UpdateExpression: string, one = 1): object {
  const values = { ExpressionAttributeNames: { '#a': 'a' }, ExpressionAttributeValues: { ':one': one } };
  return new UpdateCommand({ TableName, Key: { pk: 'a', sk: 'a' }, UpdateExpression, ...values });
}

test('items that are given and taken are nobody else’s', async () => {
  const side = inMemory();
  const given = { pk: 'a', sk: 'a', tags: ['one'], bytes: new Uint8Array([1]) };
  await side.send(new PutCommand({ TableName, Item: given }));
  given.tags.push('two');
  given.bytes.fill(0);
  const get = new GetCommand({ TableName, Key: { pk: 'a', sk: 'a' } });
  const { Item: taken } = (await side.send(get)) as { Item: { tags: string[] } };
  taken.tags.push('three');
  expect(await side.send(get)).toMatchObject({ Item: { tags: ['one'], bytes: new Uint8Array([1]) } });
});

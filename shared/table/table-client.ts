import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/lib-dynamodb';
import { awsFault, guarded } from '../aws/aws-errors.ts';
import { CopydeskError } from '../errors/errors.ts';
import { inParallel } from '../errors/in-parallel.ts';
import { type Pacing, SYSTEM_PACING } from '../errors/retry-on-conflict.ts';
import { type Item, type ItemKey, TABLE_KEY } from './keys.ts';

/** Maximum number of keys in one BatchGetItem. */
const MAX_BATCH_KEYS = 100;

/** Maximum number of writes in one BatchWriteItem. */
const MAX_BATCH_WRITES = 25;

/** Number of batches that are written at the same time. */
const BATCH_CONCURRENCY = 8;

/**
 * Pause before the rest of a throttled batch is sent. The SDK does not send it again. Each further pause is twice as
 * long.
 */
const FIRST_THROTTLED_PAUSE_MS = 50;

/** Maximum number of throttled attempts in a row. Their pauses add up to 1.5 seconds. */
const MAX_THROTTLED_ATTEMPTS = 5;

/** A condition of a write, in the form of a DynamoDB request. */
export interface Condition {
  ConditionExpression: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
}

export interface QueryOptions {
  /** Default: the table itself. Its reads are consistent. Reads of an index never are. */
  index?: { name: string; partition: string; sort: string };
  /** Sort keys that start with a text, that go up to a value, or that are in a range. Default: all. */
  sort?: { begins: string } | { until: string } | { from: string; until: string };
  /** The highest sort key comes first. */
  descending?: boolean;
  /** Maximum number of items. Default: all. */
  limit?: number | undefined;
  /** Maximum number of items in a page. Default: {@link limit}, or 1 MB of items. */
  pageSize?: number | undefined;
  /** Subject of an error. Default: the partition. */
  subject?: string;
}

export type WriteRequest = { PutRequest: { Item: Item } } | { DeleteRequest: { Key: ItemKey } };

/** A client of DynamoDB, with documents or without. */
export type AnyTableClient = DynamoDBClient | DynamoDBDocumentClient;

/** Makes a client whose items are plain objects. Attributes without a value are omitted. */
export function documentClient(client: DynamoDBClient): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
}

/** One table. Every method throws like {@link guard}. */
export class TableClient {
  readonly name: string;
  readonly client: DynamoDBDocumentClient;
  readonly pacing: Pacing;

  constructor(client: AnyTableClient, name: string, pacing: Pacing = SYSTEM_PACING) {
    this.pacing = pacing;
    this.name = name;
    this.client = client instanceof DynamoDBDocumentClient ? client : documentClient(client);
  }

  /**
   * Makes a call.
   * @param subject subject of the error
   * @throws CopydeskError `table-busy` (retryable), `table-forbidden`, `table-other`
   */
  async guard<T>(subject: string, call: () => Promise<T>): Promise<T> {
    return guarded('table', subject, `The table failed for ${subject}`, call);
  }

  /**
   * Reads the items of keys, in no order. Keys without an item are omitted.
   * @param options.attributes the only attributes that are read. Default: all
   * @param options.isConsistent default: true. A read that is not consistent costs half
   */
  async *getMany(
    all: readonly ItemKey[],
    { attributes, isConsistent = true }: { attributes?: readonly string[]; isConsistent?: boolean } = {},
  ): AsyncGenerator<Item> {
    let keys = [...all];
    let throttled = 0;
    const what = {
      ConsistentRead: isConsistent,
      ...(attributes && {
        ProjectionExpression: attributes.map((_, at) => `#a${at}`).join(', '),
        ExpressionAttributeNames: Object.fromEntries(attributes.map((name, at) => [`#a${at}`, name])),
      }),
    };
    while (keys.length > 0) {
      const batch = keys.slice(0, MAX_BATCH_KEYS);
      const { Responses, UnprocessedKeys } = await this.guard(batch[0]?.pk ?? '', () =>
        this.client.send(new BatchGetCommand({ RequestItems: { [this.name]: { Keys: batch, ...what } } })),
      );
      yield* Responses?.[this.name] ?? [];
      // A batch above 16 MB, or a throttled one, is answered in part. The missing keys start the next batch.
      const unread = (UnprocessedKeys?.[this.name]?.Keys ?? []) as typeof keys;
      throttled = unread.length === batch.length ? throttled + 1 : 0;
      await this.#pauseThrottled(throttled, batch[0]?.pk ?? '');
      keys = [...unread, ...keys.slice(MAX_BATCH_KEYS)];
    }
  }

  /** Writes and deletes items without a condition, in no order. */
  async writeMany(requests: readonly WriteRequest[]): Promise<void> {
    const batches = Array.from({ length: Math.ceil(requests.length / MAX_BATCH_WRITES) }, (_, batch) =>
      requests.slice(batch * MAX_BATCH_WRITES, (batch + 1) * MAX_BATCH_WRITES),
    );
    await inParallel(batches, batch => this.#writeBatch(batch), { concurrency: BATCH_CONCURRENCY });
  }

  async #writeBatch(batch: readonly WriteRequest[]): Promise<void> {
    let throttled = 0;
    for (let left: readonly WriteRequest[] = batch; left.length > 0; ) {
      const { UnprocessedItems } = await this.guard(this.name, () =>
        this.client.send(new BatchWriteCommand({ RequestItems: { [this.name]: [...left] } })),
      );
      const unwritten = (UnprocessedItems?.[this.name] ?? []) as WriteRequest[];
      throttled = unwritten.length === left.length ? throttled + 1 : 0;
      await this.#pauseThrottled(throttled, this.name);
      left = unwritten;
    }
  }

  /** Reads an item. Returns undefined if there is none. Consistent. */
  async get(subject: string, Key: ItemKey): Promise<Item | undefined> {
    const { Item } = await this.guard(subject, () =>
      this.client.send(new GetCommand({ TableName: this.name, Key, ConsistentRead: true })),
    );
    return Item;
  }

  /** Writes an item without a condition. */
  async put(subject: string, Item: Item & ItemKey): Promise<void> {
    await this.guard(subject, () => this.client.send(new PutCommand({ TableName: this.name, Item })));
  }

  /** Deletes an item without a condition. */
  async delete(subject: string, Key: ItemKey): Promise<void> {
    await this.guard(subject, () => this.client.send(new DeleteCommand({ TableName: this.name, Key })));
  }

  /** Writes an item on a condition. Returns whether the condition held. */
  putIf(subject: string, Item: Item, condition: Condition): Promise<boolean> {
    return this.conditional(subject, () =>
      this.client.send(new PutCommand({ TableName: this.name, Item, ...condition })),
    );
  }

  /** Deletes an item on a condition. Returns whether the condition held. */
  deleteIf(subject: string, Key: ItemKey, condition: Condition): Promise<boolean> {
    return this.conditional(subject, () =>
      this.client.send(new DeleteCommand({ TableName: this.name, Key, ...condition })),
    );
  }

  /**
   * Writes an item unless the table holds one that is as new or newer. Calls may be repeated and come in any order.
   * @param by attribute that orders the writes of the item: a version, or a padded sequencer
   */
  putIfNewer(subject: string, item: Item & ItemKey, by: string): Promise<boolean> {
    return this.putIf(subject, item, orderCondition(by, '<', item[by]));
  }

  /** Deletes an item unless it is newer than `order`. Calls may be repeated and come in any order. */
  deleteUnlessNewer(subject: string, key: ItemKey, by: string, order: unknown): Promise<boolean> {
    return this.deleteIf(subject, key, orderCondition(by, '<=', order));
  }

  /** The items of a partition in the order of their sort keys. */
  async *query(partition: string, options: QueryOptions = {}): AsyncGenerator<Item> {
    for await (const page of this.queryPages(partition, options)) yield* page;
  }

  /** Like {@link query}, but yields pages. */
  async *queryPages(partition: string, options: QueryOptions = {}): AsyncGenerator<Item[]> {
    let left = options.limit ?? Number.POSITIVE_INFINITY;
    let from: Item | undefined;
    while (left > 0) {
      const page = await this.queryPage(partition, { ...options, limit: left }, from);
      yield page.items;
      left -= page.items.length;
      from = page.next;
      if (from === undefined) return;
    }
  }

  /**
   * One page of {@link query}.
   * @param from position after an earlier page
   */
  async queryPage(
    partition: string,
    { index, sort, descending = false, limit, pageSize, subject = partition }: QueryOptions,
    from: Item | undefined,
  ): Promise<{ items: Item[]; next: Item | undefined }> {
    const { partition: pk, sort: sk } = index ?? TABLE_KEY;
    const values = Object.fromEntries(Object.entries(sort ?? {}).map(([name, value]) => [`:${name}`, value]));
    const maxItems = Math.min(limit ?? Number.POSITIVE_INFINITY, pageSize ?? Number.POSITIVE_INFINITY);
    const page = await this.guard(subject, () =>
      this.client.send(
        new QueryCommand({
          TableName: this.name,
          IndexName: index?.name,
          ConsistentRead: index === undefined,
          ScanIndexForward: !descending,
          KeyConditionExpression: `#partition = :partition${sortCondition(sort)}`,
          ExpressionAttributeNames: { '#partition': pk, ...(sort && { '#sort': sk }) },
          ExpressionAttributeValues: { ':partition': partition, ...values },
          Limit: Number.isFinite(maxItems) ? maxItems : undefined,
          ExclusiveStartKey: from,
        }),
      ),
    );
    return { items: page.Items ?? [], next: page.LastEvaluatedKey };
  }

  /**
   * One page of the items of a part of the table, in no order. The read is not consistent.
   * @param what.attributes attributes to read
   * @param what.sort sort key of the wanted items
   * @param from position after an earlier page
   */
  async scanPage(
    what: { attributes: readonly string[]; sort: string; segment: { number: number; of: number } },
    from: Item | undefined,
  ): Promise<{ items: Item[]; next: Item | undefined }> {
    const { attributes, sort, segment } = what;
    const page = await this.guard(this.name, () =>
      this.client.send(
        new ScanCommand({
          TableName: this.name,
          Segment: segment.number,
          TotalSegments: segment.of,
          ProjectionExpression: attributes.map((_, at) => `#a${at}`).join(', '),
          FilterExpression: '#sort = :sort',
          ExpressionAttributeNames: {
            '#sort': TABLE_KEY.sort,
            ...Object.fromEntries(attributes.map((name, at) => [`#a${at}`, name])),
          },
          ExpressionAttributeValues: { ':sort': sort },
          ExclusiveStartKey: from,
        }),
      ),
    );
    return { items: page.Items ?? [], next: page.LastEvaluatedKey };
  }

  /** Every item of the table, in no order. */
  async *scan(): AsyncGenerator<Item> {
    let from: Item | undefined;
    do {
      const page = await this.guard(this.name, () =>
        this.client.send(
          new ScanCommand({ TableName: this.name, ConsistentRead: true, ExclusiveStartKey: from }),
        ),
      );
      yield* page.Items ?? [];
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
  }

  /** Makes a conditional write. Returns whether its condition held. */
  async conditional(subject: string, call: () => Promise<unknown>): Promise<boolean> {
    return this.guard(subject, async () => {
      try {
        await call();
        return true;
      } catch (error) {
        if (awsFault(error) === 'conflict') return false;
        throw error;
      }
    });
  }

  /**
   * Waits after throttled attempts, longer each time.
   * @param attempts number of throttled attempts in a row
   * @throws CopydeskError `table-busy` after too many
   */
  async #pauseThrottled(attempts: number, subject: string): Promise<void> {
    if (attempts > MAX_THROTTLED_ATTEMPTS)
      throw new CopydeskError('table-busy', 'The table is throttled.', { subject });
    if (attempts > 0) await this.pacing.sleep(FIRST_THROTTLED_PAUSE_MS * 2 ** (attempts - 1));
  }
}

/** Makes the condition that there is no item, or that its `by` is below `order` (`<`) or at most `order` (`<=`). */
function orderCondition(by: string, comparison: '<' | '<=', order: unknown): Condition {
  return {
    ConditionExpression: `attribute_not_exists(pk) OR #order ${comparison} :order`,
    ExpressionAttributeNames: { '#order': by },
    ExpressionAttributeValues: { ':order': order },
  };
}

function sortCondition(sort: QueryOptions['sort']): string {
  if (sort === undefined) return '';
  if ('begins' in sort) return ' AND begins_with(#sort, :begins)';
  return 'from' in sort ? ' AND #sort BETWEEN :from AND :until' : ' AND #sort <= :until';
}

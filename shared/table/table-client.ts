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
import pMap from 'p-map';
import { awsFault, guarded } from '../aws/aws-errors.ts';
import { CopydeskError } from '../errors/errors.ts';
import { type Pacing, SYSTEM_PACING } from '../errors/retry-on-conflict.ts';
import { type Item, type ItemKey, TABLE_KEY } from './keys.ts';

/** DynamoDB takes at most 100 keys in one BatchGetItem. */
const BATCH_KEYS = 100;

/** DynamoDB takes at most 25 writes in one BatchWriteItem. */
const BATCH_WRITES = 25;

/** Batches written at once. */
const WRITES_AT_ONCE = { concurrency: 8 };

/** Pause before a batch of which nothing was done is sent again: the SDK does not retry those. Doubled each time. */
const THROTTLED_PAUSE_MS = 50;

/** Tries in a row of which nothing was done, at most: their pauses add up to one and a half seconds. */
const MAX_THROTTLED = 5;

/** A condition of a write, as a request of DynamoDB has it. */
export interface Condition {
  ConditionExpression: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, unknown>;
}

/** What a query asks for besides the partition. */
export interface QueryOptions {
  /** Default: the table itself, whose reads are consistent. Those of an index never are. */
  index?: { name: string; partition: string; sort: string };
  /** Which sort keys: those that begin so, those up to one, or those from one to another. Default: all. */
  sort?: { begins: string } | { until: string } | { from: string; until: string };
  /** Whether the highest sort key comes first. */
  descending?: boolean;
  /** Items at most. Default: all. */
  limit?: number | undefined;
  /** Items in a page at most. Default: as many as {@link limit} asks for, or 1 MB. */
  pageSize?: number | undefined;
  /** What it is about, for an error. Default: the partition. */
  subject?: string;
}

/** One write of {@link TableClient.writeMany}. */
export type WriteRequest = { PutRequest: { Item: Item } } | { DeleteRequest: { Key: ItemKey } };

/** One table and the client that talks to it. */
export class TableClient {
  readonly name: string;
  readonly client: DynamoDBDocumentClient;
  readonly pacing: Pacing;

  constructor(client: DynamoDBClient, name: string, pacing: Pacing = SYSTEM_PACING) {
    this.pacing = pacing;
    this.name = name;
    this.client = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  }

  /**
   * Makes a call.
   * @param subject what it is about, for the error
   * @throws CopydeskError `table-busy` (retryable), `table-forbidden`, `table-other`
   */
  async guard<T>(subject: string, call: () => Promise<T>): Promise<T> {
    return guarded('table', subject, `The table failed for ${subject}`, call);
  }

  /**
   * The items of these keys, as they are now and in no order; keys without an item are left out. Throws as
   * {@link guard}.
   */
  async *getMany(all: readonly ItemKey[]): AsyncGenerator<Item> {
    let keys = [...all];
    let throttled = 0;
    while (keys.length > 0) {
      const batch = keys.slice(0, BATCH_KEYS);
      const { Responses, UnprocessedKeys } = await this.guard(batch[0]?.pk ?? '', () =>
        this.client.send(
          new BatchGetCommand({ RequestItems: { [this.name]: { Keys: batch, ConsistentRead: true } } }),
        ),
      );
      yield* Responses?.[this.name] ?? [];
      // Above 16 MB or when throttled a batch comes back in part; what is missing leads the next one.
      const unread = (UnprocessedKeys?.[this.name]?.Keys ?? []) as typeof keys;
      throttled = unread.length === batch.length ? throttled + 1 : 0;
      await this.#pauseThrottled(throttled, batch[0]?.pk ?? '');
      keys = [...unread, ...keys.slice(BATCH_KEYS)];
    }
  }

  /** Writes and deletes items without a condition, in no order. Throws as {@link guard}. */
  async writeMany(requests: readonly WriteRequest[]): Promise<void> {
    const batches = Array.from({ length: Math.ceil(requests.length / BATCH_WRITES) }, (_, batch) =>
      requests.slice(batch * BATCH_WRITES, (batch + 1) * BATCH_WRITES),
    );
    await pMap(batches, batch => this.#writeBatch(batch), WRITES_AT_ONCE);
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

  /** An item as it is now; undefined where there is none. Throws as {@link guard}. */
  async get(subject: string, Key: ItemKey): Promise<Item | undefined> {
    const { Item } = await this.guard(subject, () =>
      this.client.send(new GetCommand({ TableName: this.name, Key, ConsistentRead: true })),
    );
    return Item;
  }

  /** Writes an item whatever is there. Throws as {@link guard}. */
  async put(subject: string, Item: Item & ItemKey): Promise<void> {
    await this.guard(subject, () => this.client.send(new PutCommand({ TableName: this.name, Item })));
  }

  /** Deletes an item whatever it is. Throws as {@link guard}. */
  async delete(subject: string, Key: ItemKey): Promise<void> {
    await this.guard(subject, () => this.client.send(new DeleteCommand({ TableName: this.name, Key })));
  }

  /** Writes an item on a condition. Returns whether it held. Throws as {@link guard}. */
  putIf(subject: string, Item: Item, condition: Condition): Promise<boolean> {
    return this.conditional(subject, () =>
      this.client.send(new PutCommand({ TableName: this.name, Item, ...condition })),
    );
  }

  /** Deletes an item on a condition. Returns whether it held. Throws as {@link guard}. */
  deleteIf(subject: string, Key: ItemKey, condition: Condition): Promise<boolean> {
    return this.conditional(subject, () =>
      this.client.send(new DeleteCommand({ TableName: this.name, Key, ...condition })),
    );
  }

  /**
   * Writes an item unless one is there that is as new or newer. Safe in any order and to repeat.
   * @param by the attribute that orders writes of this item: a version, or a padded sequencer
   */
  putIfNewer(subject: string, item: Item & ItemKey, by: string): Promise<boolean> {
    return this.putIf(subject, item, orderCondition(by, '<', item[by]));
  }

  /** Deletes an item unless it is newer than `order`. Safe in any order and to repeat. */
  deleteUnlessNewer(subject: string, key: ItemKey, by: string, order: unknown): Promise<boolean> {
    return this.deleteIf(subject, key, orderCondition(by, '<=', order));
  }

  /** The items of a partition in the order of their sort keys. Throws as {@link guard}. */
  async *query(partition: string, options: QueryOptions = {}): AsyncGenerator<Item> {
    for await (const page of this.queryPages(partition, options)) yield* page;
  }

  /** As {@link query}, page by page. */
  async *queryPages(
    partition: string,
    { index, sort, descending = false, limit, pageSize, subject = partition }: QueryOptions = {},
  ): AsyncGenerator<Item[]> {
    const { partition: pk, sort: sk } = index ?? TABLE_KEY;
    let left = limit ?? Number.POSITIVE_INFINITY;
    let from: Item | undefined;
    while (left > 0) {
      const most = Math.min(left, pageSize ?? Number.POSITIVE_INFINITY);
      const page = await this.guard(subject, () =>
        this.client.send(
          new QueryCommand({
            TableName: this.name,
            IndexName: index?.name,
            ConsistentRead: index === undefined,
            ScanIndexForward: !descending,
            KeyConditionExpression: `#partition = :partition${sortCondition(sort)}`,
            ExpressionAttributeNames: { '#partition': pk, ...(sort && { '#sort': sk }) },
            ExpressionAttributeValues: {
              ':partition': partition,
              ...(sort &&
                Object.fromEntries(Object.entries(sort).map(([name, value]) => [`:${name}`, value]))),
            },
            Limit: Number.isFinite(most) ? most : undefined,
            ExclusiveStartKey: from,
          }),
        ),
      );
      const items = page.Items ?? [];
      yield items;
      left -= items.length;
      from = page.LastEvaluatedKey;
      if (from === undefined) return;
    }
  }

  /** Every item of the table, in no order. Throws as {@link guard}. */
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

  /** Makes a conditional write. Returns whether its condition held. Throws as {@link guard}. */
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
   * Waits after so many tries in a row of which nothing was done, longer each time.
   * @throws CopydeskError `table-busy` where there were too many
   */
  async #pauseThrottled(tries: number, subject: string): Promise<void> {
    if (tries > MAX_THROTTLED) throw new CopydeskError('table-busy', 'The table is throttled.', { subject });
    if (tries > 0) await this.pacing.sleep(THROTTLED_PAUSE_MS * 2 ** (tries - 1));
  }
}

/** The condition that an item is not there, or that it was written earlier (`<`) or no later (`<=`). */
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

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, BatchWriteCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import pMap from 'p-map';
import { awsFault, guarded } from '../aws/aws-errors.ts';
import { CopydeskError } from '../errors/errors.ts';
import { type Pacing, SYSTEM_PACING } from '../errors/retry-on-conflict.ts';

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

/** One write of {@link TableClient.writeMany}. */
export type WriteRequest =
  | { PutRequest: { Item: Record<string, unknown> } }
  | { DeleteRequest: { Key: Record<string, unknown> } };

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
  async *getMany(all: readonly { pk: string; sk: string }[]): AsyncGenerator<Record<string, unknown>> {
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

/** The condition that an item is not there, or was written by an earlier (`<`) or no later (`<=`) version of a record. */
export function versionCondition(comparison: '<' | '<=', { version }: { version: number }) {
  return {
    ConditionExpression: `attribute_not_exists(pk) OR #version ${comparison} :version`,
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':version': version },
  };
}

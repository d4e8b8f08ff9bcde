import { setTimeout } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { awsFault, guarded } from './aws-errors.ts';
import { CopydeskError } from './errors.ts';

/** DynamoDB takes at most 100 keys in one BatchGetItem. */
const BATCH_KEYS = 100;

/** Pause before a batch of which nothing was read is asked for again: the SDK does not retry those. Doubled each time. */
const THROTTLED_PAUSE_MS = 50;

/** Tries in a row of which nothing was read, at most: their pauses add up to one and a half seconds. */
const MAX_THROTTLED = 5;

/** One table and the client that talks to it. */
export class TableClient {
  readonly name: string;
  readonly client: DynamoDBDocumentClient;

  constructor(client: DynamoDBClient, name: string) {
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
      if (throttled > MAX_THROTTLED)
        throw new CopydeskError('table-busy', 'The table is throttled.', { subject: batch[0]?.pk ?? '' });
      if (throttled > 0) await setTimeout(THROTTLED_PAUSE_MS * 2 ** (throttled - 1));
      keys = [...unread, ...keys.slice(BATCH_KEYS)];
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
}

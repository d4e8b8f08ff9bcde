import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { TableClient } from './table-client.ts';

/**
 * Most articles under one key. What many have in common, such as the first words of a daily forecast, tells
 * nothing; those beyond are found by their other keys.
 */
const MOST_UNDER_KEY = 50;

/** Which articles share a part of their fingerprint: one small item a part, no scan. */
export class NearIndex {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  /**
   * Enters an article under the keys of its fingerprint.
   * @returns the others under any of them
   */
  async enter(keys: readonly string[], id: string): Promise<string[]> {
    const found = await Promise.all(keys.map(key => this.#add(key, id)));
    return [...new Set(found.flat())].filter(other => other !== id).sort();
  }

  /** Takes an article away from keys that it no longer has. */
  async leave(keys: readonly string[], id: string): Promise<void> {
    await Promise.all(
      keys.map(key =>
        this.#table.guard(id, () =>
          this.#table.client.send(
            new UpdateCommand({
              TableName: this.#table.name,
              Key: nearKey(key),
              UpdateExpression: 'DELETE #ids :id',
              ExpressionAttributeNames: { '#ids': 'ids' },
              ExpressionAttributeValues: { ':id': new Set([id]) },
            }),
          ),
        ),
      ),
    );
  }

  async #add(key: string, id: string): Promise<string[]> {
    let ids: unknown;
    await this.#table.conditional(id, async () => {
      const { Attributes } = await this.#table.client.send(
        new UpdateCommand({
          TableName: this.#table.name,
          Key: nearKey(key),
          UpdateExpression: 'ADD #ids :id',
          ConditionExpression: 'attribute_not_exists(#ids) OR size(#ids) < :most',
          ExpressionAttributeNames: { '#ids': 'ids' },
          ExpressionAttributeValues: { ':id': new Set([id]), ':most': MOST_UNDER_KEY },
          ReturnValues: 'ALL_NEW',
        }),
      );
      ids = Attributes?.ids;
    });
    return ids instanceof Set ? [...(ids as Set<string>)] : [];
  }
}

function nearKey(key: string): { pk: string; sk: string } {
  return { pk: `near#${key}`, sk: 'articles' };
}

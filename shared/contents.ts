import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Item } from './article-item.ts';
import type { TableClient } from './table-client.ts';

/** Who has the same content: the article that is shown for it, and every one that holds it, eldest first. */
export interface Holders {
  owner: string;
  holders: string[];
  /** Its owner was killed and has left it since: nobody is shown for it any more. */
  killed: boolean;
}

/**
 * Who has which content. One item a content, because an atomic update of one item is all that every
 * DynamoDB, the embedded one included, can do without transactions.
 */
export class Contents {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  /**
   * Enters an article among those that hold a content. The first to enter owns it; entering again changes
   * nothing.
   */
  async hold(hash: string, id: string, since: string): Promise<Holders> {
    const { Attributes } = await this.#table.guard(id, () =>
      this.#table.client.send(
        new UpdateCommand({
          TableName: this.#table.name,
          Key: contentKey(hash),
          UpdateExpression: 'ADD #holders :holder SET #owner = if_not_exists(#owner, :id)',
          ExpressionAttributeNames: { '#holders': 'holders', '#owner': 'owner' },
          ExpressionAttributeValues: { ':holder': new Set([`${since}#${id}`]), ':id': id },
          ReturnValues: 'ALL_NEW',
        }),
      ),
    );
    return holdersOf(Attributes ?? {}) ?? { owner: id, holders: [id], killed: false };
  }

  /** Who holds a content now, or undefined where nobody does. */
  async holders(hash: string): Promise<Holders | undefined> {
    return holdersOf((await this.#read(hash)) ?? {});
  }

  /** Takes an article out of those that hold a content; see {@link pass} for what it owned. */
  async leave(hash: string, id: string): Promise<void> {
    const item = await this.#read(hash);
    const mine = [...holderSet(item ?? {})].filter(holder => holder.endsWith(`#${id}`));
    if (mine.length === 0) return;
    await this.#table.guard(id, () =>
      this.#table.client.send(
        new UpdateCommand({
          TableName: this.#table.name,
          Key: contentKey(hash),
          UpdateExpression: 'DELETE #holders :mine',
          ExpressionAttributeNames: { '#holders': 'holders' },
          ExpressionAttributeValues: { ':mine': new Set(mine) },
        }),
      ),
    );
  }

  /** Notes that the story was killed, whatever becomes of the article that told it. */
  async kill(hash: string): Promise<void> {
    await this.#table.guard(hash, () =>
      this.#table.client.send(
        new UpdateCommand({
          TableName: this.#table.name,
          Key: contentKey(hash),
          UpdateExpression: 'SET #killed = :true',
          ExpressionAttributeNames: { '#killed': 'killed' },
          ExpressionAttributeValues: { ':true': true },
        }),
      ),
    );
  }

  /**
   * Passes the ownership of a content on, from one article to another (undefined: to nobody, on condition
   * that nobody holds it).
   * @returns whether `from` still owned it and the heir could take it
   */
  async pass(hash: string, from: string, to: string | undefined): Promise<boolean> {
    const condition = {
      ExpressionAttributeNames: { '#owner': 'owner', ...(to === undefined && { '#holders': 'holders' }) },
      ExpressionAttributeValues: { ':from': from, ...(to !== undefined && { ':to': to }) },
    };
    return this.#table.conditional(from, () =>
      to === undefined
        ? this.#table.client.send(
            new DeleteCommand({
              TableName: this.#table.name,
              Key: contentKey(hash),
              ConditionExpression: '#owner = :from AND attribute_not_exists(#holders)',
              ...condition,
            }),
          )
        : this.#table.client.send(
            new UpdateCommand({
              TableName: this.#table.name,
              Key: contentKey(hash),
              UpdateExpression: 'SET #owner = :to',
              ConditionExpression: '#owner = :from',
              ...condition,
            }),
          ),
    );
  }

  async #read(hash: string): Promise<Item | undefined> {
    const { Item } = await this.#table.guard(hash, () =>
      this.#table.client.send(
        new GetCommand({ TableName: this.#table.name, Key: contentKey(hash), ConsistentRead: true }),
      ),
    );
    return Item;
  }
}

function contentKey(hash: string): { pk: string; sk: string } {
  return { pk: `content#${hash}`, sk: 'holders' };
}

function holderSet(item: Item): Set<string> {
  const holders = item.holders;
  return holders instanceof Set ? (holders as Set<string>) : new Set();
}

function holdersOf(item: Item): Holders | undefined {
  const owner = item.owner;
  if (typeof owner !== 'string') return undefined;
  const holders = [...holderSet(item)].sort().map(holder => holder.slice(holder.indexOf('#') + 1));
  return { owner, holders, killed: item.killed === true };
}

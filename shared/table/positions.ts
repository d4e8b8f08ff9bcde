import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { inParallel } from '../errors/in-parallel.ts';
import { recordIdOf, recordKey } from './article-item.ts';
import { type Item, type ItemKey, POSITION_SK, TABLE_KEY } from './keys.ts';
import type { TableClient } from './table-client.ts';

/** The positions of one article, by the name of the list. */
export type Positions = ReadonlyMap<string, number>;

const NO_POSITIONS: Positions = new Map();

/** Number of writes at the same time. They mostly wait for the table. */
const WRITE_CONCURRENCY = 8;

/**
 * The positions (0, 1, 2, …) of articles in the lists of the history. A position is assigned once and never changes, so
 * that the pages of a list never shift. If two writers assign positions to an article at the same time, one of the
 * numbers stays unused.
 */
export class PositionTable {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  /** Reads the positions of articles, by id. Articles without positions are omitted. */
  async read(ids: Iterable<string>): Promise<Map<string, Positions>> {
    const found = new Map<string, Positions>();
    for await (const item of this.#table.getMany([...new Set(ids)].map(positionKey))) {
      const id = recordIdOf(String(item[TABLE_KEY.partition]));
      if (id !== undefined) found.set(id, positionsOf(item));
    }
    return found;
  }

  /**
   * Assigns the next free positions of lists to articles.
   * @param wanted article ids, and for each the lists in which it has no position yet. Positions follow this order
   * @returns the positions of the articles, also those that another writer has assigned meanwhile
   */
  async assign(wanted: ReadonlyMap<string, readonly string[]>): Promise<Map<string, Positions>> {
    const counts = new Map<string, number>();
    for (const lists of wanted.values())
      for (const name of lists) counts.set(name, (counts.get(name) ?? 0) + 1);
    const parallel = { concurrency: WRITE_CONCURRENCY };
    const take = async ([name, count]: [string, number]) => [name, await this.#take(name, count)] as const;
    const free = new Map(await inParallel(counts, take, parallel));
    const given = [...wanted].map(([id, lists]) => {
      const positions = lists.map(name => {
        const position = free.get(name) ?? 0;
        free.set(name, position + 1);
        return [name, position] as const;
      });
      return { id, positions };
    });
    const kept = await inParallel(
      given,
      async ({ id, positions }) => [id, await this.#keep(id, positions)] as const,
      parallel,
    );
    return new Map(kept);
  }

  /** Number of positions of a list that are taken. */
  async taken(list: string): Promise<number> {
    const item = await this.#table.get(list, { pk: `series#${list}`, sk: 'counter' });
    return Number(item?.taken ?? 0);
  }

  /** Takes a number of positions of a list. Returns the first of them. */
  async #take(list: string, count: number): Promise<number> {
    const { Attributes } = await this.#table.guard(list, () =>
      this.#table.client.send(
        new UpdateCommand({
          TableName: this.#table.name,
          Key: { pk: `series#${list}`, sk: 'counter' },
          UpdateExpression: 'ADD #taken :count',
          ExpressionAttributeNames: { '#taken': 'taken' },
          ExpressionAttributeValues: { ':count': count },
          ReturnValues: 'UPDATED_NEW',
        }),
      ),
    );
    return Number(Attributes?.taken) - count;
  }

  /** Stores positions, except in lists in which the article already has one. Returns all positions of the article. */
  async #keep(id: string, positions: readonly (readonly [string, number])[]): Promise<Positions> {
    if (positions.length === 0) return NO_POSITIONS;
    const { Attributes } = await this.#table.guard(id, () =>
      this.#table.client.send(
        new UpdateCommand({
          TableName: this.#table.name,
          Key: positionKey(id),
          UpdateExpression: `SET ${positions.map((_, at) => `#s${at} = if_not_exists(#s${at}, :p${at})`).join(', ')}`,
          ExpressionAttributeNames: Object.fromEntries(positions.map(([name], at) => [`#s${at}`, name])),
          ExpressionAttributeValues: Object.fromEntries(
            positions.map(([name, position], at) => [
              `:p${at}`,
              isOfEdition(name) ? String(position) : position,
            ]),
          ),
          ReturnValues: 'ALL_NEW',
        }),
      ),
    );
    return positionsOf(Attributes ?? {});
  }
}

/** The item is in the partition of the record, so that all data of an article can be found and deleted. */
function positionKey(id: string): ItemKey {
  return { pk: recordKey(id).pk, sk: POSITION_SK };
}

function positionsOf(item: Item): Positions {
  return new Map(
    Object.entries(item).flatMap(([name, value]) => {
      if (typeof value === 'number') return [[name, value] as const];
      return isOfEdition(name) && typeof value === 'string' ? [[name, Number(value)] as const] : [];
    }),
  );
}

/**
 * Whether a list is that of a section, tag or author. The item has its positions as texts, because an earlier version
 * reads only numbers: it took the list `tags/ports` for a day.
 */
function isOfEdition(list: string): boolean {
  return list.includes('/');
}

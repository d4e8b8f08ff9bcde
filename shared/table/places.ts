import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import pMap from 'p-map';
import { recordIdOf, recordKey } from './article-item.ts';
import { type Item, type ItemKey, PLACE_SK, TABLE_KEY } from './keys.ts';
import type { TableClient } from './table-client.ts';

/** The places of one article, each in the series of this name. */
export type Places = ReadonlyMap<string, number>;

const NOWHERE: Places = new Map();

/** Writes at once: they wait for the table more than they compute. */
const AT_ONCE = { concurrency: 8 };

/**
 * The ledger: in which place (0, 1, 2, …) of a series each article stands. A place is given once and kept for
 * ever, whatever becomes of the article, so that lists can be cut into pages that never shift. A number can be
 * lost where two give an article its place at once; then nobody ever stands there.
 */
export class Ledger {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  /** The places that articles have, by id; those that have none are left out. */
  async places(ids: Iterable<string>): Promise<Map<string, Places>> {
    const found = new Map<string, Places>();
    for await (const item of this.#table.getMany([...new Set(ids)].map(placeKey))) {
      const id = recordIdOf(String(item[TABLE_KEY.partition]));
      if (id !== undefined) found.set(id, placesOf(item));
    }
    return found;
  }

  /**
   * Gives articles the next free places of series.
   * @param wanted by id, in the order in which they are to stand: the series in which an article has no place yet
   * @returns their places; those that another writer gave meanwhile, where one did
   */
  async enter(wanted: ReadonlyMap<string, readonly string[]>): Promise<Map<string, Places>> {
    const counts = new Map<string, number>();
    for (const series of wanted.values())
      for (const name of series) counts.set(name, (counts.get(name) ?? 0) + 1);
    const free = new Map(
      await pMap(counts, async ([name, count]) => [name, await this.#take(name, count)] as const, AT_ONCE),
    );
    const given = [...wanted].map(([id, series]) => {
      const places = series.map(name => {
        const place = free.get(name) ?? 0;
        free.set(name, place + 1);
        return [name, place] as const;
      });
      return [id, places] as const;
    });
    return new Map(
      await pMap(given, async ([id, places]) => [id, await this.#keep(id, places)] as const, AT_ONCE),
    );
  }

  /** Takes a number of places of a series. Returns the first of them. */
  async #take(series: string, count: number): Promise<number> {
    const { Attributes } = await this.#table.guard(series, () =>
      this.#table.client.send(
        new UpdateCommand({
          TableName: this.#table.name,
          Key: { pk: `series#${series}`, sk: 'counter' },
          UpdateExpression: 'ADD #taken :count',
          ExpressionAttributeNames: { '#taken': 'taken' },
          ExpressionAttributeValues: { ':count': count },
          ReturnValues: 'UPDATED_NEW',
        }),
      ),
    );
    return Number(Attributes?.taken) - count;
  }

  /** Notes places unless there are some already. Returns those that hold. */
  async #keep(id: string, places: readonly (readonly [string, number])[]): Promise<Places> {
    if (places.length === 0) return NOWHERE;
    const { Attributes } = await this.#table.guard(id, () =>
      this.#table.client.send(
        new UpdateCommand({
          TableName: this.#table.name,
          Key: placeKey(id),
          UpdateExpression: `SET ${places.map((_, at) => `#s${at} = if_not_exists(#s${at}, :p${at})`).join(', ')}`,
          ExpressionAttributeNames: Object.fromEntries(places.map(([name], at) => [`#s${at}`, name])),
          ExpressionAttributeValues: Object.fromEntries(places.map(([, place], at) => [`:p${at}`, place])),
          ReturnValues: 'ALL_NEW',
        }),
      ),
    );
    return placesOf(Attributes ?? {});
  }
}

/** Beside the record: whatever deletes all that is known of an article finds it. */
function placeKey(id: string): ItemKey {
  return { pk: recordKey(id).pk, sk: PLACE_SK };
}

function placesOf(item: Item): Places {
  return new Map(
    Object.entries(item).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}

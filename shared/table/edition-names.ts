import type { Item } from './keys.ts';
import type { ListPage } from './record-lists.ts';
import type { TableClient } from './table-client.ts';

/** Partition of all editions that ever had an article, except the main edition. */
const EDITIONS = 'editions';

/**
 * The name of each section, tag and author for people. Articles can spell the same tag in several ways. The spelling of
 * the first article stays, also if the states of the editions are lost. The list also names editions without articles,
 * because their feeds stay on the site for subscribers.
 */
export class EditionNames {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  /** Enters an edition, if it is new. Returns its name, which an earlier call can have entered. */
  async enter(edition: string, name: string): Promise<string> {
    const key = { pk: EDITIONS, sk: edition };
    const isNew = await this.#table.putIf(
      edition,
      { ...key, name },
      { ConditionExpression: 'attribute_not_exists(pk)' },
    );
    return isNew ? name : ((await this.find(edition)) ?? name);
  }

  /** The name of an edition. Undefined if it was never entered. */
  async find(edition: string): Promise<string | undefined> {
    const name = (await this.#table.get(edition, { pk: EDITIONS, sk: edition }))?.name;
    return name === undefined ? undefined : String(name);
  }

  /** The first editions whose ids begin with a prefix, such as `tags/`: their ids and names. */
  async first(prefix: string, limit: number): Promise<[edition: string, name: string][]> {
    const found: [string, string][] = [];
    for await (const { sk, name } of this.#table.query(EDITIONS, { sort: { begins: prefix }, limit }))
      found.push([String(sk), String(name)]);
    return found;
  }

  /** A page of all editions: their ids and names. */
  async list(from: Item | undefined): Promise<ListPage<[edition: string, name: string]>> {
    const { items, next } = await this.#table.queryPage(EDITIONS, {}, from);
    return { entries: items.map(({ sk, name }) => [String(sk), String(name)]), next };
  }
}

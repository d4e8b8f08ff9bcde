import type { Item, ItemKey } from './keys.ts';
import type { TableClient } from './table-client.ts';

/** A live article of which some views are written later. */
export interface PostponedArticle {
  id: string;
  /** Instant at which the article was entered, RFC 3339, UTC. */
  since: string;
}

const PARTITION = 'postponed';

/** The articles of which some views are still to be written, the oldest first. Reads are consistent. */
export class PostponedArticles {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  async enter(ids: Iterable<string>, since: string): Promise<void> {
    const items = [...ids].map(id => ({ PutRequest: { Item: keyOf({ id, since }) } }));
    await this.#table.writeMany(items);
  }

  async list(limit: number): Promise<PostponedArticle[]> {
    const found: PostponedArticle[] = [];
    for await (const item of this.#table.query(PARTITION, { limit })) found.push(fromItem(item));
    return found;
  }

  /** Removes articles. One that was entered again meanwhile has another key, so it stays. */
  async remove(articles: readonly PostponedArticle[]): Promise<void> {
    await this.#table.writeMany(articles.map(article => ({ DeleteRequest: { Key: keyOf(article) } })));
  }
}

function keyOf({ id, since }: PostponedArticle): ItemKey {
  return { pk: PARTITION, sk: `${since}#${id}` };
}

function fromItem({ sk }: Item): PostponedArticle {
  const [since = '', id = ''] = String(sk).split('#');
  return { id, since };
}

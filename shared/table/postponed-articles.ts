import type { Item, ItemKey } from './keys.ts';
import type { TableClient } from './table-client.ts';

/** A live article of which some views are written later. */
export interface PostponedArticle {
  id: string;
  /** Instant at which the article was entered, RFC 3339, UTC. */
  since: string;
  /** The change with the views to write, as its writer stored it. Its reader must check it. */
  change: unknown;
}

const PARTITION = 'postponed';

/** The articles of which some views are still to be written, the oldest first. Reads are consistent. */
export class PostponedArticles {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  async enter(waiting: readonly PostponedArticle[]): Promise<void> {
    const items = waiting.map(each => ({ PutRequest: { Item: { ...keyOf(each), change: each.change } } }));
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

function keyOf({ id, since }: Pick<PostponedArticle, 'id' | 'since'>): ItemKey {
  return { pk: PARTITION, sk: `${since}#${id}` };
}

function fromItem({ sk, change }: Item): PostponedArticle {
  const [since = '', id = ''] = String(sk).split('#');
  return { id, since, change };
}

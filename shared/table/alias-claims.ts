import type { ItemKey } from './keys.ts';
import type { TableClient } from './table-client.ts';

/** An article that names an address as its alias. */
interface AliasClaim {
  path: string;
  id: string;
}

/** Maximum number of claims of one address that are read. More come only from a mistake. */
const MAX_CLAIMS = 50;

/**
 * The articles that name an address as their alias. Ingest enters an article before it stores the record, so a reader of
 * the record finds the claim. A claim can be older than its record, so readers compare both.
 */
export class AliasClaims {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  async enter(claims: readonly AliasClaim[]): Promise<void> {
    await this.#table.writeMany(claims.map(claim => ({ PutRequest: { Item: keyOf(claim) } })));
  }

  async remove(claim: AliasClaim): Promise<void> {
    await this.#table.delete(claim.path, keyOf(claim));
  }

  /** Ids of the articles that claim an address. Consistent. */
  async of(path: string): Promise<string[]> {
    const ids: string[] = [];
    const options = { limit: MAX_CLAIMS, subject: path };
    for await (const item of this.#table.query(partitionOf(path), options)) ids.push(String(item.sk));
    return ids;
  }
}

function partitionOf(path: string): string {
  return `alias#${path}`;
}

function keyOf({ path, id }: AliasClaim): ItemKey {
  return { pk: partitionOf(path), sk: id };
}

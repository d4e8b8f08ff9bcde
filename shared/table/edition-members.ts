import type { Item, ItemKey } from './keys.ts';
import type { TableClient, WriteRequest } from './table-client.ts';

/** One live article in one edition. */
export interface Member {
  /** Name of the edition: `all`, `sections/world`, `tags/ports`. */
  edition: string;
  publishedAt: string;
  id: string;
}

/**
 * The live articles of each edition, the newest first. An edition that lost entries is filled from them. There is one
 * small item per article and edition in the table itself, because reads of an index are not consistent. An item can
 * outlive its article if a change record was lost, so readers also read the record.
 */
export class EditionMembers {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  /** Enters and removes members. Entering or removing again changes nothing. */
  async change({ enter, remove }: { enter: Iterable<Member>; remove: Iterable<Member> }): Promise<void> {
    const changes = new Map<string, WriteRequest>();
    for (const member of remove) changes.set(nameOf(member), { DeleteRequest: { Key: memberKey(member) } });
    for (const member of enter) changes.set(nameOf(member), { PutRequest: { Item: memberKey(member) } });
    await this.#table.writeMany([...changes.values()]);
  }

  /** The given members that are not entered. */
  async missing(members: readonly Member[]): Promise<Member[]> {
    const entered = new Set<string>();
    for await (const { pk, sk } of this.#table.getMany(members.map(memberKey))) entered.add(`${pk} ${sk}`);
    return members.filter(member => !entered.has(nameOf(member)));
  }

  /**
   * Reads the members of an edition, the newest first.
   * @param options.pageSize maximum number of members in a page
   * @param options.between two instants: the first is included, the second is not
   */
  async *newest(
    edition: string,
    { pageSize, between }: { pageSize?: number; between?: readonly [from: string, end: string] } = {},
  ): AsyncGenerator<Member[]> {
    const pages = this.#table.queryPages(partitionOf(edition), {
      descending: true,
      pageSize,
      subject: edition,
      ...(between && { sort: { from: between[0], until: between[1] } }),
    });
    for await (const page of pages) if (page.length > 0) yield page.map(item => memberOf(edition, item));
  }
}

function partitionOf(edition: string): string {
  return `edition#${edition}`;
}

function memberKey({ edition, publishedAt, id }: Member): ItemKey {
  return { pk: partitionOf(edition), sk: `${publishedAt}#${id}` };
}

function nameOf(member: Member): string {
  const { pk, sk } = memberKey(member);
  return `${pk} ${sk}`;
}

function memberOf(edition: string, { sk }: Item): Member {
  const sort = String(sk);
  const at = sort.indexOf('#');
  return { edition, publishedAt: sort.slice(0, at), id: sort.slice(at + 1) };
}

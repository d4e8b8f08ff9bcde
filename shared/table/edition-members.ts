import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Item } from './article-item.ts';
import type { TableClient, WriteRequest } from './table-client.ts';

/** One live article in one edition. */
export interface Member {
  /** Name of the edition: `all`, `sections/world`, `tags/ports`. */
  edition: string;
  publishedAt: string;
  id: string;
}

/**
 * The live articles of each edition, newest first: an edition that has lost entries is filled up from them, however
 * old they are. One small item an article and edition, in the table itself: its reads are consistent, while an index
 * may miss an article that was stored a moment ago. An item may outlive its article (a change record was lost); a
 * reader reads the record, which decides.
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

  /**
   * The members of an edition, newest first.
   * @param options.pageSize members in a page at most
   * @param options.between instants: from the first on, before the second
   */
  async *newest(
    edition: string,
    { pageSize, between }: { pageSize?: number; between?: readonly [from: string, end: string] } = {},
  ): AsyncGenerator<Member[]> {
    let from: Item | undefined;
    do {
      const page = await this.#table.guard(edition, () =>
        this.#table.client.send(
          new QueryCommand({
            TableName: this.#table.name,
            ConsistentRead: true,
            ScanIndexForward: false,
            KeyConditionExpression: between
              ? '#partition = :value AND #sort BETWEEN :from AND :end'
              : '#partition = :value',
            ExpressionAttributeNames: { '#partition': 'pk', ...(between && { '#sort': 'sk' }) },
            ExpressionAttributeValues: {
              ':value': partitionOf(edition),
              ...(between && { ':from': between[0], ':end': between[1] }),
            },
            Limit: pageSize,
            ExclusiveStartKey: from,
          }),
        ),
      );
      const members = (page.Items ?? []).map(item => memberOf(edition, item));
      if (members.length > 0) yield members;
      from = page.LastEvaluatedKey;
    } while (from !== undefined);
  }
}

function partitionOf(edition: string): string {
  return `edition#${edition}`;
}

function memberKey({ edition, publishedAt, id }: Member): { pk: string; sk: string } {
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

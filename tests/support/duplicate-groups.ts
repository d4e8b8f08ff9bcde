import { type DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { MemoryTable } from '../../bench/publish/memory-table.ts';
import { DIRECT, type Wire } from '../../bench/publish/wire.ts';
import { ANY_VERSION } from '../../shared/duplicates/kills.ts';
import { MAX_ATTEMPTS } from '../../shared/errors/retry-on-conflict.ts';
import type { Article, ArticleRecord } from '../../shared/model/article.ts';
import { toItem } from '../../shared/table/article-item.ts';
import { Articles } from '../../shared/table/articles.ts';
import { type Item, RECORD_SK } from '../../shared/table/keys.ts';
import { article, instant, source } from './articles.ts';

/**
 * For tests of what each function of duplicate groups writes and what it leaves alone, one case at a time. That they
 * agree in any order, the properties of `unit/shared/duplicates.test.ts` show.
 */

export const NOW = instant(9);
export const KEYS = 'k1.k2.k3';

/** Calls of the table in one test. More calls are an endless loop, which would never let the test end. */
const MAX_CALLS = 10 * MAX_ATTEMPTS;

/** A new table for each test of a file, with what tests put into it and read from it. */
export interface GroupTable {
  /** On the table of the test under way. */
  readonly articles: Articles;
  /** Calls of the table, as `PutItem group#G canonical`. */
  readonly calls: string[];
  /** The sleep of retries, which does not wait. */
  readonly paused: jest.Mock<Promise<undefined>, [number]>;
  /** How often the table got this call. */
  count(call: string): number;
  /** Lets somebody else act just before a call of the table, after as many such calls as are skipped. */
  justBefore(call: string, act: () => unknown, skip?: number): void;
  /** Ends the first page of the next query after so many items. */
  endFirstPageAfter(items: number): void;
  put(...records: ArticleRecord[]): Promise<void>;
  putItem(item: Item): Promise<void>;
  /** Writes what the group G says, or another. */
  canonical(member: string, fields?: Item, group?: string): Promise<void>;
  /** Enters members of the group G. */
  waits(...members: Article[]): Promise<void>;
  /** Writes that an article killed a group. */
  kill(id: string, since?: number, group?: string, fields?: Item): Promise<void>;
  /** Enters an article into the index of near duplicates. */
  indexed(id: string, since: number, version: number, keys?: string[]): Promise<void>;
  /** All that the table holds, an item a line; instants as their seconds. */
  all(): Promise<string[]>;
}

/** Makes the table before each test of the calling file, and expects consistent reads after it. */
export function useGroupTable(): GroupTable {
  let articles: Articles;
  let client: DynamoDBDocumentClient;
  let hooks: { call: string; skip: number; act: () => unknown }[];
  let firstPage: number | undefined;
  const calls: string[] = [];
  const paused = jest.fn(async (_ms: number) => undefined);
  let sent: jest.SpiedFunction<DynamoDBDocumentClient['send']>;

  const wire: Wire = async (request, act) => {
    const call = `${request.operation} ${request.key}`;
    calls.push(call);
    if (calls.length > MAX_CALLS) throw new Error('It asks for ever.');
    const at = hooks.findIndex(hook => hook.call === call && hook.skip-- <= 0);
    const hook = hooks[at];
    if (hook !== undefined) hooks.splice(at, 1);
    await hook?.act();
    const output = await DIRECT(request, act);
    if (firstPage === undefined || request.operation !== 'Query') return output;
    const { Items } = output as { Items: Item[] };
    const page = Items.slice(0, firstPage);
    firstPage = undefined;
    return { Items: page, LastEvaluatedKey: page.at(-1) } as never;
  };

  beforeEach(() => {
    calls.length = 0;
    hooks = [];
    firstPage = undefined;
    paused.mockClear();
    const table = new MemoryTable({ name: 'articles', wire });
    articles = new Articles(table.client, 'articles', {
      namespace: 'copydesk',
      pacing: { sleep: paused, random: () => 0 },
    });
    client = table.client;
    sent = jest.spyOn(client, 'send');
  });

  afterEach(() => {
    const inputs = sent.mock.calls.map(([command]) => command.input as unknown as Item);
    for (const { ConsistentRead, Limit, Key, KeyConditionExpression, Item, ConditionExpression } of inputs) {
      const isRead = KeyConditionExpression || (Key && !ConditionExpression && ConsistentRead !== undefined);
      if (isRead && !Item) expect(ConsistentRead).toBe(true);
      expect(Limit).not.toBe(Number.POSITIVE_INFINITY);
    }
  });

  async function putItem(item: Item): Promise<void> {
    await client.send(new PutCommand({ TableName: 'articles', Item: JSON.parse(JSON.stringify(item)) }));
  }

  return {
    get articles() {
      return articles;
    },
    calls,
    paused,
    count: call => calls.filter(each => each === call).length,
    justBefore(call, act, skip = 0) {
      hooks.push({ call, skip, act });
    },
    endFirstPageAfter(items) {
      firstPage = items;
    },
    async put(...records) {
      for (const record of records) await putItem(toItem(record));
    },
    putItem,
    canonical: (member, fields = {}, group = 'G') =>
      putItem({ pk: `group#${group}`, sk: 'canonical', member, ...fields }),
    async waits(...members) {
      for (const { id, groupSince, version } of members)
        await putItem({ pk: 'group#G', sk: `member#${groupSince}#${id}`, version });
    },
    async kill(id, since = 1, group = 'G', fields = { nearHash: KEYS }) {
      await putItem({ pk: `article#${id}`, sk: `kill#${group}`, since: instant(since), ...fields });
      await putItem({ pk: `group#${group}`, sk: `kill#${id}` });
    },
    async indexed(id, since, version, keys = ['k1', 'k2', 'k3']) {
      for (const key of keys) await putItem({ pk: `similar#${key}`, sk: `${instant(since)}#${id}`, version });
    },
    async all() {
      const { Items = [] } = await client.send(new ScanCommand({ TableName: 'articles' }));
      return Items.filter(({ pk }) => pk !== 'calendar')
        .map(told)
        .sort();
    },
  };
}

/** A conditional write that others win every time. */
export function lost(): () => Promise<boolean> {
  let times = 0;
  return async () => {
    if (++times > MAX_ATTEMPTS) throw new Error('It tries for ever.');
    return false;
  };
}

/** An article in the group G, in it since the second that is given. */
export function story(id: string, since: number, fields: Partial<Article> = {}): Article {
  return article({
    id,
    source: source({ key: `${id}.md`, uploadedAt: instant(since) }),
    groupSince: instant(since),
    contentHash: 'G',
    nearHash: KEYS,
    ...fields,
  });
}

/** A duplicate of a canonical in the group G. */
export function copyOf(canonical: string, id: string, since: number, fields: Partial<Article> = {}): Article {
  return story(id, since, { status: 'duplicate', duplicateOf: canonical, ...fields });
}

/** An article of the group G that an editor withdrew. */
export function killed(id: string, since: number, fields: Partial<Article> = {}): Article {
  return story(id, since, { status: 'withdrawn', ...fields });
}

/** What the record of an article is once its file is deleted. */
export function deleted(id: string, fields: Partial<ArticleRecord> = {}): ArticleRecord {
  const { guid, ingestedAt, version } = article({ id });
  return {
    id,
    guid,
    source: source({ key: `${id}.md` }),
    ingestedAt,
    version,
    status: 'deleted',
    ...fields,
  } as ArticleRecord;
}

/** An item of the table as a line; instants as their seconds. */
export function told({ pk, sk, ...rest }: Item): string {
  const { id, status, withdrawnBy, duplicateOf, version, left } = rest;
  const text =
    sk === RECORD_SK
      ? [id, status, withdrawnBy, duplicateOf && `of ${duplicateOf}`, `v${version}`, left && bare(left)]
      : [pk, sk, ...(Object.keys(rest).length > 0 ? [bare(rest)] : [])];
  return text
    .filter(Boolean)
    .join(' ')
    .replace(/2026-11-01T00:00:0(\d)\.000Z/g, '$1')
    .replaceAll(String(ANY_VERSION), 'ANY');
}

function bare(value: unknown): string {
  return JSON.stringify(value).replaceAll('"', '');
}

/** The lines of an article's items in the index of near duplicates. */
export const index = (id: string, since: number, version: number | string, keys = ['k1', 'k2', 'k3']) =>
  keys.map(key => `similar#${key} ${since}#${id} {version:${version}}`);

/** The line of a record. */
export const said = (record: ArticleRecord) => told({ sk: RECORD_SK, ...record });

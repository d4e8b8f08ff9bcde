import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CopydeskError } from '../errors/errors.ts';
import { type Pacing, SYSTEM_PACING } from '../errors/retry-on-conflict.ts';
import { type ArticleRecord, forwardOf } from '../model/article.ts';
import { DEFAULT_NOTICE_DAYS, withNews } from '../model/feed-news.ts';
import { articleId } from '../model/identity.ts';
import { isOwnPage } from '../model/own-page.ts';
import type { ProbeCall } from '../model/probe.ts';
import { AliasClaims } from './alias-claims.ts';
import {
  DUE_PARTITION,
  derivedKeys,
  HELD_PARTITION,
  INDEX_KEYS,
  keysAreRight,
  monthOf,
  PAGES_PARTITION,
  readItem,
  recordIdOf,
  recordKey,
  rejectedMonth,
  salvage,
  sectionMonth,
  toItem,
} from './article-item.ts';
import { DuplicateGroups } from './duplicate-groups.ts';
import { EditionMembers } from './edition-members.ts';
import { EditionNames } from './edition-names.ts';
import { type Item, RECORD_SK, TABLE_INDEXES } from './keys.ts';
import { ListRows } from './list-rows.ts';
import { MediaIndex } from './media-index.ts';
import { PositionTable } from './positions.ts';
import { PostponedArticles } from './postponed-articles.ts';
import { RecordLists } from './record-lists.ts';
import { SimilarityIndex } from './similarity-index.ts';
import { type AnyTableClient, type Condition, type QueryOptions, TableClient } from './table-client.ts';
import { tableProbes } from './table-probes.ts';
import { UnpublishedChanges } from './unpublished-changes.ts';
import { WireIndex } from './wire-index.ts';

/**
 * All reads and writes of the table, which holds the articles of one namespace. Reads are consistent, except reads of an index. Every method throws
 * {@link CopydeskError} if DynamoDB fails; it is `retryable` if the same call can succeed later.
 */
export class Articles {
  readonly aliases: AliasClaims;
  readonly groups: DuplicateGroups;
  readonly similarity: SimilarityIndex;
  readonly media: MediaIndex;
  readonly positions: PositionTable;
  readonly wire: WireIndex;
  readonly members: EditionMembers;
  readonly editionNames: EditionNames;
  readonly listRows: ListRows;
  readonly lists: RecordLists;
  readonly unpublished: UnpublishedChanges;
  readonly postponed: PostponedArticles;
  readonly pacing: Pacing;
  /** The setting `articles.namespace`: with a key it makes the id and the guid of an article. */
  readonly namespace: string;
  /** The setting `feeds.noticeDays`, for {@link withNews}. */
  readonly noticeDays: number;
  readonly #table: TableClient;
  /** Months that are known to be in the calendar. */
  readonly #months = new Set<string>();

  constructor(
    client: AnyTableClient,
    table: string,
    {
      namespace,
      noticeDays = DEFAULT_NOTICE_DAYS,
      pacing = SYSTEM_PACING,
    }: { namespace: string; noticeDays?: number | undefined; pacing?: Pacing },
  ) {
    this.namespace = namespace;
    this.noticeDays = noticeDays;
    this.pacing = pacing;
    this.#table = new TableClient(client, table, pacing);
    this.aliases = new AliasClaims(this.#table);
    this.groups = new DuplicateGroups(this.#table);
    this.postponed = new PostponedArticles(this.#table);
    this.similarity = new SimilarityIndex(this.#table);
    this.media = new MediaIndex(this.#table);
    this.positions = new PositionTable(this.#table);
    this.listRows = new ListRows(this.#table);
    this.wire = new WireIndex(this.#table);
    this.members = new EditionMembers(this.#table);
    this.unpublished = new UnpublishedChanges(this.#table);
    this.editionNames = new EditionNames(this.#table);
    this.lists = new RecordLists(this.#table);
  }

  /** Id of the article of a key. */
  idOf(key: string): string {
    return articleId(this.namespace, key);
  }

  /** The record with its news for feeds: see {@link withNews}. */
  withNews<R extends ArticleRecord>(next: R, current: ArticleRecord | undefined, now: string): R {
    return withNews(next, current, { now, noticeDays: this.noticeDays });
  }

  /**
   * Reads a record.
   * @throws CopydeskError `bad-record` if an edit by hand broke the record
   */
  async get(id: string): Promise<ArticleRecord | undefined> {
    const item = await this.#table.get(id, recordKey(id));
    return item && read(item, broken => raise(broken));
  }

  /** Reads the attributes of a record, also if it is broken. */
  itemOf(id: string): Promise<Item | undefined> {
    return this.#table.get(id, recordKey(id));
  }

  /** Like {@link get}, but a broken record is returned with its usable fields, so that it can be replaced. */
  async getForWrite(id: string): Promise<ArticleRecord | undefined> {
    const item = await this.#table.get(id, recordKey(id));
    return item && read(item, () => salvage(item));
  }

  /** Reads the record that has the file of a key: that of its id, unless the file was moved. */
  async find(key: string): Promise<Pick<Found, 'id' | 'record'>> {
    const { from, ...found } = await this.follow(key);
    const isTaken = found.record?.source.key === key || from?.source.key !== key;
    return isTaken ? found : { id: from.id, record: from };
  }

  /**
   * Follows a key to the record that its file was moved to.
   * @returns the record and its id, and the record that led to it. The record has another key if a move is unfinished:
   * see `shared/duplicates/home.ts`
   */
  async follow(key: string): Promise<Found> {
    const seen = new Set<string>();
    let found: Found = { id: this.idOf(key), record: undefined, from: undefined };
    for (;;) {
      const record = await this.getForWrite(found.id);
      const isAgain = seen.has(found.id);
      seen.add(found.id);
      found = { ...found, record };
      const forward = forwardOf(record, key);
      if (record === undefined || forward === undefined || isAgain) return found;
      found = { id: forward.id, record: undefined, from: record };
    }
  }

  /**
   * Reads many records. Ids without a record are omitted. Broken records are omitted too, and `onBroken` is called for
   * each. The derived attributes of a record are corrected if an edit in the console left them outdated.
   */
  async getMany(ids: Iterable<string>, onBroken: OnBroken = ignore): Promise<Map<string, ArticleRecord>> {
    const found = new Map<string, ArticleRecord>();
    for await (const item of this.#table.getMany([...new Set(ids)].map(recordKey))) {
      const record = read(item, reporting(onBroken));
      if (record === undefined) continue;
      found.set(record.id, record);
      if (!keysAreRight(item, record)) await this.#mendKeys(record);
    }
    return found;
  }

  /** Reads the records that have these keys, by key: see {@link find}. Broken records are omitted. */
  async getByKeys(keys: readonly string[]): Promise<Map<string, ArticleRecord>> {
    const native = await this.getMany(keys.map(key => this.idOf(key)));
    const found = new Map<string, ArticleRecord>();
    for (const key of keys) {
      const record = native.get(this.idOf(key));
      const isMoved = forwardOf(record, key) !== undefined;
      const current = isMoved ? (await this.find(key)).record : record;
      if (current !== undefined) found.set(key, current);
    }
    return found;
  }

  /**
   * Replaces `current` (undefined: no record) by `next`, if the record still has the version and the status of
   * `current`. Copydesk increases the version with each write. An edit in the console can change the status without the
   * version.
   * @returns false after a conflict: read and decide again
   * @throws CopydeskError `bad-record` if `next` is not a valid record
   */
  async replace(current: ArticleRecord | undefined, next: ArticleRecord): Promise<boolean> {
    const item = toItem(next);
    if (next.status === 'live' && !isOwnPage(next)) await this.#addMonth(monthOf(next.publishedAt));
    return this.#table.putIf(next.id, item, current === undefined ? ABSENT : unchanged(current));
  }

  /**
   * Ids of the newest live articles, of all or of one section, the newest first. They come from an index, which can be
   * a moment behind the table.
   */
  async newest(limit: number, section?: string): Promise<string[]> {
    const { newest, section: bySection } = TABLE_INDEXES;
    const ids: string[] = [];
    for (const month of await this.months()) {
      const index = section === undefined ? newest : bySection;
      const partition = section === undefined ? month : sectionMonth(section, month);
      for await (const id of this.#index(index, partition, { limit: limit - ids.length })) ids.push(id);
      if (ids.length >= limit) break;
    }
    return ids.slice(0, limit);
  }

  /** Ids of the live articles of a month (`2026-11`), the newest first. Read from an index, like {@link newest}. */
  month(month: string): AsyncGenerator<string> {
    return this.#index(TABLE_INDEXES.newest, month, {});
  }

  /** Ids of articles whose embargo or expiry is at this instant or earlier. */
  due(now: string): AsyncGenerator<string> {
    return this.#index(TABLE_INDEXES.due, DUE_PARTITION, { until: now });
  }

  /** Ids of the live pages of the site's own. Read from an index, like {@link newest}. */
  ownPages(): AsyncGenerator<string> {
    return this.#index(TABLE_INDEXES.newest, PAGES_PARTITION, { until: LAST_INSTANT });
  }

  /** Ids of articles that wait for an editor, the oldest first. Read from an index, like {@link newest}. */
  held(): AsyncGenerator<string> {
    return this.#index(TABLE_INDEXES.newest, HELD_PARTITION, { until: LAST_INSTANT });
  }

  /**
   * Ids of files that were rejected in a month (`2026-11`) and are still rejected, the latest first. Like {@link held}.
   */
  rejected(month: string): AsyncGenerator<string> {
    return this.#index(TABLE_INDEXES.newest, rejectedMonth(month), {});
  }

  /** All months (of `publishedAt`) that have or once had a live article, the newest first. */
  async months(): Promise<string[]> {
    const months: string[] = [];
    for await (const item of this.#table.query(CALENDAR, { descending: true })) months.push(String(item.sk));
    return months;
  }

  /**
   * Reads all records, in no order. `onBroken` is called for broken records. This reads the whole table, so it is for
   * tools only, never for a publish.
   */
  async *all(onBroken: OnBroken = ignore): AsyncGenerator<ArticleRecord> {
    for await (const item of this.#table.scan()) {
      const record = item.sk === RECORD_SK ? read(item, reporting(onBroken)) : undefined;
      if (record !== undefined) yield record;
    }
  }

  /** Calls that try each action on the table, without an effect. */
  probes(): ProbeCall[] {
    return tableProbes(this.#table);
  }

  /** Corrects the derived attributes of a record. It writes nothing else, so that a concurrent edit is not lost. */
  async #mendKeys(record: ArticleRecord): Promise<void> {
    const { pk, sk, ...keys } = derivedKeys(record);
    const set = Object.entries(keys).filter(([, value]) => value !== undefined);
    const remove = INDEX_KEYS.filter(name => keys[name] === undefined);
    const names = Object.fromEntries(
      [...set.map(([name]) => name), ...remove].map(name => [`#${name}`, name]),
    );
    const condition = unchanged(record);
    const values = Object.fromEntries(set.map(([name, value]) => [`:${name}`, value]));
    const removed = remove.length > 0 ? ` REMOVE ${remove.map(name => `#${name}`).join(', ')}` : '';
    const update = new UpdateCommand({
      TableName: this.#table.name,
      Key: { pk, sk },
      UpdateExpression: `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}${removed}`,
      ConditionExpression: condition.ConditionExpression,
      ExpressionAttributeNames: { ...names, ...condition.ExpressionAttributeNames },
      ExpressionAttributeValues: { ...values, ...condition.ExpressionAttributeValues },
    });
    await this.#table.conditional(record.id, () => this.#table.client.send(update));
  }

  async #addMonth(month: string): Promise<void> {
    if (this.#months.has(month)) return;
    await this.#table.put(month, { pk: CALENDAR, sk: month });
    this.#months.add(month);
  }

  async *#index(
    index: QueryOptions['index'],
    partition: string,
    { limit, until }: { limit?: number; until?: string },
  ): AsyncGenerator<string> {
    // Sort keys are `INSTANT#ID`. `$` sorts after `#`, so the keys of the last instant are included.
    const bound = until === undefined ? { descending: true } : { sort: { until: `${until}$` } };
    for await (const item of this.#table.query(partition, { ...bound, index, limit })) {
      const id = recordIdOf(String(item.pk));
      if (id !== undefined) yield id;
    }
  }
}

const CALENDAR = 'calendar';

const ABSENT: Condition = { ConditionExpression: 'attribute_not_exists(pk)' };

/** The record that has a key: see {@link Articles.find}. */
export interface Found {
  id: string;
  record: ArticleRecord | undefined;
  /** The record whose file was moved to this record. */
  from: ArticleRecord | undefined;
}

/** Later than every instant that a record can hold. */
export const LAST_INSTANT = '9999-12-31T23:59:59.999Z';

export type OnBroken = (error: CopydeskError) => void;

const ignore: OnBroken = () => undefined;

/** Reports a broken record, and leaves it out, whatever the callback returns. */
function reporting(onBroken: OnBroken): (error: CopydeskError) => undefined {
  return error => {
    onBroken(error);
    return undefined;
  };
}

function raise(error: Error): never {
  throw error;
}

/** Reads the record of an item. Returns the result of `otherwise` if the record is broken. */
function read<T>(item: Item, otherwise: (error: CopydeskError) => T): ArticleRecord | T {
  const result = readItem(item);
  return 'record' in result ? result.record : otherwise(result.broken);
}

function unchanged(record: ArticleRecord): Condition {
  const status = 'storedStatus' in record ? record.storedStatus : record.status;
  return {
    ConditionExpression: '#version = :version AND #status = :status',
    ExpressionAttributeNames: { '#version': 'version', '#status': 'status' },
    ExpressionAttributeValues: { ':version': record.version, ':status': status },
  };
}

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CopydeskError } from '../errors/errors.ts';
import { type Pacing, SYSTEM_PACING } from '../errors/retry-on-conflict.ts';
import type { ArticleRecord } from '../model/article.ts';
import {
  DUE_PARTITION,
  derivedKeys,
  HELD_PARTITION,
  INDEX_KEYS,
  keysAreRight,
  monthOf,
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
import { type Item, RECORD_SK, TABLE_INDEXES } from './keys.ts';
import { MediaIndex } from './media-index.ts';
import { Ledger } from './places.ts';
import { SimilarityIndex } from './similarity-index.ts';
import { type Condition, type QueryOptions, TableClient } from './table-client.ts';
import { WireIndex } from './wire-index.ts';

/**
 * The table: every read and write of it. All reads but those of an index are consistent. Every method
 * throws {@link CopydeskError} where DynamoDB fails, `retryable` when the same call may succeed later.
 */
export class Articles {
  /** Which of the files with the same content is shown. */
  readonly groups: DuplicateGroups;
  /** Which articles may be nearly the same. */
  readonly similarity: SimilarityIndex;
  /** Which articles show which media. */
  readonly media: MediaIndex;
  /** Where they stand in the archive of the site. */
  readonly ledger: Ledger;
  /** Which articles are which items of wires, and what cancels them. */
  readonly wire: WireIndex;
  /** The live articles of each edition. */
  readonly members: EditionMembers;
  /** How writers who lost a race for an item wait. */
  readonly pacing: Pacing;
  readonly #table: TableClient;
  /** Months that this process knows to be in the calendar. */
  readonly #months = new Set<string>();

  constructor(client: DynamoDBClient, table: string, pacing: Pacing = SYSTEM_PACING) {
    this.pacing = pacing;
    this.#table = new TableClient(client, table, pacing);
    this.groups = new DuplicateGroups(this.#table);
    this.similarity = new SimilarityIndex(this.#table);
    this.media = new MediaIndex(this.#table);
    this.ledger = new Ledger(this.#table);
    this.wire = new WireIndex(this.#table);
    this.members = new EditionMembers(this.#table);
  }

  /**
   * The record of an id, as it is now.
   * @throws CopydeskError `bad-record` where an edit by hand has broken it
   */
  async get(id: string): Promise<ArticleRecord | undefined> {
    const item = await this.#table.get(id, recordKey(id));
    return item && read(item, broken => raise(broken));
  }

  /** As {@link get}, but of a broken record what the next event of its source needs to replace it. */
  async getForWrite(id: string): Promise<ArticleRecord | undefined> {
    const item = await this.#table.get(id, recordKey(id));
    return item && read(item, () => salvage(item));
  }

  /**
   * The records of many ids, as they are now; ids without a record are left out, and so are broken records,
   * of which `onBroken` is told. Records whose keys were left behind by an edit in the console get them mended.
   */
  async getMany(ids: Iterable<string>, onBroken: OnBroken = ignore): Promise<Map<string, ArticleRecord>> {
    const found = new Map<string, ArticleRecord>();
    for await (const item of this.#table.getMany([...new Set(ids)].map(recordKey))) {
      const record = read(item, onBroken);
      if (record === undefined) continue;
      found.set(record.id, record);
      if (!keysAreRight(item, record)) await this.#mendKeys(record);
    }
    return found;
  }

  /**
   * Writes `next` in the place of `current` (undefined: where there is no record), on condition that
   * nobody has written meanwhile: neither Copydesk, which counts up the version, nor an editor who has killed
   * or restored the article by hand. The order of events is decided on what was read, and so holds too.
   * @returns whether it was written; if not, read again and decide again
   * @throws CopydeskError `bad-record` for a record that could not be read back
   */
  async replace(current: ArticleRecord | undefined, next: ArticleRecord): Promise<boolean> {
    const item = toItem(next);
    if (next.status === 'live') await this.#addMonth(monthOf(next.publishedAt));
    return this.#table.putIf(next.id, item, current === undefined ? ABSENT : unchanged(current));
  }

  /**
   * Ids of the newest live articles, of everything or of one section, newest first. From an index: an
   * article stored a moment ago can be missing, one withdrawn a moment ago can still be there.
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

  /** Ids of the live articles of a month (`2026-11`), newest first; from an index, as {@link newest}. */
  month(month: string): AsyncGenerator<string> {
    return this.#index(TABLE_INDEXES.newest, month, {});
  }

  /** Ids of the articles whose status is due to change by this instant: embargoes over, articles expired. */
  due(now: string): AsyncGenerator<string> {
    return this.#index(TABLE_INDEXES.due, DUE_PARTITION, { until: now });
  }

  /** Ids of the articles that wait for an editor, oldest first; from an index, as {@link newest}. */
  held(): AsyncGenerator<string> {
    return this.#index(TABLE_INDEXES.newest, HELD_PARTITION, { until: LAST_INSTANT });
  }

  /** Ids of the files that were rejected in a month (`2026-11`) and still are, latest first; as {@link newest}. */
  rejected(month: string): AsyncGenerator<string> {
    return this.#index(TABLE_INDEXES.newest, rejectedMonth(month), {});
  }

  /** The months in which an article was ever live, newest first. */
  async months(): Promise<string[]> {
    const months: string[] = [];
    for await (const item of this.#table.query(CALENDAR, { descending: true })) months.push(String(item.sk));
    return months;
  }

  /**
   * Every record in the table, in no order, but for broken ones, of which `onBroken` is told. Reads the whole
   * table: for tools, never for a publish.
   */
  async *all(onBroken: OnBroken = ignore): AsyncGenerator<ArticleRecord> {
    for await (const item of this.#table.scan()) {
      const record = item.sk === RECORD_SK ? read(item, onBroken) : undefined;
      if (record !== undefined) yield record;
    }
  }

  /** Writes nothing but the keys, lest an edit made meanwhile be lost; where one was made, the next read mends. */
  async #mendKeys(record: ArticleRecord): Promise<void> {
    const { pk, sk, ...keys } = derivedKeys(record);
    const set = Object.entries(keys).filter(([, value]) => value !== undefined);
    const remove = INDEX_KEYS.filter(name => keys[name] === undefined);
    const names = Object.fromEntries(
      [...set.map(([name]) => name), ...remove].map(name => [`#${name}`, name]),
    );
    const condition = unchanged(record);
    await this.#table.conditional(record.id, () =>
      this.#table.client.send(
        new UpdateCommand({
          TableName: this.#table.name,
          Key: { pk, sk },
          UpdateExpression: [
            `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}`,
            ...(remove.length > 0 ? [`REMOVE ${remove.map(name => `#${name}`).join(', ')}`] : []),
          ].join(' '),
          ConditionExpression: condition.ConditionExpression,
          ExpressionAttributeNames: { ...names, ...condition.ExpressionAttributeNames },
          ExpressionAttributeValues: {
            ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value])),
            ...condition.ExpressionAttributeValues,
          },
        }),
      ),
    );
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
    // Sort keys are `INSTANT#ID`. A dollar sign comes after a hash, so that those of the last instant are in.
    const bound = until === undefined ? { descending: true } : { sort: { until: `${until}$` } };
    for await (const item of this.#table.query(partition, { ...bound, index, limit })) {
      const id = recordIdOf(String(item.pk));
      if (id !== undefined) yield id;
    }
  }
}

const CALENDAR = 'calendar';

const ABSENT: Condition = { ConditionExpression: 'attribute_not_exists(pk)' };

/** Later than every instant that a record can hold. */
export const LAST_INSTANT = '9999-12-31T23:59:59.999Z';

/** Told of a record that an edit by hand has made unreadable; its subject is the id. */
export type OnBroken = (error: CopydeskError) => void;

const ignore: OnBroken = () => undefined;

function raise(error: Error): never {
  throw error;
}

/** The record of an item; of a broken one what `otherwise` makes of it. */
function read<T>(item: Item, otherwise: (error: CopydeskError) => T): ArticleRecord | T {
  const result = readItem(item);
  return 'record' in result ? result.record : otherwise(result.broken);
}

/** The condition that a record is still what was read. */
function unchanged(record: ArticleRecord): Condition {
  const status = 'storedStatus' in record ? record.storedStatus : record.status;
  return {
    ConditionExpression: '#version = :version AND #status = :status',
    ExpressionAttributeNames: { '#version': 'version', '#status': 'status' },
    ExpressionAttributeValues: { ':version': record.version, ':status': status },
  };
}

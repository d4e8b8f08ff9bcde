import { inParallel } from '../errors/in-parallel.ts';
import { DUE_PARTITION, mediaMonth, monthOf, recordIdOf, recordKey, sectionMonth } from './article-item.ts';
import { type Item, RECORD_SK, TABLE_INDEXES, TABLE_KEY } from './keys.ts';
import type { TableClient } from './table-client.ts';

/** A page of a list, and the position after it. `next` is undefined after the last page. */
export interface ListPage<T> {
  entries: T[];
  next: Item | undefined;
}

/** Attributes of records that {@link RecordLists.scan} reads. They are as stored: an edit by hand can have broken them. */
const SCANNED = [
  'status',
  'section',
  'publishedAt',
  'parserVersion',
  'unfinished',
  'reason',
  'source',
  TABLE_INDEXES.newest.partition,
] as const;

/** Number of records in one read of {@link RecordLists.live}: the maximum of one request. */
const IDS_PER_READ = 100;

const READ_CONCURRENCY = 8;

/** Number of entries in a page of {@link RecordLists.due}. Its reader mostly needs the first one. */
const DUE_PER_PAGE = 25;

/**
 * Lists of all records, page by page. Every page has a position from which another call can continue. Reads are not
 * consistent, because a change during the work reaches the site through the change stream.
 */
export class RecordLists {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  /** Ids of the live articles of a month, the newest first, of all sections or of one. */
  async month(
    month: string,
    section: string | undefined,
    from: Item | undefined,
  ): Promise<ListPage<{ id: string; publishedAt: string }>> {
    const index = section === undefined ? TABLE_INDEXES.newest : TABLE_INDEXES.section;
    const partition = section === undefined ? month : sectionMonth(section, month);
    const { items, next } = await this.#table.queryPage(partition, { index, descending: true }, from);
    const entries = items.map(item => {
      const [publishedAt = '', id = ''] = String(item[index.sort]).split('#');
      return { id, publishedAt };
    });
    return { entries, next };
  }

  /** Articles whose next change of status is between two instants, the earliest first. */
  async *due(from: string, until: string): AsyncGenerator<{ id: string; at: string }> {
    const index = TABLE_INDEXES.due;
    // `$` sorts after `#`, so the articles of the last instant are included.
    const options = { index, sort: { from, until: `${until}$` }, pageSize: DUE_PER_PAGE };
    for await (const item of this.#table.query(DUE_PARTITION, options)) {
      const [at = '', id = ''] = String(item[index.sort]).split('#');
      yield { id, at };
    }
  }

  /** The version of each record, and whether it is live. Ids without a record are omitted. */
  async versions(ids: Iterable<string>): Promise<Map<string, { version: number; isLive: boolean }>> {
    const found = new Map<string, { version: number; isLive: boolean }>();
    const attributes = [TABLE_KEY.partition, 'version', 'status'];
    const options = { attributes, isConsistent: false };
    for await (const item of this.#table.getMany([...new Set(ids)].map(recordKey), options)) {
      const id = recordIdOf(String(item[TABLE_KEY.partition]));
      if (id !== undefined) found.set(id, { version: Number(item.version), isLive: item.status === 'live' });
    }
    return found;
  }

  /** Those of the articles that are live, in the same order. Consistent. Thousands are read in parallel. */
  async live(ids: readonly string[]): Promise<string[]> {
    const live = new Set<string>();
    const options = { attributes: [TABLE_KEY.partition, 'status'] };
    const read = async (share: readonly string[]) => {
      for await (const { pk, status } of this.#table.getMany(share.map(recordKey), options))
        if (status === 'live') live.add(recordIdOf(String(pk)) ?? '');
    };
    const shares = Array.from({ length: Math.ceil(ids.length / IDS_PER_READ) }, (_, at) =>
      ids.slice(at * IDS_PER_READ, (at + 1) * IDS_PER_READ),
    );
    await inParallel(shares, read, { concurrency: READ_CONCURRENCY });
    return ids.filter(id => live.has(id));
  }

  /** Media records that were written in a month (`2026-11`), from an instant on, the oldest first. */
  async *mediaOf(month: string, from: string): AsyncGenerator<{ id: string; ingestedAt: string }> {
    const index = TABLE_INDEXES.newest;
    // `~` sorts after all instants.
    const options = { index, sort: { from, until: '~' } };
    for await (const item of this.#table.query(mediaMonth(month), options)) {
      const [ingestedAt = '', id = ''] = String(item[index.sort]).split('#');
      yield { id, ingestedAt };
    }
  }

  /** The records of one of several parts of the table, in no order, with the attributes {@link SCANNED} only. */
  async scan(
    segment: { number: number; of: number },
    from: Item | undefined,
  ): Promise<ListPage<Item & { pk: string }>> {
    const { items, next } = await this.#table.scanPage(
      { attributes: [TABLE_KEY.partition, ...SCANNED], sort: RECORD_SK, segment },
      from,
    );
    return { entries: items.map(item => ({ ...item, pk: String(item.pk) })), next };
  }
}

/** Whether an item of {@link RecordLists.scan} is listed as live in the month of its publication. */
export function isInMonth({ status, publishedAt, [TABLE_INDEXES.newest.partition]: month }: Item): boolean {
  return status === 'live' && month === monthOf(String(publishedAt));
}

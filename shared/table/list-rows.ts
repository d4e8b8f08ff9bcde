import { inParallel } from '../errors/in-parallel.ts';
import { type Item, type ItemKey, TABLE_KEY } from './keys.ts';
import type { TableClient, WriteRequest } from './table-client.ts';

/** The place of an article in the list of a section, tag or author. */
export interface ListPlace {
  /** Name of the list: `sections/world`, `tags/ports`. */
  list: string;
  position: number;
}

/** Positions of a list from `from` up to `end` - 1. */
export interface ListRange {
  list: string;
  from: number;
  end: number;
}

/** Number of ranges that are read at the same time. */
const CONCURRENCY = 8;

/** Ranges of one list with a smaller gap between them are read together. A row has about 400 bytes. */
const MAX_GAP = 20;

/**
 * The live articles of each section, tag and author by position. There is one small item for each, with the words that
 * other pages print: so a page that lists articles is one query, and a query finds the articles that list another one.
 */
export class ListRows {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  /** Enters and removes rows. Entering or removing again changes nothing. */
  async change({
    enter,
    remove,
  }: {
    enter: readonly (ListPlace & { row: object })[];
    remove: readonly ListPlace[];
  }): Promise<void> {
    const changes = new Map<string, WriteRequest>();
    for (const place of remove) changes.set(nameOf(place), { DeleteRequest: { Key: rowKey(place) } });
    for (const { row, ...place } of enter)
      changes.set(nameOf(place), { PutRequest: { Item: { ...rowKey(place), row } } });
    await this.#table.writeMany([...changes.values()]);
  }

  /** The rows at the given places, by the name and the position of each list. */
  async at(places: readonly ListPlace[]): Promise<Map<string, Map<number, unknown>>> {
    const found = new Map<string, Map<number, unknown>>();
    for await (const item of this.#table.getMany(places.map(rowKey))) add(found, item);
    return found;
  }

  /** The rows in ranges, by the name and the position of each list. Reads are consistent. */
  async inRanges(ranges: readonly ListRange[]): Promise<Map<string, Map<number, unknown>>> {
    const found = new Map<string, Map<number, unknown>>();
    await inParallel(
      joined(ranges),
      async ({ list, from, end }) => {
        const sort = { from: sortKey(Math.max(0, from)), until: sortKey(end - 1) };
        for await (const item of this.#table.query(partitionOf(list), { sort, subject: list }))
          add(found, item);
      },
      { concurrency: CONCURRENCY },
    );
    return found;
  }
}

/** The ranges without empty ones. Near ranges of a list are joined, because each is one request. */
function joined(ranges: readonly ListRange[]): ListRange[] {
  const sorted = ranges
    .filter(({ from, end }) => end > Math.max(0, from))
    .sort((a, b) => (a.list === b.list ? a.from - b.from : a.list < b.list ? -1 : 1));
  const all: ListRange[] = [];
  for (const range of sorted) {
    const last = all.at(-1);
    if (last?.list === range.list && range.from <= last.end + MAX_GAP)
      last.end = Math.max(last.end, range.end);
    else all.push({ ...range });
  }
  return all;
}

function add(found: Map<string, Map<number, unknown>>, item: Item): void {
  const list = String(item[TABLE_KEY.partition]).slice(PREFIX.length);
  const rows = found.get(list) ?? new Map<number, unknown>();
  rows.set(Number(item[TABLE_KEY.sort]), item.row);
  found.set(list, rows);
}

const PREFIX = 'list#';

function partitionOf(list: string): string {
  return `${PREFIX}${list}`;
}

function rowKey({ list, position }: ListPlace): ItemKey {
  return { pk: partitionOf(list), sk: sortKey(position) };
}

/** A position as text that sorts. */
function sortKey(position: number): string {
  return String(position).padStart(10, '0');
}

function nameOf(place: ListPlace): string {
  const { pk, sk } = rowKey(place);
  return `${pk} ${sk}`;
}

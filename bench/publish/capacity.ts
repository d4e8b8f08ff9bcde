import { type Item, TABLE_INDEXES, TABLE_KEY } from '../../shared/table/keys.ts';

/*
 * What DynamoDB bills in on-demand mode. Source: "DynamoDB read and write operations", Amazon DynamoDB Developer Guide.
 */

/** Request units: of reads 4 KB, of writes 1 KB. */
export interface Capacity {
  reads: number;
  writes: number;
}

export const NO_CAPACITY: Capacity = { reads: 0, writes: 0 };

const READ_BYTES = 4_096;
const WRITE_BYTES = 1_024;

/** Units of reads by key. Each item is rounded up by itself. One that is missing is billed too. */
export function readUnits(items: readonly (Item | undefined)[], isConsistent = false): number {
  return items.reduce((sum, item) => sum + rounded(sizeOf(item), READ_BYTES), 0) * (isConsistent ? 1 : 0.5);
}

/** Units of a page of a query or a scan. Its items are added before they are rounded. The indexes hold keys only. */
export function pageUnits(
  items: readonly Item[],
  indexName: string | undefined,
  isConsistent = false,
): number {
  const index = Object.values(TABLE_INDEXES).find(({ name }) => name === indexName);
  const bytes = items.reduce((sum, item) => sum + sizeOf(index ? keysOf(item, index) : item), 0);
  return rounded(bytes, READ_BYTES) * (isConsistent ? 1 : 0.5);
}

/** Units of a write: the larger one of the item before and after, and one for each index entry that comes or goes. */
export function writeUnits(before: Item | undefined, next: Item | undefined): number {
  const entries = Object.values(TABLE_INDEXES).map(({ partition, sort }) => {
    const [old, now] = [before, next].map(item => item?.[partition] && `${item[partition]} ${item[sort]}`);
    return old === now ? 0 : Number(old !== undefined) + Number(now !== undefined);
  });
  return entries.reduce(
    (sum, each) => sum + each,
    rounded(Math.max(sizeOf(before), sizeOf(next)), WRITE_BYTES),
  );
}

function rounded(bytes: number, unit: number): number {
  return Math.max(1, Math.ceil(bytes / unit));
}

function keysOf(item: Item, { partition, sort }: { partition: string; sort: string }): Item {
  const names = [TABLE_KEY.partition, TABLE_KEY.sort, partition, sort];
  return Object.fromEntries(names.map(name => [name, item[name]]));
}

/** Bytes of an item: its names and values. */
function sizeOf(item: Item = {}): number {
  return Object.entries(item).reduce(
    (sum, [name, value]) => (value === undefined ? sum : sum + Buffer.byteLength(name) + valueSize(value)),
    0,
  );
}

function valueSize(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return Math.ceil(String(value).length / 2) + 1;
  if (Array.isArray(value)) return value.reduce((sum, each) => sum + 1 + valueSize(each), 3);
  return typeof value === 'object' && value !== null ? 3 + sizeOf(value as Item) : 1;
}

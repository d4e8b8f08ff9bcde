import { type Item, TABLE_KEY } from '../../shared/table/keys.ts';
import type { Row } from './ordered-items.ts';
import { copyItem, picked } from './values.ts';

/** Size of the items of a page after which the page ends, in bytes. */
const PAGE_BYTES = 2 ** 20;

/** Makes a page of rows. Like DynamoDB, a page that ends with the last row names it all the same. */
export function pageOf(
  rows: Iterable<Row>,
  index: { partition: string; sort: string } | undefined,
  limit: number | undefined,
) {
  const Items: Item[] = [];
  let bytes = 0;
  let last: Item | undefined;
  for (const row of rows) {
    // An index holds only keys.
    const shown = index && [TABLE_KEY.partition, TABLE_KEY.sort, index.partition, index.sort];
    last = shown ? picked(row.item, shown) : row.item;
    Items.push(shown ? last : copyItem(row.item));
    bytes += row.bytes;
    if (Items.length === limit || bytes >= PAGE_BYTES) {
      const names = shown ?? [TABLE_KEY.partition, TABLE_KEY.sort];
      return {
        Items,
        Count: Items.length,
        ScannedCount: Items.length,
        LastEvaluatedKey: picked(last, names),
      };
    }
  }
  return { Items, Count: Items.length, ScannedCount: Items.length };
}

/** Yields the rows of one stretch: those that are wanted lie side by side. */
export function* filtered(rows: Iterable<Row>, isWanted: (row: Row) => boolean): Generator<Row> {
  let hasBegun = false;
  for (const row of rows) {
    if (isWanted(row)) {
      hasBegun = true;
      yield row;
    } else if (hasBegun) return;
  }
}

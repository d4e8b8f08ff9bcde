import type { Item } from '../../shared/table/keys.ts';
import { compareUtf8 } from '../s3/store/key-order.ts';

/** An item in a partition of the table or of an index. */
export interface Row {
  /** The sort key of the partition. */
  sort: string;
  /** The key of the item, which decides between rows with the same sort key. Empty in the table itself. */
  tie: string;
  item: Item;
  /** Size of the item in bytes. */
  bytes: number;
}

/** The rows of one partition, in the order of their sort keys. */
export class OrderedItems {
  readonly #rows: Row[] = [];

  get isEmpty(): boolean {
    return this.#rows.length === 0;
  }

  /** Adds a row, or replaces the row with the same keys. */
  put(row: Row): void {
    const at = this.#indexOf(row);
    const isThere = this.#isAt(at, row);
    this.#rows.splice(at, isThere ? 1 : 0, row);
  }

  delete(row: Pick<Row, 'sort' | 'tie'>): void {
    const at = this.#indexOf(row);
    if (this.#isAt(at, row)) this.#rows.splice(at, 1);
  }

  get(row: Pick<Row, 'sort' | 'tie'>): Row | undefined {
    const at = this.#indexOf(row);
    return this.#isAt(at, row) ? this.#rows[at] : undefined;
  }

  /**
   * Yields the rows in order.
   * @param options.after position after which the rows begin
   */
  *rows(options: { isDescending: boolean; after?: Pick<Row, 'sort' | 'tie'> | undefined }): Generator<Row> {
    const { isDescending, after } = options;
    if (isDescending) {
      const from = after === undefined ? this.#rows.length : this.#indexOf(after);
      for (let at = from - 1; at >= 0; at--) yield this.#rows[at] as Row;
    } else {
      const from = after === undefined ? 0 : this.#indexOf(after);
      const start = after !== undefined && this.#isAt(from, after) ? from + 1 : from;
      for (let at = start; at < this.#rows.length; at++) yield this.#rows[at] as Row;
    }
  }

  /** Index of the first row that is at these keys or after them. */
  #indexOf({ sort, tie }: Pick<Row, 'sort' | 'tie'>): number {
    let low = 0;
    let high = this.#rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = this.#rows[middle] as Row;
      if ((compareUtf8(row.sort, sort) || compareUtf8(row.tie, tie)) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #isAt(at: number, { sort, tie }: Pick<Row, 'sort' | 'tie'>): boolean {
    const row = this.#rows[at];
    return row !== undefined && row.sort === sort && row.tie === tie;
  }
}

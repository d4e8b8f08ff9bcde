import { CONFLICT, retryOnConflict } from '../errors/retry-on-conflict.ts';
import { recordIdOf, recordKey } from './article-item.ts';
import { type Item, type ItemKey, TABLE_INDEXES, UNPUBLISHED_SK } from './keys.ts';
import type { Condition, TableClient } from './table-client.ts';

/** A change of an article that could not be published, as the table remembers it. */
export interface Unpublished {
  id: string;
  /** The change, as its writer stored it. Its reader must check it. */
  change: unknown;
  /** Whether the article must leave the site: it was killed, deleted or held. */
  isGone: boolean;
  /** Instant of the first failure, RFC 3339, UTC. */
  since: string;
  /** Number of failed attempts. */
  tries: number;
  /** Instant from which the change may be tried again. */
  next: string;
  /** Code and message of the last error. */
  code: string;
  message: string;
  /** Number of times that a failed change was stored since {@link since}. */
  written: number;
}

/** A remembered change as the index shows it. */
export type Waiting = Pick<Unpublished, 'id' | 'isGone' | 'next'>;

/** The only partition of the index with remembered changes. One is enough, because few changes fail. */
const PARTITION = 'unpublished';

/** Start of the sort keys. Articles that must leave the site come first. */
const GONE = 'gone#';
const LIVE = 'live#';

/**
 * The changes that could not be published, one item per article. The items are in their own partition of the index
 * `due`, which is empty while nothing fails. Only these items have its keys, so that nothing is read or written while
 * nothing fails.
 */
export class UnpublishedChanges {
  readonly #table: TableClient;

  constructor(table: TableClient) {
    this.#table = table;
  }

  /**
   * Stores a failed change. It may be tried again at once.
   * @param join makes the stored change of the change that is remembered already. Undefined if there is none
   */
  async remember(
    {
      id,
      isGone,
      code,
      message,
      now,
    }: Pick<Unpublished, 'id' | 'isGone' | 'code' | 'message'> & { now: string },
    join: (earlier: unknown) => unknown,
  ): Promise<void> {
    await retryOnConflict(id, this.#table.pacing, async () => {
      const earlier = await this.read(id);
      const next: Unpublished = {
        id,
        change: join(earlier?.change),
        isGone,
        since: earlier?.since ?? now,
        tries: (earlier?.tries ?? 0) + 1,
        next: now,
        code,
        message,
        written: (earlier?.written ?? 0) + 1,
      };
      return (await this.#replace(earlier, next)) ? undefined : CONFLICT;
    });
  }

  /** Stores another failed attempt. Does nothing if the change was published or stored again meanwhile. */
  async failedAgain(
    tried: Unpublished,
    { code, message, next }: Pick<Unpublished, 'code' | 'message' | 'next'>,
  ): Promise<void> {
    await this.#replace(tried, { ...tried, tries: tried.tries + 1, code, message, next });
  }

  /** Forgets a published change, unless it was stored again meanwhile. */
  async forget({ id, since, written }: Unpublished): Promise<void> {
    await this.#table.deleteIf(id, keyOf(id), isStored({ since, written }));
  }

  /** Reads the remembered change of an article. */
  async read(id: string): Promise<Unpublished | undefined> {
    const item = await this.#table.get(id, keyOf(id));
    return item && fromItem(item);
  }

  /** Reads remembered changes, in no order. */
  async readMany(ids: readonly string[]): Promise<Unpublished[]> {
    const found: Unpublished[] = [];
    for await (const item of this.#table.getMany(ids.map(keyOf))) found.push(fromItem(item));
    return found;
  }

  /**
   * The remembered changes of articles that must leave the site (`gone`), or of the other articles (`live`). The one
   * that may be tried first comes first. Read from an index, which can be a moment behind the table.
   */
  async waiting(kind: 'gone' | 'live', limit: number): Promise<Waiting[]> {
    const found: Waiting[] = [];
    const begins = kind === 'gone' ? GONE : LIVE;
    const options = { index: TABLE_INDEXES.due, sort: { begins }, limit };
    for await (const item of this.#table.query(PARTITION, options)) {
      const id = recordIdOf(String(item.pk));
      const [next = ''] = String(item[TABLE_INDEXES.due.sort]).slice(begins.length).split('#');
      if (id !== undefined) found.push({ id, isGone: kind === 'gone', next });
    }
    return found;
  }

  #replace(current: Unpublished | undefined, next: Unpublished): Promise<boolean> {
    return this.#table.putIf(next.id, toItem(next), current === undefined ? ABSENT : isStored(current));
  }
}

const ABSENT: Condition = { ConditionExpression: 'attribute_not_exists(pk)' };

/** The condition that an item still has these values. */
function isStored(values: Partial<Pick<Unpublished, 'since' | 'written' | 'tries'>>): Condition {
  const names = (['since', 'written', 'tries'] as const).filter(name => values[name] !== undefined);
  return {
    ConditionExpression: names.map(name => `#${name} = :${name}`).join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(names.map(name => [`#${name}`, name])),
    ExpressionAttributeValues: Object.fromEntries(names.map(name => [`:${name}`, values[name]])),
  };
}

/** The item is in the partition of the record, so that all data of an article can be found and deleted. */
function keyOf(id: string): ItemKey {
  return { pk: recordKey(id).pk, sk: UNPUBLISHED_SK };
}

function toItem({ id, isGone, next, ...fields }: Unpublished): Item & ItemKey {
  return {
    ...keyOf(id),
    ...fields,
    [TABLE_INDEXES.due.partition]: PARTITION,
    [TABLE_INDEXES.due.sort]: `${isGone ? GONE : LIVE}${next}#${id}`,
  };
}

function fromItem(item: Item): Unpublished {
  const sort = String(item[TABLE_INDEXES.due.sort]);
  const isGone = sort.startsWith(GONE);
  const [next = ''] = sort.slice((isGone ? GONE : LIVE).length).split('#');
  return {
    id: recordIdOf(String(item.pk)) ?? '',
    change: item.change,
    isGone,
    since: String(item.since),
    tries: Number(item.tries),
    next,
    code: String(item.code),
    message: String(item.message),
    written: Number(item.written),
  };
}

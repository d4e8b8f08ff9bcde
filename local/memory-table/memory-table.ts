import { type Item, TABLE_INDEXES, TABLE_KEY } from '../../shared/table/keys.ts';
import { compareUtf8 } from '../s3/store/key-order.ts';
import { holds, testHolds, updated } from './evaluate.ts';
import { Names, parseCondition, parseProjection, parseUpdate, type Test } from './expressions.ts';
import { conditionFailed, noSuchTable, refused } from './faults.ts';
import { type BatchedRead, type BatchedWrite, type Input, mustBeKnown, type Operation } from './inputs.ts';
import { OrderedItems, type Row } from './ordered-items.ts';
import { filtered, pageOf } from './page.ts';
import { copyItem, isSame, itemBytes, picked } from './values.ts';

/** Maximum size of an item, in bytes. */
const MAX_ITEM_BYTES = 400 * 1024;

/** Maximum size of the items of a BatchGetItem, in bytes. The keys of the other items are returned. */
const MAX_BATCH_BYTES = 16 * 2 ** 20;

const MAX_BATCH_KEYS = 100;
const MAX_BATCH_WRITES = 25;

/** Receives a write: the item before it and after it. Both stay as they are. */
export type OnWrite = (before: Item | undefined, after: Item | undefined) => void;

const INDEXES = Object.values(TABLE_INDEXES);
const INDEX_ATTRIBUTES = [...new Set(INDEXES.flatMap(({ partition, sort }) => [partition, sort]))];

/**
 * The table of the project in memory, with its indexes. It has the operations and the expressions that the project uses,
 * and throws for all others. Its answers are those of DynamoDB; the tests compare them with the embedded database.
 * Indexes are always up to date. Each call is one atomic step.
 */
export class MemoryTable {
  readonly #name: string;
  readonly #onWrite: OnWrite;
  readonly #partitions = new Map<string, OrderedItems>();
  readonly #indexes = new Map(INDEXES.map(({ name }) => [name as string, new Map<string, OrderedItems>()]));

  constructor(name: string, onWrite: OnWrite) {
    this.#name = name;
    this.#onWrite = onWrite;
  }

  /** Does an operation. Items of the input and of the output belong to the caller. @throws the errors of the SDK */
  call(operation: Operation, input: Input): object {
    mustBeKnown(operation, input);
    if (operation !== 'BatchGetItem' && operation !== 'BatchWriteItem' && input.TableName !== this.#name)
      throw noSuchTable();
    switch (operation) {
      case 'GetItem': {
        const found = this.#find(keyOf(input.Key));
        return found === undefined ? {} : { Item: copyItem(found.item) };
      }
      case 'PutItem':
        this.#write(keyOf(input.Item), copyItem(input.Item ?? {}), input, new Names(input));
        return {};
      case 'DeleteItem':
        this.#write(keyOf(input.Key), undefined, input, new Names(input));
        return {};
      case 'UpdateItem':
        return this.#update(input);
      case 'BatchGetItem':
        return this.#batchGet(this.#batch(input) as BatchedRead);
      case 'BatchWriteItem':
        return this.#batchWrite(this.#batch(input) as readonly BatchedWrite[]);
      case 'Query':
        return this.#query(input);
      case 'Scan':
        return this.#scan(input);
    }
  }

  #batch({ RequestItems = {} }: Input): BatchedRead | readonly BatchedWrite[] {
    const [[name, batch] = [], ...others] = Object.entries(RequestItems);
    if (name !== this.#name || batch === undefined || others.length > 0) throw noSuchTable();
    return batch;
  }

  #update(input: Input): object {
    const key = keyOf(input.Key);
    const names = new Names(input);
    const before = this.#find(key)?.item;
    const actions = parseUpdate(input.UpdateExpression ?? '');
    const { item, changed } = updated(actions, { ...before, ...key }, names);
    if (changed.some(name => name in key)) throw refused('An update cannot change the key of an item.');
    const next = copyItem(item);
    this.#write(key, next, input, names);
    if (input.ReturnValues === 'ALL_NEW') return { Attributes: copyItem(next) };
    if (input.ReturnValues !== 'UPDATED_NEW') return {};
    return { Attributes: picked(next, changed) };
  }

  #batchGet({ Keys, ...how }: BatchedRead): object {
    if (Keys.length > MAX_BATCH_KEYS) throw refused('A batch has at most 100 keys.');
    const keys = Keys.map(keyOf);
    mustBeDistinct(keys);
    const { ProjectionExpression } = how;
    const names = new Names(how);
    const shown = ProjectionExpression && parseProjection(ProjectionExpression).map(name => names.name(name));
    names.mustAllBeUsed();
    const items: Item[] = [];
    const unread: Item[] = [];
    let bytes = 0;
    for (const key of keys) {
      const row = this.#find(key);
      if (row === undefined) continue;
      if (bytes + row.bytes > MAX_BATCH_BYTES) unread.push({ ...key });
      else {
        bytes += row.bytes;
        items.push(shown ? picked(row.item, shown) : copyItem(row.item));
      }
    }
    const UnprocessedKeys = unread.length > 0 ? { [this.#name]: { Keys: unread, ...how } } : {};
    return { Responses: { [this.#name]: items }, UnprocessedKeys };
  }

  #batchWrite(writes: readonly BatchedWrite[]): object {
    if (writes.length > MAX_BATCH_WRITES) throw refused('A batch has at most 25 writes.');
    const keys = writes.map(({ PutRequest, DeleteRequest }) => keyOf(PutRequest?.Item ?? DeleteRequest?.Key));
    mustBeDistinct(keys);
    const items = writes.map(({ PutRequest }) => PutRequest && copyItem(PutRequest.Item));
    for (const item of items) if (item !== undefined) mustFit(item);
    const names = new Names({});
    for (const [at, key] of keys.entries()) this.#write(key, items[at], {}, names);
    return { UnprocessedItems: {} };
  }

  #query(input: Input): object {
    const { IndexName, KeyConditionExpression = '', ScanIndexForward = true } = input;
    const index = INDEXES.find(({ name }) => name === IndexName);
    if (IndexName !== undefined && index === undefined) throw refused(`The table has no index ${IndexName}.`);
    if (index !== undefined && input.ConsistentRead) throw refused('An index has no consistent reads.');
    const { partition, sort } = index ?? TABLE_KEY;
    const names = new Names(input);
    const [[hash, range, ...more] = [], ...alternatives] = parseCondition(KeyConditionExpression);
    if (
      hash?.kind !== '=' ||
      names.name(hash.name) !== partition ||
      more.length > 0 ||
      alternatives.length > 0
    )
      throw refused('The key condition is not supported.');
    if (range !== undefined && names.name(range.name) !== sort)
      throw refused(`The key condition misses ${sort}.`);
    const value = names.value(hash.values[0] ?? '');
    const partitions = index ? this.#indexes.get(index.name) : this.#partitions;
    const rows = partitions?.get(String(value)) ?? new OrderedItems();
    const after = input.ExclusiveStartKey && positionOf(input.ExclusiveStartKey, index);
    const isWanted = ({ item }: Row) => range === undefined || testHolds(range, item, names);
    if (range !== undefined) useAll(range, names);
    names.mustAllBeUsed();
    const wanted = filtered(rows.rows({ isDescending: !ScanIndexForward, after }), isWanted);
    return pageOf(wanted, index, input.Limit);
  }

  #scan(input: Input): object {
    const { FilterExpression, ProjectionExpression, Segment, TotalSegments = 1 } = input;
    const names = new Names(input);
    const filter = FilterExpression === undefined ? undefined : parseCondition(FilterExpression);
    const shown = ProjectionExpression && parseProjection(ProjectionExpression).map(name => names.name(name));
    if (filter !== undefined) holds(filter, undefined, names);
    names.mustAllBeUsed();
    const start = input.ExclusiveStartKey && keyOf(input.ExclusiveStartKey);
    const partitions = [...this.#partitions.keys()]
      .filter(pk => Segment === undefined || segmentOf(pk, TotalSegments) === Segment)
      .filter(pk => start === undefined || compareUtf8(pk, start.pk) >= 0)
      .sort(compareUtf8);
    const page = pageOf(this.#rowsOf(partitions, start), undefined, input.Limit);
    const items = filter === undefined ? page.Items : page.Items.filter(item => holds(filter, item, names));
    return { ...page, Items: shown ? items.map(item => picked(item, shown)) : items, Count: items.length };
  }

  *#rowsOf(partitions: readonly string[], start: Key | undefined): Generator<Row> {
    for (const pk of partitions) {
      const after = pk === start?.pk ? { sort: start.sk, tie: '' } : undefined;
      yield* this.#partitions.get(pk)?.rows({ isDescending: false, after }) ?? [];
    }
  }

  #find({ pk, sk }: Key): Row | undefined {
    return this.#partitions.get(pk)?.get({ sort: sk, tie: '' });
  }

  /** Writes or deletes an item if the condition of the input holds. */
  #write(key: Key, after: Item | undefined, input: Pick<Input, 'ConditionExpression'>, names: Names): void {
    const before = this.#find(key)?.item;
    const condition = input.ConditionExpression;
    const isRight = condition === undefined || holds(parseCondition(condition), before, names);
    names.mustAllBeUsed();
    const bytes = after === undefined ? 0 : mustFit(after);
    if (!isRight) throw conditionFailed();
    place(this.#partitions, key.pk, { sort: key.sk, tie: '' }, after, bytes);
    for (const index of INDEXES) {
      const entries = this.#indexes.get(index.name) ?? new Map();
      const [old, current] = [before, after].map(item => item && entryOf(item, index));
      if (old !== undefined) place(entries, old.partition, old, undefined, 0);
      if (current !== undefined) place(entries, current.partition, current, after, bytes);
    }
    if (!isSame(before, after)) this.#onWrite(before, after);
  }
}

interface Key {
  pk: string;
  sk: string;
}
type Index = (typeof INDEXES)[number];

/** The key of an item. @throws ValidationException if it is missing, empty or no text */
function keyOf(item: Item | undefined): Key {
  const { [TABLE_KEY.partition]: pk, [TABLE_KEY.sort]: sk } = item ?? {};
  if (typeof pk !== 'string' || typeof sk !== 'string' || pk === '' || sk === '')
    throw refused('One of the required keys was not given a value.');
  return { pk, sk };
}

/** The position of an item in an index. Undefined if the item is not in it. */
function entryOf(item: Item, { partition, sort }: Index) {
  const { [partition]: hash, [sort]: range } = item;
  if (typeof hash !== 'string' || typeof range !== 'string') return undefined;
  return { partition: hash, sort: range, tie: tieOf(keyOf(item)) };
}

function positionOf(start: Item, index: Index | undefined): Pick<Row, 'sort' | 'tie'> {
  const key = keyOf(start);
  return index ? { sort: String(start[index.sort]), tie: tieOf(key) } : { sort: key.sk, tie: '' };
}

function tieOf({ pk, sk }: Key): string {
  return `${pk}\0${sk}`;
}

/** Puts an item into a partition, or deletes it from there. */
function place(
  partitions: Map<string, OrderedItems>,
  partition: string,
  { sort, tie }: Pick<Row, 'sort' | 'tie'>,
  item: Item | undefined,
  bytes: number,
): void {
  let rows = partitions.get(partition);
  if (rows === undefined) {
    if (item === undefined) return;
    rows = new OrderedItems();
    partitions.set(partition, rows);
  }
  if (item !== undefined) rows.put({ sort, tie, item, bytes });
  else rows.delete({ sort, tie });
  if (rows.isEmpty) partitions.delete(partition);
}

/** Notes the placeholders of a test as used, also if there is no item to test. */
function useAll(test: Test, names: Names): void {
  testHolds(test, undefined, names);
}

/** Checks an item, and returns its size. @throws ValidationException */
function mustFit(item: Item): number {
  for (const name of INDEX_ATTRIBUTES)
    if (item[name] !== undefined && (typeof item[name] !== 'string' || item[name] === ''))
      throw refused(`The key ${name} of an index is a text, and not empty.`);
  const bytes = itemBytes(item);
  if (bytes > MAX_ITEM_BYTES) throw refused('Item size has exceeded the maximum allowed size');
  return bytes;
}

function mustBeDistinct(keys: readonly Key[]): void {
  if (new Set(keys.map(tieOf)).size < keys.length) throw refused('A batch has each key once.');
}

/** The segment of a partition in a parallel scan. */
function segmentOf(partition: string, count: number): number {
  let hash = 0;
  for (let at = 0; at < partition.length; at++) hash = (hash * 31 + partition.charCodeAt(at)) >>> 0;
  return hash % count;
}

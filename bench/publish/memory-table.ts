import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import { LOCAL_CREDENTIALS, REGION } from '../../local/common/region.ts';
import type { Item } from '../../shared/table/keys.ts';
import { TABLE_INDEXES, TABLE_KEY } from '../../shared/table/keys.ts';
import { documentClient } from '../../shared/table/table-client.ts';
import { type Capacity, NO_CAPACITY, pageUnits, readUnits, writeUnits } from './capacity.ts';
import { type Attributes, holds, updated } from './expressions.ts';
import { type Answer, type Call, conditionFailed, type Wire } from './wire.ts';

/** What stood in the table before anything was written. */
export interface TableSeed {
  item(pk: string, sk: string): Item | undefined;
  /** Items in which an attribute has a value, in no order. */
  having(attribute: string, value: string): Iterable<Item>;
}

export interface MemoryTableOptions {
  name: string;
  wire: Wire;
  seed?: TableSeed;
  /** Told of every change of an item. */
  onRecord?: (record: DynamoDBRecord) => void;
  /** Told of what DynamoDB bills for each request. */
  onCapacity?: (capacity: Capacity) => void;
}

/** One write of a BatchWriteItem. */
interface BatchedWrite {
  PutRequest?: { Item: Item };
  DeleteRequest?: { Key: Item };
}

/** What the operations that we use take. */
interface Input extends Attributes {
  TableName: string;
  IndexName?: string;
  Key?: Item;
  Item?: Item;
  RequestItems?: Record<string, { Keys: Item[]; ConsistentRead?: boolean } | BatchedWrite[]>;
  ConsistentRead?: boolean;
  ConditionExpression?: string;
  UpdateExpression?: string;
  KeyConditionExpression?: string;
  FilterExpression?: string;
  /** A part of a scan. */
  Segment?: number;
  TotalSegments?: number;
  ReturnValues?: string;
  ScanIndexForward?: boolean;
  Limit?: number;
  ExclusiveStartKey?: Item;
}

/**
 * DynamoDB in memory behind the SDK's own client, of the operations and expressions that we use; indexes are
 * consistent. For measuring and for races with a clock of their own; what DynamoDB decides is proved on the
 * embedded server.
 */
export class MemoryTable {
  readonly client: DynamoDBDocumentClient;
  readonly #options: MemoryTableOptions;
  /** By partition and sort key; undefined where a seeded item was deleted. */
  readonly #items = new Map<string, Item | undefined>();
  /** The items of each partition of the table and of the indexes, by the attribute and its value. */
  readonly #partitions = new Map<string, Map<string, Item>>();
  #sequence = 0;

  constructor(options: MemoryTableOptions) {
    this.#options = options;
    this.client = documentClient(new DynamoDBClient({ region: REGION, credentials: LOCAL_CREDENTIALS }));
    // In its place, not in its middleware: that costs more than all that is done here. Items are plain objects.
    this.client.send = (async (command: { constructor: { name: string }; input: Input }) => ({
      $metadata: {},
      ...(await this.#carry(operationOf(command.constructor.name), command.input)),
    })) as DynamoDBDocumentClient['send'];
  }

  #carry(operation: string, input: Input): Promise<object> {
    const { Key, Item: item, RequestItems, IndexName, TableName = this.#options.name } = input;
    const batch = RequestItems?.[this.#options.name];
    const [first] = batch === undefined ? [] : Array.isArray(batch) ? batch.map(keyOfWrite) : batch.Keys;
    const subject = Key ?? item ?? first;
    const call: Call = {
      service: 'table',
      operation,
      place: IndexName ?? TableName,
      key: subject ? keyOf(subject) : String(Object.values(input.ExpressionAttributeValues ?? {})[0] ?? ''),
      get sent() {
        return weight(item ?? input.ExpressionAttributeValues ?? Key ?? RequestItems);
      },
      conditional: input.ConditionExpression !== undefined,
    };
    return this.#options.wire<object>(call, () => {
      const output = this.#act(operation, input);
      return {
        output,
        get received() {
          return weight(output);
        },
      } satisfies Answer<object>;
    });
  }

  #bill(capacity: () => Partial<Capacity>): void {
    this.#options.onCapacity?.({ ...NO_CAPACITY, ...capacity() });
  }

  #act(operation: string, input: Input): object {
    const { Key = {}, RequestItems = {}, Item: item = {} } = input;
    switch (operation) {
      case 'GetItem': {
        const found = this.#find(Key);
        this.#bill(() => ({ reads: readUnits([found], input.ConsistentRead) }));
        return { Item: copy(found) };
      }
      case 'BatchGetItem': {
        const batch = RequestItems[this.#options.name];
        const { Keys = [], ConsistentRead } = batch === undefined || Array.isArray(batch) ? {} : batch;
        const found = Keys.map(key => this.#find(key));
        this.#bill(() => ({ reads: readUnits(found, ConsistentRead) }));
        const Responses = { [this.#options.name]: found.filter(each => each !== undefined).map(copy) };
        return { Responses };
      }
      case 'BatchWriteItem': {
        const batch = RequestItems[this.#options.name];
        for (const write of Array.isArray(batch) ? batch : [])
          this.#write(keyOfWrite(write), copy(write.PutRequest?.Item), input);
        return {};
      }
      case 'PutItem':
        this.#write(item, copy(item), input);
        return {};
      case 'UpdateItem': {
        const next = updated(input.UpdateExpression ?? '', { ...Key, ...this.#find(Key) }, input);
        this.#write(Key, copy(next), input);
        return input.ReturnValues === undefined ? {} : { Attributes: copy(next) };
      }
      case 'DeleteItem':
        this.#write(Key, undefined, input);
        return {};
      case 'Query':
      case 'Scan':
        return this.#page(input);
      default:
        throw new Error(`The table in memory has no ${operation}.`);
    }
  }

  #write(key: Item, next: Item | undefined, input: Input): void {
    const before = this.#find(key);
    if (input.ConditionExpression !== undefined && !holds(input.ConditionExpression, before, input))
      throw conditionFailed('table');
    this.#bill(() => ({ writes: writeUnits(before, next) }));
    this.#items.set(keyOf(key), next);
    this.#enter(key, before, next);
    if (JSON.stringify(before) === JSON.stringify(next)) return;
    this.#options.onRecord?.({
      eventName: before ? (next ? 'MODIFY' : 'REMOVE') : 'INSERT',
      dynamodb: {
        Keys: image({ [TABLE_KEY.partition]: key.pk, [TABLE_KEY.sort]: key.sk }),
        SequenceNumber: String(++this.#sequence).padStart(21, '1'),
        ...(before && { OldImage: image(before) }),
        ...(next && { NewImage: image(next) }),
      },
    });
  }

  /** Moves an item to the partitions of its new attributes. */
  #enter(key: Item, before: Item | undefined, next: Item | undefined): void {
    for (const { partition } of [TABLE_KEY, ...Object.values(TABLE_INDEXES)]) {
      const [old, now] = [before?.[partition], next?.[partition]];
      if (old !== undefined && old !== now) this.#partition(partition, old).delete(keyOf(key));
      if (next !== undefined && now !== undefined) this.#partition(partition, now).set(keyOf(key), next);
      else if (old !== undefined) this.#partition(partition, old).delete(keyOf(key));
    }
  }

  #partition(attribute: string, value: unknown): Map<string, Item> {
    const name = `${attribute} ${value}`;
    const found = this.#partitions.get(name) ?? new Map<string, Item>();
    this.#partitions.set(name, found);
    return found;
  }

  #page(input: Input): object {
    const { IndexName, KeyConditionExpression, ScanIndexForward = true, Limit = 1_000 } = input;
    const index = Object.values(TABLE_INDEXES).find(({ name }) => name === IndexName) ?? TABLE_KEY;
    const matching = KeyConditionExpression
      ? this.#matching(index.partition, KeyConditionExpression, input)
      : this.#present().filter(item => isInSegment(item, input));
    const direction = ScanIndexForward ? 1 : -1;
    matching.sort((a, b) => direction * compare(orderOf(a, index.sort), orderOf(b, index.sort)));
    const last = input.ExclusiveStartKey && keyOf(input.ExclusiveStartKey);
    const from = last === undefined ? 0 : matching.findIndex(item => keyOf(item) === last) + 1;
    const page = matching.slice(from, from + Limit);
    this.#bill(() => ({ reads: pageUnits(page, IndexName, input.ConsistentRead) }));
    const { FilterExpression } = input;
    const isWanted = (item: Item) => FilterExpression === undefined || holds(FilterExpression, item, input);
    return {
      Items: page.filter(isWanted).map(copy),
      ...(from + Limit < matching.length && { LastEvaluatedKey: copy(page.at(-1)) }),
    };
  }

  #matching(partition: string, condition: string, input: Input): Item[] {
    // The first value of a condition is that of the partition.
    const value = Object.values(input.ExpressionAttributeValues ?? {})[0];
    const seeded = [...(this.#options.seed?.having(partition, String(value)) ?? [])];
    const unwritten = seeded.filter(item => !this.#items.has(keyOf(item)));
    return [...unwritten, ...this.#partition(partition, value).values()].filter(item =>
      holds(condition, item, input),
    );
  }

  /** Every item that was written and is still there. */
  #present(): Item[] {
    return [...this.#items.values()].filter(item => item !== undefined);
  }

  #find(key: Item): Item | undefined {
    const name = keyOf(key);
    if (this.#items.has(name)) return this.#items.get(name);
    return this.#options.seed?.item(String(key.pk), String(key.sk));
  }
}

/** Whether an item is in the part of the table that a scan reads. */
function isInSegment({ pk }: Item, { Segment = 0, TotalSegments = 1 }: Input): boolean {
  if (TotalSegments === 1) return true;
  let hash = 0;
  for (const character of String(pk)) hash = (Math.imul(hash, 31) + character.charCodeAt(0)) >>> 0;
  return hash % TotalSegments === Segment;
}

/** The operation of a command: `GetCommand` of documents is `GetItem`, `QueryCommand` is `Query`. */
function operationOf(command: string): string {
  const name = command.replace(/Command$/, '');
  return name === 'Query' || name === 'Scan' ? name : `${name}Item`;
}

function keyOfWrite({ PutRequest, DeleteRequest }: BatchedWrite): Item {
  return PutRequest?.Item ?? DeleteRequest?.Key ?? {};
}

function keyOf({ pk, sk }: Item): string {
  return `${pk} ${sk}`;
}

function orderOf(item: Item, sort: string): string {
  return `${item[sort]} ${keyOf(item)}`;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** As DynamoDB gives an item back: nobody holds a part of it, and nothing in it is undefined. */
function copy<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy) as T;
  const copied: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) if (part !== undefined) copied[name] = copy(part);
  return copied as T;
}

function weight(value: unknown): number {
  return value === undefined ? 0 : Buffer.byteLength(JSON.stringify(value));
}

/** An item as the change stream shows it. */
function image(item: Item): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(item).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, attributeValue(value)]],
    ),
  );
}

function attributeValue(value: unknown): AttributeValue {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(attributeValue) };
  return { M: image(value as Item) };
}

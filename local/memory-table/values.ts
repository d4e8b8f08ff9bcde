import type { Item } from '../../shared/table/keys.ts';

/** Size of a list or a map without its members, in bytes, as DynamoDB counts it. */
const CONTAINER_BYTES = 3;

/** Size of a number, in bytes. DynamoDB takes up to 21; the numbers of the project are short. */
const NUMBER_BYTES = 8;

/**
 * Copies an item, so that nobody else holds a part of it. Attributes without a value are omitted, as the document
 * client does.
 * @throws Error if DynamoDB has no such value
 */
export function copyItem(item: Item): Item {
  const copied: Item = {};
  for (const name of Object.keys(item)) {
    const value = item[name];
    if (value !== undefined) copied[name] = copyValue(value);
  }
  return copied;
}

/** A copy of an item with only some of its attributes. */
export function picked(item: Item, names: readonly string[]): Item {
  const some: Item = {};
  for (const name of names) if (item[name] !== undefined) some[name] = item[name];
  return copyItem(some);
}

function copyValue(value: unknown): unknown {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.filter(each => each !== undefined).map(copyValue);
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (value instanceof Set && isOfOneType([...value])) return new Set(value);
  if (typeof value === 'object' && isPlain(value)) return copyItem(value as Item);
  throw new Error(`The table cannot hold the value ${String(value)}.`);
}

function isOfOneType(members: readonly unknown[]): boolean {
  const [first] = members;
  return (
    (typeof first === 'string' || typeof first === 'number') &&
    members.every(member => typeof member === typeof first)
  );
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** Tells whether two values are equal. The order of members of sets and maps does not count. */
export function isSame(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  if (a instanceof Set) return b instanceof Set && a.size === b.size && [...a].every(each => b.has(each));
  if (a instanceof Uint8Array) return b instanceof Uint8Array && Buffer.compare(a, b) === 0;
  if (b instanceof Set || b instanceof Uint8Array || Array.isArray(a) !== Array.isArray(b)) return false;
  const names = Object.keys(a);
  return (
    names.length === Object.keys(b).length &&
    names.every(name => Object.hasOwn(b, name) && isSame((a as Item)[name], (b as Item)[name]))
  );
}

/** Size of an item in bytes, with the names of its attributes. Source: "Item sizes", DynamoDB Developer Guide. */
export function itemBytes(item: Item): number {
  let bytes = 0;
  for (const name of Object.keys(item)) bytes += Buffer.byteLength(name) + valueBytes(item[name]);
  return bytes;
}

function valueBytes(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (typeof value === 'number') return NUMBER_BYTES;
  if (typeof value !== 'object' || value === null) return 1;
  if (value instanceof Uint8Array) return value.length;
  if (value instanceof Set) return [...value].reduce<number>((sum, each) => sum + valueBytes(each), 0);
  if (Array.isArray(value))
    return value.reduce<number>((sum, each) => sum + 1 + valueBytes(each), CONTAINER_BYTES);
  return CONTAINER_BYTES + Object.keys(value).length + itemBytes(value as Item);
}

import type { DynamoItem } from './change-stream.ts';

/** A value in DynamoDB's JSON encoding. */
type Encoded = DynamoItem[string];

/** Encodes an object as the document client does. Attributes without a value are omitted. */
export function encodeItem(item: object): DynamoItem {
  const encoded: DynamoItem = {};
  for (const [name, value] of Object.entries(item)) if (value !== undefined) encoded[name] = encode(value);
  return encoded;
}

export function decodeItem(item: object): Record<string, unknown> {
  const decoded: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(item)) decoded[name] = decode(value as Encoded);
  return decoded;
}

/** @throws Error if DynamoDB has no such value */
function encode(value: unknown): Encoded {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number' && Number.isFinite(value)) return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (value === null) return { NULL: true };
  if (Array.isArray(value)) return { L: value.filter(each => each !== undefined).map(encode) };
  if (value instanceof Set) return encodeSet([...value]);
  if (value instanceof Uint8Array) return { B: toBase64(value) };
  if (typeof value === 'object' && isPlain(value)) return { M: encodeItem(value) };
  throw new Error(`The table cannot hold the value ${String(value)}.`);
}

function encodeSet(members: readonly unknown[]): Encoded {
  if (members.length === 0) throw new Error('The table cannot hold an empty set.');
  if (members.every(member => typeof member === 'string')) return { SS: [...members] };
  if (members.every(member => typeof member === 'number')) return { NS: members.map(String) };
  if (members.every(member => member instanceof Uint8Array)) return { BS: members.map(toBase64) };
  throw new Error('The table cannot hold a set of several types.');
}

function decode(value: Encoded): unknown {
  const { S, N, BOOL, L, M, B, SS, NS, BS } = value;
  if (S !== undefined) return S;
  if (N !== undefined) return Number(N);
  if (BOOL !== undefined) return BOOL;
  if (M !== undefined) return decodeItem(M);
  if (L !== undefined) return L.map(decode);
  if (SS !== undefined) return new Set(SS);
  if (NS !== undefined) return new Set(NS.map(Number));
  if (B !== undefined) return fromBase64(B);
  if (BS !== undefined) return new Set(BS.map(fromBase64));
  return null;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}

function fromBase64(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'));
}

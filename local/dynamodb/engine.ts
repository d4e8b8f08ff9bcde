import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import type { DynamoItem } from './change-stream.ts';
import { MemoryValues, type Values } from './memory-values.ts';

/** The parts of dynalite that are used. It has no types. */
interface Store {
  options: object;
  db: { close(callback: Done): void };
  tableDb: Values;
  getItemDb(table: string): Values;
  getIndexDb(type: string, table: string, index: string): Values;
  deleteItemDb(table: string, callback: Done): void;
  deleteIndexDb(type: string, table: string, index: string, callback: Done): void;
  getTable: GetTable;
}
type GetTable = (name: string, ...rest: [boolean, TableCallback] | [TableCallback]) => void;
type TableCallback = (error: Error | null, table?: { TableStatus: string }) => void;
type Done = (error: Error | null) => void;
type OnWrite = (before: DynamoItem | undefined, after: DynamoItem | undefined) => void;
type Action = (
  store: Store,
  input: object,
  callback: (error: Error | null, output?: Record<string, unknown>) => void,
) => void;
interface Validations {
  checkTypes(input: object, types: object): object;
  checkValidations(input: object, types: object, custom: unknown, store: Store): void;
}

const require = createRequire(import.meta.url);
const { create } = require('dynalite/db/index.js') as { create(options: object): Store };
const validations = require('dynalite/validations/index.js') as Validations;

const OPERATIONS = [
  'BatchGetItem',
  'BatchWriteItem',
  'CreateTable',
  'DeleteItem',
  'DeleteTable',
  'DescribeTable',
  'DescribeTimeToLive',
  'GetItem',
  'ListTables',
  'ListTagsOfResource',
  'PutItem',
  'Query',
  'Scan',
  'TagResource',
  'UntagResource',
  'UpdateItem',
  'UpdateTable',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Operations after which a table can have another description. */
const TABLE_OPERATIONS: readonly Operation[] = ['CreateTable', 'DeleteTable', 'UpdateTable'];

const ACTIONS = new Map(
  OPERATIONS.map(operation => {
    const file = `${operation.charAt(0).toLowerCase()}${operation.slice(1)}.js`;
    const action = require(`dynalite/actions/${file}`) as Action;
    const { types, custom } = require(`dynalite/validations/${file}`) as { types: object; custom: unknown };
    return [operation, { action, types, custom }];
  }),
);

/** Tells whether a text is the name of an operation. */
export function isOperation(name: string): name is Operation {
  return ACTIONS.has(name as Operation);
}

/** An error that the database answers. */
export class DynamoDbError extends Error {
  readonly status: number;
  /** The answer, in the form of the service. */
  readonly body: Record<string, unknown>;

  constructor(status: number, body: Record<string, unknown>) {
    const type = String(body.__type);
    super(String(body.message ?? body.Message ?? type));
    this.name = type.slice(type.lastIndexOf('#') + 1);
    this.status = status;
    this.body = body;
  }
}

/** dynalite, called in this process. */
export interface Engine {
  /**
   * Calls an operation with its input in DynamoDB's JSON encoding.
   * @throws DynamoDbError, and errors of the disk
   */
  call(operation: Operation, input: object): Promise<Record<string, unknown>>;
  close(): Promise<void>;
}

/** Thrown for damage that LevelDB ignores. The code is the one that LevelDB uses for other damage. */
class DamagedDatabaseError extends Error {
  readonly code = 'LEVEL_CORRUPTION';
}

/**
 * Throws if the database in a folder is damaged. dynalite reports damage at the first request that meets it, so the
 * check comes first.
 * @throws Error with a code of LevelDB, in the error or its cause: `LEVEL_CORRUPTION`, `LEVEL_IO_ERROR`, `LEVEL_LOCKED`
 */
export async function checkDatabase(path: string): Promise<void> {
  const names = await readdir(path);
  // Without CURRENT, LevelDB would start a new database and delete the files of this one.
  if (names.some(name => /^MANIFEST-|\.(ldb|log)$/.test(name)) && !names.includes('CURRENT'))
    throw new DamagedDatabaseError(`${path} has no file CURRENT.`);
  const database = new ClassicLevel(path);
  await database.open();
  await database.close();
  // LevelDB drops writes that it cannot read, and reports them only in its own log.
  const log = await readFile(join(path, 'LOG'), 'utf8').catch(() => '');
  const dropped = /dropping \d+ bytes.*/.exec(log)?.[0];
  if (dropped !== undefined) throw new DamagedDatabaseError(`${path}: ${dropped}`);
}

/** Rebuilds a damaged database from the data that can still be read. */
export async function repairDatabase(path: string): Promise<void> {
  await ClassicLevel.repair(path);
}

/**
 * Opens the database in a folder, or in memory. A folder is locked: only one process can open it.
 * @param onWrite called after each write of an item of the table, with the item before and after it
 */
export function openEngine(
  path: string | undefined,
  watched: { tableName: string; onWrite: OnWrite },
): Engine {
  const store = create({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    ...(path === undefined ? {} : { path }),
  });
  if (path === undefined) keepInMemory(store);
  watchItems(store, watched.tableName, watched.onWrite);
  const tables = keepDescriptions(store);
  return {
    call: (operation, input) =>
      new Promise((resolve, reject) => {
        const { action, types, custom } = ACTIONS.get(operation) ?? {};
        if (!action || !types) throw new Error(`The database has no operation ${operation}.`);
        const fail = (error: Error & { statusCode?: number; body?: Record<string, unknown> }) =>
          reject(error.statusCode && error.body ? new DynamoDbError(error.statusCode, error.body) : error);
        try {
          const checked = validations.checkTypes(input, types);
          validations.checkValidations(checked, types, custom, store);
          action(store, checked, (error, output = {}) => {
            if (TABLE_OPERATIONS.includes(operation)) tables.forget();
            if (error) fail(error);
            else resolve(output);
          });
        } catch (error) {
          fail(error as Error);
        }
      }),
    close: () =>
      new Promise((resolve, reject) => store.db.close(error => (error ? reject(error) : resolve()))),
  };
}

/** Replaces the store of items and index entries by {@link MemoryValues}. */
function keepInMemory(store: Store): void {
  const kept = new Map<string, Values>();
  const { getItemDb, getIndexDb } = store;
  const keep = (name: string, { lock }: Values) => {
    const values = kept.get(name) ?? new MemoryValues(lock);
    kept.set(name, values);
    return values;
  };
  store.getItemDb = table => keep(`item ${table}`, getItemDb(table));
  store.getIndexDb = (type, table, index) =>
    keep(`index ${type.toLowerCase()} ${table} ${index}`, getIndexDb(type, table, index));
  store.deleteItemDb = (table, callback) => {
    kept.delete(`item ${table}`);
    callback(null);
  };
  store.deleteIndexDb = (type, table, index, callback) => {
    kept.delete(`index ${type.toLowerCase()} ${table} ${index}`);
    callback(null);
  };
}

/** Reports the writes of the items of a table. The engine writes an item while it holds the lock of its key. */
function watchItems(store: Store, tableName: string, onWrite: OnWrite): void {
  const { getItemDb } = store;
  const items = getItemDb(tableName);
  const reported = (key: string, after: unknown, write: (done: Done) => void, callback: Done) =>
    items.get(key, (fault, before) => {
      if (fault && fault.name !== 'NotFoundError') callback(fault);
      else
        write(error => {
          if (!error) onWrite(before as DynamoItem | undefined, after as DynamoItem | undefined);
          callback(error);
        });
    });
  const watched: Values = {
    lock: (key, task) => items.lock(key, task),
    get: (key, callback) => items.get(key, callback),
    put: (key, value, callback) => reported(key, value, done => items.put(key, value, done), callback),
    del: (key, callback) => reported(key, undefined, done => items.del(key, done), callback),
    batch: (operations, callback) => items.batch(operations, callback),
    createKeyStream: range => items.createKeyStream(range),
    createValueStream: range => items.createValueStream(range),
  };
  store.getItemDb = table => (table === tableName ? watched : getItemDb(table));
}

/** Caches the descriptions of active tables, because the engine reads them at each call. */
function keepDescriptions(store: Store): { forget(): void } {
  const { getTable } = store;
  const kept = new Map<string, { TableStatus: string }>();
  store.getTable = (name, ...rest) => {
    const callback = rest.length === 2 ? rest[1] : rest[0];
    const known = kept.get(name);
    if (known) {
      callback(null, known);
      return;
    }
    const found: TableCallback = (error, table) => {
      if (table?.TableStatus === 'ACTIVE') kept.set(name, table);
      callback(error, table);
    };
    if (rest.length === 2) getTable(name, rest[0], found);
    else getTable(name, found);
  };
  return { forget: () => kept.clear() };
}

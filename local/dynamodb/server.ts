import { mkdir, rm } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DynamoDBRecord } from 'aws-lambda';
import { TABLE_INDEXES, TABLE_KEY } from '../../shared/table/keys.ts';
import { KeyLock } from '../common/key-lock.ts';
import { closeServer, createLocalServer, LOOPBACK, listen } from '../common/listen.ts';
import { ACCOUNT, REGION } from '../common/region.ts';
import { ChangeStream, type DynamoItem } from './change-stream.ts';
import { checkDatabase, type Engine, type EngineAnswer, openEngine } from './engine.ts';
import { mendIndexes } from './indexes.ts';

export interface DynamoDbServer {
  url: string;
  port: number;
  tableName: string;
  streamArn: string;
  close(): Promise<void>;
}

/** Maximum size of a request: DynamoDB's own limit. */
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;

/**
 * Starts DynamoDB on loopback, with the project's table and a change stream.
 * The stream is exact for PutItem, UpdateItem, DeleteItem and BatchWriteItem of any client. All writes go through this
 * server: writes of one item run one after the other, and the server reads the item before and after each write. The
 * stream is kept in memory: records that are not delivered when the process dies are lost.
 * @param options.path folder of the database. Default: in memory
 * @param options.wasUnclean the last process that used the database may have been killed during a write
 * @param options.onRecords receives the records of one request in order, before the request is answered
 * @throws PortInUseError, and the errors of {@link checkDatabase}
 */
export async function startDynamoDb(options: {
  path?: string;
  wasUnclean?: boolean;
  /** 0 means any free port. */
  port: number;
  tableName: string;
  onRecords?: (records: DynamoDBRecord[]) => void;
  /** Milliseconds since the epoch. */
  now?: () => number;
}): Promise<DynamoDbServer> {
  const { tableName, onRecords = () => undefined, now = Date.now } = options;
  const stream = new ChangeStream(`arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${tableName}`, now);
  const turns = new KeyLock();
  let engine: Engine | undefined;

  const answer = async (message: IncomingMessage): Promise<EngineAnswer> => {
    if (!engine) throw new Error('The database is closed.');
    const body = await readBody(message);
    const request = {
      method: message.method ?? 'POST',
      url: message.url ?? '/',
      headers: message.headers,
      body,
    };
    const keys = writtenKeys(operationOf(message), body, tableName);
    if (!keys.length) return await engine.forward(request);
    const open = engine;
    return await inTurn(turns, keys, async () => {
      const before = await readItems(open, tableName, keys);
      const result = await open.forward(request);
      if (result.status !== 200) return result;
      const after = await readItems(open, tableName, keys);
      const records = keys
        .map((key, at) => stream.record({ keys: key, before: before[at], after: after[at] }))
        .filter(record => record !== undefined);
      if (records.length) onRecords(records);
      return result;
    });
  };

  const server = createLocalServer((message, response) => {
    answer(message).then(
      result => sendAnswer(response, result),
      error => {
        message.resume();
        if (!response.destroyed) sendAnswer(response, internalError(error));
      },
    );
  });
  const port = await listen(server, options.port);
  try {
    engine = await openTable(options.path, tableName);
    if (options.wasUnclean) await mendIndexes(engine, tableName);
  } catch (error) {
    await closeServer(server);
    throw error;
  }
  const close = async () => {
    await closeServer(server);
    await engine?.close();
    engine = undefined;
  };
  return { url: `http://${LOOPBACK}:${port}`, port, tableName, streamArn: stream.arn, close };
}

/** Opens the database, and creates the table if it does not exist. */
async function openTable(path: string | undefined, tableName: string): Promise<Engine> {
  if (path !== undefined) {
    await mkdir(path, { recursive: true });
    await checkDatabase(path);
  }
  const engine = openEngine(path);
  const status = await statusOf(engine, tableName);
  if (path !== undefined && status !== undefined && status !== 'ACTIVE') {
    // The process was killed while it created the table. The table is empty and would never become active.
    await engine.close();
    await rm(path, { recursive: true });
    return openTable(path, tableName);
  }
  if (status === undefined) await createTable(engine, tableName);
  return engine;
}

async function statusOf(engine: Engine, tableName: string): Promise<string | undefined> {
  const described = await engine.call('DescribeTable', { TableName: tableName });
  return (described?.Table as { TableStatus: string } | undefined)?.TableStatus;
}

async function createTable(engine: Engine, tableName: string): Promise<void> {
  const attributes = new Set<string>([TABLE_KEY.partition, TABLE_KEY.sort]);
  for (const { partition, sort } of Object.values(TABLE_INDEXES)) attributes.add(partition).add(sort);
  const created = await engine.call('CreateTable', {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [...attributes].map(AttributeName => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keySchema(TABLE_KEY),
    GlobalSecondaryIndexes: Object.values(TABLE_INDEXES).map(index => ({
      IndexName: index.name,
      KeySchema: keySchema(index),
      Projection: { ProjectionType: 'KEYS_ONLY' },
    })),
  });
  if (!created) throw new Error(`The table ${tableName} cannot be created.`);
  // A new table is CREATING for a moment, even with createTableMs 0.
  while ((await statusOf(engine, tableName)) !== 'ACTIVE')
    await new Promise(resolve => setTimeout(resolve, 5));
}

/** Runs a task while no other task writes these items. Locks are taken in sorted order, to prevent deadlocks. */
function inTurn<T>(turns: KeyLock, keys: readonly DynamoItem[], task: () => Promise<T>): Promise<T> {
  const names = [...new Set(keys.map(key => JSON.stringify(key)))].sort();
  return names.reduceRight((inner, name) => () => turns.run(name, inner), task)();
}

function keySchema({ partition, sort }: { partition: string; sort: string }) {
  return [
    { AttributeName: partition, KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ];
}

/** Returns the keys of the project's table that a request may change. */
function writtenKeys(operation: string, body: Buffer, tableName: string): DynamoItem[] {
  if (!['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem'].includes(operation)) return [];
  const input = parseJson(body);
  const written: DynamoItem[] = [];
  if (operation === 'BatchWriteItem') {
    const requests = (input.RequestItems as Record<string, BatchWrite[]> | undefined)?.[tableName];
    for (const { PutRequest, DeleteRequest } of Array.isArray(requests) ? requests : []) {
      const item = PutRequest?.Item ?? DeleteRequest?.Key;
      if (item) written.push(item);
    }
  } else if (input.TableName === tableName) {
    const item = (operation === 'PutItem' ? input.Item : input.Key) as DynamoItem | undefined;
    if (item) written.push(item);
  }
  const keys = written.map(({ [TABLE_KEY.partition]: pk, [TABLE_KEY.sort]: sk }) => ({ pk, sk }));
  // The database itself refuses a request without a valid key, with a good message.
  return keys.filter(
    (key): key is { pk: { S: string }; sk: { S: string } } =>
      typeof key.pk?.S === 'string' && typeof key.sk?.S === 'string',
  );
}

interface BatchWrite {
  PutRequest?: { Item?: DynamoItem };
  DeleteRequest?: { Key?: DynamoItem };
}

async function readItems(
  engine: Engine,
  tableName: string,
  keys: readonly DynamoItem[],
): Promise<(DynamoItem | undefined)[]> {
  const read = (Key: DynamoItem) =>
    engine.call('GetItem', { TableName: tableName, Key, ConsistentRead: true });
  return await Promise.all(keys.map(async key => (await read(key))?.Item as DynamoItem | undefined));
}

function operationOf(message: IncomingMessage): string {
  const target = message.headers['x-amz-target'];
  return typeof target === 'string' ? (target.split('.')[1] ?? '') : '';
}

function parseJson(body: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size > MAX_REQUEST_BYTES) throw new Error('The request is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function sendAnswer(response: ServerResponse, { status, headers, body }: EngineAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.end(body);
}

function internalError(error: unknown): EngineAnswer {
  const body = {
    __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError',
    message: (error as Error).message,
  };
  return {
    status: 500,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: Buffer.from(JSON.stringify(body)),
  };
}

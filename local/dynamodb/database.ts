import { mkdir, rm } from 'node:fs/promises';
import type { DynamoDBRecord } from 'aws-lambda';
import { TABLE_INDEXES, TABLE_KEY } from '../../shared/table/keys.ts';
import { ACCOUNT, REGION } from '../common/region.ts';
import { ChangeStream, type DynamoItem } from './change-stream.ts';
import { checkDatabase, DynamoDbError, type Engine, openEngine } from './engine.ts';
import { mendIndexes } from './indexes.ts';

/** The embedded DynamoDB, without a server. */
export interface DynamoDb {
  tableName: string;
  streamArn: string;
  call: Engine['call'];
  close(): Promise<void>;
}

export interface DynamoDbOptions {
  /** Folder of the database. Default: in memory. */
  path?: string;
  /** Whether the last process that used the database did not close it. A write can then be incomplete. */
  wasUnclean?: boolean;
  tableName: string;
  /** Receives the records of a write before the write is answered. */
  onRecords?: (records: DynamoDBRecord[]) => void;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/**
 * Opens DynamoDB with the project's table and a change stream. The stream is exact for every write of any client: the
 * engine reports each write while it holds the lock of the item. The stream is kept in memory: records that are not
 * delivered when the process dies are lost.
 * @throws the errors of {@link checkDatabase}
 */
export async function openDynamoDb(options: DynamoDbOptions): Promise<DynamoDb> {
  const { tableName, onRecords = () => undefined, now = Date.now } = options;
  const stream = new ChangeStream(`arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${tableName}`, now);
  let isOpen = false;
  const onWrite = (before: DynamoItem | undefined, after: DynamoItem | undefined) => {
    const { [TABLE_KEY.partition]: pk, [TABLE_KEY.sort]: sk } = after ?? before ?? {};
    if (!isOpen || !pk || !sk) return;
    const record = stream.record({ keys: { pk, sk }, before, after });
    if (record) onRecords([record]);
  };
  const engine = await openTable(options.path, { tableName, onWrite });
  if (options.wasUnclean) await mendIndexes(engine, tableName);
  isOpen = true;
  return { tableName, streamArn: stream.arn, call: engine.call, close: engine.close };
}

/** Opens the database, and creates the table if it does not exist. */
async function openTable(
  path: string | undefined,
  watched: Parameters<typeof openEngine>[1],
): Promise<Engine> {
  if (path !== undefined) {
    await mkdir(path, { recursive: true });
    await checkDatabase(path);
  }
  const engine = openEngine(path, watched);
  const status = await statusOf(engine, watched.tableName);
  if (path !== undefined && status !== undefined && status !== 'ACTIVE') {
    // A process was killed while it created the table. The table is empty and would never become active, so it is made
    // again.
    await engine.close();
    await rm(path, { recursive: true });
    return openTable(path, watched);
  }
  if (status === undefined) await createTable(engine, watched.tableName);
  return engine;
}

async function statusOf(engine: Engine, TableName: string): Promise<string | undefined> {
  try {
    const { Table } = await engine.call('DescribeTable', { TableName });
    return (Table as { TableStatus: string }).TableStatus;
  } catch (error) {
    if (error instanceof DynamoDbError && error.name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

async function createTable(engine: Engine, tableName: string): Promise<void> {
  const attributes = new Set<string>([TABLE_KEY.partition, TABLE_KEY.sort]);
  for (const { partition, sort } of Object.values(TABLE_INDEXES)) attributes.add(partition).add(sort);
  await engine.call('CreateTable', {
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
  // A new table is CREATING for a moment, even with createTableMs 0.
  while ((await statusOf(engine, tableName)) !== 'ACTIVE')
    await new Promise(resolve => setTimeout(resolve, 5));
}

function keySchema({ partition, sort }: { partition: string; sort: string }) {
  return [
    { AttributeName: partition, KeyType: 'HASH' },
    { AttributeName: sort, KeyType: 'RANGE' },
  ];
}

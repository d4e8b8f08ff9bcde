import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { LIMITS, makeClient } from '../../shared/aws/clients.ts';
import { type Item, TABLE_KEY } from '../../shared/table/keys.ts';
import { documentClient } from '../../shared/table/table-client.ts';
import { ACCOUNT, LOCAL_ACCESS, REGION } from '../common/region.ts';
import { encodeItem } from '../dynamodb/attribute-values.ts';
import { ChangeStream } from '../dynamodb/change-stream.ts';
import { DOCUMENT_OPERATIONS } from '../dynamodb/document-operations.ts';
import { MemoryTable } from './memory-table.ts';

export interface MemoryTableOptions {
  tableName: string;
  /** Receives the records of a write before the write is answered. */
  onRecords?: (records: DynamoDBRecord[]) => void;
  /** Sort key of the items whose changes are recorded. Default: all items. */
  recordedSort?: string;
}

/** Makes a document client of a new table in memory. */
export function openMemoryTable(options: MemoryTableOptions): DynamoDBDocumentClient {
  const { tableName, onRecords = () => undefined, recordedSort } = options;
  const stream = new ChangeStream(`arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${tableName}`, Date.now);
  const table = new MemoryTable(tableName, (before, after) => {
    const { [TABLE_KEY.partition]: pk, [TABLE_KEY.sort]: sk } = after ?? before ?? {};
    if (recordedSort !== undefined && sk !== recordedSort) return;
    const encoded = (item: Item | undefined) => item && encodeItem(item);
    const change = { keys: encodeItem({ pk, sk }), before: encoded(before), after: encoded(after) };
    const record = stream.record(change);
    if (record) onRecords([record]);
  });
  const client = documentClient(makeClient(DynamoDBClient, LIMITS.loopback, LOCAL_ACCESS));
  client.send = (async ({ constructor: command, input }: { constructor: unknown; input: object }) => {
    const operation = DOCUMENT_OPERATIONS.get(command);
    if (operation === undefined) throw new Error('The table in memory has no such operation.');
    const $metadata = { httpStatusCode: 200, attempts: 1, totalRetryDelay: 0 };
    return { ...table.call(operation, input), $metadata };
  }) as DynamoDBDocumentClient['send'];
  return client;
}

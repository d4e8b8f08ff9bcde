import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { inProcessTable } from '../../local/dynamodb/client.ts';
import { openDynamoDb } from '../../local/dynamodb/database.ts';
import { openMemoryTable } from '../../local/memory-table/client.ts';
import { S3Buckets, type S3Options } from '../../local/s3/buckets.ts';
import { inProcessS3 } from '../../local/s3/client.ts';

/** Clients of embedded services in this process. */
export interface TestClients {
  s3: S3Client;
  dynamodb: DynamoDBDocumentClient;
  tableName: string;
  close(): Promise<void>;
}

/**
 * The database behind a table: the embedded one of `npm start`, or the table in memory of builds. What tests prove about
 * order, idempotence and conditions, they prove on the embedded one. The other is faster.
 */
export type TestDatabase = 'embedded' | 'memory';

/** Opens buckets and a table in this process. The tests of the servers use the clients of the SDK. */
export async function openClients(options: {
  buckets: S3Options['buckets'];
  onRecords?: (records: DynamoDBRecord[]) => void;
  /** Default: `embedded`. */
  database?: TestDatabase | undefined;
}): Promise<TestClients> {
  const { buckets, onRecords = () => undefined, database = 'embedded' } = options;
  const dir = await mkdtemp(path.join(tmpdir(), 'copydesk-'));
  const s3 = inProcessS3(await S3Buckets.open({ dir, isTemporary: true, buckets }));
  const of = { tableName: 'articles', onRecords };
  const embedded = database === 'embedded' ? await openDynamoDb(of) : undefined;
  const dynamodb = embedded ? inProcessTable(embedded) : openMemoryTable(of);
  return {
    s3,
    dynamodb,
    tableName: of.tableName,
    async close() {
      s3.destroy();
      dynamodb.destroy();
      await embedded?.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

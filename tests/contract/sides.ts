import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { LOCAL_CREDENTIALS, REGION } from '../../local/common/region.ts';
import { startDynamoDb } from '../../local/dynamodb/server.ts';
import { startS3 } from '../../local/s3/server.ts';
import { TABLE_INDEXES, TABLE_KEY } from '../../shared/table/keys.ts';

/** Environment variable with the address of moto's server. */
export const MOTO_URL = 'COPYDESK_TEST_MOTO';

/** Who answers: our own server, or moto. */
export const SIDES = ['embedded', 'moto'] as const;
export type Side = (typeof SIDES)[number];

/** A client, and what ends it. */
interface Opened<Client> {
  client: Client;
  close(): Promise<void>;
}

/** The buckets of a contract: one that keeps versions, and one that does not. */
export const BUCKETS = { versioned: 'contract-versioned', plain: 'contract-plain' } as const;
export const TABLE = 'contract';

/** S3 with {@link BUCKETS}, empty. */
export async function openS3(side: Side): Promise<Opened<S3Client>> {
  const connect = (endpoint: string) =>
    new S3Client({
      endpoint,
      region: REGION,
      credentials: LOCAL_CREDENTIALS,
      forcePathStyle: true,
      maxAttempts: 1,
    });
  if (side === 'embedded') {
    const dir = await mkdtemp(path.join(tmpdir(), 'copydesk-contract-'));
    const buckets = { [BUCKETS.versioned]: { versioned: true }, [BUCKETS.plain]: {} };
    const server = await startS3({ dir, port: 0, buckets });
    const client = connect(server.url);
    const close = async () => {
      client.destroy();
      await server.close();
      await rm(dir, { recursive: true, force: true });
    };
    return { client, close };
  }
  const client = connect(motoUrl());
  for (const Bucket of Object.values(BUCKETS)) await client.send(new CreateBucketCommand({ Bucket }));
  const VersioningConfiguration = { Status: 'Enabled' } as const;
  await client.send(new PutBucketVersioningCommand({ Bucket: BUCKETS.versioned, VersioningConfiguration }));
  return { client, close: async () => client.destroy() };
}

/** DynamoDB with {@link TABLE}, empty, of the keys and indexes of ours. */
export async function openDynamoDb(side: Side): Promise<Opened<DynamoDBClient>> {
  const connect = (endpoint: string) =>
    new DynamoDBClient({ endpoint, region: REGION, credentials: LOCAL_CREDENTIALS, maxAttempts: 1 });
  if (side === 'embedded') {
    const server = await startDynamoDb({ port: 0, tableName: TABLE });
    const client = connect(server.url);
    const close = async () => {
      client.destroy();
      await server.close();
    };
    return { client, close };
  }
  const client = connect(motoUrl());
  const keySchema = ({ partition, sort }: { partition: string; sort: string }) => [
    { AttributeName: partition, KeyType: 'HASH' as const },
    { AttributeName: sort, KeyType: 'RANGE' as const },
  ];
  const indexes = Object.values(TABLE_INDEXES);
  const names = new Set([TABLE_KEY, ...indexes].flatMap(({ partition, sort }) => [partition, sort]));
  await client.send(
    new CreateTableCommand({
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [...names].map(AttributeName => ({ AttributeName, AttributeType: 'S' })),
      KeySchema: keySchema(TABLE_KEY),
      GlobalSecondaryIndexes: indexes.map(index => ({
        IndexName: index.name,
        KeySchema: keySchema(index),
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    }),
  );
  return { client, close: async () => client.destroy() };
}

function motoUrl(): string {
  const url = process.env[MOTO_URL];
  if (url === undefined) throw new Error('moto has not been started.');
  return url;
}

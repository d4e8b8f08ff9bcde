import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import type { DynamoDBRecord, S3EventRecord } from 'aws-lambda';
import { LOCAL_CREDENTIALS, REGION } from '../../local/common/region.ts';
import { startDynamoDb } from '../../local/dynamodb/server.ts';
import { startS3 } from '../../local/s3/server.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import { ENV } from '../../shared/stack/environment.ts';
import { RECORD_SK, TABLE_KEY } from '../../shared/table/keys.ts';
import type { Copy } from '../support/all-copy.ts';
import { sqsEvent } from '../support/desk.ts';
import { FunctionProcess } from './function-process.ts';

/** The two functions, as files that export `handler`, and the Node that runs them. */
export interface Functions {
  ingest: string;
  publish: string;
  node: string;
  execArgv: string[];
}

/** What the functions made of the copy. */
export interface Published {
  /** Records by the key of their file. */
  records: Map<string, Record<string, unknown>>;
  /** Files of the site by name. */
  site: Map<string, Buffer>;
}

/** Change records that publish gets at once, as in the stack. */
const BATCH = 100;

/**
 * Uploads copy to embedded services and calls the functions, one event after the other, so that the same copy always
 * gives the same records.
 * @param settings value of the environment variable
 */
export async function publishCopy(
  copy: readonly Copy[],
  functions: Functions,
  { settings, now }: { settings: string; now: string },
): Promise<Published> {
  const dir = await mkdtemp(path.join(tmpdir(), 'copydesk-bundles-'));
  /** Each file is a second younger than the one before: of two equal ones, it is clear which was first. */
  let uploads = 0;
  const clock = () => Date.parse(now) - (copy.length - uploads) * 1_000;
  const events: S3EventRecord[] = [];
  const changes: DynamoDBRecord[] = [];
  const s3Server = await startS3({
    dir,
    port: 0,
    buckets: {
      intake: { versioned: true, onEvent: event => void events.push(event) },
      storage: {},
      site: {},
    },
    now: clock,
  });
  const table = await startDynamoDb({
    port: 0,
    tableName: 'copydesk',
    onRecords: records => void changes.push(...records),
    now: clock,
  });
  const common = { region: REGION, credentials: LOCAL_CREDENTIALS };
  const s3 = new S3Client({ ...common, endpoint: s3Server.url, forcePathStyle: true });
  const dynamodb = new DynamoDBClient({ ...common, endpoint: table.url });
  const env = {
    PATH: process.env.PATH,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: LOCAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: LOCAL_CREDENTIALS.secretAccessKey,
    AWS_ENDPOINT_URL_S3: s3Server.url,
    AWS_ENDPOINT_URL_DYNAMODB: table.url,
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    [ENV.table]: table.tableName,
    [ENV.storageBucket]: 'storage',
    [ENV.intakeBucket]: 'intake',
    [ENV.siteBucket]: 'site',
    [ENV.baseUrl]: 'https://news.example.org',
    [ENV.settings]: settings,
    [ENV.stack]: 'Copydesk',
    [ENV.rejectedPercent]: '50',
  };
  const { node, execArgv } = functions;
  const started: FunctionProcess[] = [];
  const start = async (module: string) => {
    const process = await FunctionProcess.start({ module, node, execArgv, env, now });
    started.push(process);
    return process;
  };
  try {
    const ingest = await start(functions.ingest);
    const publish = await start(functions.publish);
    for (const { key, bytes, metadata } of copy) {
      const Body = Buffer.from(bytes);
      uploads++;
      await s3.send(new PutObjectCommand({ Bucket: 'intake', Key: key, Body, Metadata: metadata }));
      for (const event of events.splice(0)) await ingest.call(sqsEvent([event]), key);
    }
    // As the filter of the deployed mapping has it.
    const ofRecords = changes.filter(({ dynamodb }) => dynamodb?.Keys?.[TABLE_KEY.sort]?.S === RECORD_SK);
    for (let from = 0; from < ofRecords.length; from += BATCH)
      await publish.call({ Records: ofRecords.slice(from, from + BATCH) }, 'publish');
    return {
      records: await recordsIn(dynamodb, table.tableName),
      site: await filesIn(new Bucket(s3, 'site')),
    };
  } finally {
    for (const each of started) await each.close();
    s3.destroy();
    dynamodb.destroy();
    await Promise.all([s3Server.close(), table.close()]);
    await rm(dir, { recursive: true, force: true });
  }
}

async function recordsIn(dynamodb: DynamoDBClient, table: string): Promise<Published['records']> {
  const client = DynamoDBDocumentClient.from(dynamodb);
  const records: Published['records'] = new Map();
  for await (const { Items = [] } of paginateScan({ client }, { TableName: table }))
    for (const item of Items) {
      if (item[TABLE_KEY.sort] !== RECORD_SK) continue;
      const { versionId: random, ...source } = item.source as { key: string; versionId?: string };
      records.set(source.key, { ...item, source });
    }
  return records;
}

async function filesIn(bucket: Bucket): Promise<Published['site']> {
  const files: Published['site'] = new Map();
  for await (const key of bucket.keys()) files.set(key, Buffer.from((await bucket.get(key))?.bytes ?? []));
  return files;
}

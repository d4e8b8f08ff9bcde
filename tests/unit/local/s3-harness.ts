import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import type { S3EventRecord } from 'aws-lambda';
import { type S3Server, startS3 } from '../../../local/s3/server.ts';

/** A real S3 client against a server of its own; `intake` is versioned, `archive` is not. */
export interface S3Harness {
  s3: S3Client;
  url: string;
  events: S3EventRecord[];
  /** Failures that nobody expected. */
  unexpected: unknown[];
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startHarness(options: { now?: () => number } = {}): Promise<S3Harness> {
  const dir = await mkdtemp(join(tmpdir(), 's3-test-'));
  const events: S3EventRecord[] = [];
  const unexpected: unknown[] = [];
  const onEvent = (record: S3EventRecord) => void events.push(record);
  const start = () =>
    startS3({
      dir,
      port: 0,
      buckets: { intake: { versioned: true, onEvent }, archive: { onEvent } },
      onUnexpected: error => void unexpected.push(error),
      ...options,
    });
  const client = ({ url }: S3Server) =>
    new S3Client({
      endpoint: url,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
      maxAttempts: 1,
    });
  let server = await start();
  const harness: S3Harness = {
    s3: client(server),
    url: server.url,
    events,
    unexpected,
    async restart() {
      harness.s3.destroy();
      await server.close();
      server = await start();
      harness.s3 = client(server);
      harness.url = server.url;
    },
    async close() {
      harness.s3.destroy();
      await server.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
  return harness;
}

import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';

/** Counts and times the requests of clients. */
export function countRequests() {
  const requests = new Map<string, { count: number; seconds: number }>();
  const writes = new Map<string, number>();
  return {
    watch({ middlewareStack }: S3Client | DynamoDBClient, service: 's3' | 'table'): void {
      (middlewareStack as S3Client['middlewareStack']).add(
        (next, { commandName = '' }) =>
          async args => {
            const operation = commandName.replace(/Command$/, '');
            const began = performance.now();
            const { Bucket, Key } = args.input as { Bucket?: string; Key?: unknown };
            const kind = [service, Bucket, operation].filter(Boolean).join(' ');
            const known = requests.get(kind) ?? { count: 0, seconds: 0 };
            requests.set(kind, known);
            known.count++;
            try {
              const result = await next(args);
              if (operation === 'PutObject') {
                const path = `${Bucket}/${Key}`;
                writes.set(path, (writes.get(path) ?? 0) + 1);
              }
              return result;
            } finally {
              known.seconds += (performance.now() - began) / 1_000;
            }
          },
        { step: 'initialize', priority: 'high', name: 'count' },
      );
    },
    /** By service, bucket and operation. */
    requests: () => Object.fromEntries([...requests].sort(([a], [b]) => (a < b ? -1 : 1))),
    /** How often an object was written. */
    writes: (bucket: string, key: string) => writes.get(`${bucket}/${key}`) ?? 0,
  };
}

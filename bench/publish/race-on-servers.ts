import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { S3Client } from '@aws-sdk/client-s3';
import { startDynamoDb } from '../../local/dynamodb/server.ts';
import { startS3 } from '../../local/s3/server.ts';
import { testDynamoDb, testS3 } from '../../tests/support/clients.ts';
import { type OpenServices, RACE_BUCKETS, type Race, type RaceOptions, runRace } from './races.ts';
import { randomFrom } from './random.ts';
import type { Call, Wire } from './wire.ts';

/** How much faster than in virtual time, by default. */
const SPEED = 10;

/** Between two requests of one publisher at most, but for a busy machine: the race looks whether any has begun. */
const REST_MS = 2_000;

/**
 * A race on the embedded S3 and DynamoDB servers, in real time. The seed decides what is written; when, and which
 * request comes first, is decided by the machine.
 * @param options.speed how much faster than in virtual time all waiting is; default {@link SPEED}
 */
export async function raceOnServers(
  seed: number,
  { speed = SPEED, ...options }: RaceOptions & { speed?: number } = {},
): Promise<Race> {
  const began = performance.now();
  const time = {
    get now() {
      return (performance.now() - began) * speed;
    },
    sleep: (ms: number) => setTimeout(ms / speed),
    rest: () => setTimeout(REST_MS),
  };
  return runRace(randomFrom(seed), time, open, options);
}

const open: OpenServices = async (wire, onRecord) => {
  const dir = await mkdtemp(join(tmpdir(), 'copydesk-race-'));
  const s3Server = await startS3({
    dir,
    port: 0,
    buckets: Object.fromEntries(RACE_BUCKETS.map(name => [name, {}])),
  });
  const table = await startDynamoDb({
    port: 0,
    tableName: 'articles',
    onRecords: records => {
      for (const record of records) onRecord(record);
    },
  });
  const s3 = testS3(s3Server.url);
  const dynamodb = testDynamoDb(table.url);
  addWire(s3, 's3', wire);
  addWire(dynamodb, 'table', wire);
  return {
    s3,
    dynamodb,
    tableName: table.tableName,
    async close() {
      s3.destroy();
      dynamodb.destroy();
      await Promise.all([s3Server.close(), table.close()]);
      await rm(dir, { recursive: true, force: true });
    },
  };
};

/** Puts a wire between a client and its server. */
function addWire({ middlewareStack }: S3Client | DynamoDBClient, service: Call['service'], wire: Wire): void {
  (middlewareStack as S3Client['middlewareStack']).add(
    (next, { commandName = '' }) =>
      args => {
        const input = args.input as unknown as Record<string, unknown>;
        const call = {
          service,
          operation: commandName.replace(/Command$/, ''),
          place: String(input.Bucket ?? input.TableName),
          key: String(input.Key),
          sent: 0,
          conditional: ['IfMatch', 'IfNoneMatch', 'ConditionExpression'].some(
            name => input[name] !== undefined,
          ),
        };
        return wire(call, async () => ({ output: await next(args), received: 0 }));
      },
    { step: 'initialize', priority: 'high', name: 'wire' },
  );
}

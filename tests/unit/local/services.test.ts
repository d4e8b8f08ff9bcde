import { mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { S3EventRecord, SQSEvent } from 'aws-lambda';
import { listen, PortInUseError } from '../../../local/common/listen.ts';
import type { Handlers, LocalServices, RunningServices } from '../../../local/service-types.ts';
import { startServices } from '../../../local/services.ts';
import { StateInUseError } from '../../../local/state-dir.ts';
import { RECORD_SK } from '../../../shared/table/keys.ts';

let dir: string;
let running: RunningServices | undefined;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'services-test-'));
});
afterEach(async () => {
  await running?.close();
  running = undefined;
  await rm(dir, { recursive: true, force: true });
});

const stateDir = () => join(dir, 'state');
const put = (key: string, Body = 'x') =>
  (running as RunningServices).s3.send(new PutObjectCommand({ Bucket: 'intake', Key: key, Body }));

/** A small pipeline of the same shape as the real one: file → item → page. */
function pipeline(bodies: string[] = []): (services: LocalServices) => Handlers {
  return ({ s3, dynamodb, tableName, buckets }) => ({
    async ingest(event: SQSEvent) {
      const failed: string[] = [];
      for (const { messageId, body } of event.Records) {
        bodies.push(body);
        for (const record of (JSON.parse(body).Records ?? []) as S3EventRecord[]) {
          const { key, versionId } = record.s3.object;
          const Key = decodeURIComponent(key.replaceAll('+', ' '));
          if (Key === 'poison') {
            failed.push(messageId);
            continue;
          }
          const source = { Bucket: buckets.intake, Key, VersionId: versionId };
          const text = record.eventName.startsWith('ObjectRemoved:')
            ? 'removed'
            : ((await (await s3.send(new GetObjectCommand(source))).Body?.transformToString()) ?? '');
          await dynamodb.send(
            new PutItemCommand({
              TableName: tableName,
              Item: { pk: { S: Key }, sk: { S: RECORD_SK }, text: { S: text } },
            }),
          );
        }
      }
      return { batchItemFailures: failed.map(itemIdentifier => ({ itemIdentifier })) };
    },
    async publish(event) {
      for (const { dynamodb: change } of event.Records) {
        const item = change?.NewImage;
        await s3.send(
          new PutObjectCommand({ Bucket: buckets.site, Key: item?.pk?.S, Body: `page: ${item?.text?.S}` }),
        );
      }
      return { batchItemFailures: [] };
    },
  });
}
const page = async (Key: string) => {
  const { Body } = await (running as RunningServices).s3.send(new GetObjectCommand({ Bucket: 'site', Key }));
  return await Body?.transformToString();
};

test('a file goes through the whole pipeline; idle waits for all of it', async () => {
  const bodies: string[] = [];
  running = await startServices({ handlers: pipeline(bodies) });
  await running.idle();
  expect(JSON.parse(bodies[0] ?? '')).toMatchObject({
    Service: 'Amazon S3',
    Event: 's3:TestEvent',
    Bucket: 'intake',
  });
  await Promise.all(Array.from({ length: 40 }, (_, at) => put(`news/story ${at}+.txt`, `text ${at}`)));
  await running.idle();
  for (let at = 0; at < 40; at++) expect(await page(`news/story ${at}+.txt`)).toBe(`page: text ${at}`);
  await running.s3.send(new DeleteObjectCommand({ Bucket: 'intake', Key: 'news/story 1+.txt' }));
  await running.idle();
  expect(await page('news/story 1+.txt')).toBe('page: removed');
});

test('idle waits for what publishing itself sets off', async () => {
  running = await startServices({
    handlers: services => {
      const { ingest, publish } = pipeline()(services);
      return {
        ingest,
        async publish(event) {
          if (event.Records.some(({ dynamodb }) => dynamodb?.Keys?.pk?.S === 'first'))
            await put('second', 'late');
          return await publish(event);
        },
      };
    },
  });
  await put('first');
  await running.idle();
  expect(await page('second')).toBe('page: late');
});

test('a message that keeps failing is parked, and idle still comes', async () => {
  running = await startServices({ handlers: pipeline(), queue: { retryDelaySeconds: 0 } });
  await put('poison');
  await put('good');
  await running.idle();
  expect(await page('good')).toBe('page: x');
  expect(await running.deadLetters()).toBe(1);
});

test('state survives a restart, and a clean stop is told from an unclean one', async () => {
  running = await startServices({ stateDir: stateDir(), handlers: pipeline() });
  expect(running.wasUnclean).toBe(false);
  await put('kept');
  // Closing finishes what was uploaded a moment ago.
  await running.close();
  running = await startServices({ stateDir: stateDir(), handlers: pipeline() });
  expect(running.wasUnclean).toBe(false);
  expect(await page('kept')).toBe('page: x');
  await running.close();
  await rm(join(stateDir(), 'clean'));
  running = await startServices({ stateDir: stateDir(), handlers: pipeline() });
  expect(running.wasUnclean).toBe(true);
});

test('a stop with a parked message is unclean: the queues are in memory', async () => {
  running = await startServices({
    stateDir: stateDir(),
    handlers: pipeline(),
    queue: { retryDelaySeconds: 0 },
  });
  await put('poison');
  await running.close();
  running = await startServices({ stateDir: stateDir(), handlers: pipeline() });
  expect(running.wasUnclean).toBe(true);
});

test('a damaged database and record end the start, and are repaired on demand with all else kept', async () => {
  running = await startServices({ stateDir: stateDir(), handlers: pipeline() });
  for (const key of ['a', 'b', 'c']) await put(key);
  await running.close();
  await rm(join(stateDir(), 'dynamodb', 'CURRENT'));
  const again = () => startServices({ stateDir: stateDir(), handlers: pipeline() });
  await expect(again()).rejects.toMatchObject({ code: 'LEVEL_CORRUPTION' });
  const [record = ''] = (
    await readdir(join(stateDir(), 's3', 'intake', 'objects'), { recursive: true })
  ).filter(name => name.endsWith('.json'));
  await truncate(join(stateDir(), 's3', 'intake', 'objects', record), 20);
  const aside: string[] = [];
  running = await startServices({
    stateDir: stateDir(),
    handlers: pipeline(),
    repair: { onMoved: file => aside.push(file) },
  });
  expect([running.wasUnclean, aside.length]).toEqual([true, 2]);
  expect(await running.announceAll()).toBe(2);
  const { dynamodb, tableName } = running;
  const { Items = [] } = await dynamodb.send(new ScanCommand({ TableName: tableName }));
  expect(Items.map(({ pk }) => pk?.S).sort()).toEqual(['a', 'b', 'c']);
});

test('two processes cannot share the state; a lock left by a crash does not count', async () => {
  running = await startServices({ stateDir: stateDir(), handlers: pipeline() });
  await expect(startServices({ stateDir: stateDir(), handlers: pipeline() })).rejects.toThrow(
    StateInUseError,
  );
  await running.close();
  await writeFile(join(stateDir(), 'lock'), JSON.stringify({ pid: process.pid, port: 1 }));
  running = await startServices({ stateDir: stateDir(), handlers: pipeline() });
});

test('a port in use is an error with a code, and nothing stays open', async () => {
  const other = createServer();
  const port = await listen(other as never, 0);
  await expect(
    startServices({ stateDir: stateDir(), ports: { s3: port }, handlers: pipeline() }),
  ).rejects.toThrow(PortInUseError);
  await new Promise(resolve => other.close(resolve));
  running = await startServices({ stateDir: stateDir(), ports: { s3: port }, handlers: pipeline() });
  expect(running.endpoints.s3).toBe(`http://127.0.0.1:${port}`);
});

test('ticks come by schedule, one at a time', async () => {
  let ticks = 0;
  let open = 0;
  const tick = async () => {
    expect(++open).toBe(1);
    ticks++;
    await new Promise(resolve => setTimeout(resolve, 25));
    open--;
  };
  running = await startServices({ handlers: services => ({ ...pipeline()(services), tick }), tickMs: 10 });
  while (ticks < 2) await new Promise(resolve => setTimeout(resolve, 10));
  await running.close();
  const before = ticks;
  await new Promise(resolve => setTimeout(resolve, 50));
  expect(ticks).toBe(before);
});

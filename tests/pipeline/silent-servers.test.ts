import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import type { SQSRecord } from 'aws-lambda';
import { siteOf } from '../../functions/publish/model/site.ts';
import { publishHandler } from '../../functions/publish/receive/handler.ts';
import { LOCAL_CREDENTIALS, REGION } from '../../local/common/region.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import { type CallLimits, makeClient } from '../../shared/aws/clients.ts';
import type { LogLine } from '../../shared/aws/telemetry.ts';
import { DEFAULT_SETTINGS, readSettings } from '../../shared/settings/settings.ts';
import { Articles } from '../../shared/table/articles.ts';
import { longestSilence } from '../support/call-limits.ts';
import { story } from '../support/copy.ts';
import { type Desk, sqsEvent, startDesk } from '../support/desk.ts';

/** As LIMITS.function, ten times as fast: tests/unit/shared/errors.test.ts holds that one to 15 seconds. */
const LIMITS: CallLimits = { attempts: 3, connectMs: 100, silenceMs: 200, answerMs: 400 };

/** A call, and the note that publish makes of its failure. A busy machine takes longer; without limits it never ends. */
const MAX_MS = 2 * longestSilence(LIMITS) + 30_000;

let desk: Desk;
let server: Server;
let sockets: Set<Socket>;
let endpoint: string;
/** What the server answers at once; nothing more ever follows. */
let beginning: string;
beforeEach(async () => {
  desk = await startDesk();
  beginning = '';
  sockets = new Set();
  server = createServer(socket => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => socket.write(beginning));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  server.close();
  await desk.close();
});

const config = () => ({ endpoint, region: REGION, credentials: LOCAL_CREDENTIALS });
const silentTable = () =>
  new Articles(makeClient(DynamoDBClient, LIMITS, config()), 'articles', { namespace: 'copydesk' });
const silentBucket = (name: string) =>
  new Bucket(makeClient(S3Client, LIMITS, { ...config(), forcePathStyle: true }), name);

async function timed<T>(work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  try {
    return await work();
  } finally {
    expect(performance.now() - started).toBeLessThan(MAX_MS);
  }
}

describe('ingest', () => {
  test.each([
    ['DynamoDB', 'table-busy', '', () => ({ articles: silentTable() })],
    ['S3', 's3-busy', '', () => ({ intake: silentBucket('intake') })],
    [
      'S3 in the middle of a file',
      's3-busy',
      'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\nContent-Type: text/plain\r\n\r\nOnly this',
      () => ({ intake: silentBucket('intake') }),
    ],
  ])(
    'fails in time where %s is silent, and is done when it is tried again',
    async (_what, code, begins, parts) => {
      beginning = begins;
      const [message] = sqsEvent([await desk.put('world/a.md', story('First'))]).Records as [SQSRecord];
      const log: LogLine[] = [];
      const pauses: number[] = [];
      const ingest = desk.ingestWith({
        ...parts(),
        log: line => log.push(line),
        queue: async () => ({
          retryIn: async (_message, seconds) => {
            pauses.push(seconds);
          },
          park: () => Promise.reject(new Error('parked')),
          send: () => Promise.reject(new Error('sent')),
        }),
      });
      const { batchItemFailures } = await timed(() => ingest({ Records: [message] }));
      expect(batchItemFailures).toHaveLength(1);
      expect(log).toEqual([
        expect.objectContaining({ event: 'source.failed', code, retryable: true, level: 'WARN' }),
      ]);
      expect(pauses).toEqual([expect.any(Number)]);
      expect(pauses[0]).toBeLessThanOrEqual(2);
      expect(await desk.ingest({ Records: [message] })).toEqual({ batchItemFailures: [] });
      expect(await desk.record('world/a.md')).toMatchObject({ status: 'live' });
    },
  );
});

describe('publish', () => {
  test.each([
    ['DynamoDB', 'table-busy', () => ({ articles: silentTable() })],
    ['S3', 's3-busy', () => ({ storage: silentBucket('storage'), siteBucket: silentBucket('site') })],
  ])('fails in time where %s is silent, and is done when it is tried again', async (_what, code, parts) => {
    for (const name of ['First', 'Second']) await desk.put(`world/${name}.md`, story(name, `Of ${name}.`));
    await desk.deliver(...desk.events.splice(0));
    const Records = desk.changes.splice(0);
    const log: LogLine[] = [];
    const publish = publishHandler({
      articles: desk.articles,
      storage: desk.storage,
      siteBucket: desk.site,
      duplicates: DEFAULT_SETTINGS.duplicates,
      site: siteOf(readSettings({}), 'https://news.example.org'),
      now: () => desk.now,
      log: line => log.push(line),
      ...parts(),
    });
    await expect(timed(() => publish({ Records }))).rejects.toMatchObject({ code, retryable: true });
    expect(log).toContainEqual(expect.objectContaining({ event: 'publish.failed', code }));
    await desk.publish({ Records });
    expect((await desk.feed()).map(({ title }) => title).sort()).toEqual(['First', 'Second']);
  });
});

import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { type IngestHandlerDeps, ingestHandler } from '../../../functions/ingest/receive/handler.ts';
import type { MessageQueue } from '../../../functions/ingest/receive/message-queue.ts';
import type { Bucket } from '../../../shared/aws/bucket.ts';
import type { LogLine } from '../../../shared/aws/telemetry.ts';
import { CopydeskError } from '../../../shared/errors/errors.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/settings.ts';
import { MAX_TRIES } from '../../../shared/stack/message-retries.ts';
import type { Articles } from '../../../shared/table/articles.ts';

const event = (key: string, name = 'ObjectCreated:Put') => ({
  eventName: name,
  eventTime: '2026-11-01T10:00:00Z',
  s3: { bucket: { name: 'intake' }, object: { key, size: 1, sequencer: '01' } },
});

/** A message with these events, or with this body. */
const message = (messageId: string, body: object[] | string, tries = 1) =>
  ({
    messageId,
    body: typeof body === 'string' ? body : JSON.stringify({ Records: body }),
    attributes: { ApproximateReceiveCount: String(tries) },
  }) as SQSRecord;

/** Passed over by its name alone: no service is asked. */
const IGNORED = event('world/.DS_Store');

let log: LogLine[];
let asked: string[];
let queued: string[];
beforeEach(() => {
  log = [];
  asked = [];
  queued = [];
});

/** The handler before a table that fails as the test says. */
function handler(parts: Partial<IngestHandlerDeps> = {}, error: unknown = new Error('boom')) {
  const articles = {
    idOf: (key: string) => `id of ${key}`,
    async follow(key: string) {
      asked.push(`id of ${key}`);
      throw error;
    },
  } as unknown as Articles;
  const ingest = ingestHandler({
    articles,
    intake: { name: 'intake' } as Bucket,
    storage: {} as Bucket,
    settings: DEFAULT_SETTINGS,
    parse: () => Promise.reject(new Error('never')),
    parserVersion: '1',
    now: () => '2026-11-01T10:00:00.000Z',
    log: line => log.push(line),
    ...parts,
  });
  return async (records: SQSRecord[], leftMs?: number) => {
    const context = { awsRequestId: 'r1', getRemainingTimeInMillis: () => leftMs ?? Infinity };
    const { batchItemFailures } = await ingest(
      { Records: records } as SQSEvent,
      leftMs === undefined ? undefined : context,
    );
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  };
}

const queue: MessageQueue = {
  async send({ key }) {
    queued.push(`${key} sent`);
  },
  async retryIn({ messageId }, seconds) {
    queued.push(`${messageId} again in ${seconds} s`);
  },
  async park({ messageId }, { code }) {
    queued.push(`${messageId} parked: ${code}`);
  },
};
const withQueue = { queue: async () => queue, pauseAfter: (tries: number) => tries * 10 };

test('a message that holds nothing to do is done, and the log says so', async () => {
  expect(await handler()([message('m1', '{"Event":"s3:TestEvent"}')], 60_000)).toEqual([]);
  expect(log).toEqual([{ event: 'message.ignored', messageId: 'm1', requestId: 'r1' }]);
});

test('what became of a file is a line with the object, the request and the time that it took', async () => {
  expect(await handler()([message('m1', [IGNORED])], 60_000)).toEqual([]);
  expect(log).toEqual([
    expect.objectContaining({
      event: 'source.ingested',
      outcome: 'ignored',
      key: 'world/.DS_Store',
      bucket: 'intake',
      requestId: 'r1',
      ms: expect.any(Number),
    }),
  ]);
  const [{ ms } = { ms: -1 }] = log;
  expect(Number.isInteger(ms)).toBe(true);
  expect(ms).toBeGreaterThanOrEqual(0);
  expect(ms).toBeLessThan(60_000);
});

test('of a batch the messages that fail are given back, and no others', async () => {
  const failed = await handler()([
    message('m1', [IGNORED]),
    message('m2', [event('a.txt')]),
    message('m3', 'no JSON'),
    message('m4', [IGNORED]),
  ]);
  expect(failed).toEqual(['m2', 'm3']);
  expect(log.filter(line => line.event === 'message.ignored')).toEqual([]);
  expect(log.filter(line => line.event === 'source.failed')).toEqual([
    expect.objectContaining({ messageId: 'm3', code: 'not-an-s3-event', metrics: { Failed: 1 } }),
    expect.objectContaining({
      key: 'a.txt',
      bucket: 'intake',
      code: 'internal',
      message: 'boom',
      level: 'ERROR',
    }),
  ]);
});

test('a message fails where any of its events does, and its other events are done', async () => {
  for (const events of [
    [event('a.txt'), IGNORED],
    [IGNORED, event('a.txt')],
  ])
    expect(await handler()([message('m1', events)])).toEqual(['m1']);
  expect(log.filter(line => line.outcome === 'ignored')).toHaveLength(2);
  const mixed = JSON.stringify({ Records: [{ eventName: 'x' }, IGNORED] });
  expect(await handler()([message('m1', mixed)])).toEqual(['m1']);
  expect(log.filter(line => line.outcome === 'ignored')).toHaveLength(3);
  expect(log.filter(line => line.event === 'message.ignored')).toEqual([]);
});

test('no event is begun with less time left than one may take', async () => {
  const records = [message('m1', [event('a.txt')])];
  expect(await handler()(records, 14_999)).toEqual(['m1']);
  expect(asked).toEqual([]);
  expect(log).toEqual([expect.objectContaining({ code: 'out-of-time', subject: 'a.txt', requestId: 'r1' })]);
  await handler()(records, 15_000);
  await handler()(records);
  expect(asked).toHaveLength(2);
});

describe('with a queue', () => {
  const denied = new CopydeskError('table-forbidden', 'No.');
  const slow = new CopydeskError('table-busy', 'Later.');

  test('what may succeed later comes again after a pause, and is not acknowledged', async () => {
    expect(await handler(withQueue, slow)([message('m1', [event('a.txt')], 3)])).toEqual(['m1']);
    expect(queued).toEqual(['m1 again in 30 s']);
  });

  test('what cannot succeed is parked at once, and acknowledged', async () => {
    expect(await handler(withQueue, denied)([message('m1', [event('a.txt')])])).toEqual([]);
    expect(queued).toEqual(['m1 parked: table-forbidden']);
    expect(log.at(-1)).toMatchObject({
      event: 'message.parked',
      messageId: 'm1',
      tries: 1,
      code: 'table-forbidden',
      message: 'No.',
    });
  });

  test('the last try parks what might have succeeded', async () => {
    expect(await handler(withQueue, slow)([message('m1', [event('a.txt')], MAX_TRIES - 1)])).toEqual(['m1']);
    expect(await handler(withQueue, slow)([message('m2', [event('a.txt')], MAX_TRIES)])).toEqual([]);
    expect(queued).toEqual([expect.stringContaining('m1 again'), 'm2 parked: table-busy']);
  });

  test('of several failures one that may succeed later decides, whichever comes first', async () => {
    const mixed = JSON.stringify({ Records: [{ eventName: 'x' }, event('a.txt')] });
    expect(await handler(withQueue, slow)([message('m1', mixed)])).toEqual(['m1']);
    expect(await handler(withQueue, denied)([message('m2', mixed)])).toEqual([]);
    expect(queued).toEqual(['m1 again in 10 s', 'm2 parked: not-an-s3-event']);
  });

  test('that is not reached, SQS does both by itself, and the log says so', async () => {
    const lost = { ...withQueue, queue: () => Promise.reject(slow) };
    for (const error of [slow, denied])
      expect(await handler(lost, error)([message('m1', [event('a.txt')])])).toEqual(['m1']);
    expect(log.filter(line => line.event === 'queue.failed')).toEqual([
      expect.objectContaining({ messageId: 'm1', tries: 1, code: 'table-busy' }),
      expect.objectContaining({ messageId: 'm1', tries: 1, code: 'table-busy' }),
    ]);
  });

  test('nothing is put into it where nothing failed', async () => {
    const never = { queue: () => Promise.reject(new Error('asked for')) };
    expect(await handler(never)([message('m1', [IGNORED])])).toEqual([]);
    expect(log).toHaveLength(1);
  });
});

import { createHash } from 'node:crypto';
import {
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { PortInUseError } from '../../../local/common/listen.ts';
import { type QueueMappingOptions, startQueueMapping } from '../../../local/event-source/queue-mapping.ts';
import { type SqsServer, startSqs } from '../../../local/sqs.ts';

const queue = { name: 'intake', visibilitySeconds: 30, deadLetter: { name: 'parked', maxReceiveCount: 3 } };
let server: SqsServer;
let sqs: SQSClient;
beforeEach(async () => {
  server = await startSqs({ port: 0, queue, failures: 'failures' });
  sqs = new SQSClient({
    endpoint: server.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });
});
afterEach(async () => {
  sqs.destroy();
  await server.close();
});

const sendAll = async (bodies: string[]) => {
  for (let at = 0; at < bodies.length; at += 10) {
    const Entries = bodies.slice(at, at + 10).map((MessageBody, id) => ({ Id: String(id), MessageBody }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: server.queueUrl, Entries }));
  }
};
const parked = async () => {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: server.deadLetterUrl, MaxNumberOfMessages: 10 }),
  );
  return Messages.map(({ Body }) => Body);
};

/** Sends messages through a mapping until it is idle. */
async function run(
  bodies: string[],
  handler: (records: SQSRecord[], call: number) => unknown,
  options: Partial<QueueMappingOptions> = {},
): Promise<SQSRecord[][]> {
  const batches: SQSRecord[][] = [];
  await sendAll(bodies);
  const mapping = startQueueMapping({
    sqs,
    queueUrl: server.queueUrl,
    queueArn: server.queueArn,
    region: 'us-east-1',
    batchSize: 10,
    batchingWindowMs: 0,
    concurrency: 2,
    retryDelaySeconds: 0,
    ...options,
    handler: async ({ Records }) => {
      batches.push(Records);
      return (await handler(Records, batches.length)) as SQSBatchResponse;
    },
  });
  await mapping.idle();
  await mapping.stop();
  return batches;
}

test('queue addresses are of loopback, whoever asks', async () => {
  expect(server.queueUrl).toBe(`http://127.0.0.1:${server.port}/000000000000/intake`);
  expect((await sqs.send(new GetQueueUrlCommand({ QueueName: 'parked' }))).QueueUrl).toBe(
    server.deadLetterUrl,
  );
});

test('a port in use has its own error', async () => {
  await expect(startSqs({ port: server.port, queue, failures: 'failures' })).rejects.toThrow(PortInUseError);
});

test('records have all the fields of the service', async () => {
  const [batch = []] = await run(['{"a":1}'], () => undefined);
  expect(batch).toEqual([
    {
      messageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      receiptHandle: expect.any(String),
      body: '{"a":1}',
      attributes: {
        ApproximateReceiveCount: '1',
        SentTimestamp: expect.stringMatching(/^\d{13}$/),
        SenderId: expect.any(String),
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
      },
      messageAttributes: {},
      md5OfBody: createHash('md5').update('{"a":1}').digest('hex'),
      eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:intake',
      awsRegion: 'us-east-1',
    },
  ]);
});

test('a failing message between good ones: they are done once, it is tried three times and parked', async () => {
  const counts = new Map<string, number>();
  await run(['a', 'bad', 'b'], records => {
    for (const { body } of records) counts.set(body, (counts.get(body) ?? 0) + 1);
    return {
      batchItemFailures: records
        .filter(({ body }) => body === 'bad')
        .map(({ messageId }) => ({ itemIdentifier: messageId })),
    };
  });
  expect(Object.fromEntries(counts)).toEqual({ a: 1, bad: 3, b: 1 });
  expect(await parked()).toEqual(['bad']);
});

test('a message that fails once comes again with its count', async () => {
  const counts: (string | undefined)[] = [];
  await run(['a'], (records, call) => {
    counts.push(records[0]?.attributes.ApproximateReceiveCount);
    return call === 1
      ? { batchItemFailures: [{ itemIdentifier: records[0]?.messageId }] }
      : { batchItemFailures: [] };
  });
  expect(counts).toEqual(['1', '2']);
  expect(await parked()).toEqual([]);
});

test.each([
  ['a throw', () => Promise.reject(new Error('broken'))],
  ['an unknown identifier', () => ({ batchItemFailures: [{ itemIdentifier: 'unknown' }] })],
  ['a null identifier', () => ({ batchItemFailures: [{ itemIdentifier: null }] })],
])('%s fails the whole batch', async (_name, answer) => {
  const errors: unknown[] = [];
  const batches = await run(['a', 'b'], (_records, call) => (call === 1 ? answer() : undefined), {
    onError: error => errors.push(error),
  });
  expect(
    batches
      .flat()
      .map(({ body }) => body)
      .sort(),
  ).toEqual(['a', 'a', 'b', 'b']);
  expect(errors).toHaveLength(1);
});

test.each([[undefined], [null], [{}], [{ batchItemFailures: [] }]])('%j means success', async answer => {
  expect(await run(['a'], () => answer)).toHaveLength(1);
});

test('a failed message stays hidden for the retry delay', async () => {
  const times: number[] = [];
  await run(
    ['a'],
    (records, call) => {
      times.push(performance.now());
      return call === 1 ? { batchItemFailures: [{ itemIdentifier: records[0]?.messageId }] } : undefined;
    },
    { retryDelaySeconds: 1 },
  );
  expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThan(900);
});

test('batches grow over several receives, up to their size and no further than the limit at once', async () => {
  let open = 0;
  let most = 0;
  const bodies = Array.from({ length: 100 }, (_, at) => String(at));
  const batches = await run(
    bodies,
    async () => {
      most = Math.max(most, ++open);
      // The first ones wait for company, so that the test does not depend on how fast the machine is.
      for (let waited = 0; most < 2 && waited < 5_000; waited += 5)
        await new Promise(resolve => setTimeout(resolve, 5));
      open--;
    },
    { batchSize: 25, batchingWindowMs: 50, concurrency: 3 },
  );
  expect(batches.map(batch => batch.length)).toEqual([25, 25, 25, 25]);
  expect(new Set(batches.flat().map(({ body }) => body)).size).toBe(100);
  expect(most).toBeLessThanOrEqual(3);
  expect(most).toBeGreaterThan(1);
});

test('a waiting mapping gets a message at once, and stops at once', async () => {
  let seen = 0;
  const mapping = startQueueMapping({
    sqs,
    queueUrl: server.queueUrl,
    queueArn: server.queueArn,
    region: 'us-east-1',
    batchSize: 10,
    batchingWindowMs: 0,
    concurrency: 1,
    retryDelaySeconds: 0,
    handler: async () => {
      seen++;
      return undefined;
    },
  });
  await mapping.idle();
  const start = performance.now();
  await sendAll(['a']);
  await mapping.idle();
  expect(seen).toBe(1);
  await mapping.stop();
  // A long poll that is not woken ends after 20 seconds.
  expect(performance.now() - start).toBeLessThan(15_000);
});

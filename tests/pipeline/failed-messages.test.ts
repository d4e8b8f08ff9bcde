import { ReceiveMessageCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { S3EventRecord, SQSRecord } from 'aws-lambda';
import { parseArticle } from '../../functions/ingest/parse.ts';
import type { IngestHandlerDeps } from '../../functions/ingest/receive/handler.ts';
import { messageQueue } from '../../functions/ingest/receive/message-queue.ts';
import { openSqs, type SqsQueues } from '../../local/sqs.ts';
import type { LogLine } from '../../shared/aws/telemetry.ts';
import { CopydeskError } from '../../shared/errors/errors.ts';
import { MAX_TRIES } from '../../shared/stack/message-retries.ts';
import { story } from '../support/copy.ts';
import { type Desk, failingIntake, sqsEvent, startDesk } from '../support/desk.ts';

let desk: Desk;
let server: SqsQueues;
let sqs: SQSClient;
let log: LogLine[];
beforeEach(async () => {
  server = await openSqs({
    queue: {
      name: 'intake',
      visibilitySeconds: 300,
      deadLetter: { name: 'dead', maxReceiveCount: MAX_TRIES },
    },
    failures: 'failures',
  });
  sqs = server.sqs;
  desk = await startDesk();
  log = [];
});
afterEach(async () => {
  await Promise.all([desk.close(), server.close()]);
});

/** The real handler on real queues, with what the test puts in the place of its parts. */
const handlerWith = (parts: Partial<IngestHandlerDeps>) =>
  desk.ingestWith({
    log: line => log.push(line),
    queue: async () => messageQueue(sqs, server),
    pauseAfter: () => 1,
    ...parts,
  });

async function receive(QueueUrl: string, WaitTimeSeconds = 0): Promise<SQSRecord[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl,
      WaitTimeSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    }),
  );
  return Messages.map(
    ({ MessageId, ReceiptHandle, Body, Attributes, MessageAttributes }) =>
      ({
        messageId: MessageId,
        receiptHandle: ReceiptHandle,
        body: Body,
        attributes: Attributes,
        messageAttributes: MessageAttributes,
      }) as unknown as SQSRecord,
  );
}

/** Sends events as one message, and receives it. */
async function message(...events: S3EventRecord[]): Promise<SQSRecord> {
  const MessageBody = JSON.stringify({ Records: events });
  await sqs.send(new SendMessageCommand({ QueueUrl: server.queueUrl, MessageBody }));
  const [received] = await receive(server.queueUrl);
  if (received === undefined) throw new Error('There is no message.');
  return received;
}

test('what may succeed later comes again within seconds, although the queue hides messages for minutes', async () => {
  const record = await message(await desk.put('world/a.md', story('First')));
  const busy = handlerWith({ intake: failingIntake(new CopydeskError('s3-busy', 'S3 is slow.')) });
  expect(await busy({ Records: [record] })).toEqual({
    batchItemFailures: [{ itemIdentifier: record.messageId }],
  });
  const [again] = await receive(server.queueUrl, 5);
  expect(again).toMatchObject({ messageId: record.messageId, attributes: { ApproximateReceiveCount: '2' } });
  expect(await handlerWith({})({ Records: [again as SQSRecord] })).toEqual({ batchItemFailures: [] });
  expect(await desk.record('world/a.md')).toMatchObject({ status: 'live' });
});

test('what cannot succeed is parked at once with its reason, and acknowledged', async () => {
  const record = await message(await desk.put('world/a.md', story('First')));
  const denied = handlerWith({
    intake: failingIntake(new CopydeskError('s3-forbidden', 'Access is \u0000 denied.')),
  });
  expect(await denied({ Records: [record] })).toEqual({ batchItemFailures: [] });
  expect(await receive(server.deadLetterUrl)).toEqual([
    expect.objectContaining({
      body: record.body,
      messageAttributes: expect.objectContaining({
        code: expect.objectContaining({ StringValue: 's3-forbidden' }),
        reason: expect.objectContaining({ StringValue: 'Access is \uFFFD denied.' }),
        sentAt: expect.objectContaining({ StringValue: expect.stringMatching(/^20.+Z$/) }),
      }),
    }),
  ]);
  expect(log).toEqual([
    expect.objectContaining({
      event: 'source.failed',
      level: 'ERROR',
      code: 's3-forbidden',
      key: 'world/a.md',
    }),
    expect.objectContaining({ event: 'message.parked', code: 's3-forbidden', messageId: record.messageId }),
  ]);
});

test('a fault of our own is tried as often as any other, parked with its reason, and never a rejection', async () => {
  const record = await message(await desk.put('world/a.md', story('First')));
  const broken = handlerWith({ parse: async () => Object(undefined).headline.length });
  const tried = (tries: number) =>
    broken({
      Records: [{ ...record, attributes: { ...record.attributes, ApproximateReceiveCount: String(tries) } }],
    });
  expect((await tried(MAX_TRIES - 1)).batchItemFailures).toHaveLength(1);
  expect((await tried(MAX_TRIES)).batchItemFailures).toHaveLength(0);
  expect(await desk.record('world/a.md')).toBeUndefined();
  const [parked] = await receive(server.deadLetterUrl);
  expect(parked?.messageAttributes).toMatchObject({ code: { StringValue: 'internal' } });
  expect(log[0]).toMatchObject({
    event: 'source.failed',
    level: 'ERROR',
    code: 'internal',
    stack: expect.stringContaining('failed-messages.test.ts'),
  });
});

test('of two events the first fails: the message fails, and the second is done', async () => {
  const events = [
    await desk.put('world/a.md', story('First')),
    await desk.put('world/b.md', story('Second')),
  ];
  const record = await message(...events);
  const { batchItemFailures } = await handlerWith({
    parse: async (input, settings) => {
      if (input.key === 'world/a.md') throw new CopydeskError('table-busy', 'Throttled.');
      return parseArticle(input, settings);
    },
  })({ Records: [record] });
  expect(batchItemFailures).toEqual([{ itemIdentifier: record.messageId }]);
  expect(await desk.record('world/a.md')).toBeUndefined();
  expect(await desk.record('world/b.md')).toMatchObject({ status: 'live' });
  const [again] = await receive(server.queueUrl, 5);
  expect(await handlerWith({})({ Records: [again as SQSRecord] })).toEqual({ batchItemFailures: [] });
  expect(await desk.record('world/a.md')).toMatchObject({ status: 'live' });
});

test('a record that is none of S3 does not keep its neighbour from being done; the message is parked', async () => {
  const record = await message({ eventName: 'x' } as never, await desk.put('world/a.md', story('First')));
  expect(await handlerWith({})({ Records: [record] })).toEqual({ batchItemFailures: [] });
  expect(await desk.record('world/a.md')).toMatchObject({ status: 'live' });
  const [parked] = await receive(server.deadLetterUrl);
  expect(parked?.messageAttributes).toMatchObject({ code: { StringValue: 'not-an-s3-event' } });
});

test.each([
  [
    'cannot be reached',
    async () => messageQueue(sqs, { queueUrl: 'http://127.0.0.1:1/q', deadLetterUrl: '' }),
  ],
  ['cannot be loaded', () => Promise.reject(new TypeError('no such module'))],
])(
  'where the queue %s, the message is reported as failed, and its neighbours are not',
  async (_why, queue) => {
    const [bad, good] = sqsEvent([
      await desk.put('world/a.md', story('First')),
      await desk.put('world/b.md', story('Second')),
    ]).Records as [SQSRecord, SQSRecord];
    const { batchItemFailures } = await handlerWith({
      queue,
      parse: async (input, settings) => {
        if (input.key === 'world/a.md') throw new TypeError('broken');
        return parseArticle(input, settings);
      },
    })({ Records: [bad, good] });
    expect(batchItemFailures).toEqual([{ itemIdentifier: '0' }]);
    expect(log.map(({ event }) => event)).toContain('queue.failed');
    expect(await desk.record('world/b.md')).toMatchObject({ status: 'live' });
  },
);

test('nothing is begun for which there is too little time; it is given back and tried again', async () => {
  const [first, second] = sqsEvent([
    await desk.put('world/a.md', story('First')),
    await desk.put('world/b.md', story('Second')),
  ]).Records as [SQSRecord, SQSRecord];
  let left = 60_000;
  const context = { awsRequestId: 'call-1', getRemainingTimeInMillis: () => left };
  const { batchItemFailures } = await handlerWith({
    parseMs: 40_000,
    parse: async (input, settings) => {
      left -= 30_000;
      return parseArticle(input, settings);
    },
    queue: async () => ({
      retryIn: async () => undefined,
      park: () => Promise.reject(new Error('parked')),
      send: () => Promise.reject(new Error('sent')),
    }),
  })({ Records: [first, second] }, context);
  expect(batchItemFailures).toHaveLength(1);
  expect(log.filter(({ event }) => event === 'source.ingested')).toHaveLength(1);
  expect(log).toContainEqual(
    expect.objectContaining({
      event: 'source.failed',
      level: 'WARN',
      code: 'out-of-time',
      requestId: 'call-1',
    }),
  );
});

test.each(['a batch', 'a rebuild'])(
  'publish ends %s before its time runs out, and the next call does the rest',
  async what => {
    for (const name of ['First', 'Second']) await desk.put(`world/${name}.md`, story(name, `Of ${name}.`));
    await desk.deliver(...desk.events.splice(0));
    const Records = desk.changes.splice(0);
    const call = (left: number) => {
      const context = { awsRequestId: 'call-1', getRemainingTimeInMillis: () => left };
      return desk.publish(what === 'a batch' ? { Records } : { copydesk: 'rebuild' }, context);
    };
    await expect(call(29_000)).rejects.toMatchObject({ code: 'out-of-time', retryable: true });
    expect((await desk.files()).size).toBe(0);
    // Of the batch one line, and not one for each article.
    expect(desk.log.filter(({ code }) => code === 'out-of-time')).toEqual(
      what === 'a batch'
        ? [expect.objectContaining({ event: 'publish.failed', level: 'WARN', requestId: 'call-1' })]
        : [],
    );
    await call(31_000);
    expect((await desk.feed()).map(({ title }) => title).sort()).toEqual(['First', 'Second']);
  },
);

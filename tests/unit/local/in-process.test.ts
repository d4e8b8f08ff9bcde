import { PutObjectCommand } from '@aws-sdk/client-s3';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { SQSEvent } from 'aws-lambda';
import { type InProcessOptions, type InProcessServices, openInProcess } from '../../../local/in-process.ts';
import { MAX_TRIES } from '../../../shared/stack/message-retries.ts';

let services: InProcessServices | undefined;
afterEach(async () => {
  await services?.close();
  services = undefined;
});

/** Files that ingest was given, publishes with the keys of their changes, and errors. */
let seen: { ingested: string[]; published: string[][]; errors: unknown[]; givenUp: number };

/** Opens services with handlers that only note their events. */
async function open(
  failure: (key: string) => 'throws' | 'fails' | undefined = () => undefined,
  more: Partial<InProcessOptions> = {},
): Promise<InProcessServices> {
  seen = { ingested: [], published: [], errors: [], givenUp: 0 };
  services = await openInProcess({
    handlers: ({ dynamodb, tableName }) => ({
      async ingest({ Records }: SQSEvent) {
        const [message] = Records;
        const { Records: events, key } = JSON.parse(message?.body ?? '');
        const name = key ?? events[0].s3.object.key;
        seen.ingested.push(`${name} ${message?.attributes.ApproximateReceiveCount}`);
        const how = failure(name);
        if (how === 'throws') throw new Error('It is broken.');
        if (how === 'fails') return { batchItemFailures: [{ itemIdentifier: message?.messageId ?? '' }] };
        for (const sk of ['record', 'other'])
          await dynamodb.send(new PutCommand({ TableName: tableName, Item: { pk: name, sk } }));
        return { batchItemFailures: [] };
      },
      async publish({ Records }) {
        seen.published.push(Records.map(({ dynamodb: change }) => change?.Keys?.pk?.S ?? ''));
        return { batchItemFailures: [] };
      },
    }),
    onError: error => seen.errors.push(error),
    onPublishFailure: () => seen.givenUp++,
    retryPauseSeconds: 0,
    ...more,
  });
  return services;
}

async function put(...keys: string[]): Promise<void> {
  for (const Key of keys)
    await services?.s3.send(new PutObjectCommand({ Bucket: 'intake', Key, Body: Buffer.from(Key) }));
}

test('files are read in the order of their keys, and published together, records only', async () => {
  const { idle } = await open();
  await put('b', 'a/1', 'a', 'b');
  await idle();
  expect(seen.ingested).toEqual(['a 1', 'a/1 1', 'b 1', 'b 1']);
  expect(seen.published).toEqual([['a', 'a/1', 'b']]);
  await put('c');
  await idle();
  expect(seen.published).toEqual([['a', 'a/1', 'b'], ['c']]);
});

test('a message that ingest sends comes after the files', async () => {
  const { idle, queue } = await open();
  await queue.send({ key: 'news' } as never);
  await put('z');
  await idle();
  expect(seen.ingested).toEqual(['z 1', 'news 1']);
});

test.each(['throws', 'fails'] as const)(
  'a message that %s is tried again, and at last given up',
  async how => {
    let tries = 0;
    const { idle } = await open(key => (key === 'bad' || (key === 'late' && ++tries < 3) ? how : undefined));
    await put('bad', 'late', 'good');
    await idle();
    const triesOf = (key: string) => seen.ingested.filter(name => name.startsWith(`${key} `));
    expect(triesOf('bad')).toEqual(Array.from({ length: MAX_TRIES }, (_, n) => `bad ${n + 1}`));
    expect(triesOf('late')).toHaveLength(3);
    expect(triesOf('good')).toHaveLength(1);
    expect(seen.published).toEqual([['good', 'late']]);
    expect(seen.errors).toHaveLength(how === 'throws' ? MAX_TRIES + 2 : 0);
  },
);

test('a full batch of changes is published before the next file is read', async () => {
  const { idle } = await open(undefined, { stream: { batchSize: 2 } });
  await put('a', 'b', 'c');
  await idle();
  expect(seen.published).toEqual([['a', 'b'], ['c']]);
});

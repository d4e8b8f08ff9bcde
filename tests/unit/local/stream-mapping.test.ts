import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import {
  type StreamFailure,
  type StreamMappingOptions,
  startStreamMapping,
} from '../../../local/event-source/stream-mapping.ts';

const record = (id: number, pk = 'a'): DynamoDBRecord => ({
  eventName: 'MODIFY',
  eventSourceARN: 'arn:stream',
  dynamodb: {
    SequenceNumber: String(id).padStart(21, '0'),
    Keys: { pk: { S: pk } },
    ApproximateCreationDateTime: 1,
  },
});
const idOf = ({ dynamodb }: DynamoDBRecord) => Number(dynamodb?.SequenceNumber);
const failureOf = (id: number): DynamoDBBatchResponse => ({
  batchItemFailures: [{ itemIdentifier: String(id).padStart(21, '0') }],
});

/** Runs records through a mapping whose handler sees the ids of each batch; gives the batches and the failures. */
async function run(
  ids: number[],
  handler: (ids: number[], call: number) => unknown,
  options: Partial<StreamMappingOptions> = {},
): Promise<{ batches: number[][]; failures: StreamFailure[] }> {
  const batches: number[][] = [];
  const failures: StreamFailure[] = [];
  const mapping = startStreamMapping({
    batchSize: 10,
    batchingWindowMs: 5,
    retries: 2,
    firstPauseMs: 1,
    onFailure: failure => failures.push(failure),
    ...options,
    handler: async ({ Records }: DynamoDBStreamEvent) => {
      const seen = Records.map(idOf);
      batches.push(seen);
      return (await handler(seen, batches.length)) as DynamoDBBatchResponse;
    },
  });
  mapping.push(ids.map(id => record(id)));
  await mapping.idle();
  expect(mapping.undelivered).toBe(0);
  await mapping.stop();
  return { batches, failures };
}

test.each([undefined, null, {}, { batchItemFailures: null }, { batchItemFailures: [] }])(
  '%j means that all is done',
  async answer => {
    expect(await run([1, 2, 3], () => answer)).toEqual({ batches: [[1, 2, 3]], failures: [] });
  },
);

test('batches are no larger than asked for, and in order', async () => {
  const { batches } = await run([1, 2, 3, 4, 5], () => undefined, { batchSize: 2 });
  expect(batches).toEqual([[1, 2], [3, 4], [5]]);
});

test('what comes within the window is one batch', async () => {
  jest.useFakeTimers();
  try {
    const batches: number[][] = [];
    const mapping = startStreamMapping({
      batchSize: 100,
      batchingWindowMs: 60,
      retries: 0,
      handler: async ({ Records }) => void batches.push(Records.map(idOf)),
    });
    for (let id = 1; id <= 4; id++) {
      mapping.push([record(id)]);
      await jest.advanceTimersByTimeAsync(5);
    }
    expect(batches).toEqual([]);
    await jest.advanceTimersByTimeAsync(60);
    expect(batches).toEqual([[1, 2, 3, 4]]);
    await mapping.stop();
  } finally {
    jest.useRealTimers();
  }
});

test('after a partial failure it goes on from the lowest failed record', async () => {
  const { batches, failures } = await run([1, 2, 3, 4], (_ids, call) =>
    call === 1
      ? { batchItemFailures: [...failureOf(4).batchItemFailures, ...failureOf(3).batchItemFailures] }
      : undefined,
  );
  expect(batches).toEqual([
    [1, 2, 3, 4],
    [3, 4],
  ]);
  expect(failures).toEqual([]);
});

test('a poison record that throws is isolated by halving, retried, then given up; its neighbours get through', async () => {
  const done: number[] = [];
  const { batches, failures } = await run([1, 2, 3, 4, 5, 6, 7, 8], ids => {
    if (ids.includes(5)) throw new Error('poison');
    done.push(...ids);
  });
  expect(done).toEqual([1, 2, 3, 4, 6, 7, 8]);
  expect(batches.filter(ids => ids.length === 1 && ids[0] === 5)).toHaveLength(3);
  expect(failures).toEqual([
    {
      requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: expect.any(Number) },
      timestamp: '1970-01-01T00:00:01.000Z',
      DDBStreamBatchInfo: {
        shardId: expect.any(String),
        startSequenceNumber: '000000000000000000005',
        endSequenceNumber: '000000000000000000005',
        batchSize: 1,
        streamArn: 'arn:stream',
      },
    },
  ]);
});

test('a record that is reported each time is given up alone, too', async () => {
  const done = new Set<number>();
  const { failures } = await run([1, 2, 3, 4], ids => {
    for (const id of ids) {
      if (id === 2) return failureOf(2);
      done.add(id);
    }
    return undefined;
  });
  expect([...done]).toEqual([1, 3, 4]);
  expect(failures).toHaveLength(1);
});

test('a fault that passes is retried until it does', async () => {
  const { batches, failures } = await run([1], (_ids, call) => {
    if (call < 3) throw new Error('throttled');
  });
  expect([batches.length, failures.length]).toEqual([3, 0]);
});

test.each([
  ['an unknown record', { batchItemFailures: [{ itemIdentifier: 'unknown' }] }],
  ['an empty identifier', { batchItemFailures: [{ itemIdentifier: '' }] }],
  ['no list', { batchItemFailures: 'all' }],
  ['no object', 'done'],
])('an answer with %s means that the whole batch failed', async (_name, answer) => {
  const { batches } = await run([1, 2], (_ids, call) => (call === 1 ? answer : undefined));
  expect(batches).toEqual([[1, 2], [1], [2]]);
});

test('with several shards each item stays in order', async () => {
  const seen = new Map<string, number[]>();
  let open = 0;
  let most = 0;
  const mapping = startStreamMapping({
    batchSize: 3,
    batchingWindowMs: 0,
    retries: 0,
    parallelization: 4,
    handler: async ({ Records }) => {
      most = Math.max(most, ++open);
      await new Promise(resolve => setTimeout(resolve, Math.random() * 4));
      for (const one of Records) {
        const pk = one.dynamodb?.Keys?.pk?.S ?? '';
        seen.set(pk, [...(seen.get(pk) ?? []), idOf(one)]);
      }
      open--;
      return undefined;
    },
  });
  const records = Array.from({ length: 120 }, (_, id) => record(id, `item ${id % 7}`));
  mapping.push(records);
  await mapping.idle();
  await mapping.stop();
  expect([...seen.values()].flat()).toHaveLength(120);
  for (const ids of seen.values()) expect([...ids].sort((a, b) => a - b)).toEqual(ids);
  expect(most).toBeGreaterThan(1);
});

test('stopping waits for the handler, and tells what was not delivered', async () => {
  let finished = false;
  const mapping = startStreamMapping({
    batchSize: 1,
    batchingWindowMs: 0,
    retries: 0,
    handler: async () => {
      await new Promise(resolve => setTimeout(resolve, 30));
      finished = true;
      return undefined;
    },
  });
  mapping.push([record(1), record(2)]);
  await new Promise(resolve => setTimeout(resolve, 5));
  await mapping.stop();
  expect([finished, mapping.undelivered]).toEqual([true, 1]);
  await mapping.idle();
});

test('after a burst, which is few batches, a single record waits for little more than the window', async () => {
  jest.useFakeTimers();
  try {
    const batches: { ids: number[]; at: number }[] = [];
    const mapping = startStreamMapping({
      batchSize: 500,
      batchingWindowMs: 200,
      retries: 0,
      handler: async ({ Records }) => {
        batches.push({ ids: Records.map(idOf), at: performance.now() });
        await new Promise(resolve => setTimeout(resolve, 800));
        return undefined;
      },
    });
    // A minute of twenty records a second.
    for (let id = 1; id <= 1_200; id++) {
      mapping.push([record(id)]);
      await jest.advanceTimersByTimeAsync(50);
    }
    expect(batches.length).toBeLessThan(15);
    for (const pause of [0, 300, 1_000, 5_000, 30_000]) {
      await jest.advanceTimersByTimeAsync(pause);
      const savedAt = performance.now();
      const id = 2_000 + pause;
      mapping.push([record(id)]);
      await jest.advanceTimersByTimeAsync(10_000);
      const waited = (batches.find(({ ids }) => ids.includes(id))?.at ?? Number.POSITIVE_INFINITY) - savedAt;
      expect(waited).toBeLessThan(2_500);
    }
    const stopped = mapping.stop();
    await jest.advanceTimersByTimeAsync(1_000);
    await stopped;
  } finally {
    jest.useRealTimers();
  }
});

import { CONFLICT, MAX_ATTEMPTS, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';

const paused: number[] = [];
const pacing = (random: number) => ({
  sleep: async (ms: number) => {
    paused.push(ms);
  },
  random: () => random,
});

beforeEach(() => {
  paused.length = 0;
});

/** An attempt that others beat so many times. */
function beaten(times: number) {
  let calls = 0;
  return jest.fn(async () => (calls++ < times ? CONFLICT : `after ${calls}`));
}

test('an attempt that wins is the only one', async () => {
  const attempt = beaten(0);
  expect(await retryOnConflict('x', pacing(0.5), attempt)).toBe('after 1');
  expect(attempt).toHaveBeenCalledTimes(1);
  expect(paused).toEqual([]);
});

test('undefined is a result like others', async () => {
  expect(await retryOnConflict('x', pacing(0.5), async () => undefined)).toBeUndefined();
});

test.each([
  [0, [1, 1, 1]],
  [0.5, [20, 30, 40]],
  [1 - Number.EPSILON, [39, 59, 79]],
])('after each lost race it waits longer, by chance: %d', async (random, pauses) => {
  expect(await retryOnConflict('x', pacing(random), beaten(3))).toBe('after 4');
  expect(paused).toEqual(pauses);
});

test('it gives up when others win every time, and never waits longer than half a second', async () => {
  const attempt = beaten(Number.POSITIVE_INFINITY);
  await expect(retryOnConflict('feed.json', pacing(1 - Number.EPSILON), attempt)).rejects.toMatchObject({
    code: 'contention',
    subject: 'feed.json',
  });
  expect(attempt).toHaveBeenCalledTimes(MAX_ATTEMPTS);
  expect(paused).toHaveLength(MAX_ATTEMPTS - 1);
  expect(Math.max(...paused)).toBe(499);
});

test('an error ends it at once', async () => {
  const attempt = jest.fn(async () => {
    throw new Error('disk full');
  });
  await expect(retryOnConflict('x', pacing(0), attempt)).rejects.toThrow('disk full');
  expect(attempt).toHaveBeenCalledTimes(1);
});

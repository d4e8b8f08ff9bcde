import { CallPacing } from '../../../functions/call-context.ts';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';

/** A call whose time passes with each look at the clock. */
const callWith = (leftMs: number, stepMs: number) => {
  let left = leftMs + stepMs;
  return { awsRequestId: 'r1', getRemainingTimeInMillis: () => (left -= stepMs) };
};

test('a write that others always prevent ends while the call has time for another step', async () => {
  const pacing = new CallPacing();
  const context = callWith(30_000, 1_000);
  pacing.context = context;
  const attempt = jest.fn(async () => CONFLICT);
  await expect(retryOnConflict('a.txt', pacing, attempt)).rejects.toMatchObject({
    code: 'out-of-time',
    retryable: true,
  });
  expect(attempt.mock.calls.length).toBeGreaterThan(5);
  expect(context.getRemainingTimeInMillis()).toBeGreaterThan(10_000);
});

test('without a call, as on a laptop, time has no limit', async () => {
  await expect(new CallPacing().sleep(1)).resolves.toBeUndefined();
});

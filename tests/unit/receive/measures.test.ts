import { measuresOf } from '../../../functions/ingest/receive/measures.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';

const about = { id: 'a' };
const rejection = new Rejection('empty', 'The file is empty.');

test.each(['live', 'scheduled', 'withdrawn', 'duplicate', 'media', 'unchanged'] as const)(
  'a file that is %s was received, and is not rejected',
  outcome => {
    const { metrics, Reason } = measuresOf({ ...about, outcome }, 20);
    expect(metrics).toMatchObject({ Received: 1, RejectedExcess: -0.2 });
    expect(metrics?.Rejected).toBeUndefined();
    expect(Reason).toBeUndefined();
  },
);

test.each(['deleted', 'stale', 'gone', 'ignored', 'unpacked'] as const)(
  'what is %s is no file received',
  outcome => expect(measuresOf({ ...about, outcome }, 20)).toEqual({}),
);

test('a rejected file counts by its reason, and beyond the share that is allowed', () => {
  expect(measuresOf({ ...about, outcome: 'rejected', rejection }, 20)).toEqual({
    metrics: { Received: 1, Rejected: 1, RejectedExcess: 0.8 },
    Reason: 'empty',
  });
});

import type { S3EventRecord } from 'aws-lambda';
import { highestSequencer } from '../../functions/ingest/receive/order-of-s3.ts';
import { story } from '../support/copy.ts';
import { type Desk, sqsEvent, startDesk } from '../support/desk.ts';

/**
 * A person or program that may send to the queue can send events that S3 did not. These events change nothing that the
 * bucket does not hold, and they hide no later upload.
 */

const KEY = 'world/a.md';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(() => desk.close());

/** The handler as it is deployed: it knows which sequencers S3 can have given. */
const deliver = async (...events: S3EventRecord[]): Promise<number> => {
  const ingest = desk.ingestWith({ highestSequencer: () => highestSequencer(Date.now()) });
  return (await ingest(sqsEvent(events))).batchItemFailures.length;
};

const forged = (
  { s3, ...event }: S3EventRecord,
  sequencer: string,
  eventName = event.eventName,
): S3EventRecord => ({ ...event, eventName, s3: { ...s3, object: { ...s3.object, sequencer } } });

const headline = async () => {
  const record = await desk.record(KEY);
  return record && 'headline' in record && record.status === 'live' ? record.headline : record?.status;
};

const yearAhead = () => highestSequencer(Date.now() + 365 * 86_400_000);

describe.each([
  ['the highest number', () => 'F'.repeat(18)],
  ['a short number', () => 'F'],
  ['a long number', () => 'f'.repeat(200)],
  ['next year', yearAhead],
  ['in two minutes', () => highestSequencer(Date.now() + 120_000)],
])('an event of the future (%s)', (_when, sequencer) => {
  test.each([
    'ObjectCreated:Put',
    'ObjectRemoved:DeleteMarkerCreated',
    // Of a version: the present object is read.
    'ObjectRemoved:Delete',
    'LifecycleExpiration:DeleteMarkerCreated',
  ])('%s changes nothing, and later uploads and deletions count', async name => {
    const first = await desk.put(KEY, story('First', 'The first text.'));
    expect(await deliver(forged(first, sequencer(), name))).toBe(1);
    expect(await desk.record(KEY)).toBeUndefined();
    expect(desk.log.at(-1)).toMatchObject({ code: 'future-event', key: KEY, level: 'ERROR' });

    await deliver(first, forged(first, sequencer(), name));
    expect(await headline()).toBe('First');
    await deliver(await desk.put(KEY, story('Second', 'The second text.')));
    expect(await headline()).toBe('Second');
    const deletion = await desk.remove(KEY);
    await deliver(deletion);
    // The file is gone now, as a forged deletion says. It must not hide the next upload either.
    await deliver(forged(deletion, sequencer(), name));
    expect(await headline()).toBe('deleted');
    await deliver(await desk.put(KEY, story('Third', 'The third text.')));
    expect(await headline()).toBe('Third');
  });
});

test('a deletion with an order that could be true does not delete a file that is there', async () => {
  const first = await desk.put(KEY, story('First', 'The first text.'));
  await deliver(first);
  await deliver(forged(first, `${first.s3.object.sequencer}FF`, 'ObjectRemoved:DeleteMarkerCreated'));
  expect(await headline()).toBe('First');
  await deliver(await desk.remove(KEY));
  expect(await headline()).toBe('deleted');
});

test('an event of S3 counts, also while the clock of the function is half a minute slow', async () => {
  const slow = desk.ingestWith({ highestSequencer: () => highestSequencer(Date.now() - 30_000) });
  await slow(sqsEvent([await desk.put(KEY, story('First', 'The first text.'))]));
  expect(await headline()).toBe('First');
});

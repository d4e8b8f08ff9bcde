import type { S3EventRecord } from 'aws-lambda';
import { story } from '../support/copy.ts';
import { type Desk, startDesk } from '../support/desk.ts';

/** Whatever was removed, the article is what its key holds now. */

const KEY = 'world/a.md';
const FIRST = story('First', 'The first text of the story.');
const SECOND = story('Second', 'The second text of the story, which corrects it.');

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(() => desk.close());

const headline = async () => {
  const record = await desk.record(KEY);
  return record && 'headline' in record && record.status === 'live' ? record.headline : record?.status;
};
const versionOf = ({ s3 }: S3EventRecord) => s3.object.versionId;

test('a removed delete marker brings back the file that it hid', async () => {
  await desk.put(KEY, FIRST);
  await desk.settle();
  const deletion = await desk.remove(KEY);
  await desk.settle();
  expect(await headline()).toBe('deleted');
  expect(deletion.eventName).toBe('ObjectRemoved:DeleteMarkerCreated');
  const removal = await desk.removeVersion(KEY, versionOf(deletion));
  expect(removal.eventName).toBe('ObjectRemoved:Delete');
  await desk.settle();
  expect(await headline()).toBe('First');
  expect((await desk.feed()).map(({ title }) => title)).toEqual(['First']);
});

test('the removal of the newest version brings back the one before it', async () => {
  await desk.put(KEY, FIRST);
  const second = await desk.put(KEY, SECOND);
  await desk.settle();
  expect(await headline()).toBe('Second');
  await desk.removeVersion(KEY, versionOf(second));
  await desk.settle();
  expect(await headline()).toBe('First');
});

test('the removal of an older version changes nothing', async () => {
  const first = await desk.put(KEY, FIRST);
  await desk.put(KEY, SECOND);
  await desk.settle();
  const before = await desk.record(KEY);
  await desk.removeVersion(KEY, versionOf(first));
  await desk.settle();
  const after = await desk.record(KEY);
  expect(after).toMatchObject({ headline: 'Second', status: 'live' });
  expect(after && 'revision' in after && after.revision).toBe(
    before && 'revision' in before && before.revision,
  );
  expect(after && 'updatedAt' in after && after.updatedAt).toBe(
    before && 'updatedAt' in before && before.updatedAt,
  );
});

test('the removal of the only version takes the article back', async () => {
  const first = await desk.put(KEY, FIRST);
  await desk.settle();
  await desk.removeVersion(KEY, versionOf(first));
  await desk.settle();
  expect(await headline()).toBe('deleted');
  expect(await desk.feed()).toEqual([]);
});

test.each([
  ['in order', [0, 1, 2]],
  ['marker last', [0, 2, 1]],
  ['backwards', [2, 1, 0]],
  ['the removal of the marker first', [2, 0, 1]],
])(
  'the events of an upload, its deletion and the undoing of that come %s: the file is there',
  async (_how, order) => {
    const upload = await desk.put(KEY, FIRST);
    const deletion = await desk.remove(KEY);
    const undoing = await desk.removeVersion(KEY, versionOf(deletion));
    const events = [upload, deletion, undoing];
    for (const at of order) await desk.deliver(events[at] as S3EventRecord);
    expect(await headline()).toBe('First');
  },
);

/** What a rule of the bucket deletes, as S3 tells of it. */
const byRule = (event: S3EventRecord): S3EventRecord => ({
  ...event,
  eventName: event.eventName.replace('ObjectRemoved:', 'LifecycleExpiration:'),
});

test('a file that a rule of the bucket expires is taken back', async () => {
  await desk.put(KEY, FIRST);
  await desk.settle();
  await desk.deliver(byRule(await desk.remove(KEY)));
  expect(await headline()).toBe('deleted');
});

test('an old version that a rule expires changes nothing', async () => {
  const first = await desk.put(KEY, FIRST);
  await desk.put(KEY, SECOND);
  await desk.settle();
  await desk.deliver(byRule(await desk.removeVersion(KEY, versionOf(first))));
  expect(await headline()).toBe('Second');
});

describe('a deletion that comes without a sequencer', () => {
  const unordered = ({ s3, ...event }: S3EventRecord): S3EventRecord => {
    const { sequencer: _, ...object } = s3.object;
    return { ...event, s3: { ...s3, object: object as typeof s3.object } };
  };

  test('counts where the file is gone, and an upload after it counts again', async () => {
    await desk.put(KEY, FIRST);
    await desk.settle();
    const deletion = unordered(await desk.remove(KEY));
    await desk.deliver(deletion);
    expect(await headline()).toBe('deleted');
    await desk.deliver(deletion);
    expect(await headline()).toBe('deleted');
    await desk.put(KEY, SECOND);
    await desk.settle();
    expect(await headline()).toBe('Second');
  });

  test('changes nothing where the file is there again', async () => {
    const first = await desk.put(KEY, FIRST);
    const deletion = unordered(await desk.remove(KEY));
    const second = await desk.put(KEY, SECOND);
    await desk.deliver(first, second);
    await desk.deliver(deletion);
    expect(await headline()).toBe('Second');
  });

  test('of a file that is not known changes nothing', async () => {
    await desk.put(KEY, FIRST);
    await desk.deliver(unordered(await desk.remove(KEY)));
    expect(await desk.record(KEY)).toBeUndefined();
  });
});

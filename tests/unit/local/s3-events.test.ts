import {
  CopyObjectCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { encodeEventKey } from '../../../local/s3/events.ts';
import { SequencerClock } from '../../../local/s3/store/sequencer.ts';
import { type S3Harness, startHarness } from './s3-harness.ts';

let now = Date.parse('2026-01-02T03:04:05.678Z');
let harness: S3Harness;
beforeAll(async () => {
  harness = await startHarness({ now: () => now });
});
afterAll(() => harness.close());

const put = (Bucket: string, Key: string, Body = 'hello') =>
  harness.s3.send(new PutObjectCommand({ Bucket, Key, Body }));
const last = () => harness.events.at(-1);

test('a put gives the record of the service, field by field', async () => {
  const { VersionId } = await put('intake', 'news/a b+c.txt');
  expect(last()).toEqual({
    eventVersion: '2.1',
    eventSource: 'aws:s3',
    awsRegion: 'us-east-1',
    eventTime: '2026-01-02T03:04:05.678Z',
    eventName: 'ObjectCreated:Put',
    userIdentity: { principalId: expect.any(String) },
    requestParameters: { sourceIPAddress: '127.0.0.1' },
    responseElements: {
      'x-amz-request-id': expect.stringMatching(/^[0-9A-F]{16}$/),
      'x-amz-id-2': expect.any(String),
    },
    s3: {
      s3SchemaVersion: '1.0',
      configurationId: expect.any(String),
      bucket: {
        name: 'intake',
        ownerIdentity: { principalId: expect.any(String) },
        arn: 'arn:aws:s3:::intake',
      },
      object: {
        key: 'news/a+b%2Bc.txt',
        size: 5,
        eTag: '5d41402abc4b2a76b9719d911017c592',
        versionId: VersionId,
        sequencer: expect.stringMatching(/^[0-9A-F]{18}$/),
      },
    },
  });
});

test('an unversioned bucket names no version', async () => {
  await put('archive', 'plain');
  expect(Object.keys(last()?.s3.object ?? {})).toEqual(['key', 'size', 'eTag', 'sequencer']);
});

test('deletes: a marker, a version for good, an unversioned object, nothing at all', async () => {
  const { VersionId } = await put('intake', 'gone');
  const marker = await harness.s3.send(new DeleteObjectCommand({ Bucket: 'intake', Key: 'gone' }));
  expect(last()?.eventName).toBe('ObjectRemoved:DeleteMarkerCreated');
  expect(last()?.s3.object).toEqual({
    key: 'gone',
    eTag: 'd41d8cd98f00b204e9800998ecf8427e',
    versionId: marker.VersionId,
    sequencer: expect.any(String),
  });
  await harness.s3.send(new DeleteObjectCommand({ Bucket: 'intake', Key: 'gone', VersionId }));
  expect(last()?.eventName).toBe('ObjectRemoved:Delete');
  expect(last()?.s3.object).toEqual({ key: 'gone', versionId: VersionId, sequencer: expect.any(String) });

  await put('archive', 'gone');
  await harness.s3.send(
    new DeleteObjectsCommand({ Bucket: 'archive', Delete: { Objects: [{ Key: 'gone' }] } }),
  );
  expect(last()?.eventName).toBe('ObjectRemoved:Delete');
  const before = harness.events.length;
  await harness.s3.send(new DeleteObjectCommand({ Bucket: 'archive', Key: 'gone' }));
  expect(harness.events).toHaveLength(before);
});

test('a copy is named as such', async () => {
  await harness.s3.send(
    new CopyObjectCommand({ Bucket: 'intake', Key: 'copied', CopySource: 'intake/news/a%20b%2Bc.txt' }),
  );
  expect(last()?.eventName).toBe('ObjectCreated:Copy');
});

test('a refused write tells nothing', async () => {
  const before = harness.events.length;
  await harness.s3
    .send(new PutObjectCommand({ Bucket: 'intake', Key: 'copied', Body: 'x', IfNoneMatch: '*' }))
    .catch(() => undefined);
  expect(harness.events).toHaveLength(before);
});

test('sequencers grow in the order of the writes, over a restart with the clock set back', async () => {
  await put('intake', 'order');
  await Promise.all(Array.from({ length: 20 }, (_, turn) => put('intake', 'order', String(turn))));
  const before = harness.events
    .filter(event => event.s3.object.key === 'order')
    .map(event => event.s3.object.sequencer);
  expect([...before].sort()).toEqual(before);
  expect(new Set(before).size).toBe(21);
  now -= 3_600_000;
  await harness.restart();
  await put('intake', 'order');
  expect((last()?.s3.object.sequencer ?? '') > (before.at(-1) ?? '')).toBe(true);
});

test('a clock that stands still makes no equal sequencers', () => {
  const clock = new SequencerClock(() => 1);
  const made = Array.from({ length: 1000 }, () => clock.next());
  expect(new Set(made).size).toBe(1000);
  expect([...made].sort()).toEqual(made);
});

test('sequencers have the size of those of S3 at the same instant, so that records of a stack can be imported', () => {
  // From "Event message structure" in the user guide of S3: an event of 2015-07-21T23:33:48Z.
  const ofS3 = '0055AED6DCD90281E5';
  const at = Number.parseInt(ofS3.slice(0, 10), 16) * 1_000;
  const [before, after] = [at, at + 1_000].map(now => new SequencerClock(() => now).next());
  expect([before, ofS3, after]).toEqual([before, ofS3, after].sort());
});

test('event keys are form-encoded, slashes left alone', () => {
  expect(encodeEventKey('a/b c+d%e(1)é.txt')).toBe('a/b+c%2Bd%25e%281%29%C3%A9.txt');
});

import fc from 'fast-check';
import { readS3Events } from '../../../functions/ingest/s3-event.ts';

function notification(
  ...records: { name: string; key: string; versionId?: string; sequencer?: string }[]
): string {
  return JSON.stringify({
    Records: records.map(({ name, key, versionId, sequencer = '0A' }) => ({
      eventVersion: '2.1',
      eventName: name,
      eventTime: '2026-11-01T10:00:00.000Z',
      s3: { bucket: { name: 'intake' }, object: { key, size: 3, eTag: 'abc', versionId, sequencer } },
    })),
  });
}

test('the test event that S3 sends first holds nothing to do', () => {
  expect(
    readS3Events(JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'intake' })),
  ).toEqual([]);
});

test('one message may hold several records', () => {
  const events = readS3Events(
    notification({ name: 'ObjectCreated:Put', key: 'a.txt' }, { name: 'ObjectRemoved:Delete', key: 'b.txt' }),
  );
  expect(events.map(({ kind, key }) => [kind, key])).toEqual([
    ['created', 'a.txt'],
    ['removed', 'b.txt'],
  ]);
});

test.each([
  ['ObjectCreated:CompleteMultipartUpload', undefined, 'created'],
  ['ObjectCreated:Copy', 'v1', 'created'],
  ['ObjectRemoved:DeleteMarkerCreated', 'v2', 'removed'],
  ['ObjectRemoved:Delete', undefined, 'removed'],
  // Of a versioned bucket: one version is gone for good, the key may hold another.
  ['ObjectRemoved:Delete', 'v1', 'version-removed'],
])('%s with version %s is %s', (name, versionId, kind) => {
  expect(readS3Events(notification({ name, key: 'a', ...(versionId && { versionId }) }))[0]?.kind).toBe(kind);
});

test('kinds of events that change no object are passed over', () => {
  expect(readS3Events(notification({ name: 'ObjectTagging:Put', key: 'a' }))).toEqual([]);
});

test('keys are decoded as in a form', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), key => {
      const encoded = encodeURIComponent(key).replaceAll('%20', '+');
      const [event] = readS3Events(notification({ name: 'ObjectCreated:Put', key: encoded }));
      expect(event).toMatchObject({ key, keyIsBroken: false });
    }),
  );
});

test('a key that cannot be decoded is kept as it came', () => {
  const [event] = readS3Events(notification({ name: 'ObjectCreated:Put', key: 'a%ZZ.txt' }));
  expect(event).toMatchObject({ key: 'a%ZZ.txt', keyIsBroken: true });
});

test.each(['not json', '{}', '[]', '{"Records":[{"eventName":"ObjectCreated:Put"}]}'])(
  'a message that is no S3 notification is an error, not silence: %s',
  body => {
    expect(() => readS3Events(body)).toThrow(expect.objectContaining({ code: 'not-an-s3-event' }));
  },
);

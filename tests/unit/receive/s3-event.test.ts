import fc from 'fast-check';
import { readMessage } from '../../../functions/ingest/receive/s3-event.ts';

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

const readS3Events = (body: string) => readMessage(body).events;

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
  // What a rule of the bucket deletes.
  ['LifecycleExpiration:Delete', undefined, 'removed'],
  ['LifecycleExpiration:Delete', 'v1', 'version-removed'],
  ['LifecycleExpiration:DeleteMarkerCreated', 'v2', 'removed'],
  ['s3:LifecycleExpiration:DeleteMarkerCreated', 'v2', 'removed'],
])('%s with version %s is %s', (name, versionId, kind) => {
  expect(readS3Events(notification({ name, key: 'a', ...(versionId && { versionId }) }))[0]?.kind).toBe(kind);
});

test.each(['ObjectTagging:Put', 'LifecycleTransition', 'ObjectRestore:Delete', 'ObjectRemoved:Other'])(
  '%s changes no object and is passed over',
  name => {
    expect(readMessage(notification({ name, key: 'a', versionId: 'v1' }))).toEqual({
      events: [],
      faults: [],
    });
  },
);

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
    expect(readMessage(body)).toEqual({
      events: [],
      faults: [expect.objectContaining({ code: 'not-an-s3-event', retryable: false })],
    });
  },
);

test('a record that cannot be read does not keep its neighbours from being read', () => {
  const { Records } = JSON.parse(notification({ name: 'ObjectCreated:Put', key: 'good.txt' }));
  const { events, faults } = readMessage(JSON.stringify({ Records: [{ eventName: 'x' }, ...Records] }));
  expect(events.map(({ key }) => key)).toEqual(['good.txt']);
  expect(faults).toEqual([expect.objectContaining({ code: 'not-an-s3-event' })]);
});

/** As SNS sends to a queue, unless the subscription is set to raw delivery. */
const bySns = (Message: string) =>
  JSON.stringify({
    Type: 'Notification',
    MessageId: '94e7fd0f-5c6e-5d3c-9b1a-a0f6a7a0a1b2',
    TopicArn: 'arn:aws:sns:eu-west-1:123456789012:copy',
    Subject: 'Amazon S3 Notification',
    Message,
    Timestamp: '2026-11-01T10:00:00.500Z',
    SignatureVersion: '1',
  });

/** As EventBridge sends to a queue. */
const byEventBridge = (type: string, detail: object = {}, object: object = {}) =>
  JSON.stringify({
    version: '0',
    id: '17793124-05d4-b198-2fde-7ededc63b103',
    'detail-type': type,
    source: 'aws.s3',
    account: '123456789012',
    time: '2026-11-01T10:00:00Z',
    region: 'eu-west-1',
    resources: ['arn:aws:s3:::intake'],
    detail: {
      version: '0',
      bucket: { name: 'intake' },
      object: {
        key: 'world/a b+c%41.txt',
        etag: 'abc',
        'version-id': 'v1',
        sequencer: '00617F08299329D189',
        ...object,
      },
      reason: 'PutObject',
      ...detail,
    },
  });

test.each([
  ['Object Created', undefined, 'created'],
  ['Object Deleted', 'Delete Marker Created', 'removed'],
  ['Object Deleted', 'Permanently Deleted', 'version-removed'],
])('%s (%s) of EventBridge is %s; its key is not URL-encoded', (type, deletion, kind) => {
  const detail = deletion === undefined ? {} : { 'deletion-type': deletion };
  expect(readMessage(byEventBridge(type, detail, { size: 3 }))).toEqual({
    events: [
      {
        kind,
        bucket: 'intake',
        key: 'world/a b+c%41.txt',
        keyIsBroken: false,
        versionId: 'v1',
        etag: 'abc',
        size: 3,
        sequencer: '00617F08299329D189',
        at: '2026-11-01T10:00:00.000Z',
      },
    ],
    faults: [],
  });
});

test('an object deleted for good in a bucket without versions is removed', () => {
  const body = byEventBridge(
    'Object Deleted',
    { 'deletion-type': 'Permanently Deleted' },
    { 'version-id': undefined },
  );
  expect(readS3Events(body)).toMatchObject([{ kind: 'removed', versionId: undefined }]);
});

test.each(['Object Tags Added', 'Object Restore Completed', 'Object Storage Class Changed'])(
  '%s of EventBridge changes no object',
  type => expect(readMessage(byEventBridge(type))).toEqual({ events: [], faults: [] }),
);

test('whatever wraps an event, it is the same event', () => {
  const plain = notification({ name: 'ObjectCreated:Put', key: 'a+b.txt', versionId: 'v1' });
  expect(readMessage(bySns(plain))).toEqual(readMessage(plain));
  const bridged = byEventBridge('Object Created');
  expect(readMessage(bySns(bridged))).toEqual(readMessage(bridged));
  expect(readMessage(bySns(bySns(bridged)))).toEqual(readMessage(bridged));
  expect(readMessage(bySns(JSON.stringify({ Event: 's3:TestEvent' })))).toEqual({ events: [], faults: [] });
});

test('envelopes without end are a fault, and no endless loop', () => {
  let body = notification({ name: 'ObjectCreated:Put', key: 'a' });
  for (let depth = 0; depth < 6; depth++) body = bySns(body);
  expect(readMessage(body)).toEqual({
    events: [],
    faults: [expect.objectContaining({ code: 'not-an-s3-event' })],
  });
});

test('EventBridge events of other services are a fault', () => {
  const body = byEventBridge('Object Created').replace('aws.s3', 'aws.ec2');
  expect(readMessage(body).faults).toHaveLength(1);
});

test('whatever a message holds, reading it does not throw', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), body => {
      const { events, faults } = readMessage(bySns(body));
      expect(events).toEqual([]);
      expect(faults.length).toBeGreaterThan(0);
    }),
  );
});

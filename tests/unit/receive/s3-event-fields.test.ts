import { readMessage } from '../../../functions/ingest/receive/s3-event.ts';

const record = (object: object = {}, name = 'ObjectCreated:Put', bucket: object = { name: 'intake' }) => ({
  eventName: name,
  eventTime: '2026-11-01T10:00:00Z',
  s3: { bucket, object: { key: 'a.txt', ...object } },
});
const read = (...records: object[]) => readMessage(JSON.stringify({ Records: records }));

test('an event says all that S3 says of the object', () => {
  const object = { key: 'world/a.txt', size: 7, eTag: 'abc', versionId: 'v1', sequencer: '0A' };
  expect(read(record(object))).toEqual({
    events: [
      {
        kind: 'created',
        bucket: 'intake',
        key: 'world/a.txt',
        keyIsBroken: false,
        versionId: 'v1',
        etag: 'abc',
        size: 7,
        sequencer: '0A',
        at: '2026-11-01T10:00:00.000Z',
      },
    ],
    faults: [],
  });
});

test('what S3 leaves out is empty', () => {
  const nothing = { etag: '', size: 0, sequencer: '', versionId: undefined };
  expect(read(record()).events).toEqual([expect.objectContaining(nothing)]);
  expect(read(record({ versionId: '' })).events).toEqual([expect.objectContaining(nothing)]);
  const bridged = {
    source: 'aws.s3',
    'detail-type': 'Object Created',
    time: '2026-11-01T10:00:00Z',
    detail: { bucket: { name: 'intake' }, object: { key: 'a.txt' } },
  };
  expect(readMessage(JSON.stringify(bridged)).events).toEqual([expect.objectContaining(nothing)]);
});

test.each(['0x1', 'g0', '0A ', '-1'])('“%s” is no sequencer: the record is a fault', sequencer => {
  const { events, faults } = read(record({ sequencer }), record({ sequencer: '0a' }));
  expect(events.map(event => event.sequencer)).toEqual(['0a']);
  expect(faults).toHaveLength(1);
});

test('a record without its bucket, key or time is a fault, and says of which field', () => {
  for (const [broken, field] of [
    [record({}, 'ObjectCreated:Put', {}), 'bucket'],
    [record({ key: undefined }), 'key'],
    [{ ...record(), eventTime: 'today' }, 'eventTime'],
  ] as const) {
    const [fault] = read(broken).faults;
    expect(fault?.message).toMatch(/record .* S3/);
    expect(String(fault?.cause)).toContain(field);
  }
});

test.each([
  'xs3:ObjectCreated:Put',
  'Other:ObjectRemoved:Delete',
  'ObjectRemoved:Delete:More',
  'ObjectRemoved:',
  'ObjectRemoved:Delete\nx',
])('%j is an event of another kind', name =>
  expect(read(record({}, name))).toEqual({ events: [], faults: [] }),
);

test.each([
  ['no JSON', '{', /JSON/],
  ['no notification', '{"a":1}', /notification/],
])('a message that is %s says so, with its cause', (_, body, message) => {
  const [fault] = readMessage(body).faults;
  expect(fault?.message).toMatch(message);
  expect(fault?.cause).toBeInstanceOf(Error);
});

test('as many envelopes are opened as anybody puts around an event', () => {
  const wrapped = (depth: number): string =>
    depth === 0
      ? JSON.stringify({ Records: [record()] })
      : JSON.stringify({ Type: 'Notification', Message: wrapped(depth - 1) });
  expect(readMessage(wrapped(4)).events).toHaveLength(1);
  expect(readMessage(wrapped(5))).toEqual({
    events: [],
    faults: [expect.objectContaining({ code: 'not-an-s3-event' })],
  });
});

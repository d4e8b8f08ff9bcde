import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import { awaitedSince, secondsBetween } from '../../../functions/publish/receive/measures.ts';

const NOON = '2026-11-23T12:00:00.000Z';
const ONE = '2026-11-23T13:00:00.000Z';
const EVENING = '2026-11-23T18:00:00.000Z';

interface Fields {
  status?: string;
  revision?: string;
  sequencer?: string;
  uploadedAt?: string;
  embargoUntil?: string;
  publishedAt?: string;
  publishedFrom?: string;
}

const image = ({ revision = '1', sequencer = '01', uploadedAt = NOON, ...rest }: Fields) => {
  const text = { status: 'live', publishedAt: uploadedAt, publishedFrom: 'upload', ...rest };
  const attributes: Record<string, AttributeValue> = {
    revision: { N: revision },
    source: { M: { sequencer: { S: sequencer }, uploadedAt: { S: uploadedAt } } },
  };
  for (const [name, value] of Object.entries(text)) attributes[name] = { S: value };
  return attributes;
};

const change = (before: Fields | undefined, now: Fields | undefined): DynamoDBRecord => ({
  dynamodb: { ...(before && { OldImage: image(before) }), ...(now && { NewImage: image(now) }) },
});

test.each<[what: string, before: Fields | undefined, now: Fields | undefined, since: string | undefined]>([
  ['a first upload', undefined, {}, NOON],
  ['a correction', {}, { sequencer: '02', uploadedAt: ONE, revision: '2' }, ONE],
  ['the same file uploaded again', {}, { sequencer: '02', uploadedAt: ONE }, undefined],
  ['the same file read anew, after an upgrade', {}, { revision: '2' }, undefined],
  ['a story that is not public', undefined, { status: 'scheduled', embargoUntil: EVENING }, undefined],
  ['a release', { status: 'scheduled', embargoUntil: EVENING }, { embargoUntil: EVENING }, EVENING],
  [
    'a release by the date',
    { status: 'scheduled' },
    { publishedAt: EVENING, publishedFrom: 'front-matter' },
    EVENING,
  ],
  ['an upload after the embargo', undefined, { uploadedAt: EVENING, embargoUntil: NOON }, EVENING],
  ['an upload over a held story', { status: 'scheduled' }, { sequencer: '02', uploadedAt: ONE }, ONE],
  ['a kill', {}, { status: 'withdrawn' }, undefined],
  ['a restored story', { status: 'withdrawn' }, {}, undefined],
  ['a duplicate that takes a place', { status: 'duplicate' }, {}, undefined],
  ['a file that can be read at last', { status: 'rejected' }, { sequencer: '02', uploadedAt: ONE }, ONE],
  ['a deletion', {}, undefined, undefined],
  ['a picture', undefined, { status: 'media' }, undefined],
])('readers wait for %s since it can be public', (_, before, now, since) => {
  expect(awaitedSince(change(before, now))).toBe(since);
});

test('clocks that differ make no negative age', () => {
  expect(secondsBetween(NOON, ONE)).toBe(3_600);
  expect(secondsBetween(ONE, NOON)).toBe(0);
});

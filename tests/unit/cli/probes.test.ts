import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { ingestProbes, probeIngest } from '../../../functions/ingest/receive/probe.ts';
import { probePublish, publishProbes } from '../../../functions/publish/receive/probe.ts';
import { Bucket } from '../../../shared/aws/bucket.ts';
import { Articles } from '../../../shared/table/articles.ts';

const region = 'eu-west-1';
const s3 = mockClient(S3Client);
const table = mockClient(DynamoDBDocumentClient);
const sqs = mockClient(SQSClient);
const client = new S3Client({ region });
const bucket = (name: string) => new Bucket(client, name);
const deps = {
  articles: new Articles(new DynamoDBClient({ region }), 'articles', { namespace: 'copydesk' }),
  intake: bucket('intake'),
  storage: bucket('storage'),
  siteBucket: bucket('site'),
};
const site = { hub: 'https://hub.example.org/', baseUrl: 'https://news.example.org' } as never;

beforeEach(() => {
  for (const mock of [s3, table, sqs]) mock.reset();
});

const fault = (name: string, httpStatusCode: number) =>
  Object.assign(new Error(`${name}!`), { name, $metadata: { httpStatusCode } });

const FUNCTIONS = [
  ['ingest', () => ingestProbes(deps), () => probeIngest(deps)],
  ['publish', () => publishProbes(deps), () => probePublish({ ...deps, site })],
] as const;

test.each(FUNCTIONS)('each call of %s that AWS refuses is named', async (_, calls, probe) => {
  s3.onAnyCommand().rejects(fault('AccessDenied', 403));
  table.onAnyCommand().rejects(fault('AccessDeniedException', 400));
  const { probed } = await probe();
  const name = ({ action, resource }: { action: string; resource: string }) => `${action} ${resource}`;
  expect(probed.tried).toBe(calls().length);
  expect(probed.faults.map(name).sort()).toEqual(calls().map(name).sort());
  for (const { message } of probed.faults) expect(message).toMatch(/AccessDenied/);
  expect(sqs.calls()).toEqual([]);
});

test.each(FUNCTIONS)(
  '%s is well if nothing is there to read, and no condition holds',
  async (_, __, probe) => {
    s3.onAnyCommand().rejects(fault('NoSuchKey', 404));
    table.onAnyCommand().rejects(fault('ConditionalCheckFailedException', 400));
    const { probed } = await probe();
    // These have no condition, and are refused here only because everything is.
    const unconditional =
      /^(s3:(ListBucket|DeleteObject)|dynamodb:(GetItem|BatchGetItem|BatchWriteItem|Scan|Query))$/;
    expect(probed.faults.filter(({ action }) => !unconditional.test(action))).toEqual([]);
  },
);

test.each([
  [200, undefined],
  [202, undefined],
  [404, 'The hub answered 404 to https://news.example.org/feed.xml.'],
  [503, 'The hub answered 503 to https://news.example.org/feed.xml.'],
])('publish asks the hub about the main feed, which answers %d', async (status, said) => {
  const asked: unknown[] = [];
  const fetch = (async (address: string, { body }: { body: URLSearchParams }) => {
    asked.push(address, body.get('hub.url'));
    return new Response(null, { status });
  }) as never;
  const { probed } = await probePublish({ ...deps, site, fetch });
  expect(probed.hub).toEqual({ address: 'https://hub.example.org/', fault: said });
  expect(asked).toEqual(['https://hub.example.org/', 'https://news.example.org/feed.xml']);
});

test('a laptop asks no hub, because no hub can read its feeds', async () => {
  expect((await probePublish({ ...deps, site })).probed.hub).toBeUndefined();
});

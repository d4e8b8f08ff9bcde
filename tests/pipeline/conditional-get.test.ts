import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { LOCAL_CREDENTIALS, REGION } from '../../local/common/region.ts';
import { type S3Server, startS3 } from '../../local/s3/server.ts';
import { readSiteBucket, type SiteServer, startSiteServer } from '../../local/site-server.ts';
import { Bucket } from '../../shared/aws/bucket.ts';
import { SECURITY_HEADERS } from '../../shared/stack/response-headers.ts';

/** What a feed reader saves by asking with what it was given, from the bucket to the wire. */

const FEED = `<rss>${'<item>The ferry sails again.</item>'.repeat(60)}</rss>`;
const OPTIONS = { contentType: 'application/rss+xml; charset=utf-8', cacheControl: 'public, max-age=60' };

let dir: string;
let s3Server: S3Server;
let s3: S3Client;
let bucket: Bucket;
let server: SiteServer;

beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'copydesk-'));
  s3Server = await startS3({ dir, port: 0, buckets: { site: {} } });
  s3 = new S3Client({
    region: REGION,
    credentials: LOCAL_CREDENTIALS,
    endpoint: s3Server.url,
    forcePathStyle: true,
  });
  bucket = new Bucket(s3, 'site');
  server = await startSiteServer({ port: 0, read: readSiteBucket(s3, 'site'), headers: SECURITY_HEADERS });
  await bucket.putIfChanged('feed.xml', FEED, OPTIONS);
});
afterEach(async () => {
  await server.close();
  s3.destroy();
  await s3Server.close();
  await rm(dir, { recursive: true, force: true });
});

interface Answer {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  bytes: number;
}

/** Asks without the help of `fetch`, which would add headers of its own. */
function ask(headers: Record<string, string> = {}, method = 'GET', file = 'feed.xml'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request(`${server.url}/${file}`, { method, headers, agent: false }, response => {
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes }),
      );
    })
      .on('error', reject)
      .end();
  });
}

async function given(headers: Record<string, string> = {}): Promise<{ etag: string; lastModified: string }> {
  const { status, headers: answered } = await ask(headers);
  expect(status).toBe(200);
  return { etag: String(answered.etag), lastModified: String(answered['last-modified']) };
}

const strong = (tag: string) => tag.replace(/^W\//, '');

test('what is asked for with its tag or its date is not sent again', async () => {
  const { etag, lastModified } = await given();
  expect(etag).toMatch(/^"[^"]+"$/);
  for (const headers of [
    { 'if-none-match': etag },
    { 'if-none-match': `W/${etag}` },
    { 'if-none-match': `"other", W/"another",${etag}` },
    { 'if-none-match': `"with, comma", ${etag}` },
    { 'if-none-match': '*' },
    { 'if-modified-since': lastModified },
    { 'if-none-match': etag, 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
  ] as Record<string, string>[]) {
    for (const method of ['GET', 'HEAD']) {
      const { status, bytes, headers: answered } = await ask(headers, method);
      expect({ headers, method, status, bytes }).toEqual({ headers, method, status: 304, bytes: 0 });
      // RFC 9110, section 15.4.5: what a cache needs to go on using what it has.
      expect(answered).toMatchObject({
        etag,
        'cache-control': OPTIONS.cacheControl,
        vary: expect.stringMatching(/accept-encoding/i),
      });
    }
  }
});

test('another tag, an older date or nonsense gets it whole', async () => {
  const { etag } = await given();
  for (const headers of [
    { 'if-none-match': '"other"' },
    { 'if-none-match': etag.replaceAll('"', '') },
    { 'if-none-match': '' },
    { 'if-modified-since': 'Thu, 01 Jan 1970 00:00:00 GMT' },
    { 'if-modified-since': 'yesterday' },
    { 'if-none-match': '"other"', 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' },
  ] as Record<string, string>[]) {
    const { status, bytes } = await ask(headers);
    expect({ headers, status, bytes }).toEqual({ headers, status: 200, bytes: FEED.length });
  }
});

test('a tag is good whether it came with a compressed answer or not', async () => {
  const plain = await given();
  const zipped = await given({ 'accept-encoding': 'gzip' });
  expect(strong(zipped.etag)).toBe(plain.etag);
  expect((await ask({ 'accept-encoding': 'gzip' })).bytes).toBeLessThan(FEED.length / 4);
  expect((await ask({ 'accept-encoding': 'gzip', 'if-none-match': plain.etag })).status).toBe(304);
  expect((await ask({ 'if-none-match': zipped.etag })).status).toBe(304);
  expect((await ask({ 'accept-encoding': 'gzip', 'if-none-match': zipped.etag })).status).toBe(304);
});

test('HEAD says what GET would, without sending it', async () => {
  for (const encoding of ['identity', 'gzip']) {
    const got = await ask({ 'accept-encoding': encoding });
    const { status, bytes, headers } = await ask({ 'accept-encoding': encoding }, 'HEAD');
    expect({ status, bytes }).toEqual({ status: 200, bytes: 0 });
    const { date: _, ...same } = got.headers;
    expect(headers).toMatchObject(same);
  }
});

test('a publish that changes nothing leaves tag and date; one that does gives another tag at once', async () => {
  const before = await given();
  expect(await bucket.putIfChanged('feed.xml', FEED, OPTIONS)).toBe(false);
  expect(await given()).toEqual(before);
  expect(await bucket.putIfChanged('feed.xml', FEED.replace('ferry', 'boat'), OPTIONS)).toBe(true);
  const { status } = await ask({ 'if-none-match': before.etag });
  expect(status).toBe(200);
  expect((await given()).etag).not.toBe(before.etag);
});

test('what is not there is not there, whatever the reader has', async () => {
  const { etag } = await given();
  for (const headers of [{ 'if-none-match': '*' }, { 'if-none-match': etag }])
    expect((await ask(headers, 'GET', 'gone.xml')).status).toBe(404);
});

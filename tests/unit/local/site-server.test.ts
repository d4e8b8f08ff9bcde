import { gunzipSync } from 'node:zlib';
import { objectKey, type SiteObject, type SiteServer, startSiteServer } from '../../../local/site-server.ts';

const lastModified = new Date('2026-01-02T03:04:05.678Z');
const object = (body: string, contentType: string): SiteObject => ({
  bytes: Buffer.from(body),
  contentType,
  cacheControl: 'public, max-age=60',
  etag: '"tag"',
  lastModified,
});
const large = '<p>story</p>'.repeat(200);
const site = new Map<string, SiteObject>([
  ['index.html', object('front', 'text/html; charset=utf-8')],
  ['world/index.html', object('world', 'text/html; charset=utf-8')],
  ['feed.xml', object(large, 'application/rss+xml; charset=utf-8')],
  ['photo.jpg', object(large, 'image/jpeg')],
]);
let server: SiteServer;
const errors: unknown[] = [];
beforeAll(async () => {
  server = await startSiteServer({
    port: 0,
    read: async key => {
      if (key === 'broken') throw new Error('no disk');
      return site.get(key);
    },
    headers: { 'x-content-type-options': 'nosniff' },
    onError: error => errors.push(error),
  });
});
afterAll(() => server.close());

const get = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${server.url}${path}`, { method, headers: { 'accept-encoding': 'identity', ...headers } });

test('folders are their index pages', async () => {
  expect(await (await get('/')).text()).toBe('front');
  expect(await (await get('/world/?utm=1')).text()).toBe('world');
});

test('sends the headers of the object', async () => {
  const { status, headers } = await get('/feed.xml');
  expect(status).toBe(200);
  expect(Object.fromEntries(headers)).toMatchObject({
    'content-type': 'application/rss+xml; charset=utf-8',
    'cache-control': 'public, max-age=60',
    etag: '"tag"',
    'last-modified': 'Fri, 02 Jan 2026 03:04:05 GMT',
    'content-length': String(large.length),
    vary: 'Accept-Encoding',
  });
});

test('answers 304 to who has it, also by date', async () => {
  for (const headers of [
    { 'if-none-match': '"tag"' },
    { 'if-none-match': '"a", W/"tag"' },
    { 'if-modified-since': lastModified.toUTCString() },
  ]) {
    const answer = await get('/feed.xml', headers as unknown as Record<string, string>);
    expect([answer.status, answer.headers.get('etag'), await answer.text()]).toEqual([304, '"tag"', '']);
  }
  expect(
    (await get('/feed.xml', { 'if-none-match': '"old"', 'if-modified-since': lastModified.toUTCString() }))
      .status,
  ).toBe(200);
  expect((await get('/feed.xml', { 'if-modified-since': 'Thu, 01 Jan 2026 00:00:00 GMT' })).status).toBe(200);
});

test('compresses what CloudFront compresses, and only for who asks', async () => {
  const { request } = await import('node:http');
  const raw = (path: string, encoding: string) =>
    new Promise<[string | undefined, string | undefined, Buffer]>((resolve, reject) => {
      request(`${server.url}${path}`, { headers: { 'accept-encoding': encoding } }, async response => {
        const chunks: Buffer[] = [];
        for await (const chunk of response) chunks.push(chunk);
        resolve([response.headers['content-encoding'], response.headers.etag, Buffer.concat(chunks)]);
      })
        .on('error', reject)
        .end();
    });
  const [encoding, etag, body] = await raw('/feed.xml', 'br;q=1, gzip;q=0.5');
  expect([encoding, etag, gunzipSync(body).toString()]).toEqual(['gzip', 'W/"tag"', large]);
  expect((await raw('/feed.xml', 'gzip;q=0'))[0]).toBeUndefined();
  expect((await raw('/photo.jpg', 'gzip'))[0]).toBeUndefined();
  expect((await raw('/', 'gzip'))[0]).toBeUndefined();
});

test('HEAD is GET without the body', async () => {
  const answer = await get('/feed.xml', {}, 'HEAD');
  expect([answer.status, answer.headers.get('content-length'), await answer.text()]).toEqual([
    200,
    String(large.length),
    '',
  ]);
});

test.each([
  ['/nothing', 'GET', 404],
  ['/%E0%A4%A', 'GET', 404],
  ['/broken', 'GET', 500],
  ['/', 'POST', 405],
  ['/', 'OPTIONS', 204],
  ['/', 'GET', 200],
])('%s by %s: %d with CORS and security headers', async (path, method, status) => {
  const answer = await get(path, {}, method);
  expect(answer.status).toBe(status);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'ETag',
    'x-content-type-options': 'nosniff',
  });
  if (status >= 400) expect(await answer.text()).toContain('<a href="/">');
});

test('the site’s own 404 page wins', async () => {
  site.set('404.html', object('lost?', 'text/html'));
  const answer = await get('/nothing', { 'if-none-match': '"tag"' });
  expect([answer.status, await answer.text(), answer.headers.get('cache-control')]).toEqual([
    404,
    'lost?',
    'no-cache',
  ]);
  site.delete('404.html');
});

test('keys are decoded once', () => {
  expect(objectKey('/a%20b%252F.html?x#y')).toBe('a b%2F.html');
});

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
  [
    'feed.xml',
    {
      ...object(large, 'application/rss+xml; charset=utf-8'),
      link: '<https://news.example/feed.xml>; rel="self"',
    },
  ],
  ['photo.jpg', object(large, 'image/jpeg')],
  [
    'old/index.html',
    { ...object('moved', 'text/html; charset=utf-8'), status: 301, location: '/articles/ferry.html' },
  ],
  ['articles/gone.html', { ...object('withdrawn', 'text/html; charset=utf-8'), status: 410 }],
]);
let server: SiteServer;
const errors: unknown[] = [];
beforeAll(async () => {
  server = await startSiteServer({
    port: 0,
    read: async key => {
      if (key === 'broken.html') throw new Error('no disk');
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
    link: '<https://news.example/feed.xml>; rel="self"',
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
  ['/nothing.html', 'GET', 404],
  ['/nothing/', 'GET', 404],
  ['/%E0%A4%A', 'GET', 404],
  ['/broken.html', 'GET', 500],
  ['/', 'POST', 405],
  ['/', 'OPTIONS', 405],
  ['/', 'GET', 200],
])('%s by %s: %d with security headers, and no leave for other origins', async (path, method, status) => {
  const answer = await get(path, {}, method);
  expect(answer.status).toBe(status);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  if (status >= 400) expect(await answer.text()).toContain('<a href="/">');
});

test('the site’s own 404 page wins', async () => {
  site.set('404.html', object('lost?', 'text/html'));
  const answer = await get('/nothing.html', { 'if-none-match': '"tag"' });
  expect([answer.status, await answer.text(), answer.headers.get('cache-control')]).toEqual([
    404,
    'lost?',
    'no-cache',
  ]);
  site.delete('404.html');
});

test('a folder without its slash is the folder', async () => {
  for (const query of ['', '?utm=1&b=%20']) {
    const answer = await fetch(`${server.url}/world${query}`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([301, `./world/${query}`]);
  }
  expect(await (await get('/world')).text()).toBe('world');
  const twice = await fetch(`${server.url}//elsewhere`, { redirect: 'manual' });
  expect(new URL(twice.headers.get('location') ?? '', twice.url).host).toBe(new URL(server.url).host);
});

test('an address that leads to another one is moved, with its query', async () => {
  for (const query of ['', '?utm=1&b=%20']) {
    const answer = await fetch(`${server.url}/old/${query}`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location'), await answer.text()]).toEqual([
      301,
      `/articles/ferry.html${query}`,
      'moved',
    ]);
  }
});

test('what was withdrawn is gone, and stays so for who has asked before', async () => {
  const answer = await get('/articles/gone.html');
  expect([answer.status, await answer.text()]).toEqual([410, 'withdrawn']);
  expect((await get('/articles/gone.html', { 'if-none-match': '"tag"' })).status).toBe(304);
  expect((await get('/articles/gone.html', { range: 'bytes=0-3' })).status).toBe(410);
});

test.each([
  ['bytes=0-3', 206, large.slice(0, 4), `bytes 0-3/${large.length}`],
  ['bytes=-3', 206, large.slice(-3), `bytes ${large.length - 3}-${large.length - 1}/${large.length}`],
  ['bytes=10-', 206, large.slice(10), `bytes 10-${large.length - 1}/${large.length}`],
  ['bytes=0-1,5-6', 200, large, null],
  ['lines=1-2', 200, large, null],
])('a player that asks for %s gets %d', async (range, status, body, part) => {
  const answer = await get('/photo.jpg', { range });
  expect([answer.status, answer.headers.get('content-range'), answer.headers.get('etag')]).toEqual([
    status,
    part,
    '"tag"',
  ]);
  expect(answer.headers.get('accept-ranges')).toBe('bytes');
  expect(await answer.text()).toBe(body);
});

test('a part beyond the end is refused, one of a file that has changed is not sent', async () => {
  const beyond = await get('/photo.jpg', { range: `bytes=${large.length}-` });
  expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${large.length}`]);
  const part = (known: string) => get('/photo.jpg', { range: 'bytes=0-3', 'if-range': known });
  expect([(await part('"tag"')).status, (await part('"old"')).status]).toEqual([206, 200]);
  const head = await get('/photo.jpg', { range: 'bytes=0-3' }, 'HEAD');
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([206, '4', '']);
});

test('keys are decoded once', () => {
  expect(objectKey('/a%20b%252F.html?x#y')).toBe('a b%2F.html');
});

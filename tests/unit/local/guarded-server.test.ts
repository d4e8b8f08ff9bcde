import { request } from 'node:http';
import {
  framedPolicy,
  type GuardedServer,
  send,
  sendNotFound,
  startGuardedServer,
} from '../../../local/common/guarded-server.ts';
import { SECURITY_HEADERS } from '../../../shared/stack/response-headers.ts';

const TOKEN = 'right-token';
const SECRET = 'The ferry is sold on Friday';

let server: GuardedServer;
const errors: unknown[] = [];
beforeAll(async () => {
  server = await startGuardedServer({
    port: 0,
    token: TOKEN,
    onError: error => errors.push(error),
    answer: async ({ method, path, query, response }) => {
      if (path === '/broken') throw new Error(SECRET);
      if (path === '/nothing') sendNotFound(response);
      else send(response, `${SECRET}: ${method} ${path} ${query}`, 'text/plain');
    },
  });
});
afterAll(() => server.close());

interface Answered {
  status: number;
  body: string;
  headers: Record<string, unknown>;
}

/** Asks with a path that nothing makes shorter. */
function ask(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port: server.port, method, path, headers };
    const call = request(options, response => {
      const pieces: Buffer[] = [];
      response.on('data', piece => pieces.push(piece));
      response.once('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(pieces).toString(),
          headers: response.headers,
        }),
      );
    });
    call.on('error', reject).end();
  });
}

test('the right token is answered, and its address is not the same twice', async () => {
  expect(await ask(`/${TOKEN}/a/b%20c?d=e`)).toMatchObject({
    status: 200,
    body: `${SECRET}: GET /a/b c d=e`,
  });
  const other = await startGuardedServer({ port: 0, answer: async () => undefined });
  const another = await startGuardedServer({ port: 0, answer: async () => undefined });
  const tokens = [other, another].map(({ url }) => new URL(url).pathname);
  await Promise.all([other.close(), another.close()]);
  expect(tokens[0]).toMatch(/^\/[\w-]{32}\/$/);
  expect(tokens[0]).not.toBe(tokens[1]);
});

test.each([
  '/',
  '//',
  `/${TOKEN}`,
  `//${TOKEN}/`,
  '/wrong-token/',
  `/${TOKEN.slice(1)}/`,
  `/${TOKEN}x/`,
  `/${TOKEN.toUpperCase()}/`,
  `/x/${TOKEN}/`,
  `/?token=${TOKEN}`,
  `/wrong/../${TOKEN}/`,
  '/favicon.ico',
])('without the right token, %s shows nothing', async path => {
  const { status, body } = await ask(path);
  const nothing = await ask(`/${TOKEN}/nothing`);
  expect({ status, body }).toEqual({ status: 404, body: nothing.body });
});

test.each([
  '/../etc/passwd',
  '/a/../../b',
  '/%2e%2e/b',
  '/a/%2E%2E%2fb',
  '/..%5cb',
  '/a%2fb',
  '/a%00',
  '/%zz',
  '/./a',
])('the path %s leads nowhere', async path => {
  expect((await ask(`/${TOKEN}${path}`)).status).toBe(404);
});

test.each([
  { host: 'rebound.example' },
  { host: '127.0.0.1.rebound.example' },
  { origin: 'https://news.example' },
  { origin: 'http://127.0.0.1:1' },
  { origin: 'null' },
  { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'script' },
  { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
] as Record<string, string>[])('%j is refused, also with the right token', async headers => {
  for (const method of ['GET', 'POST', 'OPTIONS'])
    for (const path of [`/${TOKEN}/`, '/wrong/']) {
      const { status, body } = await ask(path, headers, method);
      expect([method, path, status, body.includes(SECRET)]).toEqual([method, path, 403, false]);
    }
});

test.each([
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'cross-site', 'sec-fetch-user': '?1' },
  { 'sec-fetch-site': 'same-site', 'content-type': 'application/x-www-form-urlencoded' },
] as Record<string, string>[])(
  'a form of another page is refused, also without an origin (%j)',
  async headers => {
    const form = { ...headers, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    const { status, body } = await ask(`/${TOKEN}/`, form, 'POST');
    expect([status, body.includes(SECRET)]).toEqual([403, false]);
    expect((await ask(`/${TOKEN}/`, form)).status).toBe(200);
  },
);

test('a page of the server itself may read and post', async () => {
  const own = { origin: `http://127.0.0.1:${server.port}`, 'sec-fetch-site': 'same-origin' };
  const address = new URL(server.url);
  for (const method of ['GET', 'POST'])
    expect((await ask(address.pathname, { ...own, host: address.host }, method)).status).toBe(200);
});

test.each(['OPTIONS', 'PUT', 'DELETE', 'PATCH'])('%s is not allowed', async method => {
  const { status, headers } = await ask(`/${TOKEN}/`, {}, method);
  expect([status, Object.keys(headers).filter(name => name.startsWith('access-control-'))]).toEqual([
    405,
    [],
  ]);
});

test('an error is reported to the command and not to the page', async () => {
  const { status, body } = await ask(`/${TOKEN}/broken`);
  expect([status, body.includes(SECRET)]).toEqual([500, false]);
  expect(errors).toEqual([new Error(SECRET)]);
});

test('every answer forbids caches, frames of others and foreign content', async () => {
  for (const path of [`/${TOKEN}/`, `/${TOKEN}/nothing`, '/wrong/', `/${TOKEN}/broken`])
    expect((await ask(path)).headers).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; .*frame-ancestors 'none'$/),
      'cross-origin-resource-policy': 'same-origin',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    });
});

test('the answer to HEAD has no body', async () => {
  const { status, body, headers } = await ask(`/${TOKEN}/`, {}, 'HEAD');
  expect([status, body]).toEqual([200, '']);
  expect(Number(headers['content-length'])).toBeGreaterThan(0);
});

test('a page of the site in a frame has the policy of the site, without scripts, forms and windows', () => {
  const site = SECURITY_HEADERS['content-security-policy'];
  const framed = framedPolicy(site).split('; ');
  expect(framed).toContain('sandbox allow-same-origin');
  expect(framed).toContain("frame-ancestors 'self'");
  const changed = new Set(["frame-ancestors 'none'"]);
  for (const rule of site.split('; ')) if (!changed.has(rule)) expect(framed).toContain(rule);
});

import { request } from 'node:http';
import { refusal } from '../../../local/common/listen.ts';
import type { RunningServices } from '../../../local/service-types.ts';
import { startServices } from '../../../local/services.ts';
import { type SiteServer, startSiteServer } from '../../../local/site-server.ts';

let services: RunningServices;
let site: SiteServer;
const ports = new Map<string, number>();
beforeAll(async () => {
  services = await startServices({
    handlers: () => ({ ingest: async () => undefined, publish: async () => undefined }),
  });
  site = await startSiteServer({ port: 0, read: async () => undefined });
  for (const [name, url] of Object.entries({ ...services.endpoints, site: site.url }))
    ports.set(name, Number(new URL(url).port));
});
afterAll(async () => {
  await services.close();
  await site.close();
});

/** Asks as a browser or program would, with any header. */
function ask(port: number, headers: Record<string, string>, method = 'GET') {
  return new Promise<{ status: number; cors: string[] }>((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, method, path: '/', headers }, response => {
      response.resume();
      const cors = Object.keys(response.headers).filter(name => name.startsWith('access-control-'));
      response.once('end', () => resolve({ status: response.statusCode ?? 0, cors }));
    });
    call.on('error', reject).end();
  });
}

const names = ['s3', 'sqs', 'dynamodb', 'lambda', 'site'];

test.each(names)(
  '%s refuses foreign hosts and pages of other origins, and answers no preflight',
  async name => {
    const port = ports.get(name) ?? 0;
    const refused = { status: 403, cors: [] };
    for (const method of ['GET', 'POST', 'PUT', 'OPTIONS'])
      for (const headers of [
        { host: 'rebound.example' },
        { host: `rebound.example:${port}` },
        { host: 'localhost.rebound.example' },
        { host: '127.0.0.1.rebound.example' },
        { host: 'notlocalhost' },
        { origin: 'https://news.example' },
        { origin: 'http://127.0.0.1:1' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
        { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' },
        { origin: 'https://news.example', upgrade: 'websocket', connection: 'upgrade' },
        { origin: 'https://news.example', 'access-control-request-method': 'PUT' },
      ] as Record<string, string>[])
        expect({ method, headers, ...(await ask(port, headers)) }).toEqual({ method, headers, ...refused });
  },
);

test.each(names)('%s answers programs, and what a person types into a browser', async name => {
  const port = ports.get(name) ?? 0;
  for (const headers of [
    { host: `localhost:${port}` },
    { host: `127.0.0.1:${port}` },
    { host: `[::1]:${port}` },
    { host: `intake.localhost:${port}` },
    { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' },
  ] as Record<string, string>[])
    expect({ headers, refused: (await ask(port, headers)).status === 403 }).toEqual({
      headers,
      refused: false,
    });
});

test('the site may be linked to and read by its own pages; services may not', () => {
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
  const own = { host: '127.0.0.1:8080', origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'same-origin' };
  expect([refusal(link, 'readers'), refusal(own, 'readers')]).toEqual([undefined, undefined]);
  expect(refusal(link, 'programs')).toBeDefined();
  expect(refusal(own, 'programs')).toBeDefined();
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Browser } from 'playwright-core';
import type { RunningServices } from '../../local/service-types.ts';
import { startServices } from '../../local/services.ts';
import { type SiteServer, startSiteServer } from '../../local/site-server.ts';
import { RECORD_SK } from '../../shared/table/keys.ts';
import { openChromium } from './chromium.ts';
import { TRY_ALL } from './in-page.ts';

/** What stands behind every port, and no page may read. */
const SECRET = 'The ferry is sold on Friday';

let services: RunningServices;
let site: SiteServer;
let elsewhere: Server;
let browser: Browser;
/** Events that reached a handler. */
const handled: string[] = [];
const keys = { pk: { S: 'secret' }, sk: { S: RECORD_SK } };

beforeAll(async () => {
  services = await startServices({
    handlers: () => ({
      ingest: async event => {
        handled.push(JSON.stringify(event));
        return undefined;
      },
      publish: async event => {
        handled.push(JSON.stringify(event));
        return undefined;
      },
    }),
  });
  const { s3, dynamodb, tableName } = services;
  await s3.send(new PutObjectCommand({ Bucket: 'intake', Key: 'secret.txt', Body: SECRET }));
  await dynamodb.send(
    new PutItemCommand({ TableName: tableName, Item: { ...keys, headline: { S: SECRET } } }),
  );
  await services.idle();
  handled.length = 0;
  const bytes = Buffer.from(SECRET);
  site = await startSiteServer({
    port: 0,
    read: async () => ({ bytes, contentType: 'text/html', etag: '"e"', lastModified: new Date(0) }),
  });
  // Another port is another origin. It gives pages of its own leave to read, so that the attempts are seen to work.
  elsewhere = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'access-control-allow-origin': '*' });
    response.end(`<!doctype html><title>Elsewhere</title><p>${SECRET}`);
  });
  await new Promise<void>(resolve => elsewhere.listen(0, '127.0.0.1', resolve));
  browser = await openChromium();
});
afterAll(async () => {
  await browser?.close();
  await services.close();
  await site.close();
  await new Promise(resolve => elsewhere.close(resolve));
});

interface Attempt {
  path: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
}

/** Requests that the services obey when a program sends them; a browser sends those of simple types without asking. */
function attempts(): Attempt[] {
  const { queueUrl, tableName } = services;
  const authorization = 'AWS4-HMAC-SHA256 Credential=a/b/c/d/aws4_request, SignedHeaders=host, Signature=0';
  const dynamodb = (operation: string, input: object): Attempt => ({
    path: `/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a&X-Amz-Signature=0&X-Amz-SignedHeaders=host&X-Amz-Date=20260101T000000Z`,
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `DynamoDB_20120810.${operation}`,
    },
    body: JSON.stringify({ TableName: tableName, ...input }),
  });
  const message = new URLSearchParams({
    Action: 'SendMessage',
    QueueUrl: queueUrl,
    MessageBody: '{"forged":1}',
  });
  const event = JSON.stringify({ forged: true });
  const simple = { 'content-type': 'text/plain' };
  return [
    { path: '/', method: 'GET', headers: {} },
    { path: '/index.html', method: 'GET', headers: {} },
    { path: '/intake/secret.txt', method: 'GET', headers: {} },
    { path: '/intake/forged.txt', method: 'PUT', headers: {}, body: 'forged' },
    { path: '/intake/secret.txt', method: 'DELETE', headers: {} },
    {
      path: '/intake?delete',
      method: 'POST',
      headers: simple,
      body: '<Delete><Object><Key>secret.txt</Key></Object></Delete>',
    },
    { path: '/2015-03-31/functions/ingest/invocations', method: 'POST', headers: simple, body: event },
    { path: `/?${message}`, method: 'GET', headers: {} },
    {
      path: '/',
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: String(message),
    },
    {
      path: '/',
      method: 'POST',
      headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessage' },
      body: JSON.stringify({ QueueUrl: queueUrl, MessageBody: '{"forged":1}' }),
    },
    dynamodb('GetItem', { Key: keys }),
    dynamodb('DeleteItem', { Key: keys }),
    { ...dynamodb('DeleteItem', { Key: keys }), headers: { ...simple, authorization } },
  ];
}

/** Tries everything against an origin from within a page; gives whatever the page could read of the answers. */
async function tryAll(from: string, target: string): Promise<string[]> {
  const page = await browser.newPage();
  try {
    await page.goto(from);
    return await page.evaluate<string[]>(`(${TRY_ALL})(${JSON.stringify({ target, attempts: attempts() })})`);
  } finally {
    await page.close();
  }
}

const port = (server: Server) => (server.address() as AddressInfo).port;

test('the attempts do read what an origin gives leave to', async () => {
  const read = await tryAll(`http://localhost:${port(elsewhere)}/`, `http://127.0.0.1:${port(elsewhere)}`);
  expect(read.join('\n')).toContain(SECRET);
});

test('a page of another origin reads and changes nothing through any port', async () => {
  const { s3, dynamodb, tableName, endpoints } = services;
  for (const address of [...Object.values(endpoints), site.url])
    for (const target of [address, address.replace('127.0.0.1', 'localhost')])
      expect([target, await tryAll(`http://127.0.0.1:${port(elsewhere)}/`, target)]).toEqual([target, []]);
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'intake' }));
  expect(Contents.map(({ Key }) => Key)).toEqual(['secret.txt']);
  const { Item } = await dynamodb.send(new GetItemCommand({ TableName: tableName, Key: keys }));
  expect(Item?.headline).toEqual({ S: SECRET });
  await services.idle();
  expect(handled).toEqual([]);
});

test('a page of the site reaches no service', async () => {
  for (const target of Object.values(services.endpoints))
    expect([target, await tryAll(`${site.url}/`, target)]).toEqual([target, []]);
  expect(handled).toEqual([]);
});

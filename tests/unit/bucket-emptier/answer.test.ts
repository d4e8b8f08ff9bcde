import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { CloudFormationCustomResourceEvent, Context } from 'aws-lambda';
import { handler } from '../../../functions/bucket-emptier/lambda.ts';

/** What S3 gets where CloudFormation waits for the answer, and says to it. */
async function answered(status: number) {
  let received: { request: IncomingMessage; body: string } | undefined;
  const server = createServer(async (request, response) => {
    received = { request, body: await text(request) };
    response.writeHead(status).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const event = {
    RequestType: 'Create',
    ResponseURL: `http://127.0.0.1:${port}/answer?Signature=x`,
    StackId: 'stack',
    RequestId: 'request',
    LogicalResourceId: 'BucketEmptierIntakeEmptied',
    ResourceProperties: { ServiceToken: '', BucketName: 'copy' },
  } as unknown as CloudFormationCustomResourceEvent;
  try {
    await handler(event, { getRemainingTimeInMillis: () => 60_000 } as Context);
    return received;
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('the answer has no type: where the address is signed by version 2, S3 would refuse another than was signed', async () => {
  const { request, body } = (await answered(200)) ?? {};
  expect(request?.method).toBe('PUT');
  expect(request?.headers['content-type'] ?? '').toBe('');
  expect(request?.headers['content-length']).toBe(String(Buffer.byteLength(body ?? '')));
  expect(JSON.parse(body ?? '')).toMatchObject({ Status: 'SUCCESS', PhysicalResourceId: 'copy' });
});

test('an answer that is refused fails the call, so that Lambda repeats it', async () => {
  await expect(answered(403)).rejects.toThrow('403');
});

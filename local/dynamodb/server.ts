import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { crc32 } from 'node:zlib';
import { closeServer, createLocalServer, LOOPBACK, listen } from '../common/listen.ts';
import { type DynamoDb, type DynamoDbOptions, openDynamoDb } from './database.ts';
import { DynamoDbError, isOperation } from './engine.ts';

export interface DynamoDbServer {
  url: string;
  port: number;
  tableName: string;
  streamArn: string;
  close(): Promise<void>;
}

/** Maximum size of a request: DynamoDB's own limit. */
const MAX_REQUEST_BYTES = 16 * 1024 * 1024;

/** An answer: a status and a body that becomes JSON. */
interface Answer {
  status: number;
  body: object;
}

/**
 * Starts DynamoDB on loopback, as {@link openDynamoDb} opens it. It checks no credentials.
 * @param options.port 0 means any free port
 * @param options.onUnexpected receives errors that are not answers of DynamoDB, such as faults of the disk
 * @throws PortInUseError, and the errors of {@link openDynamoDb}
 */
export async function startDynamoDb(
  options: DynamoDbOptions & { port: number; onUnexpected?: (error: unknown) => void },
): Promise<DynamoDbServer> {
  const { onUnexpected = () => undefined } = options;
  let database: DynamoDb | undefined;
  const server = createLocalServer((message, response) => {
    answerTo(message, () => database).then(
      answer => send(response, answer),
      (error: unknown) => {
        message.resume();
        const isKnown = error instanceof DynamoDbError;
        if (!isKnown) onUnexpected(error);
        if (!response.destroyed)
          send(response, isKnown ? { status: error.status, body: error.body } : internalError(error));
      },
    );
  });
  // The port is opened first, so that a second process fails before it opens the database.
  const port = await listen(server, options.port);
  try {
    database = await openDynamoDb(options);
  } catch (error) {
    await closeServer(server);
    throw error;
  }
  const { tableName, streamArn, close: closeDatabase } = database;
  const close = async () => {
    await closeServer(server);
    database = undefined;
    await closeDatabase();
  };
  return { url: `http://${LOOPBACK}:${port}`, port, tableName, streamArn, close };
}

async function answerTo(message: IncomingMessage, current: () => DynamoDb | undefined): Promise<Answer> {
  const operation = String(message.headers['x-amz-target'] ?? '').split('.')[1] ?? '';
  if (message.method !== 'POST' || !isOperation(operation))
    throw new DynamoDbError(400, { __type: 'com.amazon.coral.service#UnknownOperationException' });
  const input = parseJson(await readBody(message));
  const database = current();
  if (!database) throw new Error('The database is closed.');
  return { status: 200, body: await database.call(operation, input) };
}

/** @throws DynamoDbError SerializationException */
function parseJson(body: Buffer): object {
  try {
    const value: unknown = JSON.parse(body.toString());
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // The error below reports broken JSON.
  }
  throw new DynamoDbError(400, { __type: 'com.amazon.coral.service#SerializationException' });
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message) {
    size += chunk.length;
    if (size > MAX_REQUEST_BYTES) throw new Error('The request is too large.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, { status, body }: Answer): void {
  const text = Buffer.from(JSON.stringify(body));
  response.writeHead(status, {
    'content-type': 'application/x-amz-json-1.0',
    'content-length': text.length,
    'x-amzn-requestid': randomBytes(26).toString('hex').toUpperCase(),
    'x-amz-crc32': crc32(text),
  });
  response.end(text);
}

function internalError(error: unknown): Answer {
  const message = (error as Error).message;
  return { status: 500, body: { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message } };
}

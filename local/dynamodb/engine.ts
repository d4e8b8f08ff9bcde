import { readdir, readFile } from 'node:fs/promises';
import { IncomingMessage, type OutgoingHttpHeaders, type RequestListener, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { ClassicLevel } from 'classic-level';
import dynalite from 'dynalite';

/** The HTTP answer of the database. */
export interface EngineAnswer {
  status: number;
  headers: OutgoingHttpHeaders;
  body: Buffer;
}

/** dynalite, called in this process instead of over a socket. */
export interface Engine {
  /** Passes a request on unchanged. */
  forward(request: {
    method: string;
    url: string;
    headers: IncomingMessage['headers'];
    body: Buffer;
  }): Promise<EngineAnswer>;
  /** Calls an operation, such as "GetItem". Returns undefined if the answer is an error. */
  call(operation: string, input: object): Promise<Record<string, unknown> | undefined>;
  close(): Promise<void>;
}

/** dynalite expects a signature with the right parts, but does not check it. */
const INTERNAL_HEADERS = {
  host: 'localhost',
  'content-type': 'application/x-amz-json-1.0',
  authorization: 'AWS4-HMAC-SHA256 Credential=local, SignedHeaders=host, Signature=local',
  'x-amz-date': '20260101T000000Z',
};

/** Thrown for damage that LevelDB ignores. The code is the one that LevelDB uses for other damage. */
class DamagedDatabaseError extends Error {
  readonly code = 'LEVEL_CORRUPTION';
}

/**
 * Throws if the database in a folder is damaged. dynalite reports damage by an error that cannot be caught, so the
 * check comes first.
 * @throws Error with a code of LevelDB, in the error or its cause: `LEVEL_CORRUPTION`, `LEVEL_IO_ERROR`, `LEVEL_LOCKED`
 */
export async function checkDatabase(path: string): Promise<void> {
  const names = await readdir(path);
  // Without CURRENT, LevelDB would start a new database and delete the files of this one.
  if (names.some(name => /^MANIFEST-|\.(ldb|log)$/.test(name)) && !names.includes('CURRENT'))
    throw new DamagedDatabaseError(`${path} has no file CURRENT.`);
  const database = new ClassicLevel(path);
  await database.open();
  await database.close();
  // LevelDB drops writes that it cannot read, and reports them only in its own log.
  const log = await readFile(join(path, 'LOG'), 'utf8').catch(() => '');
  const dropped = /dropping \d+ bytes.*/.exec(log)?.[0];
  if (dropped !== undefined) throw new DamagedDatabaseError(`${path}: ${dropped}`);
}

/** Rebuilds a damaged database from the data that can still be read. */
export async function repairDatabase(path: string): Promise<void> {
  await ClassicLevel.repair(path);
}

/** Opens the database in a folder, or in memory. A folder is locked: only one process can open it. */
export function openEngine(path: string | undefined): Engine {
  const server = dynalite({
    createTableMs: 0,
    deleteTableMs: 0,
    updateTableMs: 0,
    ...(path === undefined ? {} : { path }),
  });
  const listener = server.listeners('request')[0] as RequestListener;

  const forward: Engine['forward'] = ({ method, url, headers, body }) =>
    new Promise((resolve, reject) => {
      const request = new IncomingMessage(new Socket());
      Object.assign(request, { method, url, headers });
      request.push(body.length ? body : null);
      if (body.length) request.push(null);
      const response = new ServerResponse(request);
      response.end = ((data?: string | Buffer) => {
        resolve({
          status: response.statusCode,
          headers: response.getHeaders(),
          body: Buffer.from(data ?? ''),
        });
        return response;
      }) as typeof response.end;
      try {
        listener(request, response);
      } catch (error) {
        reject(error);
      }
    });

  return {
    forward,
    async call(operation, input) {
      const headers = { ...INTERNAL_HEADERS, 'x-amz-target': `DynamoDB_20120810.${operation}` };
      const answer = await forward({
        method: 'POST',
        url: '/',
        headers,
        body: Buffer.from(JSON.stringify(input)),
      });
      return answer.status === 200 ? JSON.parse(answer.body.toString()) : undefined;
    },
    // The database closes with the server, and only a server that listens can be closed.
    close: () =>
      new Promise((resolve, reject) => {
        server.listen(0, '127.0.0.1', () => server.close(error => (error ? reject(error) : resolve())));
      }),
  };
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { closeServer, createLocalServer, LOOPBACK, listen } from './common/listen.ts';

/** Local functions by name. Each takes an event and returns its answer. */
export type LocalFunctions = Record<string, (event: object) => Promise<unknown>>;

export interface LambdaServer {
  url: string;
  close(): Promise<void>;
}

const INVOKE = /^\/2015-03-31\/functions\/([A-Za-z0-9_-]{1,64})\/invocations$/;

/**
 * Starts Lambda's Invoke operation on loopback, so that commands can call local functions as they call those in the
 * cloud. Source: "Invoke", AWS Lambda API Reference.
 * @param options.port 0 means any free port
 * @throws PortInUseError
 */
export async function startLambda(options: {
  port: number;
  functions: LocalFunctions;
  onError: (error: unknown) => void;
}): Promise<LambdaServer> {
  const server = createLocalServer((request, response) => {
    answer(request, response, options.functions, options.onError).catch((error: unknown) =>
      send(response, 500, { message: String(error) }, { 'x-amzn-errortype': 'ServiceException' }),
    );
  });
  const port = await listen(server, options.port);
  return { url: `http://${LOOPBACK}:${port}`, close: () => closeServer(server) };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  functions: LocalFunctions,
  onError: (error: unknown) => void,
): Promise<void> {
  const name = INVOKE.exec(new URL(request.url ?? '/', 'http://localhost').pathname)?.[1];
  const call = name === undefined ? undefined : Object.entries(functions).find(([key]) => key === name)?.[1];
  if (request.method !== 'POST' || call === undefined) {
    const message = `Function not found: ${name ?? request.url}`;
    send(response, 404, { message }, { 'x-amzn-errortype': 'ResourceNotFoundException' });
    return;
  }
  let event: object;
  try {
    event = (await json(request)) as object;
  } catch {
    const message = 'Could not parse request body into json';
    send(response, 400, { message }, { 'x-amzn-errortype': 'InvalidRequestContentException' });
    return;
  }
  if (request.headers['x-amz-invocation-type'] === 'Event') {
    send(response, 202, undefined);
    await call(event).catch(onError);
    return;
  }
  try {
    send(response, 200, (await call(event)) ?? null);
  } catch (error) {
    const { name: errorType, message: errorMessage } = error as Error;
    send(response, 200, { errorType, errorMessage }, { 'x-amz-function-error': 'Unhandled' });
  }
}

function send(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, {
    ...headers,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(text),
  });
  response.end(text);
}

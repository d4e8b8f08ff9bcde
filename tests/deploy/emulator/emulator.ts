import { once } from 'node:events';
import { get as httpGet } from 'node:http';
import { get as httpsGet } from 'node:https';
import { createServer } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { type Server, serve } from './processes.ts';

const LOOPBACK = '127.0.0.1';
const START_MS = 60_000;

/** How a server in Python is started. */
export interface EmulatorOptions {
  command: string;
  args: (port: number) => string[];
  env: (port: number) => NodeJS.ProcessEnv;
  cwd: string;
  /** A path that it answers with 200 once it is ready. */
  ready: string;
  /** The certificate, in PEM, of the authority that vouches for it. Absent: it speaks plain HTTP. */
  ca?: string;
}

export interface Emulator {
  url: string;
  /** All that it has printed. */
  log(): string;
}

/**
 * Starts a server on a free port of loopback, and waits until it answers. It runs until `endAll`.
 * @throws Error with its log where it does not answer
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const port = await freePort();
  const { command, args, env, cwd, ready, ca } = options;
  const server = serve(command, args(port), { cwd, env: env(port) });
  const url = `${ca === undefined ? 'http' : 'https'}://${LOOPBACK}:${port}`;
  await answers(`${url}${ready}`, ca, server);
  return { url, log: server.printed };
}

async function answers(url: string, ca: string | undefined, server: Server): Promise<void> {
  let ended = false;
  void server.ended.then(() => {
    ended = true;
  });
  for (const started = Date.now(); !ended && Date.now() - started < START_MS; await pause(100))
    if (await isOk(url, ca)) return;
  throw new Error(`${ended ? 'It ended' : 'Nothing answers'} at ${url}:\n${server.printed()}`);
}

function isOk(url: string, ca: string | undefined): Promise<boolean> {
  return new Promise(resolve => {
    const request = ca === undefined ? httpGet(url) : httpsGet(url, { ca });
    request.once('error', () => resolve(false));
    request.once('response', response => {
      response.resume();
      resolve(response.statusCode === 200);
    });
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, LOOPBACK);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('The system gave no port.');
  return address.port;
}

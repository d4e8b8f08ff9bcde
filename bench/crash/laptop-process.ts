import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const ENTRY = fileURLToPath(new URL('../../cli/copydesk.js', import.meta.url));

/** `copydesk start` in a folder, on the same ports every time. */
export interface LaptopProcess {
  s3: string;
  /** Starts it, and resolves once an S3 client can upload: that is long before it has recovered. */
  start(): Promise<void>;
  /** Resolves once it says that it is ready, with the time since its start in milliseconds. */
  ready(): Promise<number>;
  /** As when the machine stops: at once. */
  kill(): Promise<void>;
  /** Whether it was killed before, and has not found all of that again. */
  readonly isRecovering: boolean;
  readonly output: string;
}

/** How often a port is tried until somebody listens. */
const TRY_EVERY_MS = 20;

export async function laptopIn(dir: string): Promise<LaptopProcess> {
  const [sitePort, s3Port] = [await freePort(), await freePort()];
  const s3 = `http://127.0.0.1:${s3Port}`;
  let child: ChildProcess | undefined;
  let output = '';
  let startedAt = 0;
  let wasKilled = false;
  const isReady = () => output.includes('Ready.');
  const alive = () => {
    if (child?.exitCode !== null) throw new Error(`It ended by itself:\n${output.slice(-2_000)}`);
  };
  return {
    s3,
    async start() {
      output = '';
      startedAt = performance.now();
      const ports = ['--port', String(sitePort), '--s3-port', String(s3Port)];
      child = spawn(process.execPath, [ENTRY, 'start', ...ports, '--no-samples'], { cwd: dir });
      for (const stream of [child.stdout, child.stderr])
        stream?.setEncoding('utf8').on('data', text => {
          output += text;
        });
      while (!(await answers(s3))) {
        alive();
        await setTimeout(TRY_EVERY_MS);
      }
    },
    async ready() {
      while (!isReady()) {
        alive();
        await setTimeout(TRY_EVERY_MS);
      }
      return performance.now() - startedAt;
    },
    async kill() {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      wasKilled = true;
      child.kill('SIGKILL');
      await ended;
    },
    get isRecovering() {
      return wasKilled && !isReady();
    },
    get output() {
      return output;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    response => response.ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise(resolve => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

import { access, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { CopydeskError } from '../shared/errors/errors.ts';
import type { DeploymentOutputs } from '../shared/stack/stack-outputs.ts';

/** Default folder for the state of the local pipeline. */
export const DEFAULT_STATE = '.copydesk';

/** Thrown when another process uses the same state folder. Code: `state-in-use`. */
export class StateInUseError extends CopydeskError {
  constructor(dir: string, pid: number) {
    super('state-in-use', `The folder ${dir} is in use by the running process ${pid}.`, { subject: dir });
  }
}

/** Addresses of the services of a running pipeline, and the names of its resources. */
export interface RunningPipeline {
  endpoints: { s3: string; sqs: string; dynamodb: string; lambda: string };
  outputs: DeploymentOutputs;
}

export interface StateDir {
  dir: string;
  /** The folder was used before, and the last process did not call {@link StateDir.markClean}. */
  wasUnclean: boolean;
  /** Locks the folder while `port` answers, and writes into the lock what runs here. */
  claim(port: number, running: RunningPipeline): Promise<void>;
  /** Notes that all work is finished. */
  markClean(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Opens the folder for the state of the local pipeline.
 * @param options.isUnclean treats the folder as unclean in any case
 * @throws StateInUseError
 */
export async function openStateDir(dir: string, { isUnclean = false } = {}): Promise<StateDir> {
  const clean = join(dir, 'clean');
  const lock = join(dir, LOCK);
  await mkdir(dir, { recursive: true });
  const owner = await readLock(lock);
  if (owner && (await isRunning(owner))) throw new StateInUseError(dir, owner.pid);
  const used = (await readdir(dir)).length > 0;
  // Stored files without a database, or a database without files, mean that a part of the state is missing.
  const parts = await Promise.all(['s3', 'dynamodb'].map(part => exists(join(dir, part))));
  const wasUnclean = isUnclean || (used && (!(await exists(clean)) || parts.includes(false)));
  await rm(clean, { force: true });
  return {
    dir,
    wasUnclean,
    claim: (port, running) => writeFile(lock, JSON.stringify({ pid: process.pid, port, ...running })),
    markClean: () => writeFile(clean, ''),
    release: () => rm(lock, { force: true }),
  };
}

/** Returns the pipeline that another process runs on a state folder, or undefined if none runs. */
export async function readRunning(dir: string): Promise<RunningPipeline | undefined> {
  const owner = await readLock(join(dir, LOCK));
  return owner && (await isRunning(owner)) ? owner.running : undefined;
}

/** Name of the lock file. It names the process that uses the state. */
const LOCK = 'lock';

interface LockOwner {
  pid: number;
  port: number;
  /** Missing in the lock of an older version. */
  running: RunningPipeline | undefined;
}

async function readLock(file: string): Promise<LockOwner | undefined> {
  try {
    const { pid, port, endpoints, outputs } = JSON.parse(await readFile(file, 'utf8'));
    const running = endpoints && outputs ? { endpoints, outputs } : undefined;
    return typeof pid === 'number' && typeof port === 'number' ? { pid, port, running } : undefined;
  } catch {
    return undefined;
  }
}

/** Checks the process and the port. Another program may have taken over the process id, or the port, but not both. */
async function isRunning({ pid, port }: LockOwner): Promise<boolean> {
  return isAlive(pid) && (await answers(port));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Whether a server listens on the port. Only a refused connection says no, and the kernel refuses at once. A time limit
 * would say no on a busy machine: then a command would work on a stack, and a second process would open the same state.
 */
async function answers(port: number): Promise<boolean> {
  return await new Promise(resolve => {
    const socket = connect({ host: '127.0.0.1', port });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', (error: NodeJS.ErrnoException) => end(error.code !== 'ECONNREFUSED'));
  });
}

async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}

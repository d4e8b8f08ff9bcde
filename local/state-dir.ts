import { access, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { CopydeskError } from '../shared/errors/errors.ts';
import type { DeploymentOutputs } from '../shared/stack/stack-outputs.ts';

/** Where the pipeline on this machine keeps its state where nothing says otherwise. */
export const DEFAULT_STATE = '.copydesk';

/** Thrown when another process works on the same state; its code is `state-in-use`. */
export class StateInUseError extends CopydeskError {
  constructor(dir: string, pid: number) {
    super('state-in-use', `The folder ${dir} is in use by the running process ${pid}.`, { subject: dir });
  }
}

/** Where the services of a running pipeline listen, and what its parts are called there. */
export interface RunningPipeline {
  endpoints: { s3: string; sqs: string; dynamodb: string; lambda: string };
  outputs: DeploymentOutputs;
}

export interface StateDir {
  dir: string;
  /** The folder has been used before, and was not left by {@link StateDir.markClean}. */
  wasUnclean: boolean;
  /** Keeps other processes out for as long as `port` answers, and tells them what runs here. */
  claim(port: number, running: RunningPipeline): Promise<void>;
  /** Notes that everything was finished. */
  markClean(): Promise<void>;
  /** Lets others in. */
  release(): Promise<void>;
}

/**
 * Opens the folder in which a laptop's state is kept.
 * @param options.isUnclean takes it as one that was not left clean
 * @throws StateInUseError
 */
export async function openStateDir(dir: string, { isUnclean = false } = {}): Promise<StateDir> {
  const clean = join(dir, 'clean');
  const lock = join(dir, LOCK);
  await mkdir(dir, { recursive: true });
  const holder = await readLock(lock);
  if (holder && (await holds(holder))) throw new StateInUseError(dir, holder.pid);
  const used = (await readdir(dir)).length > 0;
  // Files without a database, or the other way round, are what is left of more.
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

/** What another process runs on the state of a folder; undefined where none does. */
export async function readRunning(dir: string): Promise<RunningPipeline | undefined> {
  const holder = await readLock(join(dir, LOCK));
  return holder && (await holds(holder)) ? holder.running : undefined;
}

/** Name of the file that says who works on the state. */
const LOCK = 'lock';

interface Holder {
  pid: number;
  port: number;
  /** Absent in the lock of an older version. */
  running: RunningPipeline | undefined;
}

async function readLock(file: string): Promise<Holder | undefined> {
  try {
    const { pid, port, endpoints, outputs } = JSON.parse(await readFile(file, 'utf8'));
    const running = endpoints && outputs ? { endpoints, outputs } : undefined;
    return typeof pid === 'number' && typeof port === 'number' ? { pid, port, running } : undefined;
  } catch {
    return undefined;
  }
}

/** A process id alone may have been given to another program since; so may a port. */
async function holds({ pid, port }: Holder): Promise<boolean> {
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

async function answers(port: number): Promise<boolean> {
  return await new Promise(resolve => {
    const socket = connect({ host: '127.0.0.1', port, timeout: 500 });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('error', () => end(false));
    socket.once('timeout', () => end(false));
  });
}

async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}

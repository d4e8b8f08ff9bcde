import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

/** What a run has left. */
export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

interface Where {
  cwd: string;
  env: NodeJS.ProcessEnv;
}

/** How long a process may take to end by itself once it was asked to. */
const GRACE_MS = 10_000;

/** Started and not yet ended, each the leader of a process group of its own. */
const running = new Set<ChildProcess>();

function start(command: string, args: readonly string[], { cwd, env }: Where): ChildProcess {
  // A group of its own, so that what it starts in turn (Lambda's workers, esbuild) ends with it and nothing else does.
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  running.add(child);
  return child;
}

/** Runs a command to its end. Rejects where it cannot be started; its exit code is the caller's to judge. */
export async function run(command: string, args: readonly string[], where: Where): Promise<Ended> {
  const child = start(command, args, where);
  const said = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (text: string) => {
      said[name] += text;
    });
  try {
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, ...said };
  } finally {
    running.delete(child);
  }
}

/** A server that runs until its end or {@link endAll}. */
export interface Server {
  end(): Promise<void>;
  /** All that it has printed. */
  printed(): string;
  /** Settles when it ends; it is not meant to. */
  ended: Promise<unknown>;
}

/** Starts a server. */
export function serve(command: string, args: readonly string[], where: Where): Server {
  const child = start(command, args, where);
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => printed.push(text));
  const ended = once(child, 'close').catch((error: Error) => printed.push(error.message));
  return { printed: () => printed.join(''), ended, end: () => end(child) };
}

/** Ends all that is still running, and what it has started, by their process groups. */
export async function endAll(): Promise<void> {
  await Promise.all([...running].map(end));
}

async function end(child: ChildProcess): Promise<void> {
  running.delete(child);
  if (child.pid === undefined) return;
  const closed = child.exitCode !== null ? Promise.resolve() : once(child, 'exit');
  signal(child.pid, 'SIGTERM');
  await Promise.race([closed, pause(GRACE_MS, undefined, { ref: false })]);
  // The group outlives its leader where that has left somebody behind.
  signal(child.pid, 'SIGKILL');
}

/** Tells a process group; one that has ended needs nothing. */
function signal(group: number, name: NodeJS.Signals): void {
  try {
    process.kill(-group, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

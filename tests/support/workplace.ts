import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { begin as beginCommand, type Running, run as runCommand } from './command.ts';
import { runHere } from './run-here.ts';

/** A new folder for each test of a file, in which `copydesk` is run. */
export interface Workplace {
  /** Of the test under way. */
  readonly dir: string;
  /** Writes files, by path below the folder, all of one age. */
  write(files: Record<string, string | Uint8Array>): Promise<void>;
  /** Runs `copydesk` here to its end. */
  run(...args: string[]): ReturnType<typeof runCommand>;
  /** As `run`, in this process: for what does not depend on how node is started. */
  runHere(...args: string[]): ReturnType<typeof runCommand>;
  /** Starts `copydesk` here; what a failed test has left running is ended. */
  begin(...args: string[]): Running;
}

/** Makes the folder before each test of the calling file, and removes it afterwards. */
export function useWorkplace(): Workplace {
  let dir: string;
  const begun: Running[] = [];
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'copydesk-cli-'));
  });
  afterEach(async () => {
    // What is left running would keep jest waiting.
    for (const { child, ended } of begun.splice(0)) {
      child.kill('SIGKILL');
      await ended;
    }
    await rm(dir, { recursive: true, force: true });
  });
  return {
    get dir() {
      return dir;
    },
    async write(files) {
      for (const [name, body] of Object.entries(files)) {
        const file = path.join(dir, name);
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, body);
        await utimes(file, 1_793_000_000, 1_793_000_000);
      }
    },
    run: (...args) => runCommand(dir, ...args),
    runHere: (...args) => runHere(dir, ...args),
    begin(...args) {
      const running = beginCommand(dir, ...args);
      begun.push(running);
      return running;
    },
  };
}

import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

const ENTRY = path.resolve(__dirname, '../../cli/copydesk.js');

/** What a run of the command line left. */
export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A running command. */
export interface Running {
  child: ChildProcess;
  /** What it has printed so far. */
  printed(): string;
  /** Resolves once it has printed this. */
  says(pattern: RegExp): Promise<RegExpMatchArray>;
  ended: Promise<Run>;
}

/** Starts `copydesk` as a person would, in a folder. */
export function begin(cwd: string, ...args: string[]): Running {
  const child = spawn(process.execPath, [ENTRY, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Run>(resolve => {
    child.once('close', code => resolve({ code, stdout, stderr }));
  });
  const says = (pattern: RegExp) =>
    new Promise<RegExpMatchArray>((resolve, reject) => {
      const look = () => {
        const found = stdout.match(pattern);
        if (found) resolve(found);
      };
      child.stdout.on('data', look);
      child.once('close', () => reject(new Error(`It ended without saying ${pattern}: ${stdout}${stderr}`)));
      look();
    });
  return { child, printed: () => stdout, says, ended };
}

/** Runs `copydesk` to its end. */
export function run(cwd: string, ...args: string[]): Promise<Run> {
  return begin(cwd, ...args).ended;
}

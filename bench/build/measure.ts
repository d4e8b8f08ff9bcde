import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';

/** What a program took to build a site. */
export interface Measured {
  /** Wall time in seconds. */
  seconds: number;
  /** CPU time in seconds, of the program and of all programs that it started. */
  cpuSeconds: number;
  /** Number of files of the site. */
  files: number;
}

/**
 * Runs a program to its end.
 * @param out folder of the site
 * @throws Error with the output of a program that failed
 */
export async function measured(
  [program, ...args]: readonly [string, ...string[]],
  { cwd, out }: { cwd: string; out: string },
): Promise<Measured> {
  const started = performance.now();
  // The shell prints its own times in the first line, and those of its programs in the second.
  const child = spawn('sh', ['-c', '"$@" >&2 && times', 'sh', program, ...args], { cwd });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const seconds = (performance.now() - started) / 1_000;
  if (code !== 0) throw new Error(`${program} failed: ${stderr.slice(-1_000)}`);
  const written = await readdir(out, { recursive: true, withFileTypes: true });
  const files = written.filter(entry => entry.isFile()).length;
  return { seconds, cpuSeconds: cpuSecondsOf(stdout), files };
}

/** Reads the second line of `times`: `0m1.23s 0m0.45s`, user and system. */
function cpuSecondsOf(times: string): number {
  const [, line = ''] = times.trim().split('\n');
  const parts = [...line.matchAll(/(\d+)m([\d.]+)s/g)];
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds), 0);
}

import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { progress } from '../table.ts';
import { KINDS } from './inputs.ts';
import type { Answer, Task } from './worker.ts';

/** Bytes. The last is the default limit of a file. */
const SIZES = [10_000, 100_000, 1_000_000, 10_000_000];

/** What a process may use for its objects: a Lambda of 512 MB has no more. */
const HEAP_MEGABYTES = 512;

/** Milliseconds for all inputs of one kind: a file has 20 s, and there are some three dozen of them. */
const PATIENCE = 240_000;

interface Row {
  kind: string;
  answer: Answer | undefined;
}

export function addLinear(program: Command): void {
  program
    .command('linear')
    .description('time per megabyte as files grow, for each format and for markup made to be slow')
    .option('--kinds <text>', 'only those whose name holds this')
    .option('--json <file>', 'write the results there too')
    .action(run);
}

async function run({ kinds, json }: { kinds?: string; json?: string }): Promise<void> {
  const chosen = KINDS.filter(({ name }, at) => at === 0 || name.includes(kinds ?? ''));
  const rows: Row[] = [];
  const write = (cells: readonly string[]) =>
    process.stdout.write(
      `${cells.map((cell, at) => (at === 0 ? cell.padEnd(34) : cell.padStart(9))).join('')}\n`,
    );
  write(['CPU ms per MB', '10 KB', '100 KB', '1 MB', '10 MB', '× plain', 'peak MB', '  at 10 MB']);
  for (const { name } of chosen) {
    progress(name);
    const row = { kind: name, answer: await ask({ kind: name, sizes: SIZES }) };
    rows.push(row);
    progress('');
    write(columns(row, rows[0]?.answer));
  }
  if (json) writeFileSync(json, `${JSON.stringify(rows, undefined, 2)}\n`);
}

function columns({ kind, answer }: Row, plain: Answer | undefined): string[] {
  if (!answer) return [kind, ...SIZES.map(() => '–'), '–', '–', '  no answer'];
  const ratios = answer.runs.map((run, at) => run.cost / (plain?.runs[at]?.cost ?? Number.NaN));
  return [
    kind,
    ...answer.runs.map(run => run.cost.toFixed(0)),
    Math.max(...ratios).toFixed(1),
    answer.peakMegabytes.toFixed(0),
    `  ${answer.runs.at(-1)?.outcome ?? ''}`,
  ];
}

/** In a process of its own, so that each has its own memory. No answer: it ran out of that, or of time. */
function ask(task: Task): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('worker.ts', import.meta.url)), {
      execArgv: [...process.execArgv, `--max-old-space-size=${HEAP_MEGABYTES}`],
      timeout: PATIENCE,
      // V8 prints pages when memory runs out.
      stdio: ['ignore', 'inherit', 'ignore', 'ipc'],
    });
    let answer: Answer | undefined;
    child.once('message', (message: Answer) => {
      answer = message;
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (answer || signal === 'SIGABRT' || signal === 'SIGTERM') resolve(answer);
      else reject(new Error(`“${task.kind}” ended with ${signal ?? `code ${code}`}.`));
    });
    child.send(task);
  });
}

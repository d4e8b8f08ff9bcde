import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { progress } from '../table.ts';
import type { Kind } from './kind.ts';
import { KINDS, plainOf } from './kinds.ts';
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
  /** The most that a megabyte cost, of accepted files, in that of plain files of the format and of plain HTML. */
  timesPlain?: number;
  timesHtml?: number;
}

export function addLinear(program: Command): void {
  program
    .command('linear')
    .description('time per megabyte as files grow, for each format and for files made to be slow')
    .option('--kinds <text>', 'only those whose name holds this')
    .option('--json <file>', 'write the results there too')
    .action(run);
}

async function run({ kinds = '', json }: { kinds?: string; json?: string }): Promise<void> {
  const wanted = KINDS.filter(({ name }) => name.includes(kinds));
  const [html] = KINDS;
  const chosen = KINDS.filter(
    kind => kind === html || wanted.some(each => each === kind || plainOf(each) === kind),
  );
  const answers = new Map<Kind | undefined, Answer | undefined>();
  const rows: Row[] = [];
  write(['CPU ms per MB', '10 KB', '100 KB', '1 MB', '10 MB', '× plain', '× html', 'peak MB', '  at 10 MB']);
  for (const kind of chosen) {
    progress(kind.name);
    const answer = await ask({ kind: kind.name, sizes: SIZES });
    answers.set(kind, answer);
    const timesPlain = times(answer, answers.get(plainOf(kind)));
    const timesHtml = times(answer, answers.get(html));
    const row: Row = { kind: kind.name, answer, timesPlain, timesHtml };
    rows.push(row);
    progress('');
    write(columns(row));
  }
  process.stdout.write(
    'r: rejected. × plain: the most that a size of accepted files cost, against the first row of its format.\n',
  );
  if (json) writeFileSync(json, `${JSON.stringify(rows, undefined, 2)}\n`);
}

function write(cells: readonly string[]): void {
  const padded = cells.map((cell, at) => (at === 0 ? cell.padEnd(34) : cell.padStart(9)));
  process.stdout.write(`${padded.join('')}\n`);
}

/** The greatest ratio of two costs at one size; none where no file was accepted. */
function times(answer: Answer | undefined, plain: Answer | undefined): number | undefined {
  const ratios = (answer?.runs ?? []).flatMap(({ cost, outcome }, at) => {
    const other = plain?.runs[at]?.cost;
    return outcome === 'accepted' && other ? [cost / other] : [];
  });
  return ratios.length > 0 ? Math.max(...ratios) : undefined;
}

function columns({ kind, answer, timesPlain, timesHtml }: Row): string[] {
  const runs = answer?.runs ?? [];
  return [
    kind,
    ...SIZES.map((_, at) => {
      const run = runs[at];
      return run ? `${run.cost.toFixed(0)}${run.outcome === 'accepted' ? ' ' : 'r'}` : '– ';
    }),
    timesPlain?.toFixed(1) ?? '–',
    timesHtml?.toFixed(1) ?? '–',
    answer?.peakMegabytes.toFixed(0) ?? '–',
    `  ${answer ? (runs.at(-1)?.outcome ?? '') : 'no answer'}`,
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

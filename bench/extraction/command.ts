import { execFileSync, fork, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type Command, InvalidArgumentError } from 'commander';
import { progress } from '../table.ts';
import { ablate } from './ablation/run.ts';
import { scorePage } from './evaluate.ts';
import { learn } from './learning/learn.ts';
import { PARSERS } from './parsers/index.ts';
import { peersInstalled } from './parsers/peers.ts';
import { losses, namedScores, readScores, recordScores, type Scores } from './recorded.ts';
import { type Result, report } from './report.ts';
import { SET_NAMES, SETS, type SetName } from './sets/index.ts';
import type { Page } from './sets/page-set.ts';
import type { Message, Task } from './worker.ts';

/** Milliseconds that a parser may take for a page, or to start. The slowest takes some seconds for the largest page. */
const PAGE_PATIENCE = 60_000;

interface Options {
  corpora: string;
  sets: SetName[];
  parsers: string[];
  passes: number;
  json?: string;
  python?: string;
  check?: boolean;
  record?: boolean;
  learn?: boolean;
  ablate?: boolean;
  switches: RegExp;
}

export function addExtraction(program: Command): void {
  program
    .command('extraction')
    .description('our parser and others on the same pages: F1, metadata, speed, memory')
    .requiredOption('--corpora <dir>', 'folder with aeb/, traf/, wcxb/ and fundus/ (docs/parser.md)')
    .option('--sets <names>', `some of ${SET_NAMES.join(', ')}`, listOf(SET_NAMES), [...SET_NAMES])
    .option('--parsers <names>', `some of ${[...PARSERS.keys()].join(', ')}`, listOf([...PARSERS.keys()]), [
      ...PARSERS.keys(),
    ])
    .option('--passes <n>', 'measured passes over the pages; 0 leaves speed out', wholeNumber, 3)
    .option('--json <file>', 'write the results there too; --ablate goes on after those that are there')
    .option(
      '--python <path>',
      'a Python that has trafilatura (PyPI): runs that too; or lightgbm, for --learn',
    )
    .option('--check', 'fail if a score of copydesk is lower than in bench/extraction/scores.json')
    .option('--record', 'write the scores of copydesk to that file')
    .option('--learn', 'learn the weights of lines anew, with a Python that has lightgbm')
    .option('--ablate', 'switch off each rule of the page reader in turn, and print what it gains')
    .option('--switches <pattern>', 'only switches whose kind and name match', pattern, /./)
    .action(run);
}

async function run(options: Options): Promise<void> {
  if (options.learn) {
    process.stdout.write(await learn(options.corpora, options.sets, options.python ?? 'python3'));
    return;
  }
  if (options.ablate) {
    process.stdout.write(await ablate(options.corpora, options.sets, options.switches, options.json));
    return;
  }
  if (options.parsers.some(name => name !== 'copydesk')) installPeers();
  const { sets, passes } = options;
  const results: Result[] = [];
  // One after the other: each must have the machine for itself.
  for (const parser of [...options.parsers, ...(options.python ? ['trafilatura'] : [])]) {
    const result: Result = { parser, hung: [], scores: [] };
    results.push(result);
    try {
      await measure(result, options);
    } catch (error) {
      // What the others have made must not be lost.
      process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
      process.exitCode = 1;
    }
  }
  progress('');
  process.stdout.write(report(results, sets));
  const own = results.find(({ parser }) => parser === 'copydesk');
  if (own && (options.check || options.record)) compare(namedScores(own.scores, sets), options);
  if (!options.json) return;
  const machine = { node: process.version, cores: availableParallelism() };
  writeFileSync(options.json, `${JSON.stringify({ machine, passes, results }, undefined, 2)}\n`);
}

function compare(scores: Scores, { check, record }: Options): void {
  if (check) {
    const lost = losses(readScores(), scores);
    process.stdout.write(
      lost.map(line => `${line}\n`).join('') || 'No score is lower than the recorded one.\n',
    );
    if (lost.length > 0) process.exitCode = 1;
  }
  if (record) recordScores(scores);
}

async function measure(result: Result, options: Options): Promise<void> {
  const { corpora, sets, passes } = options;
  const { parser, hung } = result;
  if (!PARSERS.has(parser)) return runTrafilatura(result, options);
  const take = (message: Message) => Object.assign(result, message);
  if (passes > 0) await runTask({ parser, corpora, sets: sets.slice(0, 1), passes, hung }, take);
  await runTask({ parser, corpora, sets, passes: 0, hung }, take);
}

/** The peers are not the project's dependencies: they are fetched when somebody wants to compare. */
function installPeers(): void {
  if (peersInstalled()) return;
  process.stderr.write(
    'Installing the parsers to compare with into bench/node_modules (once; from bench/package-lock.json)...\n',
  );
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  try {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
  } catch {
    throw new Error('They could not be installed. `--parsers copydesk` measures ours alone.');
  }
}

/** Runs the task; a page that it gets stuck on is added to `hung`, and all is begun again without it. */
async function runTask(task: Task, take: (message: Message) => void): Promise<void> {
  for (let stuck = await tryTask(task, take); stuck !== undefined; stuck = await tryTask(task, take)) {
    if (task.hung.includes(stuck)) throw new Error(`${task.parser} does not get past “${stuck}”.`);
    process.stderr.write(`${task.parser}: no answer on “${stuck}” in ${PAGE_PATIENCE / 1000} s.\n`);
    task.hung.push(stuck);
  }
}

/**
 * Runs the task in a process of its own: what does not return can only be ended from outside.
 * @returns the page on which it was ended, if it was
 */
function tryTask(task: Task, take: (message: Message) => void): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('worker.ts', import.meta.url)));
    let page = '';
    let stuck = false;
    const timer = setTimeout(() => {
      stuck = true;
      child.kill('SIGKILL');
    }, PAGE_PATIENCE);
    child.on('message', (message: Message) => {
      timer.refresh();
      if ('progress' in message) progress(message.progress);
      else if ('page' in message) page = message.page;
      else take(message);
    });
    child.once('error', reject);
    child.once('exit', code => {
      clearTimeout(timer);
      if (stuck) resolve(page);
      else if (code === 0) resolve(undefined);
      else reject(new Error(`${task.parser} ended with code ${code}.`));
    });
    child.send(task);
  });
}

interface PythonPage {
  id: string;
  text?: string | null;
  title?: string | null;
  author?: string | null;
  date?: string | null;
}

async function runTrafilatura(
  result: Result,
  { corpora, sets, passes, python = 'python3' }: Options,
): Promise<void> {
  if (passes > 0) {
    progress('trafilatura: speed');
    const pages = filesOf(SETS[sets[0] ?? 'aeb'].load(corpora));
    const lines = await askPython(python, pages, passes + 1);
    const { seconds, peakMegabytes } = JSON.parse(lines.at(-1) ?? '{}') as {
      seconds: number[];
      peakMegabytes: number;
    };
    const measured = seconds.slice(1).sort((a, b) => a - b);
    const median = measured[measured.length >> 1] ?? Number.NaN;
    result.speed = { pages: pages.length, pagesPerCpuSecond: pages.length / median, peakMegabytes };
  }
  for (const set of sets) {
    progress(`trafilatura: ${set}`);
    const pages = SETS[set].load(corpora);
    const lines = await askPython(python, filesOf(pages), 0);
    const found = new Map(
      lines.slice(0, -1).map(line => {
        const page = JSON.parse(line) as PythonPage;
        return [page.id, page];
      }),
    );
    for (const page of pages) {
      const { text, title, author, date } = found.get(page.id) ?? {};
      const extracted = {
        text: text ?? '',
        title: title ?? '',
        // It separates authors by semicolons.
        author: (author ?? '').replaceAll('; ', ', '),
        published: date ?? '',
      };
      result.scores.push(scorePage(set, page, extracted));
    }
  }
}

function filesOf(pages: readonly Page[]): [id: string, url: string, file: string][] {
  return pages.map(({ id, url, file }) => [id, url, file]);
}

function askPython(python: string, pages: readonly unknown[], passes: number): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const script = fileURLToPath(new URL('run_trafilatura.py', import.meta.url));
    const child = spawn(python, [script, String(passes)], { stdio: ['pipe', 'pipe', 'inherit'] });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.once('error', () => reject(new Error(`“${python}” could not be run.`)));
    child.once('close', code => {
      if (code === 0) resolve(Buffer.concat(parts).toString().trim().split('\n'));
      else
        reject(
          new Error(`${python} ended with code ${code}: has it got trafilatura? (pip install trafilatura)`),
        );
    });
    child.stdin.end(JSON.stringify(pages));
  });
}

function listOf<Name extends string>(names: readonly Name[]): (given: string) => Name[] {
  return given =>
    given.split(',').map(word => {
      const name = names.find(each => each === word.trim());
      if (!name) throw new InvalidArgumentError(`“${word}” is none of ${names.join(', ')}.`);
      return name;
    });
}

function wholeNumber(given: string): number {
  if (!/^\d{1,3}$/.test(given)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(given);
}

function pattern(given: string): RegExp {
  return new RegExp(given, 'i');
}

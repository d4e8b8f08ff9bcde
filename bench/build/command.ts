import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Command, InvalidArgumentError } from 'commander';
import { progress, table } from '../table.ts';
import { writeCopy } from './copy.ts';
import { eleventySite, isEleventyInstalled } from './eleventy.ts';
import { hugoSite, hugoVersion } from './hugo.ts';
import { type Measured, measured } from './measure.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BASE_URL = 'https://news.example.org';

/** A site that is built. `prepare` returns the command that builds it into `out` of its folder. */
interface Candidate {
  name: string;
  prepare(dir: string, copy: string): Promise<readonly [string, ...string[]]>;
}

interface Options {
  files: number;
  hugo: string;
  http: boolean;
  peers: boolean;
}

export function addBuild(program: Command): void {
  program
    .command('build')
    .description('time of `copydesk build` beside its services over HTTP, Eleventy and Hugo')
    .option('--files <number>', 'number of Markdown files', wholeNumber, 1_000)
    .option('--hugo <path>', 'the program Hugo, which npm does not have', 'hugo')
    .option('--no-http', 'leave out the services over HTTP')
    .option('--no-peers', 'measure Copydesk only')
    .action(async ({ files, hugo, http, peers }: Options) => {
      const dir = await mkdtemp(path.join(tmpdir(), 'copydesk-bench-'));
      try {
        const copy = path.join(dir, 'copy');
        await writeCopy(copy, files);
        const rows = new Map<string, Measured | undefined>();
        for (const { name, prepare } of candidates({ http, peers, hugo })) {
          progress(name);
          rows.set(name, prepare && (await measure(path.join(dir, String(rows.size)), copy, prepare)));
        }
        progress('');
        process.stdout.write(report(files, rows));
      } finally {
        await rm(dir, { recursive: true, force: true });
      }
    });
}

async function measure(dir: string, copy: string, prepare: Candidate['prepare']): Promise<Measured> {
  await mkdir(dir, { recursive: true });
  const command = await prepare(dir, copy);
  return measured(command, { cwd: dir, out: path.join(dir, 'out') });
}

function candidates({
  http,
  peers,
  hugo,
}: Omit<Options, 'files'>): (Omit<Candidate, 'prepare'> & Partial<Candidate>)[] {
  const copydesk: Candidate = {
    name: 'Copydesk',
    prepare: async (_, copy) => [
      process.execPath,
      path.join(ROOT, 'cli/copydesk.js'),
      ...['build', copy, '--out', 'out', '--base-url', BASE_URL],
    ],
  };
  const served: Candidate = {
    name: 'Copydesk, services over HTTP',
    prepare: async (_, copy) => [
      'env',
      `TSX_TSCONFIG_PATH=${path.join(ROOT, 'tsconfig.json')}`,
      process.execPath,
      ...['--import', path.join(ROOT, 'node_modules/tsx/dist/esm/index.mjs')],
      ...[path.join(ROOT, 'bench/build/worker.ts'), copy, 'out'],
    ],
  };
  const own = http ? [copydesk, served] : [copydesk];
  if (!peers) return own;
  installEleventy();
  const version = hugoVersion(hugo);
  const hugoName = `Hugo ${version ?? '(not installed)'}`;
  const hugoRow = (hasFeeds: boolean): Candidate['prepare'] | undefined =>
    version === undefined ? undefined : (dir, copy) => hugoSite(dir, copy, { hugo, hasFeeds });
  return [
    ...own,
    { name: 'Eleventy, pages', prepare: (dir, copy) => eleventySite(dir, copy, false) },
    { name: 'Eleventy, pages and one feed', prepare: (dir, copy) => eleventySite(dir, copy, true) },
    { name: `${hugoName}, pages`, prepare: hugoRow(false) },
    { name: `${hugoName}, pages, lists and feeds`, prepare: hugoRow(true) },
  ];
}

function installEleventy(): void {
  if (isEleventyInstalled()) return;
  process.stderr.write('Installing what to compare with into bench/node_modules (once)...\n');
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: path.join(ROOT, 'bench'),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function report(files: number, rows: ReadonlyMap<string, Measured | undefined>): string {
  const ours = rows.get('Copydesk');
  const lines = [...rows].map(([name, row]) =>
    row === undefined || ours === undefined
      ? [name, 'not installed']
      : [
          name,
          row.seconds.toFixed(1),
          row.cpuSeconds.toFixed(1),
          (row.cpuSeconds / ours.cpuSeconds).toFixed(2),
          String(row.files),
        ],
  );
  const head = [`${files} Markdown files`, 'seconds', 'CPU seconds', 'of Copydesk’s CPU', 'files written'];
  return table(head, lines);
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError('A whole number above 0, please.');
  return Number(text);
}

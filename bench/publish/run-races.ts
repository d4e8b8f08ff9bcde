import { type ChildProcess, fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { progress, table } from '../table.ts';
import type { RaceAnswer, RaceTask } from './worker.ts';

/** Seeds of races on servers: each takes half a minute. */
const ON_SERVERS = 5;

/** How often a run that is written to a file says how far it is, in milliseconds. */
const REPORT_MS = 60_000;

/** What came of many seeds. */
export interface RaceReport {
  on: RaceTask['on'];
  seeds: number;
  /** How many of them have been run. */
  done: number;
  /** Seeds after which a file was not what one publisher would have written, or that did not end. */
  wrong: { seed: number; problems: string[] }[];
  files: number;
  calls: number;
  mostAtOnce: number;
  failures: number;
  requests: number;
  refused: number;
  doubted: number;
  failed: number;
  seconds: number;
}

/** Runs so many seeds in memory, and some on servers; says what was wrong. */
export async function runRaces(seeds: number, first: number): Promise<RaceReport[]> {
  const reports = [
    await raceAll('memory', seeds, first),
    await raceAll('servers', Math.min(ON_SERVERS, seeds), first),
  ];
  const rows = reports.map(report => [
    report.on,
    ...[
      report.seeds,
      report.wrong.length,
      report.files,
      report.calls,
      report.mostAtOnce,
      report.failures,
      report.requests,
      report.refused,
      report.doubted,
      report.failed,
    ].map(String),
    report.seconds.toFixed(0),
  ]);
  process.stdout.write(
    table(
      [
        'fifty publishers',
        'seeds',
        'wrong',
        'files',
        'calls',
        'at once',
        'retried',
        'requests',
        '412',
        '412 but written',
        '500',
        's',
      ],
      rows,
    ),
  );
  for (const { on, wrong } of reports)
    for (const { seed, problems } of wrong)
      process.stdout.write(`seed ${seed} (${on}): ${problems.join('; ')}\n`);
  return reports;
}

async function raceAll(on: RaceTask['on'], seeds: number, first: number): Promise<RaceReport> {
  const report: RaceReport = {
    on,
    seeds,
    done: 0,
    wrong: [],
    files: 0,
    calls: 0,
    mostAtOnce: 0,
    failures: 0,
    requests: 0,
    refused: 0,
    doubted: 0,
    failed: 0,
    seconds: 0,
  };
  const began = performance.now();
  const reporting = setInterval(() => reportProgress(report, performance.now() - began), REPORT_MS);
  let next = first;
  const end = first + seeds;
  const worker = async () => {
    const child = fork(fileURLToPath(new URL('worker.ts', import.meta.url)));
    try {
      while (next < end) {
        progress(`${on} ${next - first + 1} of ${seeds}, ${report.wrong.length} wrong`);
        add(report, await ask(child, { seed: next++, on }));
        report.done++;
      }
    } finally {
      child.kill();
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(seeds, availableParallelism()) }, worker));
  } finally {
    clearInterval(reporting);
    progress('');
  }
  report.seconds = (performance.now() - began) / 1_000;
  report.wrong.sort((a, b) => a.seed - b.seed);
  return report;
}

/** A line where the output is no terminal, on which {@link progress} shows it at every seed. */
function reportProgress({ on, done, seeds, wrong }: RaceReport, elapsed: number): void {
  if (process.stderr.isTTY) return;
  const minutes = (ms: number) => `${(ms / 60_000).toFixed(1)} min`;
  const remaining = done === 0 ? 'unknown' : `about ${minutes((elapsed / done) * (seeds - done))}`;
  const which = wrong.length === 0 ? '' : ` (seeds ${wrong.map(({ seed }) => seed).join(', ')})`;
  process.stderr.write(
    `${on}: ${done} of ${seeds} seeds, ${wrong.length} wrong${which}; ${minutes(elapsed)} elapsed, ${remaining} remaining\n`,
  );
}

function ask(child: ChildProcess, task: RaceTask): Promise<RaceAnswer> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error(`The process of seed ${task.seed} ended.`));
    child.once('exit', onExit);
    child.once('message', (answer: RaceAnswer) => {
      child.off('exit', onExit);
      resolve(answer);
    });
    child.send(task);
  });
}

function add(report: RaceReport, { seed, race, error }: RaceAnswer): void {
  const problems = race?.differences ?? [error ?? 'It gave no answer.'];
  if (problems.length > 0) report.wrong.push({ seed, problems });
  if (race === undefined) return;
  report.files += race.files;
  report.calls += race.calls;
  report.mostAtOnce = Math.max(report.mostAtOnce, race.atOnce);
  report.failures += race.failures;
  report.requests += race.injected.requests;
  report.refused += race.injected.refused;
  report.doubted += race.injected.doubted;
  report.failed += race.injected.failed;
}

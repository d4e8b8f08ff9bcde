import { setTimeout } from 'node:timers/promises';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import { runBulk } from '../../local/bulk-run.ts';
import { bulkNotes, readBulkRun } from '../../shared/aws/stored-bulk-run.ts';
import { type BulkEvent, type BulkOrder, bulkRunName } from '../../shared/model/bulk-run.ts';
import { LIVE_ALIAS } from '../../shared/stack/stack-outputs.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { type ResultOptions, type Results, resultsTo } from '../output/results.ts';
import { tell } from '../output/say.ts';
import { counter, progress } from '../output/terminal.ts';
import { UsageError } from '../output/usage-error.ts';
import { onInterruption } from './interruption.ts';
import { type BulkState, bulkState, machineOf } from './run-state.ts';
import type { StateMachine } from './state-machine.ts';

/** Options of the commands that work on all articles. */
export interface BulkOptions extends ResultOptions {
  all?: boolean;
  section?: string;
  since?: string;
  rate?: number;
  dryRun?: boolean;
  stop?: boolean;
  resume?: boolean;
  /** False: return at once. On a laptop the command itself does the work, so it always waits. */
  wait?: boolean;
}

const POLL_MS = 3_000;

const MAX_LISTED_FAILURES = 20;

/** Whether the options ask for a bulk run. @throws UsageError if they contradict each other */
export function isBulk(names: readonly string[], options: BulkOptions): boolean {
  const { all, section, since, stop, resume, rate, dryRun } = options;
  const isSelection = section !== undefined || since !== undefined;
  const chosen = [all || isSelection, stop, resume].filter(Boolean).length > 0;
  if (!chosen && rate !== undefined) throw new UsageError('--rate needs --all, --section or --since.');
  if (chosen && names.length > 0)
    throw new UsageError('Choose one: --all, --section and --since, or what is named.');
  if (stop && resume) throw new UsageError('Choose one: --stop or --resume.');
  if ((stop || resume) && (isSelection || rate !== undefined || dryRun))
    throw new UsageError('--stop and --resume take the run as it is: leave out the other options.');
  return chosen;
}

/**
 * Starts, continues or stops a bulk run, and shows its progress.
 * @param kind kind of work
 * @returns exit code 1 if something failed
 */
export async function bulkCommand(
  kind: BulkOrder['kind'],
  options: BulkOptions,
  deployment: Deployment,
  parserVersion?: string,
): Promise<number> {
  const machine = await machineOf(deployment);
  const results = resultsTo(options);
  try {
    const present = await bulkState(deployment, machine);
    const isRunning = present?.state === 'planning' || present?.state === 'working';
    if (options.stop) return await stop(present, deployment, machine, results);
    if (isRunning) throw new UsageError(`A run works already (${describe(present)}): --stop stops it.`);
    if (options.resume && present?.kind !== kind)
      throw new UsageError(`There is no run of ${kind} to continue on ${deployment.name}.`);
    if (options.resume && present?.state === 'ended' && present.failed === 0) {
      results.result(present, `Nothing to do: ${describe(present)}.`);
      return EXIT.ok;
    }
    const { section, since, rate, dryRun } = options;
    const order = options.resume ? undefined : { kind, section, since, rate, dryRun, parserVersion };
    const run = options.resume ? (present?.name ?? '') : bulkRunName({ kind }, new Date());
    return machine === undefined
      ? await workHere(run, order, { deployment, kind, results })
      : await startAndWatch(run, order, machine, {
          ...{ deployment, kind, results, wait: options.wait ?? true },
        });
  } finally {
    machine?.close();
  }
}

async function stop(
  present: BulkState | undefined,
  { name, storage }: Deployment,
  machine: StateMachine | undefined,
  results: Results,
): Promise<number> {
  const execution = (await readBulkRun(storage))?.execution;
  if (present?.state === 'stopped' || present?.state === 'ended' || !machine || !execution)
    throw new UsageError(`No run works on ${name}.`);
  await machine.stop(execution);
  results.result(
    { ...present, state: 'stopped' },
    `Stopped: ${describe(present as BulkState)}. --resume continues it.`,
  );
  return EXIT.ok;
}

/** What the work on a run needs. */
interface RunContext {
  deployment: Deployment;
  kind: BulkOrder['kind'];
  results: Results;
}

/** Does the work of the state machine from this process, by calls of the functions of a laptop. */
async function workHere(run: string, order: BulkOrder | undefined, context: RunContext): Promise<number> {
  const { clients, outputs, storage } = context.deployment;
  const interruption = onInterruption();
  const call = (name: string) => async (event: BulkEvent) => {
    const command = new InvokeCommand({
      FunctionName: name,
      Qualifier: LIVE_ALIAS,
      Payload: JSON.stringify(event),
    });
    const { Payload, FunctionError } = await clients.lambda.send(command);
    const answer = JSON.parse(Buffer.from(Payload ?? 'null').toString('utf8'));
    if (FunctionError !== undefined) throw new Error(answer?.errorMessage ?? FunctionError);
    return answer;
  };
  const functions = { publish: call(outputs.publishFunction), reprocess: call(outputs.ingestFunction) };
  const told = counter('Done', 'articles and pages');
  try {
    const onProgress = ({ done }: { done: number }) => told.done(done);
    const { signal } = interruption;
    const isWhole = await runBulk({ run, order, storage, functions, signal, onProgress });
    return isWhole ? await summary(undefined, context) : interrupted();
  } finally {
    interruption.done();
  }
}

function interrupted(): number {
  tell('Stopped: the same command with --resume continues.');
  return EXIT.interrupted;
}

async function startAndWatch(
  run: string,
  order: BulkOrder | undefined,
  machine: StateMachine,
  { wait, ...context }: RunContext & { wait: boolean },
): Promise<number> {
  const { deployment, results } = context;
  const name = order === undefined ? `${run}-again-${Date.now()}` : run;
  const step = order === undefined ? { run, resume: true } : { run, order };
  const execution = await machine.start(name, step);
  const started = `Started on ${deployment.name}: the run ${run}. "copydesk status" shows it.`;
  if (!wait) {
    results.result({ name: run, kind: context.kind, state: 'planning' }, started);
    return EXIT.ok;
  }
  results.text(started);
  const interruption = onInterruption();
  let bar: ReturnType<typeof progress> | undefined;
  try {
    while ((await machine.describe(execution)).isRunning) {
      const present = await bulkState(deployment, machine);
      if (present?.name === run && present.state === 'working') {
        const { done, failed, left } = present;
        bar ??= progress('Working', done + failed + left, 'articles and pages');
        bar.done(done + failed);
      }
      if (interruption.signal.aborted) {
        tell('The run goes on: "copydesk status" shows it, and --stop stops it.');
        return EXIT.interrupted;
      }
      await setTimeout(POLL_MS, undefined, { signal: interruption.signal }).catch(() => undefined);
    }
  } finally {
    bar?.stop();
    interruption.done();
  }
  return await summary(machine, context);
}

/** Tells the outcome of an ended run, and the first failures. */
async function summary(
  machine: StateMachine | undefined,
  { deployment, kind, results }: RunContext,
): Promise<number> {
  const ended = await bulkState(deployment, machine);
  if (ended === undefined) throw new UsageError(`There is no run on ${deployment.name}.`);
  const run = await readBulkRun(deployment.storage);
  if (run?.order.dryRun) {
    results.result(
      { ...ended, dryRun: true },
      `${ended.left} articles and pages of ${deployment.name} would be worked on.`,
    );
    return EXIT.ok;
  }
  const failures = await failuresOf(deployment, ended.name);
  results.result({ ...ended, firstFailures: failures }, `${describe(ended)}.`);
  for (const { subject, message } of failures) tell(`${printable(subject)}: ${printable(message)}`);
  if (ended.state === 'stopped')
    tell(`The run stopped${ended.cause ? `: ${printable(ended.cause)}` : ''}. --resume continues it.`);
  else if (ended.failed > 0) tell(`"copydesk ${kind} --all --resume" tries the ${ended.failed} again.`);
  return ended.state === 'ended' && ended.failed === 0 ? EXIT.ok : EXIT.someFailed;
}

/** The first failures of a run. */
async function failuresOf({ storage }: Pick<Deployment, 'storage'>, run: string) {
  const first: { subject: string; message: string }[] = [];
  for await (const { failures } of bulkNotes(storage, run)) {
    first.push(...failures);
    if (first.length >= MAX_LISTED_FAILURES) break;
  }
  return first.slice(0, MAX_LISTED_FAILURES);
}

/** A run in a few words: `publish: 1200 done, 3 failed, 500 left, 40/s, 13 s left`. */
export function describe({ kind, state, done, failed, left, rate, secondsLeft }: BulkState): string {
  if (state === 'planning') return `${kind}: planning`;
  const parts = [`${done} done`, `${failed} failed`];
  if (left > 0) parts.push(`${left} left`);
  if (rate > 0) parts.push(`${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`);
  if (secondsLeft !== undefined) parts.push(`about ${inWords(secondsLeft)} to go`);
  return `${kind}${state === 'stopped' ? ' (stopped)' : ''}: ${parts.join(', ')}`;
}

function inWords(seconds: number): string {
  if (seconds < 90) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`;
}

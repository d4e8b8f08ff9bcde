import { readBulkRun } from '../../shared/aws/stored-bulk-run.ts';
import type { BulkRun } from '../../shared/model/bulk-run.ts';
import { errorName } from '../deployment/aws-trouble.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Execution, StateMachine } from './state-machine.ts';

/** The present or last bulk run of a deployment, for people. */
export interface BulkState {
  name: string;
  kind: BulkRun['order']['kind'];
  /** `stopped`: it has not ended, and nothing works on it. */
  state: 'planning' | 'working' | 'stopped' | 'ended';
  done: number;
  failed: number;
  left: number;
  /** Articles, files and pages in a second, since the work began. */
  rate: number;
  /** Estimated seconds until the end. */
  secondsLeft?: number | undefined;
  startedAt: string;
  endedAt?: string | undefined;
  /** Why the state machine stopped. */
  cause?: string | undefined;
}

/** The state machine of a deployment. Undefined on a laptop, where the command itself does the work. */
export async function machineOf({ outputs, isLaptop }: Deployment): Promise<StateMachine | undefined> {
  if (isLaptop) return undefined;
  // The client is loaded only by the commands that need it.
  const { StateMachine } = await import('./state-machine.ts');
  return new StateMachine(outputs.bulkMachine);
}

/** Reads the present or last run and the progress of its execution. */
export async function bulkState(
  { storage }: Pick<Deployment, 'storage'>,
  machine: StateMachine | undefined,
  now: number = Date.now(),
): Promise<BulkState | undefined> {
  const run = await readBulkRun(storage);
  if (run === undefined) return undefined;
  const execution = run.execution && machine ? await executionOf(run.execution, machine) : undefined;
  const share =
    execution?.isRunning && run.execution && run.phase === 'work'
      ? await machine?.shareOfList(run.execution)
      : 0;
  return stateOf(run, execution, share ?? 0, now);
}

/** @param share share of the present list that is done */
export function stateOf(
  run: BulkRun,
  execution: Execution | undefined,
  share: number,
  now: number,
): BulkState {
  const total = run.lists.reduce((sum, { size }) => sum + size, 0);
  const present = Math.round(share * (run.lists[run.next]?.size ?? 0));
  const done = run.done + (run.phase === 'work' ? present : 0);
  const left = Math.max(0, total - done - run.failed);
  const until = run.endedAt === undefined ? now : Date.parse(run.endedAt);
  const seconds = (until - Date.parse(run.workedFrom ?? run.startedAt)) / 1_000;
  const rate = seconds > 0 ? (done + run.failed) / seconds : 0;
  const isWorking = execution?.isRunning === true;
  const state = run.phase === 'end' ? 'ended' : !isWorking ? 'stopped' : PHASES[run.phase];
  return {
    name: run.name,
    kind: run.order.kind,
    state,
    done,
    failed: run.failed,
    left: run.phase === 'plan' ? 0 : left,
    rate,
    secondsLeft: state === 'working' && rate > 0 ? Math.round(left / rate) : undefined,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    cause: isWorking ? undefined : execution?.cause,
  };
}

const PHASES = { plan: 'planning', work: 'working' } as const;

async function executionOf(arn: string, machine: StateMachine): Promise<Execution | undefined> {
  try {
    return await machine.describe(arn);
  } catch (error) {
    // Step Functions forgets executions after 90 days, or with their machine.
    if (errorName(error) === 'ExecutionDoesNotExist') return undefined;
    throw error;
  }
}

import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  ListMapRunsCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { bulkCommand, describe as inWords } from '../../../cli/bulk/bulk-command.ts';
import { stateOf } from '../../../cli/bulk/run-state.ts';
import type { Deployment } from '../../../cli/deployment/deployment.ts';
import type { BulkRun } from '../../../shared/model/bulk-run.ts';

const MACHINE = 'arn:aws:states:eu-west-1:111122223333:stateMachine:Bulk';
const EXECUTION = 'arn:aws:states:eu-west-1:111122223333:execution:Bulk:first';
const BEGIN = '2026-11-30T06:00:00.000Z';

const run = (fields: Partial<BulkRun> = {}): BulkRun => ({
  name: 'first',
  order: { kind: 'publish' },
  startedAt: BEGIN,
  workedFrom: BEGIN,
  phase: 'work',
  lists: [
    { key: 'work/first/0', stage: 0, batches: 2, size: 200 },
    { key: 'work/first/1', stage: 1, batches: 4, size: 400 },
  ],
  next: 1,
  done: 190,
  failed: 10,
  execution: EXECUTION,
  ...fields,
});

const sfn = mockClient(SFNClient);
const out: string[] = [];
/** What lies in the storage bucket. */
let stored: BulkRun | undefined;

beforeEach(() => {
  process.env.AWS_REGION = 'eu-west-1';
  sfn.reset();
  out.length = 0;
  stored = undefined;
  const write = (text: unknown) => out.push(String(text)) > 0;
  jest.spyOn(process.stdout, 'write').mockImplementation(write);
  jest.spyOn(process.stderr, 'write').mockImplementation(write);
});
afterEach(() => jest.restoreAllMocks());

const deployment = {
  name: 'the stack Copydesk',
  isLaptop: false,
  outputs: { bulkMachine: MACHINE },
  storage: {
    get: async () => stored && { bytes: Buffer.from(JSON.stringify(stored)) },
    async *keys() {},
  },
} as unknown as Deployment;

/** What Step Functions answers about executions, the last of it for ever. */
const executions = (...statuses: string[]) => {
  const described = sfn.on(DescribeExecutionCommand);
  for (const status of statuses.slice(0, -1)) described.resolvesOnce({ status: status as never });
  described.resolves({ status: statuses.at(-1) as never });
};

test.each([
  ['planning', run({ phase: 'plan', lists: [], next: 0, done: 0, failed: 0 }), true, 'publish: planning'],
  ['working', run(), true, 'publish: 290 done, 10 failed, 300 left, 3.0/s, about 2 min to go'],
  ['stopped', run(), false, 'publish (stopped): 190 done, 10 failed, 400 left, 2.0/s'],
  [
    'ended',
    run({ phase: 'end', next: 2, done: 600, failed: 0, endedAt: '2026-11-30T06:00:30.000Z' }),
    false,
    'publish: 600 done, 0 failed, 20/s',
  ],
] as const)('a run that is %s', (state, given, isRunning, words) => {
  const share = isRunning ? 0.25 : 0;
  const found = stateOf(given, { isRunning }, share, Date.parse('2026-11-30T06:01:40.000Z'));
  expect(found.state).toBe(state);
  expect(inWords(found)).toBe(words);
});

test('a run is started with its order, watched, and summed up', async () => {
  executions('RUNNING', 'SUCCEEDED');
  sfn.on(ListMapRunsCommand).resolves({ mapRuns: [{ mapRunArn: 'map', startDate: new Date() } as never] });
  sfn.on(DescribeMapRunCommand).resolves({ itemCounts: { total: 4, pending: 2, running: 1 } as never });
  sfn.on(StartExecutionCommand).callsFake(({ name, input }) => {
    expect(JSON.parse(input)).toEqual({
      copydesk: 'bulk-step',
      run: name,
      order: { kind: 'publish', section: 'world' },
      execution: `${MACHINE.replace('stateMachine', 'execution')}:${name}`,
    });
    stored = run({ name, phase: 'end', next: 2, done: 600, failed: 0, endedAt: BEGIN });
    return {};
  });
  expect(await bulkCommand('publish', { section: 'world' }, deployment)).toBe(0);
  expect(out.join('')).toMatch(/^Started on the stack Copydesk.*\npublish: 600 done, 0 failed\.\n$/);
});

test('while a run works, no other is started', async () => {
  stored = run();
  executions('RUNNING');
  sfn.on(ListMapRunsCommand).resolves({ mapRuns: [] });
  await expect(bulkCommand('publish', { all: true }, deployment)).rejects.toThrow(
    /^A run works already \(publish: 190 done/,
  );
  expect(sfn.commandCalls(StartExecutionCommand)).toHaveLength(0);
});

test('a run is stopped by its execution', async () => {
  stored = run();
  executions('RUNNING', 'ABORTED');
  sfn.on(ListMapRunsCommand).resolves({ mapRuns: [] });
  expect(await bulkCommand('publish', { stop: true }, deployment)).toBe(0);
  expect(sfn.commandCalls(StopExecutionCommand)[0]?.args[0].input).toEqual({ executionArn: EXECUTION });
  await expect(bulkCommand('publish', { stop: true }, deployment)).rejects.toThrow(/No run works/);
});

test('a stopped run is continued by another execution, and a failure is exit code 1', async () => {
  stored = run();
  executions('ABORTED', 'FAILED');
  sfn.on(StartExecutionCommand).callsFake(({ name, input }) => {
    expect(name).toMatch(/^first-again-\d+$/);
    expect(JSON.parse(input)).toMatchObject({ run: 'first', resume: true });
    stored = run({ phase: 'end', next: 2, done: 590, failed: 10, endedAt: BEGIN });
    return {};
  });
  expect(await bulkCommand('publish', { resume: true }, deployment)).toBe(1);
  expect(out.join('')).toContain('"copydesk publish --all --resume" tries the 10 again.');
});

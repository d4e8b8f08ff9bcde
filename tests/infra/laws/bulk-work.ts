import { resourcesOf, templateOf } from '../template.ts';

/** The definition of the state machine, with a word in the place of each name that CloudFormation fills in. */
const definition = () => {
  const [machine] = resourcesOf(templateOf(), 'AWS::StepFunctions::StateMachine');
  const parts: unknown[] = machine?.[1].Properties.DefinitionString['Fn::Join'][1] ?? [];
  return JSON.parse(parts.map(part => (typeof part === 'string' ? part : 'NAME')).join(''));
};

interface State {
  Type: string;
  Next?: string;
  Default?: string;
  TimeoutSeconds?: number;
  Retry?: { IntervalSeconds: number; MaxAttempts: number; BackoffRate: number }[];
  Choices?: { Next: string }[];
  Catch?: { Next: string }[];
}

const { States, TimeoutSeconds } = definition();
const batches: { StartAt: string; States: Record<string, State> } = States['Work off the list'].ItemProcessor;

describe('state machine of bulk runs', () => {
  test('every state of a batch leads to a state that there is', () => {
    for (const { Next, Default, Choices = [], Catch = [] } of Object.values(batches.States))
      for (const next of [Next, Default, ...[...Choices, ...Catch].map(({ Next }) => Next)])
        if (next !== undefined) expect(Object.keys(batches.States)).toContain(next);
  });

  test('every call has a time limit, and so has the whole', () => {
    const tasks = [States.Step, ...Object.values(batches.States)].filter(({ Type }) => Type === 'Task');
    expect(tasks).toHaveLength(5);
    for (const { TimeoutSeconds } of tasks) expect(TimeoutSeconds).toBeGreaterThan(0);
    expect(TimeoutSeconds).toBeGreaterThan(86_400);
  });

  test('a batch and its note end within the five minutes of an Express execution', () => {
    const most = ({ TimeoutSeconds = 0, Retry: [retry] = [] }: State) => {
      const pauses = Array.from(
        { length: retry?.MaxAttempts ?? 0 },
        (_, at) => (retry?.IntervalSeconds ?? 0) * (retry?.BackoffRate ?? 1) ** at,
      );
      return TimeoutSeconds + pauses.reduce((sum, pause) => sum + pause, 0);
    };
    const { 'Publish the batch': work, 'Note the whole batch': note } = batches.States;
    expect(most(work as State) + most(note as State)).toBeLessThan(300);
  });

  test('what fails stops nothing', () => {
    expect(States['Work off the list'].ToleratedFailurePercentage).toBe(100);
    for (const name of ['Publish the batch', 'Parse the batch'])
      expect(batches.States[name]?.Catch).toEqual([
        { ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Note the whole batch' },
      ]);
  });
});

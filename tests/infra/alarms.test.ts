import { readFileSync } from 'node:fs';
import { LOG_EVENTS } from '../../shared/telemetry.ts';
import { resourcesOf, statementsOf, target, templateOf } from './template.ts';

const template = templateOf();
const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');

/** `[high] Copy is parked. What to do: ...`, where tokens may cut the sentence into parts. */
const descriptionOf = (description: unknown): string =>
  typeof description === 'string'
    ? description
    : (description as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1]
        .filter(part => typeof part === 'string')
        .join('…');

const headingsOf = (markdown: string): string[] => {
  const section = markdown.slice(markdown.indexOf('\n## Alarms\n') + 1).split('\n## ')[0] ?? '';
  return section.split('\n').flatMap(line => (line.startsWith('### ') ? line.slice(4) : []));
};

describe('alarms', () => {
  test('each has a heading in the runbook, and each heading an alarm', () => {
    const told = alarms.map(
      ([, { Properties }]) =>
        /^\[(?:high|low)\] (.+?)\. What to do: /.exec(descriptionOf(Properties.AlarmDescription))?.[1],
    );
    expect(told.sort()).toEqual(headingsOf(readFileSync('docs/operating.md', 'utf8')).sort());
  });

  test.each(alarms)(
    '%s links to the console and tells somebody, also when it is over',
    (_, { Properties }) => {
      expect(descriptionOf(Properties.AlarmDescription)).toContain('.console.aws.amazon.com/');
      const [topic] = resourcesOf(template, 'AWS::SNS::Topic').map(([id]) => id);
      expect(Properties.AlarmActions.map(target)).toEqual([topic]);
      expect(Properties.OKActions.map(target)).toEqual([topic]);
    },
  );

  test('CloudWatch may tell the topic', () => {
    const allowed = statementsOf(template).filter(
      ({ type, statement }) => type === 'AWS::SNS::TopicPolicy' && statement.Effect === 'Allow',
    );
    expect(allowed.map(({ statement }) => statement)).toEqual([
      expect.objectContaining({
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    ]);
  });

  test.each(['Intake', 'Press'])('crashes of the function of %s ring', part => {
    const errors = alarms.filter(
      ([, { Properties }]) =>
        Properties.MetricName === 'Errors' &&
        Properties.Dimensions.some((dimension: { Value: unknown }) =>
          target(dimension.Value)?.startsWith(part),
        ),
    );
    expect(errors).toHaveLength(1);
  });

  test('copy that is tried a second time does not ring yet', () => {
    const [age] = alarms.filter(
      ([, { Properties }]) => Properties.MetricName === 'ApproximateAgeOfOldestMessage',
    );
    const hidden = resourcesOf(template, 'AWS::SQS::Queue').map(
      ([, { Properties }]) => Properties.VisibilityTimeout ?? 0,
    );
    expect(age?.[1].Properties.Threshold).toBeGreaterThan(Math.max(...hidden));
  });

  test('the clock is alarmed by what it did, and not by how often its function was called', () => {
    const [, filter] =
      resourcesOf(template, 'AWS::Logs::MetricFilter').find(([, { Properties }]) =>
        Properties.FilterPattern.includes(`"${LOG_EVENTS.ticked}"`),
      ) ?? [];
    expect(target(filter?.Properties.LogGroupName)).toMatch(/^Press/);
    const [{ MetricNamespace, MetricName, MetricValue }] = filter?.Properties.MetricTransformations ?? [{}];
    expect(MetricValue).toBe('1');
    const found = alarms.filter(
      ([, { Properties }]) =>
        Properties.MetricName === MetricName &&
        JSON.stringify(Properties.Namespace) === JSON.stringify(MetricNamespace),
    );
    expect(found.map(([, { Properties }]) => Properties)).toEqual([
      expect.objectContaining({
        Statistic: 'Sum',
        ComparisonOperator: 'LessThanThreshold',
        Threshold: 1,
        TreatMissingData: 'breaching',
        AlarmDescription: expect.anything(),
      }),
    ]);
    expect(descriptionOf(found[0]?.[1].Properties.AlarmDescription)).toContain('The clock has stopped');
  });

  test('only what must happen always rings when nothing is measured', () => {
    for (const [, { Properties }] of alarms) {
      const always = Properties.ComparisonOperator === 'LessThanThreshold';
      expect(Properties.TreatMissingData).toBe(always ? 'breaching' : 'notBreaching');
    }
  });
});

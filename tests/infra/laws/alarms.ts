import { readFileSync } from 'node:fs';
import { METRIC_NAMESPACE, rejectedExcess } from '../../../shared/stack/metrics.ts';
import { allResources, resourcesOf, statementsOf, target, templateOf } from '../template.ts';

const template = templateOf({
  feeds: { hub: 'https://hub.example/' },
  alarms: { email: 'desk@example.com', ageMinutes: 2.5, rejectedPercent: 20 },
});
const alarms = resourcesOf(template, 'AWS::CloudWatch::Alarm');
/** Of the defaults: without a hub, and nobody is told. */
const plain = templateOf();

/** `[high] Copy is parked. What to do: ...`, where tokens may cut the sentence into parts. */
const descriptionOf = (description: unknown): string =>
  typeof description === 'string'
    ? description
    : (description as { 'Fn::Join': [string, unknown[]] })['Fn::Join'][1]
        .filter(part => typeof part === 'string')
        .join('…');

const toldBy = (properties: Record<string, unknown>) =>
  /^\[(?<severity>high|low)\] (?<heading>.+?)\. What to do: docs\/runbook\.md\. /.exec(
    descriptionOf(properties.AlarmDescription),
  )?.groups;

const alarmOn = (metricName: string) => {
  const found = alarms.filter(([, { Properties }]) => Properties.MetricName === metricName);
  expect(found).toHaveLength(1);
  return found[0]?.[1].Properties ?? {};
};

describe('alarms', () => {
  test('each has a heading in the runbook with its severity, and each heading an alarm', () => {
    const told = new Map(
      alarms.map(([, { Properties }]) => [toldBy(Properties)?.heading, toldBy(Properties)?.severity]),
    );
    const runbook = readFileSync('docs/runbook.md', 'utf8');
    const headings = [...runbook.matchAll(/^### (.+)\n\n`\[(high|low)\]` /gm)];
    expect(headings).toHaveLength(runbook.match(/^### /gm)?.length ?? 0);
    expect(new Map(headings.map(([, heading, severity]) => [heading, severity]))).toEqual(told);
  });

  test('docs/costs.md counts them', () => {
    const [, counted] =
      /There are (\d+) alarms, one more with a\s+hub, and one more in us-east-1/.exec(
        readFileSync('docs/costs.md', 'utf8'),
      ) ?? [];
    const everywhere = (made: typeof template) =>
      resourcesOf(made, 'AWS::CloudWatch::Alarm').filter(([, { Condition }]) => Condition === undefined);
    expect(alarms).toHaveLength(everywhere(template).length + 1);
    expect(everywhere(template)).toHaveLength(Number(counted) + 1);
    expect(everywhere(plain)).toHaveLength(Number(counted));
  });

  test.each(alarms)(
    '%s links to the console and tells somebody, also when it is over',
    (_, { Properties }) => {
      const { 'Fn::Join': [, parts = []] = [] } = Properties.AlarmDescription;
      expect(parts).toContainEqual({ 'Fn::FindInMap': ['Console', { Ref: 'AWS::Partition' }, 'host'] });
      const [topic] = resourcesOf(template, 'AWS::SNS::Topic').map(([id]) => id);
      expect(Properties.AlarmActions.map(target)).toEqual([topic]);
      expect(Properties.OKActions.map(target)).toEqual([topic]);
    },
  );

  test.each(alarms)('%s uses no metric math, which emulators refuse', (_, { Properties }) => {
    expect(Properties.Metrics).toBeUndefined();
    expect(Properties.MetricName).toEqual(expect.any(String));
  });

  test.each(alarms)('%s looks back no longer than CloudWatch does', (_, { Properties }) => {
    const seconds = Properties.Period * Properties.EvaluationPeriods;
    expect(seconds).toBeLessThanOrEqual((Properties.Period < 3_600 ? 1 : 7) * 86_400);
    expect(Properties.DatapointsToAlarm ?? 1).toBeLessThanOrEqual(Properties.EvaluationPeriods);
  });

  test('somebody is written to where the settings say so', () => {
    const subscribed = (made: typeof template) =>
      resourcesOf(made, 'AWS::SNS::Subscription').map(([, { Properties }]) => [
        Properties.Protocol,
        Properties.Endpoint,
      ]);
    expect(subscribed(template)).toEqual([['email', 'desk@example.com']]);
    expect(subscribed(plain)).toEqual([]);
  });

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

  test.each(['Errors', 'Throttles'].flatMap(metric => ['Intake', 'Publisher'].map(part => [metric, part])))(
    '%s of the function of %s ring',
    (metric, part) => {
      const ringing = alarms.filter(
        ([, { Properties }]) =>
          Properties.MetricName === metric &&
          Properties.Dimensions.some((dimension: { Value: unknown }) =>
            target(dimension.Value)?.startsWith(String(part)),
          ),
      );
      expect(ringing).toHaveLength(1);
      expect(ringing[0]?.[1].Properties).toMatchObject({
        Namespace: 'AWS/Lambda',
        Statistic: 'Sum',
        Threshold: 0,
        Period: 300,
        EvaluationPeriods: metric === 'Throttles' ? 3 : 1,
      });
    },
  );

  test('the table rings for each operation that every file needs, where throttling lasts', () => {
    const [[table] = []] = resourcesOf(template, 'AWS::DynamoDB::Table');
    const ringing = alarms.filter(([, { Properties }]) => Properties.Namespace === 'AWS/DynamoDB');
    const operations = ringing.map(([, { Properties }]) => {
      expect(Properties).toMatchObject({
        MetricName: 'ThrottledRequests',
        Statistic: 'Sum',
        Threshold: 0,
        Period: 300,
        EvaluationPeriods: 3,
      });
      const values = new Map(
        Properties.Dimensions.map(({ Name, Value }: { Name: string; Value: unknown }) => [Name, Value]),
      );
      expect(target(values.get('TableName'))).toBe(table);
      return values.get('Operation');
    });
    expect(operations.sort()).toEqual(['PutItem', 'Query', 'UpdateItem']);
  });

  test.each([
    ['IteratorAge', { Namespace: 'AWS/Lambda', Statistic: 'Maximum', Threshold: 300_000, Period: 60 }, 3],
    ['RecordFailed', { Namespace: METRIC_NAMESPACE, Statistic: 'Sum', Threshold: 0, Period: 900 }, 1],
    ['HubFailed', { Namespace: METRIC_NAMESPACE, Statistic: 'Sum', Threshold: 0, Period: 3_600 }, 3],
  ])('%s rings above %j, %i times', (metric, expected, periods) => {
    expect(alarmOn(metric)).toMatchObject({ ...expected, EvaluationPeriods: periods });
  });

  test('every queue in which nothing should lie has an alarm that rings at once', () => {
    const ringing = alarms
      .filter(([, { Properties }]) => Properties.MetricName === 'ApproximateNumberOfMessagesVisible')
      .map(([, { Properties }]) => {
        expect(Properties).toMatchObject({
          Namespace: 'AWS/SQS',
          Statistic: 'Maximum',
          Threshold: 0,
          EvaluationPeriods: 1,
          Period: 60,
        });
        return target(Properties.Dimensions[0].Value);
      });
    const parking = resourcesOf(template, 'AWS::SQS::Queue')
      .filter(([, { Properties }]) => Properties.RedrivePolicy === undefined)
      .map(([id]) => id);
    expect(ringing.sort()).toEqual(parking.sort());
  });

  test('copy that is tried a second time does not ring yet, and rings soon after', () => {
    const hidden = resourcesOf(template, 'AWS::SQS::Queue').map(
      ([, { Properties }]) => Properties.VisibilityTimeout ?? 0,
    );
    const age = alarmOn('ApproximateAgeOfOldestMessage');
    expect(age.Threshold).toBeGreaterThan(Math.max(...hidden));
    expect(age.Threshold).toBeLessThanOrEqual(Math.max(...hidden) + 300);
    expect(age).toMatchObject({
      Namespace: 'AWS/SQS',
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 3,
    });
  });

  test('the clock is alarmed by what it did, and not by how often its function was called', () => {
    const clock = alarmOn('Ticks');
    expect(clock).toMatchObject({
      Namespace: METRIC_NAMESPACE,
      Statistic: 'Sum',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      Period: 300,
      EvaluationPeriods: 2,
      TreatMissingData: 'breaching',
    });
    expect(toldBy(clock)?.heading).toBe('The clock has stopped');
  });

  test('a daily check that did not end rings after a day and a quarter, and not on the first day', () => {
    const check = alarmOn('Checks');
    expect(check).toMatchObject({
      Namespace: METRIC_NAMESPACE,
      Statistic: 'Sum',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
      // Ticks count 0. So nothing is measured only before the first tick, or while the clock has stopped.
      TreatMissingData: 'notBreaching',
    });
    const hours = (check.Period * check.EvaluationPeriods) / 3_600;
    expect(check.DatapointsToAlarm ?? check.EvaluationPeriods).toBe(check.EvaluationPeriods);
    // The check may begin a quarter of an hour late, and may be repeated for an hour.
    expect(hours - check.Period / 3_600).toBeGreaterThanOrEqual(24);
    expect(hours).toBeLessThanOrEqual(30);
  });

  test.each(['ExecutionsFailed', 'ExecutionsTimedOut'])('a bulk run with %s rings', metric => {
    const [[machine] = []] = resourcesOf(template, 'AWS::StepFunctions::StateMachine');
    expect(alarmOn(metric)).toMatchObject({ Namespace: 'AWS/States', Threshold: 0, Statistic: 'Sum' });
    expect(target(alarmOn(metric).Dimensions[0].Value)).toBe(machine);
  });

  test('errors of the site ring where CloudFront measures them, and nowhere else', () => {
    const [, { Properties, Condition = '' } = {}] =
      alarms.find(([, { Properties }]) => Properties.Namespace === 'AWS/CloudFront') ?? [];
    expect(Properties).toMatchObject({ MetricName: '5xxErrorRate', Statistic: 'Average', Threshold: 1 });
    expect(template.findConditions('*')[Condition]).toEqual({
      'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'],
    });
    const without = templateOf({
      deployment: { cloudFront: false },
      site: { baseUrl: 'https://news.example' },
    });
    expect(JSON.stringify(without.toJSON())).not.toContain('5xxErrorRate');
    // A reference to a resource that does not exist in this region would fail the deployment.
    const [id] = alarms.find(([, { Condition }]) => Condition !== undefined) ?? [];
    const others = allResources(template).filter(([other]) => other !== id);
    expect(JSON.stringify(others)).not.toContain(`"${id}"`);
  });

  test('a budget tells the topic, of what was spent and of what will be', () => {
    expect(resourcesOf(plain, 'AWS::Budgets::Budget')).toEqual([]);
    const made = templateOf({ alarms: { monthlyBudget: 250 } });
    const [[, budget] = []] = resourcesOf(made, 'AWS::Budgets::Budget');
    const [[topic] = []] = resourcesOf(made, 'AWS::SNS::Topic');
    expect(budget?.Properties.Budget).toMatchObject({
      BudgetLimit: { Amount: 250, Unit: 'USD' },
      TimeUnit: 'MONTHLY',
    });
    const told = budget?.Properties.NotificationsWithSubscribers;
    expect(told.map(({ Notification }: { Notification: object }) => Notification)).toEqual(
      ['ACTUAL', 'FORECASTED'].map(NotificationType =>
        expect.objectContaining({ NotificationType, Threshold: 100, ComparisonOperator: 'GREATER_THAN' }),
      ),
    );
    for (const { Subscribers } of told)
      expect(Subscribers.map((to: { Address: unknown }) => target(to.Address))).toEqual([topic]);
    const principals = statementsOf(made).flatMap(({ type, statement }) =>
      type === 'AWS::SNS::TopicPolicy' && statement.Effect === 'Allow' ? [statement.Principal] : [],
    );
    expect(principals).toEqual([{ Service: expect.arrayContaining(['budgets.amazonaws.com']) }]);
  });

  test('an article that is about to be published does not ring, one that stays away does', () => {
    expect(alarmOn('Behind')).toMatchObject({
      Namespace: METRIC_NAMESPACE,
      Statistic: 'Minimum',
      Threshold: 300,
      Period: 300,
      EvaluationPeriods: 2,
    });
  });

  test('the age that rings is the setting', () => {
    expect(alarmOn('Age')).toMatchObject({
      Namespace: METRIC_NAMESPACE,
      ExtendedStatistic: 'p90',
      Threshold: 150,
      Period: 900,
      EvaluationPeriods: 4,
      DatapointsToAlarm: 2,
    });
  });

  test.each([
    [20, template],
    [50, plain],
  ])('at %d %% a few bad files do not ring, a larger share does', (percent, made) => {
    const rate = resourcesOf(made, 'AWS::CloudWatch::Alarm').find(
      ([, { Properties }]) => Properties.MetricName === 'RejectedExcess',
    )?.[1].Properties;
    expect(rate).toMatchObject({ Statistic: 'Sum', Period: 3_600, EvaluationPeriods: 1 });
    const rings = (rejected: number, good: number) => {
      let sum = 0;
      for (let file = 0; file < rejected + good; file++) sum += rejectedExcess(file < rejected, percent);
      return sum > rate?.Threshold;
    };
    expect(rings(0, 1_000)).toBe(false);
    expect(rings(1, 0)).toBe(false);
    expect(rings(4, 0)).toBe(false);
    expect(rings(5, 0)).toBe(true);
    expect(rings(percent * 10, 1_000 - percent * 10)).toBe(false);
    expect(rings(percent * 100 + 30, 10_000 - percent * 100 - 30)).toBe(true);
  });

  test('where all files may be rejected, it never rings', () => {
    for (const rejected of [true, false]) expect(rejectedExcess(rejected, 100)).toBeLessThanOrEqual(0);
  });

  test.each(alarms)(
    '%s rings above its threshold; only what must happen always rings when nothing is measured',
    (_, { Properties }) => {
      const mustHappen = ['Ticks', 'Checks'].includes(Properties.MetricName);
      expect([Properties.ComparisonOperator, Properties.TreatMissingData]).toEqual([
        mustHappen ? 'LessThanThreshold' : 'GreaterThanThreshold',
        Properties.MetricName === 'Ticks' ? 'breaching' : 'notBreaching',
      ]);
    },
  );
});

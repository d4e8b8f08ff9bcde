import { LOOK_AHEAD_MS } from '../../../shared/model/schedule.ts';
import { readSettingsJson } from '../../../shared/settings/settings.ts';
import { ENV, INGEST_ENV, PUBLISH_ENV } from '../../../shared/stack/environment.ts';
import { TABLE_INDEXES, TABLE_KEY } from '../../../shared/table/keys.ts';
import { liveFunction, resourcesOf, target, templateOf } from '../template.ts';

const template = templateOf();
const functions = resourcesOf(template, 'AWS::Lambda::Function');

const environmentOf = (part: string, made = template): Record<string, unknown> => {
  const found = resourcesOf(made, 'AWS::Lambda::Function').filter(([id]) => id.startsWith(part));
  expect(found).toHaveLength(1);
  return found[0]?.[1].Properties.Environment.Variables;
};

describe('functions', () => {
  test('there are two, and none that the CDK added', () => expect(functions).toHaveLength(2));

  test.each(functions)('%s runs where it was built for', (_, { Properties }) => {
    expect(Properties).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
  });

  test.each(functions)('%s has memory, time and a log of its own', (_, { Properties }) => {
    // Lambda's 128 MB and 3 s are no choice of ours.
    expect(Properties.MemorySize).toBeGreaterThanOrEqual(1024);
    expect(Properties.Timeout).toBeGreaterThan(3);
    expect(Properties.LoggingConfig.LogFormat).toBe('JSON');
    const log = resourcesOf(template, 'AWS::Logs::LogGroup').find(
      ([id]) => id === target(Properties.LoggingConfig.LogGroup),
    );
    expect(log?.[1].Properties.RetentionInDays).toBeGreaterThan(0);
  });

  test.each(functions)(
    '%s has no reserved concurrency: it throttles, and fails in a new account',
    (_, { Properties }) => {
      expect(Properties.ReservedConcurrentExecutions).toBeUndefined();
    },
  );
});

describe('environment', () => {
  test('ingest gets what it reads, and nothing else', () => {
    expect(Object.keys(environmentOf('Intake')).sort()).toEqual([...INGEST_ENV].sort());
  });

  test('publish gets what it reads, and nothing else', () => {
    expect(Object.keys(environmentOf('Publisher')).sort()).toEqual([...PUBLISH_ENV].sort());
  });

  test('the settings arrive as they were written, defaults filled in', () => {
    const made = templateOf({ site: { title: 'Пошта "X" <&>' }, feeds: { entries: 7 } });
    for (const part of ['Intake', 'Publisher']) {
      const settings = readSettingsJson(String(environmentOf(part, made)[ENV.settings]), 'test');
      expect(settings.site.title).toBe('Пошта "X" <&>');
      expect(settings.feeds.entries).toBe(7);
      expect(settings.articles.timeZone).toBe('UTC');
    }
  });

  test("the site's address is CloudFront's, unless the settings name one", () => {
    expect(JSON.stringify(environmentOf('Publisher')[ENV.baseUrl])).toContain('DomainName');
    const made = templateOf({ site: { baseUrl: 'https://news.example/' } });
    expect(environmentOf('Publisher', made)[ENV.baseUrl]).toBe('https://news.example');
  });
});

describe('table', () => {
  const [[, table] = []] = resourcesOf(template, 'AWS::DynamoDB::Table');

  test('has the keys and indexes that articles.ts uses', () => {
    expect(table?.Properties.KeySchema).toEqual([
      { AttributeName: TABLE_KEY.partition, KeyType: 'HASH' },
      { AttributeName: TABLE_KEY.sort, KeyType: 'RANGE' },
    ]);
    expect(table?.Properties.GlobalSecondaryIndexes).toEqual(
      Object.values(TABLE_INDEXES).map(({ name, partition, sort }) =>
        expect.objectContaining({
          IndexName: name,
          KeySchema: [
            { AttributeName: partition, KeyType: 'HASH' },
            { AttributeName: sort, KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'KEYS_ONLY' },
        }),
      ),
    );
  });
});

describe('clock', () => {
  test('a tick each minute, a rebuild each day, both to publish', () => {
    const schedules = resourcesOf(template, 'AWS::Scheduler::Schedule').map(([, { Properties }]) => [
      Properties.ScheduleExpression,
      JSON.parse(Properties.Target.Input),
      liveFunction(template, Properties.Target.Arn)?.startsWith('Publisher'),
    ]);
    expect(schedules).toEqual([
      ['rate(1 minute)', { copydesk: 'tick' }, true],
      [expect.stringMatching(/^cron\(\d+ \d+ \* \* \? \*\)$/), { copydesk: 'rebuild' }, true],
    ]);
  });
});

test('a tick has time to wait for what falls due before the next one, and to release it', () => {
  const [[, press] = []] = functions.filter(([id]) => id.startsWith('Publisher'));
  expect(press?.Properties.Timeout * 1_000).toBeGreaterThanOrEqual(LOOK_AHEAD_MS + 120_000);
  // Each may come at any time within its minute.
  expect(LOOK_AHEAD_MS).toBeGreaterThanOrEqual(2 * 60_000);
});

describe('outputs', () => {
  const outputs = (made = template) =>
    Object.fromEntries(Object.entries(made.findOutputs('*')).map(([name, { Value }]) => [name, Value]));

  test('hold what scripts rely on', () => {
    expect(outputs()).toMatchObject({
      IntakeBucketName: { Ref: expect.stringMatching(/^IntakeBucket/) },
      TableName: { Ref: expect.stringMatching(/^Storage/) },
      FeedUrl: { 'Fn::Join': ['', ['https://', expect.anything(), '/feed.xml']] },
      JsonFeedUrl: { 'Fn::Join': ['', ['https://', expect.anything(), '/feed.json']] },
      SiteUrl: { 'Fn::Join': ['', ['https://', expect.anything()]] },
      DashboardUrl: {
        'Fn::Join': ['', expect.arrayContaining([{ Ref: expect.stringMatching(/^MonitoringDashboard/) }])],
      },
    });
  });

  test('follow the address in the settings', () => {
    expect(outputs(templateOf({ site: { baseUrl: 'https://news.example' } }))).toMatchObject({
      FeedUrl: 'https://news.example/feed.xml',
      JsonFeedUrl: 'https://news.example/feed.json',
      SiteUrl: 'https://news.example',
    });
  });
});

test('of the table only records reach the publisher', () => {
  const stream = resourcesOf(template, 'AWS::Lambda::EventSourceMapping').find(
    ([, { Properties }]) => Properties.StartingPosition,
  );
  expect(
    stream?.[1].Properties.FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) =>
      JSON.parse(Pattern),
    ),
  ).toEqual([{ dynamodb: { Keys: { sk: { S: ['record'] } } } }]);
});

import { LOG_EVENTS, type LogLine, metricLog } from '../../../shared/aws/telemetry.ts';
import { METRICS } from '../../../shared/stack/metrics.ts';

const AT = Date.UTC(2026, 10, 23, 12);

const written = (line: LogLine) => {
  const lines: string[] = [];
  metricLog({ stack: 'Copydesk-test', now: () => AT, write: text => lines.push(text) })(line);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^\{.*\}\n$/);
  return JSON.parse(String(lines[0]));
};

/** What every line has beside what it tells. */
const HEAD = { timestamp: '2026-11-23T12:00:00.000Z', level: 'INFO' };

test('a line that measures nothing is written as it is, with its time and level', () => {
  const line: LogLine = { event: LOG_EVENTS.ignored, messageId: '1' };
  expect(written(line)).toEqual({ ...HEAD, ...line });
  expect(written({ ...line, metrics: {} })).toEqual({ ...HEAD, ...line });
});

test('a line that tells of a failure is an error, unless it says that it is less', () => {
  expect(written({ event: LOG_EVENTS.publishFailed }).level).toBe('ERROR');
  expect(written({ event: LOG_EVENTS.publishFailed, level: 'WARN' }).level).toBe('WARN');
});

test('what is measured rides on the line of its outcome, with its unit and the stack', () => {
  const line = written({
    event: LOG_EVENTS.published,
    ids: ['a'],
    metrics: { Age: [1.5, 2], FilesWritten: 12 },
  });
  expect(line).toEqual({
    ...HEAD,
    event: 'edition.published',
    ids: ['a'],
    Age: [1.5, 2],
    FilesWritten: 12,
    Stack: 'Copydesk-test',
    _aws: {
      Timestamp: AT,
      CloudWatchMetrics: [
        {
          Namespace: 'Copydesk',
          Dimensions: [['Stack']],
          Metrics: [
            { Name: 'Age', Unit: 'Seconds' },
            { Name: 'FilesWritten', Unit: 'Count' },
          ],
        },
      ],
    },
  });
});

test('rejections are counted by reason, beside what is not divided', () => {
  const line = written({
    event: LOG_EVENTS.ingested,
    key: 'a.txt',
    Reason: 'empty',
    metrics: { Received: 1, Rejected: 1 },
  });
  expect(line).toMatchObject({ Received: 1, Rejected: 1, Reason: 'empty', Stack: 'Copydesk-test' });
  expect(line._aws.CloudWatchMetrics).toEqual([
    { Namespace: 'Copydesk', Dimensions: [['Stack']], Metrics: [{ Name: 'Received', Unit: 'Count' }] },
    {
      Namespace: 'Copydesk',
      Dimensions: [['Stack', 'Reason']],
      Metrics: [{ Name: 'Rejected', Unit: 'Count' }],
    },
  ]);
});

test('no values are no metric: CloudWatch refuses the whole line for an empty list', () => {
  const line = written({ event: LOG_EVENTS.published, metrics: { Age: [], FilesWritten: 0 } });
  expect(line).not.toHaveProperty('Age');
  expect(line._aws.CloudWatchMetrics[0].Metrics).toEqual([{ Name: 'FilesWritten', Unit: 'Count' }]);
  expect(written({ event: LOG_EVENTS.published, metrics: { Age: [] } })).not.toHaveProperty('_aws');
});

test('every metric named has a value, and every dimension, as CloudWatch demands', () => {
  const metrics = Object.fromEntries(Object.keys(METRICS).map(name => [name, 1]));
  const line = written({ event: LOG_EVENTS.ingested, Reason: 'empty', metrics });
  const named = [];
  for (const { Dimensions, Metrics } of line._aws.CloudWatchMetrics) {
    for (const name of Dimensions.flat()) expect(typeof line[name]).toBe('string');
    for (const { Name } of Metrics) named.push(Name);
  }
  expect(named.sort()).toEqual(Object.keys(METRICS).sort());
});

test('of more values than CloudWatch takes in one line, each is in one line, and nothing else is told twice', () => {
  const lines: string[] = [];
  const values = Array.from({ length: 250 }, (_, value) => value);
  metricLog({ stack: 'Copydesk-test', now: () => AT, write: text => lines.push(text) })({
    event: LOG_EVENTS.published,
    ids: ['a'],
    metrics: { Age: values, FilesWritten: 12 },
  });
  const [first, ...others] = lines.map(line => JSON.parse(line));
  expect(first).toMatchObject({ ids: ['a'], FilesWritten: 12 });
  expect([first, ...others].map(line => line.Age.length)).toEqual([100, 100, 50]);
  expect([first, ...others].flatMap(line => line.Age)).toEqual(values);
  for (const line of others)
    expect(line).toEqual({
      ...HEAD,
      event: 'edition.published',
      Age: expect.any(Array),
      Stack: 'Copydesk-test',
      _aws: {
        Timestamp: AT,
        CloudWatchMetrics: [
          { Namespace: 'Copydesk', Dimensions: [['Stack']], Metrics: [{ Name: 'Age', Unit: 'Seconds' }] },
        ],
      },
    });
});

import { readFileSync } from 'node:fs';
import { REJECTION_CODES } from '../../../shared/model/article.ts';
import { METRIC_NAMESPACE, METRICS, STACK_DIMENSION } from '../../../shared/stack/metrics.ts';
import { IN_BULK } from '../../support/request-counts.ts';
import { resourcesOf, templateOf } from '../template.ts';

const template = templateOf({ feeds: { hub: 'https://hub.example/' } });

/** `["Copydesk", "Age", "Stack", "…", {...}]` of a graph's list, as the metric and its dimensions. */
interface Shown {
  name: string;
  dimensions: Record<string, string>;
}

const STACK = '<stack>';

/** The body of the dashboard, with the stack's name where the template refers to it. */
const dashboardOf = (made: typeof template) => {
  const [[, dashboard] = []] = resourcesOf(made, 'AWS::CloudWatch::Dashboard');
  const [, parts = []] = (dashboard?.Properties.DashboardBody?.['Fn::Join'] ?? []) as [string?, unknown[]?];
  const text = parts.map(part => (typeof part === 'string' ? part : STACK)).join('');
  return JSON.parse(text) as {
    widgets: {
      type: string;
      x: number;
      y: number;
      width: number;
      height: number;
      properties: { metrics?: unknown[][]; markdown?: string; stacked?: boolean };
    }[];
  };
};

const graphed = (made: typeof template): Shown[] =>
  dashboardOf(made)
    .widgets.flatMap(({ properties }) => properties.metrics ?? [])
    .filter(([namespace]) => namespace === METRIC_NAMESPACE)
    .map(([, name, ...rest]) => {
      const pairs = rest.filter(item => typeof item === 'string') as string[];
      const dimensions: Record<string, string> = {};
      for (let at = 0; at + 1 < pairs.length; at += 2) dimensions[String(pairs[at])] = String(pairs[at + 1]);
      return { name: String(name), dimensions };
    });

const alarmed: Shown[] = resourcesOf(template, 'AWS::CloudWatch::Alarm')
  .filter(([, { Properties }]) => Properties.Namespace === METRIC_NAMESPACE)
  .map(([, { Properties }]) => ({
    name: Properties.MetricName,
    dimensions: Object.fromEntries(
      Properties.Dimensions.map(({ Name, Value }: { Name: string; Value: unknown }) => [
        Name,
        typeof Value === 'string' ? Value : STACK,
      ]),
    ),
  }));

test('every metric that the functions emit is graphed, and every one that is graphed is emitted', () => {
  expect(new Set(graphed(template).map(({ name }) => name))).toEqual(new Set(Object.keys(METRICS)));
});

test('every alarm of our own metrics is on one that is graphed', () => {
  expect(alarmed.length).toBeGreaterThan(0);
  for (const one of alarmed) expect(graphed(template)).toContainEqual(one);
});

test('what is divided is shown in all its parts, and everything by the stack', () => {
  for (const { name, dimensions } of [...graphed(template), ...alarmed]) {
    const by = METRICS[name as keyof typeof METRICS].by;
    expect(Object.keys(dimensions)).toEqual(expect.arrayContaining([STACK_DIMENSION, ...(by ? [by] : [])]));
    expect(Object.keys(dimensions)).toHaveLength(by ? 2 : 1);
    expect(dimensions[STACK_DIMENSION]).toBe(STACK);
  }
  const reasons = graphed(template).flatMap(({ dimensions }) => dimensions.Reason ?? []);
  expect(reasons).toEqual([...REJECTION_CODES]);
});

test('docs/costs.md counts what metrics cost', () => {
  const [, all, plain, reasons] =
    /at most (\d+) metrics: (\d+) [\s\S]+ for each of (\d+) reasons/.exec(
      readFileSync('docs/costs.md', 'utf8'),
    ) ?? [];
  const undivided = Object.values(METRICS).filter(({ by }) => by === undefined).length;
  expect([Number(plain), Number(reasons)]).toEqual([undivided, REJECTION_CODES.length]);
  expect(Number(all)).toBe(undivided + REJECTION_CODES.length);
});

test('the dashboard begins with the alarms and goes on from left to right', () => {
  const { widgets } = dashboardOf(template);
  expect(widgets[0]).toMatchObject({ type: 'alarm', y: 0, width: 24 });
  const stations = widgets.filter(({ properties }) => /^## \d /.test(properties.markdown ?? ''));
  expect(stations.map(({ properties }) => Number(properties.markdown?.slice(3, 4)))).toEqual([
    1, 2, 3, 4, 5, 6,
  ]);
  expect(stations.map(({ x }) => x)).toEqual([0, 4, 8, 12, 16, 20]);
  expect(new Set(stations.map(({ y }) => y)).size).toBe(1);
  for (const { x, width } of widgets) expect(x + width).toBeLessThanOrEqual(24);
});

test('no two widgets lie on each other', () => {
  const cells = new Set<string>();
  for (const { x, y, width, height } of dashboardOf(template).widgets)
    for (let column = x; column < x + width; column++)
      for (let row = y; row < y + height; row++) {
        expect(cells).not.toContain(`${column},${row}`);
        cells.add(`${column},${row}`);
      }
});

test('without CloudFront nothing of it is graphed', () => {
  const without = templateOf({
    deployment: { cloudFront: false },
    site: { baseUrl: 'https://news.example' },
  });
  expect(JSON.stringify(dashboardOf(without))).not.toContain('AWS/CloudFront');
  expect(JSON.stringify(dashboardOf(template))).toContain('AWS/CloudFront');
});

test('as many changes are published at once as docs/costs.md counts on', () => {
  const stream = resourcesOf(template, 'AWS::Lambda::EventSourceMapping').find(
    ([, { Properties }]) => Properties.StartingPosition,
  );
  expect(stream?.[1].Properties.BatchSize).toBeGreaterThanOrEqual(IN_BULK);
});

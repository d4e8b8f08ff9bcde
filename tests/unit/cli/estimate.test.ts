import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ASSUMED } from '../../../cli/costs/assumptions.ts';
import { estimate, inBulkOf, sumOf, togetherOf } from '../../../cli/costs/estimate.ts';
import { MEASURED } from '../../../cli/costs/measured-requests.ts';
import { PRICES, PRICES_OF } from '../../../cli/costs/prices.ts';

const docs = readFileSync(path.resolve(__dirname, '../../../docs/costs.md'), 'utf8');
const prices = PRICES['us-east-1'];
const month = { articles: 1_000_000, size: 5, readers: 0 };

/** The rows of the tables, as cells. */
const rows = docs
  .split('\n')
  .filter(line => line.startsWith('|'))
  .map(line =>
    line
      .split('|')
      .map(cell => cell.replaceAll('*', '').trim())
      .slice(1, -1),
  );

/** As the document rounds what is no whole number. */
const told = (count: number) => String(Math.round(count * 100) / 100);

test('docs/costs.md tells the requests that were counted', () => {
  const kinds: [string, keyof typeof MEASURED.one][] = [
    ['S3 PUT and LIST', 's3Writes'],
    ['S3 GET and HEAD', 's3Reads'],
    ['table, write units', 'tableWrites'],
    ['table, read units', 'tableReads'],
    ['SQS requests', 'queueRequests'],
    ['calls of ingest', 'ingestCalls'],
    ['calls of publish', 'publishCalls'],
    ['bytes of log lines', 'logBytes'],
  ];
  const { one, bulk } = MEASURED;
  const inBulk = inBulkOf(5);
  for (const [name, kind] of kinds)
    expect(rows).toContainEqual([
      name,
      told(one[kind]),
      told(bulk.call[kind]),
      told(bulk.article[kind]),
      String(Number(inBulk[kind].toPrecision(3))),
    ]);
  expect(togetherOf(5)).toBe(400);
});

test('docs/costs.md tells what a million articles cost, and of when the prices are', () => {
  const lines = estimate(month, prices);
  for (const { what, oneByOne, inBulk } of lines)
    if (oneByOne > 0) expect(rows).toContainEqual([what, oneByOne.toFixed(2), inBulk.toFixed(2)]);
  const all = sumOf(lines);
  expect(rows).toContainEqual(['All together', all.oneByOne.toFixed(2), all.inBulk.toFixed(2)]);
  const each = sumOf(lines.filter(({ per }) => per === 'article'));
  expect(rows).toContainEqual(['What each article adds', each.oneByOne.toFixed(2), each.inBulk.toFixed(2)]);
  expect(docs).toContain(PRICES_OF);
  expect(docs).toContain(`**${each.inBulk.toFixed(2)} dollars**`);
});

test('docs/costs.md tells below what no way of publishing comes by list price', () => {
  const recordUnits = Math.ceil(month.size + ASSUMED.record);
  const entries = 2;
  const floor = 2 * prices.s3Writes + prices.s3Reads + (recordUnits + entries) * prices.tableWrites;
  expect(docs).toContain(`**${floor.toFixed(2)} dollars**`);
  expect(floor).toBeLessThan(sumOf(estimate(month, prices)).inBulk);
});

test('of longer articles fewer are published at once, but one at least', () => {
  expect(togetherOf(20)).toBeLessThan(togetherOf(5));
  expect(togetherOf(10_000)).toBe(1);
});

test('more articles, longer ones and more readers cost more', () => {
  const cost = (change: Partial<typeof month>) => sumOf(estimate({ ...month, ...change }, prices)).inBulk;
  expect(cost({ articles: 2_000_000 })).toBeGreaterThan(cost({}));
  expect(cost({ size: 20 })).toBeGreaterThan(cost({}));
  expect(cost({ readers: 1_000 })).toBeGreaterThan(cost({}));
});

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { estimate, sumOf } from '../../../cli/costs/estimate.ts';
import { PER_ARTICLE } from '../../../cli/costs/measured-requests.ts';
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

test('docs/costs.md tells the requests that were counted', () => {
  const { one, hundred } = PER_ARTICLE;
  const kinds: [string, keyof typeof one.counts][] = [
    ['S3 PUT and LIST', 's3Writes'],
    ['S3 GET and HEAD', 's3Reads'],
    ['table, write units', 'tableWrites'],
    ['table, read units', 'tableReads'],
    ['SQS requests', 'queueRequests'],
    ['calls of ingest', 'ingestCalls'],
    ['calls of publish', 'publishCalls'],
  ];
  for (const [name, kind] of kinds)
    expect(rows).toContainEqual([name, String(one.counts[kind]), String(hundred.counts[kind])]);
});

test('docs/costs.md tells what a million articles cost, and of when the prices are', () => {
  const lines = estimate(month, prices);
  for (const { what, oneByOne, inBulk } of lines)
    if (oneByOne > 0) expect(rows).toContainEqual([what, oneByOne.toFixed(2), inBulk.toFixed(2)]);
  const { oneByOne, inBulk } = sumOf(lines);
  expect(rows).toContainEqual(['All together', oneByOne.toFixed(2), inBulk.toFixed(2)]);
  expect(docs).toContain(PRICES_OF);
});

test('more articles, longer ones and more readers cost more', () => {
  const cost = (change: Partial<typeof month>) => sumOf(estimate({ ...month, ...change }, prices)).inBulk;
  expect(cost({ articles: 2_000_000 })).toBeGreaterThan(cost({}));
  expect(cost({ size: 20 })).toBeGreaterThan(cost({}));
  expect(cost({ readers: 1_000 })).toBeGreaterThan(cost({}));
});

import { readFileSync } from 'node:fs';
import type { RepublishCounts } from '../../../bench/publish/republish.ts';
import { PRICES } from '../../../bench/publish/run-republish.ts';

test('the prices are those of docs/costs.md', () => {
  const docs = readFileSync('docs/costs.md', 'utf8');
  const rows: [string, keyof RepublishCounts][] = [
    ['a million PUT or LIST requests of S3', 's3Writes'],
    ['a million GET or HEAD requests of S3', 's3Reads'],
    ['a million write units of the table', 'tableWrites'],
    ['a million read units of the table', 'tableReads'],
  ];
  for (const [row, name] of rows) {
    const [, price] = new RegExp(`^\\| ${row} \\| ([\\d.]+) \\|$`, 'm').exec(docs) ?? [];
    expect([row, Number(price)]).toEqual([row, PRICES[name]]);
  }
});

import { readFileSync } from 'node:fs';
import { openRepublishedSite, type RepublishCounts } from '../../../bench/publish/republish.ts';
import { PRICES } from '../../../bench/publish/run-republish.ts';
import { MEASURED } from '../../support/request-counts.ts';

/** As in tests/pipeline/bulk-counts.test.ts, which counts the same on the embedded services. */
const ARTICLES = 200;

/** Other texts and tags change some pages, so that the counts differ a little. */
const TOLERANCE = 0.06;

const NAMES = Object.keys(PRICES) as (keyof RepublishCounts)[];

test('the services in memory count of a run over all articles what the embedded ones count', async () => {
  const site = await openRepublishedSite(ARTICLES);
  await site.lose();
  for (const state of ['lost', 'unchanged'] as const) {
    const { articles } = await site.republish();
    const each = NAMES.map(name => [name, articles[name] / ARTICLES] as const);
    const wrong = each.filter(([name, count]) => {
      const told = MEASURED.republish[state][name];
      return Math.abs(count - told) > 0.02 + TOLERANCE * told;
    });
    expect({ state, wrong }).toEqual({ state, wrong: [] });
  }
});

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

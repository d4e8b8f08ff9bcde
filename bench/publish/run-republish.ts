import { PUBLISH_BATCH } from '../../shared/model/bulk-run.ts';
import { progress, table } from '../table.ts';
import { openRepublishedSite, type RepublishCost, type RepublishCounts } from './republish.ts';

/** Share of the largest size at which the counts of an article are the same. */
const SMALLER = 10;

/** List prices in dollars for a million requests or units: docs/costs.md, "List prices". */
export const PRICES: Readonly<RepublishCounts> = {
  s3Writes: 5,
  s3Reads: 0.4,
  tableReads: 0.125,
  tableWrites: 0.625,
};

/** Dollars for a million articles that are not for requests: the calls of the function, their time, and the state machine. */
const CALLS_OF_A_MILLION = 1_000_000 / PUBLISH_BATCH;
const SECONDS_OF_A_CALL = 6;
/** GB-seconds of a function of 1,024 MB, its call, and an Express execution of Step Functions. */
const DOLLARS_OF_A_CALL = SECONDS_OF_A_CALL * 13.33e-6 + (0.2 + 7) * 1e-6;

/** What `publish --all` takes on a site of a size. */
interface RepublishReport {
  site: 'lost' | 'unchanged';
  articles: number;
  /** What each article adds. */
  each: RepublishCounts;
  /** What each section, tag and author adds. */
  edition: RepublishCounts;
  /** For a million articles, with a site of as many editions for each article as here. */
  dollars: number;
}

/**
 * Counts what `copydesk publish --all` takes of S3 and the table, on a site that was lost with its states, and on one on
 * which nothing changes.
 */
export async function runRepublish(size: number): Promise<RepublishReport[]> {
  const reports: RepublishReport[] = [];
  for (const articles of [Math.ceil(size / SMALLER), size]) {
    const told = (what: string) => (done: number) =>
      progress(`${articles.toLocaleString('en')} articles, ${what}: ${done.toLocaleString('en')}`);
    const site = await openRepublishedSite(articles, told('filed'));
    await site.lose();
    for (const state of ['lost', 'unchanged'] as const) {
      const cost = await site.republish(told(`a site that is ${state}`));
      reports.push(reportOf(state, articles, site.editions, cost));
    }
  }
  progress('');
  write(reports);
  return reports;
}

function reportOf(
  site: RepublishReport['site'],
  articles: number,
  editions: number,
  cost: RepublishCost,
): RepublishReport {
  const each = mapped(cost.articles, count => count / articles);
  const requests = Object.entries(PRICES).reduce(
    (sum, [name, price]) => sum + price * each[name as keyof RepublishCounts],
    0,
  );
  return {
    ...{ site, articles, each },
    edition: mapped(cost.editions, count => count / editions),
    dollars: requests + CALLS_OF_A_MILLION * DOLLARS_OF_A_CALL,
  };
}

function write(reports: readonly RepublishReport[]): void {
  const head = ['PUT, LIST', 'GET, HEAD', 'read units', 'write units'];
  const cells = ({ s3Writes, s3Reads, tableReads, tableWrites }: RepublishCounts) =>
    [s3Writes, s3Reads, tableReads, tableWrites].map(count => count.toFixed(2));
  const rows = [...reports].sort((a, b) => (a.site < b.site ? -1 : 1));
  const size = (articles: number) => `${articles.toLocaleString('en')} articles`;
  process.stdout.write(
    `${table(
      ['publish --all, each article', ...head, 'dollars a million'],
      rows.map(({ site, articles, each, dollars }) => [
        `${site}, ${size(articles)}`,
        ...cells(each),
        dollars.toFixed(2),
      ]),
    )}\n${table(
      ['each section, tag and author', ...head],
      rows.map(({ site, articles, edition }) => [`${site}, ${size(articles)}`, ...cells(edition)]),
    )}\n`,
  );
}

function mapped(counts: RepublishCounts, change: (count: number) => number): RepublishCounts {
  const { s3Writes, s3Reads, tableReads, tableWrites } = counts;
  return {
    s3Writes: change(s3Writes),
    s3Reads: change(s3Reads),
    tableReads: change(tableReads),
    tableWrites: change(tableWrites),
  };
}

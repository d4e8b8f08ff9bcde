import { ASSUMED } from './assumptions.ts';
import { countsOf, mapCounts, type RequestCounts } from './counts.ts';
import { MEASURED } from './measured-requests.ts';
import type { Prices } from './prices.ts';

/** What a month is like. */
export interface Month {
  /** New articles. */
  articles: number;
  /** KB of text of each. */
  size: number;
  /** People with a feed reader, who also read pages. */
  readers: number;
}

/** Dollars of a month, for one kind of work. */
export interface CostLine {
  what: string;
  /** Whether each further article costs it, or the month does: what is stored, who reads, what stands ready. */
  per: 'article' | 'month';
  /** Each article published by itself. */
  oneByOne: number;
  /** Many at once; see {@link togetherOf}. */
  inBulk: number;
}

const MILLION = 1_000_000;
const KB_IN_GB = 1_000_000;

/** KB of text in the articles that were counted. */
const COUNTED_SIZE = 5;

/** How many articles of so many KB one call publishes in bulk. */
export function togetherOf(size: number): number {
  const fitting = Math.floor(ASSUMED.payload / (ASSUMED.images * (size + ASSUMED.image)));
  return Math.max(1, Math.min(ASSUMED.together, fitting));
}

/** What each article costs that is published with as many as go together. */
export function inBulkOf(size: number): RequestCounts {
  const together = togetherOf(size);
  return mapCounts(countsOf(MEASURED.bulk, together), count => count / together);
}

/** Dollars of a month by kind of work, at list prices without free tiers. */
export function estimate(month: Month, prices: Prices): CostLine[] {
  const { articles, size } = month;
  const counts = { one: countsAt(size, MEASURED.one), bulk: countsAt(size, inBulkOf(size)) };
  const each = (what: string, dollars: (counts: RequestCounts, how: 'one' | 'bulk') => number): CostLine => ({
    what,
    per: 'article',
    oneByOne: articles * dollars(counts.one, 'one'),
    inBulk: articles * dollars(counts.bulk, 'bulk'),
  });
  const same = (what: string, dollars: number): CostLine => ({
    what,
    per: 'month',
    oneByOne: dollars,
    inBulk: dollars,
  });
  const perMillion = (count: number, price: number) => (count * price) / MILLION;
  const traced = { one: ASSUMED.tracedOne, bulk: ASSUMED.tracedBulk };
  const compute = computeOf(size, prices);
  const { storage, delivery, standing } = others(month, prices);
  return [
    each('S3 PUT and LIST', ({ s3Writes }) => perMillion(s3Writes, prices.s3Writes)),
    each('S3 GET and HEAD', ({ s3Reads }) => perMillion(s3Reads, prices.s3Reads)),
    each('DynamoDB writes', ({ tableWrites }) => perMillion(tableWrites, prices.tableWrites)),
    each('DynamoDB reads', ({ tableReads }) => perMillion(tableReads, prices.tableReads)),
    each('SQS', ({ queueRequests }) => perMillion(queueRequests, prices.queueRequests)),
    each('Lambda calls and traces', ({ ingestCalls, publishCalls }, how) =>
      perMillion(ingestCalls + publishCalls, prices.calls + traced[how] * prices.traces),
    ),
    each('Lambda compute', (_, how) => compute[how]),
    each('Logs', ({ logBytes, ingestCalls, publishCalls }) => {
      const kb = logBytes / 1_000 + (ingestCalls + publishCalls) * ASSUMED.callLog;
      return (kb * prices.logs) / KB_IN_GB;
    }),
    same('Storage, for a month', articles * storage),
    same('Readers: requests and transfer', delivery),
    same('Standing: clock, alarms, metrics, dashboard', standing),
  ];
}

/** The dollars of some lines together. */
export function sumOf(lines: readonly CostLine[]): { oneByOne: number; inBulk: number } {
  let [oneByOne, inBulk] = [0, 0];
  for (const line of lines) {
    oneByOne += line.oneByOne;
    inBulk += line.inBulk;
  }
  return { oneByOne, inBulk };
}

/** The counts of an article of another size: a record is written by the KB and read by 4 KB. */
function countsAt(size: number, counts: RequestCounts): RequestCounts {
  const writes = (kb: number) => Math.ceil(kb + ASSUMED.record);
  const reads = (kb: number) => Math.ceil((kb + ASSUMED.record) / 4);
  return {
    ...counts,
    tableWrites: counts.tableWrites + writes(size) - writes(COUNTED_SIZE),
    tableReads: (counts.tableReads * reads(size)) / reads(COUNTED_SIZE),
  };
}

/** Dollars of the seconds that Lambda bills, so much memory for so long. */
function seconds(memory: number, time: number, prices: Prices): number {
  return memory * time * prices.computeSecond;
}

/** Dollars of compute of an article. */
function computeOf(size: number, prices: Prices): { one: number; bulk: number } {
  const { ingestCall, ingestFile, publishOne, publishCall, publishArticle } = ASSUMED;
  const ingest = (calls: number) => seconds(ASSUMED.ingestMemory, ingestFile + calls * ingestCall, prices);
  const publish = (time: number) => seconds(ASSUMED.publishMemory, time, prices);
  return {
    one: ingest(MEASURED.one.ingestCalls) + publish(publishOne),
    bulk:
      ingest(MEASURED.bulk.article.ingestCalls) + publish(publishCall / togetherOf(size) + publishArticle),
  };
}

function others({ articles, size, readers }: Month, prices: Prices) {
  const inBuckets = size + size + ASSUMED.page;
  const storage =
    (inBuckets * prices.s3Storage + (size + ASSUMED.record) * (prices.tableStorage + prices.tableBackup)) /
    KB_IN_GB;
  const page = (size + ASSUMED.page) / ASSUMED.compression;
  const feed = (ASSUMED.entries * size) / ASSUMED.compression;
  const changed = Math.min(ASSUMED.polls, articles);
  const kb = ASSUMED.pages * page + changed * feed + (ASSUMED.polls - changed) * ASSUMED.notModified;
  const requests = ASSUMED.polls + ASSUMED.pages;
  const delivery =
    readers *
    ((requests * (prices.deliveries + ASSUMED.misses * prices.s3Reads)) / MILLION +
      (kb * prices.transfer) / KB_IN_GB);
  const tick =
    (prices.calls + prices.traces) / MILLION +
    seconds(ASSUMED.publishMemory, ASSUMED.tickSeconds, prices) +
    (ASSUMED.tickLog * prices.logs) / KB_IN_GB;
  const standing =
    ASSUMED.ticks * tick +
    (ASSUMED.idleReceives * prices.queueRequests) / MILLION +
    ASSUMED.alarms * prices.alarm +
    ASSUMED.metrics * prices.metric +
    ASSUMED.dashboards * prices.dashboard;
  return { storage, delivery, standing };
}

import { ASSUMED } from './assumptions.ts';
import type { RequestCounts } from './counts.ts';
import { PER_ARTICLE } from './measured-requests.ts';
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
  /** Each article published by itself. */
  oneByOne: number;
  /** A hundred at once. */
  inBulk: number;
}

const MILLION = 1_000_000;
const KB_IN_GB = 1_000_000;

/** KB of text in the articles that were counted. */
const COUNTED_SIZE = 5;

/** Dollars of a month by kind of work, at list prices without free tiers. */
export function estimate(month: Month, prices: Prices): CostLine[] {
  const { articles, size } = month;
  const one = countsAt(size, PER_ARTICLE.one.counts);
  const hundred = countsAt(size, PER_ARTICLE.hundred.counts);
  const each = (what: string, dollars: (counts: RequestCounts) => number): CostLine => ({
    what,
    oneByOne: articles * dollars(one),
    inBulk: articles * dollars(hundred),
  });
  const same = (what: string, dollars: number): CostLine => ({ what, oneByOne: dollars, inBulk: dollars });
  const perMillion = (count: number, price: number) => (count * price) / MILLION;
  const { compute, storage, delivery, standing } = others(month, prices);
  return [
    each('S3 PUT and LIST', ({ s3Writes }) => perMillion(s3Writes, prices.s3Writes)),
    each('S3 GET and HEAD', ({ s3Reads }) => perMillion(s3Reads, prices.s3Reads)),
    each('DynamoDB writes', ({ tableWrites }) => perMillion(tableWrites, prices.tableWrites)),
    each('DynamoDB reads', ({ tableReads }) => perMillion(tableReads, prices.tableReads)),
    each('SQS', ({ queueRequests }) => perMillion(queueRequests, prices.queueRequests)),
    each('Lambda calls and traces', ({ ingestCalls, publishCalls }) =>
      perMillion(ingestCalls + publishCalls, prices.calls + prices.traces),
    ),
    { what: 'Lambda compute', oneByOne: articles * compute.one, inBulk: articles * compute.hundred },
    same('Logs', (articles * ASSUMED.logs * prices.logs) / KB_IN_GB),
    same('Storage, for a month', articles * storage),
    same('Readers: requests and transfer', delivery),
    same('Standing: clock, alarms, metrics', standing),
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

function others({ articles, size, readers }: Month, prices: Prices) {
  const seconds = (memory: number, time: number) => memory * time * prices.computeSecond;
  const { ingestCalls } = PER_ARTICLE.hundred.counts;
  const file = seconds(ASSUMED.ingestMemory, ASSUMED.ingestFile);
  const call = seconds(ASSUMED.ingestMemory, ASSUMED.ingestCall);
  const compute = {
    one: file + call + seconds(ASSUMED.publishMemory, ASSUMED.publishOne),
    hundred:
      file +
      call * ingestCalls +
      seconds(ASSUMED.publishMemory, ASSUMED.publishHundred) / PER_ARTICLE.hundred.together,
  };
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
  const standing =
    ASSUMED.ticks * (prices.calls / MILLION + seconds(ASSUMED.publishMemory, ASSUMED.tickSeconds)) +
    (ASSUMED.idleReceives * prices.queueRequests) / MILLION +
    ASSUMED.alarms * prices.alarm +
    ASSUMED.metrics * prices.metric;
  return { compute, storage, delivery, standing };
}

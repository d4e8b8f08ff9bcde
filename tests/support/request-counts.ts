/** What AWS bills of a work. */
export interface RequestCounts {
  /** PUT, COPY and LIST of S3. */
  s3Writes: number;
  /** GET and HEAD of S3. */
  s3Reads: number;
  /** Write request units of the table and its indexes: one a KB. */
  tableWrites: number;
  /** Read request units: one for 4 KB. */
  tableReads: number;
  queueRequests: number;
  ingestCalls: number;
  publishCalls: number;
  /** Bytes of the lines that the functions write, metrics included. */
  logBytes: number;
}

/** What so many articles cost that are published by one call: what the call costs, and what each of them adds. */
export function countsOf(
  { call, article }: { call: RequestCounts; article: RequestCounts },
  articles: number,
): RequestCounts {
  return mapCounts(call, (count, name) => count + articles * article[name]);
}

/** The same counts, each changed. */
export function mapCounts(
  counts: RequestCounts,
  change: (count: number, name: keyof RequestCounts) => number,
): RequestCounts {
  return {
    s3Writes: change(counts.s3Writes, 's3Writes'),
    s3Reads: change(counts.s3Reads, 's3Reads'),
    tableWrites: change(counts.tableWrites, 'tableWrites'),
    tableReads: change(counts.tableReads, 'tableReads'),
    queueRequests: change(counts.queueRequests, 'queueRequests'),
    ingestCalls: change(counts.ingestCalls, 'ingestCalls'),
    publishCalls: change(counts.publishCalls, 'publishCalls'),
    logBytes: change(counts.logBytes, 'logBytes'),
  };
}

/**
 * What AWS bills of new articles of 5 KB, from their upload until they stand in every feed: counted on the embedded
 * services by tests/pipeline/request-counts.test.ts, which fails where it changes. Five sections, thirty tags of which an
 * article has two, twenty authors; every edition is there already.
 */
export const MEASURED = {
  /**
   * An article that is published by itself: nobody else files within the seconds in which changes are collected. Busy
   * tags, authors and the history are written for several articles, of which there are 30,000 a month.
   */
  one: {
    s3Writes: 28.6,
    s3Reads: 19.8,
    tableWrites: 32,
    tableReads: 24.4,
    queueRequests: 3,
    ingestCalls: 1,
    publishCalls: 1,
    logBytes: 1_138,
  },
  /**
   * Many that one call of the publish function takes: what it costs however many they are, as long as they touch every
   * edition, and what each adds.
   */
  bulk: {
    call: {
      s3Writes: 278,
      s3Reads: 113,
      tableWrites: 58,
      tableReads: 8,
      queueRequests: 0,
      ingestCalls: 0,
      publishCalls: 1,
      logBytes: 480,
    },
    article: {
      s3Writes: 2.4,
      s3Reads: 3,
      tableWrites: 23,
      tableReads: 15.9,
      queueRequests: 1.4,
      ingestCalls: 0.2,
      publishCalls: 0,
      logBytes: 577,
    },
  },
  /**
   * What each article adds to a run over all articles, by tests/pipeline/bulk-counts.test.ts: of a site that was lost
   * with its states, and of one on which nothing changes. Batches of 100 articles, in the order of their dates.
   */
  republish: {
    lost: {
      s3Writes: 1.3,
      s3Reads: 1.54,
      tableWrites: 0,
      tableReads: 17,
      queueRequests: 0,
      ingestCalls: 0,
      publishCalls: 0,
      logBytes: 5.77,
    },
    unchanged: {
      s3Writes: 0.06,
      s3Reads: 1.52,
      tableWrites: 0,
      tableReads: 31,
      queueRequests: 0,
      ingestCalls: 0,
      publishCalls: 0,
      logBytes: 8.63,
    },
  },
} as const satisfies {
  one: RequestCounts;
  bulk: Record<'call' | 'article', RequestCounts>;
  republish: Record<'lost' | 'unchanged', RequestCounts>;
};

/** Articles that one call publishes where `docs/costs.md` says "in bulk". */
export const IN_BULK = 400;

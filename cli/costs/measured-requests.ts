import type { RequestCounts } from './counts.ts';

/**
 * What AWS bills of new articles of 5 KB, from their upload until they stand in every feed: counted on the embedded
 * services by tests/pipeline/request-counts.test.ts, which fails where it changes. Five sections, thirty tags of which an
 * article has two, twenty authors; every edition is there already.
 */
export const MEASURED = {
  /** An article that is published by itself: nobody else files within the seconds in which changes are collected. */
  one: {
    s3Writes: 41,
    s3Reads: 66,
    tableWrites: 22,
    tableReads: 15,
    queueRequests: 3,
    ingestCalls: 1,
    publishCalls: 1,
    logBytes: 1_074,
  },
  /**
   * Many that one call of the publish function takes: what it costs however many they are, as long as they touch every
   * edition, and what each adds.
   */
  bulk: {
    call: {
      s3Writes: 298,
      s3Reads: 484,
      tableWrites: 3,
      tableReads: 0,
      queueRequests: 0,
      ingestCalls: 0,
      publishCalls: 1,
      logBytes: 170,
    },
    article: {
      s3Writes: 2.08,
      s3Reads: 2.22,
      tableWrites: 19,
      tableReads: 15,
      queueRequests: 1.4,
      ingestCalls: 0.2,
      publishCalls: 0,
      logBytes: 585,
    },
  },
} as const satisfies { one: RequestCounts; bulk: Record<'call' | 'article', RequestCounts> };

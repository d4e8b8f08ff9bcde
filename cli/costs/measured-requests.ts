import type { RequestCounts } from './counts.ts';

/**
 * What AWS bills of one new article of 5 KB, from its upload until it stands in every feed: counted on the embedded
 * services by tests/pipeline/request-counts.test.ts, which fails where it changes. Five sections, thirty tags of which an
 * article has two, twenty authors; every edition is there already.
 */
export const PER_ARTICLE = {
  /** Published by itself: nobody else files within the seconds in which changes are collected. */
  one: {
    together: 1,
    counts: {
      s3Writes: 44,
      s3Reads: 66,
      tableWrites: 17,
      tableReads: 10,
      queueRequests: 3,
      ingestCalls: 1,
      publishCalls: 1,
    },
  },
  /** A hundred of them published at once, as a call of the publish function takes them when many are filed. */
  hundred: {
    together: 100,
    counts: {
      s3Writes: 5.58,
      s3Reads: 7.13,
      tableWrites: 14.03,
      tableReads: 10,
      queueRequests: 1.4,
      ingestCalls: 0.2,
      publishCalls: 0.01,
    },
  },
} as const satisfies Record<string, { together: number; counts: RequestCounts }>;

/**
 * What an estimate takes for granted, because no embedded service can measure it: times on Lambda, what readers do, and
 * what the stack has whether anybody files or not. Replace them by what your own bill and dashboard show.
 */
export const ASSUMED = {
  /** GB of memory, as `deployment.ingestMemory` and `deployment.publishMemory` have them by default. */
  ingestMemory: 1.769,
  publishMemory: 1.024,
  /** Seconds of a call of ingest, and of each file in it. */
  ingestCall: 0.1,
  ingestFile: 0.06,
  /** Seconds of a call of publish for one article, and for a hundred. */
  publishOne: 1,
  publishHundred: 5,
  /** KB of logs of an article, all lines of both functions together. */
  logs: 2.5,
  /** KB of a record and of a page beside the text. */
  record: 1.7,
  page: 8,
  /** What a reader does in a month: a feed reader that asks each hour, and somebody who reads pages. */
  polls: 720,
  pages: 20,
  /** KB of an answer that nothing has changed, and how much smaller pages and feeds are on their way. */
  notModified: 0.5,
  compression: 3,
  /** Entries of a feed. */
  entries: 50,
  /** Of the requests of readers, how many CloudFront passes on to S3. */
  misses: 0.2,
  /** A tick a minute and its seconds; receives of an idle queue by Lambda's five pollers, 20 seconds each. */
  ticks: 43_200,
  tickSeconds: 0.2,
  idleReceives: 648_000,
  alarms: 12,
  metrics: 12,
} as const;

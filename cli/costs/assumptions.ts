/**
 * What an estimate takes for granted, because no embedded service can measure it: times on Lambda, what readers do, and
 * what the stack has whether anybody files or not. Replace them by what your own bill and dashboard show.
 */
export const ASSUMED = {
  /**
   * Articles published at once in bulk: as many as there are in a payload of Lambda, of which each change takes the KB
   * of its text and these others, twice where it comes with both images; and no more, however short they are.
   */
  together: 400,
  payload: 6_000,
  images: 2,
  image: 2.5,
  /** GB of memory, as `deployment.ingestMemory` and `deployment.publishMemory` have them by default. */
  ingestMemory: 1.769,
  publishMemory: 1.024,
  /** Seconds of a call of ingest, and of each file in it. */
  ingestCall: 0.1,
  ingestFile: 0.06,
  /** Seconds of a call of publish for one article; and of one for many that touch every edition, and of each of them. */
  publishOne: 1,
  publishCall: 3,
  publishArticle: 0.02,
  /**
   * Share of the calls that X-Ray traces: the first of each second and a twentieth of the others. One by one that is
   * nearly all; five ingests at once that read five files each in 0.4 seconds are 12 calls a second.
   */
  tracedOne: 1,
  tracedBulk: 0.13,
  /** KB that Lambda itself logs of a call: that it began, and what it took. */
  callLog: 0.7,
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
  /** A tick a minute, its seconds and KB of logs; receives of an idle queue by Lambda's five pollers, 20 seconds each. */
  ticks: 43_200,
  tickSeconds: 0.2,
  tickLog: 0.9,
  idleReceives: 648_000,
  /** As docs/runbook.md counts them. */
  alarms: 16,
  metrics: 19,
  dashboards: 1,
} as const;

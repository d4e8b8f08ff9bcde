/** List prices of a region in US dollars, without taxes and free tiers. */
export interface Prices {
  /** A million PUT, COPY, POST or LIST requests of S3. */
  s3Writes: number;
  /** A million GET, HEAD and all other requests of S3. */
  s3Reads: number;
  /** A GB of S3 Standard for a month. */
  s3Storage: number;
  /** A million write request units of a table that is billed by request. */
  tableWrites: number;
  tableReads: number;
  /** A GB of the table for a month, and of its backups to any second. */
  tableStorage: number;
  tableBackup: number;
  /** A million requests of a standard queue. */
  queueRequests: number;
  /** A million calls, and a GB of memory for a second, on arm64. */
  calls: number;
  computeSecond: number;
  /** A GB of logs taken in. */
  logs: number;
  /** A million traces recorded. */
  traces: number;
  /** A metric of one's own for a month, an alarm, and a dashboard. */
  metric: number;
  alarm: number;
  dashboard: number;
  /** A million HTTPS requests to CloudFront in the cheapest part of the world, and a GB to readers there. */
  deliveries: number;
  transfer: number;
}

/** As of when these were AWS's list prices. They change seldom, and mostly downwards: https://aws.amazon.com/pricing */
export const PRICES_OF = 'January 2025';

export const PRICES = {
  'us-east-1': {
    s3Writes: 5,
    s3Reads: 0.4,
    s3Storage: 0.023,
    tableWrites: 0.625,
    tableReads: 0.125,
    tableStorage: 0.25,
    tableBackup: 0.2,
    queueRequests: 0.4,
    calls: 0.2,
    computeSecond: 0.0000133334,
    logs: 0.5,
    traces: 5,
    metric: 0.3,
    alarm: 0.1,
    dashboard: 3,
    deliveries: 1,
    transfer: 0.085,
  },
  'eu-west-1': {
    s3Writes: 5,
    s3Reads: 0.4,
    s3Storage: 0.023,
    tableWrites: 0.705,
    tableReads: 0.1415,
    tableStorage: 0.283,
    tableBackup: 0.224,
    queueRequests: 0.4,
    calls: 0.2,
    computeSecond: 0.0000133334,
    logs: 0.57,
    traces: 5,
    metric: 0.3,
    alarm: 0.1,
    dashboard: 3,
    deliveries: 1.2,
    transfer: 0.085,
  },
} as const satisfies Record<string, Prices>;

export type PricedRegion = keyof typeof PRICES;

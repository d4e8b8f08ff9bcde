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

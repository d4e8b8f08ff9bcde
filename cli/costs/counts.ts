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
}

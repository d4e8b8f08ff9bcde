/**
 * Names of the environment variables that infra grants and the functions read. Imports nothing, so that
 * both sides can import it.
 */
export const ENV = {
  table: 'COPYDESK_TABLE',
  intakeBucket: 'COPYDESK_INTAKE_BUCKET',
  storageBucket: 'COPYDESK_STORAGE_BUCKET',
  siteBucket: 'COPYDESK_SITE_BUCKET',
  /** Address of the queue that S3 tells of copy. */
  intakeQueue: 'COPYDESK_INTAKE_QUEUE',
  /** Address of the queue in which its failed messages are parked. */
  deadLetterQueue: 'COPYDESK_DEAD_LETTER_QUEUE',
  /** Public address of the site, without a trailing slash. */
  baseUrl: 'COPYDESK_BASE_URL',
  /** The settings that functions read, as JSON: checked, and with every default. */
  settings: 'COPYDESK_SETTINGS',
  /** Name of the stack, by which metrics are told apart. */
  stack: 'COPYDESK_STACK',
  /** Share of files that may be rejected before it rings, in percent. */
  rejectedPercent: 'COPYDESK_REJECTED_PERCENT',
} as const;

/** What each function reads; a test compares it with what infra grants. */
export const INGEST_ENV = [
  ENV.table,
  ENV.storageBucket,
  ENV.intakeQueue,
  ENV.deadLetterQueue,
  ENV.settings,
  ENV.stack,
  ENV.rejectedPercent,
] as const;
export const PUBLISH_ENV = [
  ENV.table,
  ENV.storageBucket,
  ENV.siteBucket,
  ENV.baseUrl,
  ENV.settings,
  ENV.stack,
] as const;

/** Names of the environment variables that infra sets and the functions read. */
export const ENV = {
  table: 'COPYDESK_TABLE',
  intakeBucket: 'COPYDESK_INTAKE_BUCKET',
  storageBucket: 'COPYDESK_STORAGE_BUCKET',
  siteBucket: 'COPYDESK_SITE_BUCKET',
  /** Address of the queue for the events of the intake bucket. */
  intakeQueue: 'COPYDESK_INTAKE_QUEUE',
  /** Address of the queue for failed messages. */
  deadLetterQueue: 'COPYDESK_DEAD_LETTER_QUEUE',
  /** Public address of the site, without a trailing slash. */
  baseUrl: 'COPYDESK_BASE_URL',
  /** The checked settings that functions read, as JSON, with all defaults. */
  settings: 'COPYDESK_SETTINGS',
  /** Name of the stack, a dimension of the metrics. */
  stack: 'COPYDESK_STACK',
  /** Share of files that may be rejected without an alarm, in percent. */
  rejectedPercent: 'COPYDESK_REJECTED_PERCENT',
} as const;

/** The variables of each function. A test compares them with those that infra sets. */
const COMMON_ENV = [ENV.table, ENV.storageBucket, ENV.baseUrl, ENV.settings, ENV.stack] as const;
export const INGEST_ENV = [
  ...COMMON_ENV,
  ENV.intakeBucket,
  ENV.intakeQueue,
  ENV.deadLetterQueue,
  ENV.rejectedPercent,
] as const;
export const PUBLISH_ENV = [...COMMON_ENV, ENV.siteBucket] as const;

/**
 * Names of the attributes of parked messages. Ingest sets them, and commands show them. If a function dies, SQS itself
 * moves the message to the dead-letter queue, without these attributes.
 */
export const PARKED_ATTRIBUTES = {
  /** Code of the last error. */
  code: 'code',
  /** Message of that error. */
  reason: 'reason',
  /** Time of the first send of the message: RFC 3339, UTC. The message in the dead-letter queue is a copy, sent later. */
  sentAt: 'sentAt',
} as const;

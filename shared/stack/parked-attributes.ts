/**
 * Names of the message attributes that ingest gives to a message when it parks it, and that commands show. A message that
 * SQS itself moved to the dead-letter queue, because a function died with it, has none.
 */
export const PARKED_ATTRIBUTES = {
  /** Code of the last error. */
  code: 'code',
  /** Its message. */
  reason: 'reason',
  /** When the message was first sent: RFC 3339, UTC. The copy in the dead-letter queue is younger. */
  sentAt: 'sentAt',
} as const;

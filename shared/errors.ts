/**
 * An error with a stable code. Code decides by `code` and `retryable`, never by matching a message.
 */
export class CopydeskError extends Error {
  readonly code: string;
  /** Whether the same call may succeed later (a throttle, a time-out). */
  readonly retryable: boolean;
  /** What the error is about: an object, an item, a setting. */
  readonly subject: string;

  constructor(
    code: string,
    message: string,
    {
      retryable = false,
      subject = '',
      cause,
    }: { retryable?: boolean; subject?: string; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    // Not the name of the class, which the bundles shorten: what kind of error it is, the code says.
    this.name = 'CopydeskError';
    this.code = code;
    this.retryable = retryable;
    this.subject = subject;
  }
}

import { ERROR_CODES, type ErrorCode } from './error-codes.ts';

/** An error with a code of error-codes.ts. Callers decide by `code` and `retryable`, never by the message. */
export class CopydeskError extends Error {
  readonly code: ErrorCode;
  /** Name of the affected object, item or setting. */
  readonly subject: string;

  constructor(
    code: ErrorCode,
    message: string,
    { subject = '', cause }: { subject?: string; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    // The name is fixed, because the bundles shorten the names of classes.
    this.name = 'CopydeskError';
    this.code = code;
    this.subject = subject;
  }

  get retryable(): boolean {
    return ERROR_CODES[this.code].retryable;
  }
}

/** Maximum length of a message in a log line or an attribute. It cuts messages that hold the dump of an object. */
const MAX_MESSAGE_CHARS = 2_000;

const MAX_CAUSES = 8;

/** An error in the form of log lines and parked messages. */
export interface ErrorReport {
  code: ErrorCode;
  retryable: boolean;
  message: string;
  subject?: string | undefined;
  /** Names and messages of the causes, the direct cause first. */
  causes?: string[] | undefined;
  /** Stack of a fault in Copydesk. Undefined for faults of a service or of a file. */
  stack?: string | undefined;
}

/** Makes the report of a thrown value. Everything except a CopydeskError is a fault of Copydesk: `internal`. */
export function reportOf(thrown: unknown): ErrorReport {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const code = error instanceof CopydeskError ? error.code : 'internal';
  const causes = causesOf(error);
  const deepest = causes.at(-1) ?? error;
  // After a failed call of a service, the stack shows only the SDK.
  const isOurs = code === 'internal' || (deepest !== error && isProgrammingError(deepest));
  return {
    code,
    retryable: ERROR_CODES[code].retryable,
    message: cut(error.message || error.name),
    subject: (error instanceof CopydeskError && error.subject) || undefined,
    causes: causes.length > 0 ? causes.map(cause => cut(`${cause.name}: ${cause.message}`)) : undefined,
    stack: isOurs ? stackOf(deepest) : undefined,
  };
}

/** Returns the name, the cut message and the frames of an error. The `stack` of an error starts with its full message. */
function stackOf({ name, message, stack = '' }: Error): string {
  const frames = stack.indexOf('\n    at ', message.length);
  return `${name}: ${cut(message)}${frames < 0 ? '' : cut(stack.slice(frames))}`;
}

function isProgrammingError(error: Error): boolean {
  return [TypeError, RangeError, ReferenceError, SyntaxError].some(kind => error instanceof kind);
}

function causesOf(error: Error): Error[] {
  const causes: Error[] = [];
  for (let { cause } = error; cause instanceof Error && causes.length < MAX_CAUSES; cause = cause.cause)
    causes.push(cause);
  return causes;
}

function cut(text: string): string {
  return [...text.slice(0, 2 * MAX_MESSAGE_CHARS)].slice(0, MAX_MESSAGE_CHARS).join('');
}

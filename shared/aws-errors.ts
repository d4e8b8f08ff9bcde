import { CopydeskError } from './errors.ts';

/**
 * What an error of the AWS SDK means for us. S3, DynamoDB and their emulators name the same thing in
 * different ways (`NoSuchKey`, a nameless 404 of HEAD...): they are folded here, once.
 */
export type AwsFault =
  /** The object or item is not there. */
  | 'missing'
  /** A condition of the write did not hold. */
  | 'conflict'
  /** Access denied: never the same as missing. */
  | 'forbidden'
  /** Throttled, unavailable or timed out: the same call may succeed later. */
  | 'busy'
  | 'other';

const MISSING = new Set(['NoSuchKey', 'NoSuchVersion', 'NotFound']);
const CONFLICT = new Set([
  'PreconditionFailed',
  'ConditionalRequestConflict',
  'ConditionalCheckFailedException',
]);
const FORBIDDEN = new Set(['AccessDenied', 'AccessDeniedException', 'Forbidden']);
const BUSY = new Set([
  'ThrottlingException',
  'Throttling',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'SlowDown',
  'ServiceUnavailable',
  'InternalServerError',
  'InternalError',
  'TimeoutError',
]);

/** Sorts an error that an AWS SDK client threw. */
export function awsFault(error: unknown): AwsFault {
  if (!(error instanceof Error)) return 'other';
  const { name, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  // Not an object that is missing, but a deployment that is broken.
  if (name === 'NoSuchBucket') return 'other';
  if (MISSING.has(name)) return 'missing';
  if (CONFLICT.has(name)) return 'conflict';
  if (FORBIDDEN.has(name)) return 'forbidden';
  if (BUSY.has(name)) return 'busy';
  if (status === 404) return 'missing';
  if (status === 412) return 'conflict';
  if (status === 403) return 'forbidden';
  // A delete marker read by its version id: the object is gone.
  if (status === 405) return 'missing';
  if (status !== undefined && (status >= 500 || status === 429)) return 'busy';
  return 'other';
}

/**
 * Makes a call to AWS.
 * @param service begins the code of the error
 * @param subject what the call is about
 * @throws CopydeskError `<service>-busy` (retryable), `-forbidden`, `-missing`, `-conflict`, `-other`
 */
export async function guarded<T>(
  service: 's3' | 'table',
  subject: string,
  problem: string,
  call: () => Promise<T>,
): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof CopydeskError) throw error;
    const fault = awsFault(error);
    throw new CopydeskError(`${service}-${fault}`, `${problem}: ${(error as Error).message}`, {
      retryable: fault === 'busy',
      subject,
      cause: error,
    });
  }
}

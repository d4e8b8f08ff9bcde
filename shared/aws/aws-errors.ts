import { CopydeskError } from '../errors/errors.ts';

/**
 * Kinds of errors of the AWS SDK. S3, DynamoDB and their emulators use different names for the same error (`NoSuchKey`,
 * a 404 of HEAD without a name). Only this file knows these names.
 */
export type AwsFault =
  /** The object or item does not exist. */
  | 'missing'
  /** A condition of the write did not hold. */
  | 'conflict'
  /** Access denied: never the same as missing. */
  | 'forbidden'
  /** Throttled, unavailable, timed out or cut off: the same call may succeed later. */
  | 'busy'
  /** The service understood the request and will never fulfil it: a missing bucket, an item too large. */
  | 'refused'
  /** Anything else. */
  | 'other';

const FAULTS: readonly [AwsFault, readonly string[]][] = [
  ['missing', ['NoSuchKey', 'NoSuchVersion', 'NotFound']],
  ['conflict', ['PreconditionFailed', 'ConditionalRequestConflict', 'ConditionalCheckFailedException']],
  [
    'busy',
    [
      // Services that are throttling.
      'BandwidthLimitExceeded',
      'LimitExceededException',
      'OperationAborted',
      'PriorRequestNotComplete',
      'ProvisionedThroughputExceededException',
      'RequestLimitExceeded',
      'RequestThrottled',
      'RequestThrottledException',
      'SlowDown',
      'ThrottledException',
      'Throttling',
      'ThrottlingException',
      'TooManyRequestsException',
      'TransactionInProgressException',
      // Services that are down.
      'InternalError',
      'InternalFailure',
      'InternalServerError',
      'ServiceUnavailable',
      'ServiceUnavailableException',
      // Time limits of the SDK, of the service, and of our own.
      'AbortError',
      'RequestTimeout',
      'RequestTimeoutException',
      'TimeoutError',
      // Lambda renews credentials by itself, and the SDK corrects its clock: the next try has both.
      'ExpiredToken',
      'ExpiredTokenException',
      'RequestExpired',
      'RequestTimeTooSkewed',
      'TokenRefreshRequired',
      'CredentialsProviderError',
      // Connections.
      'NetworkingError',
      'ECONNABORTED',
      'ECONNREFUSED',
      'ECONNRESET',
      'EAI_AGAIN',
      'EHOSTUNREACH',
      'ENETDOWN',
      'ENETUNREACH',
      'ENOTFOUND',
      'EPIPE',
      'ETIMEDOUT',
      'UND_ERR_SOCKET',
    ],
  ],
  [
    'forbidden',
    [
      'AccessDenied',
      'AccessDeniedException',
      'AllAccessDisabled',
      'Forbidden',
      'InvalidAccessKeyId',
      'InvalidClientTokenId',
      'InvalidSignatureException',
      'SignatureDoesNotMatch',
      'UnrecognizedClientException',
    ],
  ],
  // A missing bucket or table means that the deployment is broken.
  ['refused', ['NoSuchBucket', 'QueueDoesNotExist', 'ResourceNotFoundException', 'ValidationException']],
];
const FAULT_BY_NAME = new Map(FAULTS.flatMap(([fault, names]) => names.map(name => [name, fault] as const)));

/** Maximum number of nested causes that are checked. The SDK wraps errors of sockets. */
const MAX_CAUSES = 8;

/** Sorts an error that an AWS SDK client threw. */
export function awsFault(error: unknown): AwsFault {
  for (
    let cause = error, depth = 0;
    cause instanceof Error && depth < MAX_CAUSES;
    cause = cause.cause, depth++
  ) {
    const { name, code, $metadata } = cause as Error & {
      code?: unknown;
      $metadata?: { httpStatusCode?: number };
    };
    const fault =
      FAULT_BY_NAME.get(name) ?? FAULT_BY_NAME.get(String(code)) ?? faultOfStatus($metadata?.httpStatusCode);
    if (fault !== undefined) return fault;
    // Node has no error code for a connection that ends while a body is read.
    if (cause.message === 'aborted' || cause.message === 'socket hang up') return 'busy';
  }
  return 'other';
}

function faultOfStatus(status: number | undefined): AwsFault | undefined {
  if (status === undefined || status < 400) return undefined;
  if (status === 404) return 'missing';
  if (status === 412 || status === 409) return 'conflict';
  if (status === 403) return 'forbidden';
  // A read of a delete marker by its version id is answered with 405. The object is deleted.
  if (status === 405) return 'missing';
  if (status >= 500 || status === 429 || status === 408) return 'busy';
  return 'refused';
}

/**
 * Makes a call to AWS.
 * @param service beginning of the error code
 * @param subject subject of the error
 * @throws CopydeskError with the code `<service>-<fault>`. `busy` and `other` are retryable
 */
export async function guarded<T>(
  service: 's3' | 'table' | 'queue',
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
      subject,
      cause: error,
    });
  }
}

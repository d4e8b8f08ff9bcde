import { CopydeskError } from '../errors/errors.ts';

/**
 * Kinds of errors of the AWS SDK. S3, DynamoDB and their emulators use different names for the same error: `NoSuchKey`,
 * or a 404 without a name. Only this file knows these names.
 */
export type AwsFault =
  /** The object or item does not exist. */
  | 'missing'
  /** A condition of the write did not hold. */
  | 'conflict'
  /** Access denied: never the same as missing. */
  | 'forbidden'
  /** Throttled, unavailable, timed out or cut off: the same call can succeed later. */
  | 'busy'
  /** The service understood the request and will never fulfil it: a missing bucket, an item too large. */
  | 'refused'
  | 'other';

/** Names of errors that can end without an action, by kind. */
const BUSY = {
  throttled: `BandwidthLimitExceeded LimitExceededException OperationAborted PriorRequestNotComplete
    ProvisionedThroughputExceededException RequestLimitExceeded RequestThrottled RequestThrottledException SlowDown
    ThrottledException Throttling ThrottlingException TooManyRequestsException TransactionInProgressException`,
  down: 'InternalError InternalFailure InternalServerError ServiceUnavailable ServiceUnavailableException',
  timeLimits: 'AbortError RequestTimeout RequestTimeoutException TimeoutError',
  // Lambda renews credentials by itself, and the SDK corrects its clock. So the next try can succeed.
  credentials: `CredentialsProviderError ExpiredToken ExpiredTokenException RequestExpired RequestTimeTooSkewed
    TokenRefreshRequired`,
  connections: `NetworkingError ECONNABORTED ECONNREFUSED ECONNRESET EAI_AGAIN EHOSTUNREACH ENETDOWN ENETUNREACH
    ENOTFOUND EPIPE ETIMEDOUT UND_ERR_SOCKET`,
};

const NAMES: Record<Exclude<AwsFault, 'other'>, string> = {
  missing: 'NoSuchKey NoSuchVersion NotFound',
  conflict: 'PreconditionFailed ConditionalRequestConflict ConditionalCheckFailedException',
  forbidden: `AccessDenied AccessDeniedException AllAccessDisabled Forbidden InvalidAccessKeyId InvalidClientTokenId
    InvalidSignatureException SignatureDoesNotMatch UnrecognizedClientException`,
  busy: Object.values(BUSY).join(' '),
  // A missing bucket or table means that the deployment is broken.
  refused: 'NoSuchBucket QueueDoesNotExist ResourceNotFoundException ValidationException',
};
const FAULT_BY_NAME = new Map(
  Object.entries(NAMES).flatMap(([fault, names]) =>
    names.split(/\s+/).map(name => [name, fault as AwsFault] as const),
  ),
);

/** Maximum number of nested causes that are checked. The SDK wraps errors of sockets one or two times. */
const MAX_CAUSES = 8;

type AwsError = Error & { code?: unknown; $metadata?: { httpStatusCode?: number } };

/** Finds the kind of an error that an AWS SDK client threw, from the error or from its causes. */
export function awsFault(error: unknown): AwsFault {
  let cause = error;
  for (let depth = 0; cause instanceof Error && depth < MAX_CAUSES; depth++) {
    const { name, code, $metadata } = cause as AwsError;
    const fault =
      FAULT_BY_NAME.get(name) ?? FAULT_BY_NAME.get(String(code)) ?? faultOfStatus($metadata?.httpStatusCode);
    if (fault !== undefined) return fault;
    // Node has no error code for a connection that ends while a body is read.
    if (cause.message === 'aborted' || cause.message === 'socket hang up') return 'busy';
    cause = cause.cause;
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

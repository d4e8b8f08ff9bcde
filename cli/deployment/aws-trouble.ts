import { awsFault } from '../../shared/aws/aws-errors.ts';
import { CopydeskError } from '../../shared/errors/errors.ts';
import { UsageError } from '../output/usage-error.ts';

/** Explanations of AWS errors for operators, by the name of the error. */
const SENTENCES = new Map<string, string>([
  [
    'CredentialsProviderError',
    'There are no AWS credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or name a profile with --profile.',
  ],
  ['InvalidClientTokenId', 'AWS does not know these credentials.'],
  ['UnrecognizedClientException', 'AWS does not know these credentials.'],
  ['InvalidAccessKeyId', 'AWS does not know these credentials.'],
  ['SignatureDoesNotMatch', 'The AWS secret access key is not the one of this access key.'],
  ['InvalidSignatureException', 'The AWS secret access key is not the one of this access key.'],
  ['ExpiredToken', 'The AWS credentials have expired: sign in again.'],
  ['ExpiredTokenException', 'The AWS credentials have expired: sign in again.'],
  ['TokenProviderError', 'The AWS sign-in has expired: run "aws sso login".'],
]);

/** Codes of Node and error names of the SDK that mean a network failure. */
const NO_NETWORK = new Set(
  'ENOTFOUND EAI_AGAIN ECONNREFUSED ECONNRESET ENETUNREACH EHOSTUNREACH ETIMEDOUT TimeoutError'.split(' '),
);

const MAX_CAUSES = 8;

type NetworkError = NodeJS.ErrnoException & { hostname?: string; address?: string };

/** Returns the name of an error, which identifies errors of AWS. */
export function errorName(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined;
}

/**
 * Explains an error of an AWS client, or such an error among the causes of another, in one sentence.
 * @returns undefined for other errors, and for errors that Copydesk has already explained
 */
export function awsTrouble(error: unknown): UsageError | undefined {
  let cause = error;
  for (let depth = 0; cause instanceof Error && depth < MAX_CAUSES; depth++) {
    const sentence = SENTENCES.get(cause.name);
    if (sentence !== undefined) return new UsageError(sentence, error);
    if (awsFault(cause) === 'forbidden')
      // The outer error names the object or the item. S3 answers a refused HEAD without any words.
      return new UsageError(
        `These AWS credentials may not do this${said(error instanceof CopydeskError ? error : cause)} docs/security.md has policies.`,
        error,
      );
    const { code, hostname, address } = cause as NetworkError;
    if (NO_NETWORK.has(cause.name) || (code !== undefined && NO_NETWORK.has(code)))
      return new UsageError(`${hostname ?? address ?? 'AWS'} cannot be reached: is there a network?`, error);
    cause = cause.cause;
  }
  return error instanceof Error && '$metadata' in error
    ? new UsageError(`AWS answered ${error.name}${said(error)}`, error)
    : undefined;
}

function said({ message }: Error): string {
  return message ? `: ${message.replace(/\.$/, '')}.` : '.';
}

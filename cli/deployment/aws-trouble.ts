import { awsFault } from '../../shared/aws/aws-errors.ts';
import { UsageError } from '../output/usage-error.ts';

/** What an error of AWS means to an operator, by its name. */
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

/** Codes of Node and names of the SDK for a network that is not there. */
const NO_NETWORK = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'TimeoutError',
]);

/** The name of an error of AWS, by which it is told from others. */
export function errorName(error: unknown): string | undefined {
  return error instanceof Error ? error.name : undefined;
}

/**
 * The sentence for a person of an error that an AWS client threw, of whatever depth of causes; undefined where it is
 * none of AWS or the network, or one that our own code has already put into words.
 */
export function awsTrouble(error: unknown): UsageError | undefined {
  for (
    let cause: unknown = error, depth = 0;
    cause instanceof Error && depth < 8;
    cause = cause.cause, depth++
  ) {
    const sentence = SENTENCES.get(cause.name);
    if (sentence !== undefined) return new UsageError(sentence, error);
    if (awsFault(cause) === 'forbidden')
      return new UsageError(`These AWS credentials may not do this${said(cause)}`, error);
    const { code, hostname, address } = cause as NodeJS.ErrnoException & {
      hostname?: string;
      address?: string;
    };
    if (NO_NETWORK.has(cause.name) || (code !== undefined && NO_NETWORK.has(code)))
      return new UsageError(`${hostname ?? address ?? 'AWS'} cannot be reached: is there a network?`, error);
  }
  return error instanceof Error && '$metadata' in error
    ? new UsageError(`AWS answered ${error.name}${said(error)}`, error)
    : undefined;
}

/** The end of a sentence in the words of AWS. */
function said({ message }: Error): string {
  return message ? `: ${message.replace(/\.$/, '')}.` : '.';
}

/** How long one call to a service of AWS may take. Times are in milliseconds. */
export interface CallLimits {
  /** The first try and the retries of the SDK. */
  attempts: number;
  /** From the start of a try until there is a connection. */
  connectMs: number;
  /** Without a byte in either direction: a server that accepts and stays silent. */
  silenceMs: number;
  /** From the start of a try until the head of the answer, the upload included. */
  answerMs: number;
}

/**
 * Longest pauses of the SDK between three tries, in milliseconds: it waits up to 100 ms before the first retry and up to
 * twice as long before each further one.
 */
const PAUSE_MS = 100;

/** The limits of each kind of caller. */
export const LIMITS = {
  /**
   * A function in the region of its services, where an answer takes milliseconds. A publish that fails makes two calls in a
   * row, one that fails and one that notes the change: both together, with all retries, stay below 15 seconds when a server
   * is silent. 4 seconds are enough to upload the largest file (limits.mediaBytes) at 10 MB a second.
   */
  function: { attempts: 3, connectMs: 1_000, silenceMs: 2_000, answerMs: 4_000 },
  /** A person's computer, on any network: an upload of 25 MB takes minutes on a slow line, and is not silent meanwhile. */
  person: { attempts: 3, connectMs: 5_000, silenceMs: 10_000, answerMs: 10 * 60_000 },
  /** A call that lasts as long as the work that it orders: a rebuild may take the 15 minutes of a function. */
  order: { attempts: 1, connectMs: 5_000, silenceMs: 16 * 60_000, answerMs: 16 * 60_000 },
  /**
   * Servers in this very process: they answer nothing while a file is parsed, for as long as `limits.parseSeconds` on a
   * quiet machine and several times as long on a busy one. A long poll of the queue is silent for 20 seconds.
   */
  loopback: { attempts: 3, connectMs: 5 * 60_000, silenceMs: 5 * 60_000, answerMs: 5 * 60_000 },
} as const satisfies Record<string, CallLimits>;

/** The longest time that a call can take with all its tries, in milliseconds, on a server that never answers. */
export function longestSilence({ attempts, silenceMs }: CallLimits): number {
  return attempts * silenceMs + PAUSE_MS * (2 ** (attempts - 1) - 1);
}

/** The longest time until a call has its answer or has failed, in milliseconds. */
export function longestCall({ attempts, answerMs }: CallLimits): number {
  return attempts * answerMs + PAUSE_MS * (2 ** (attempts - 1) - 1);
}

/** What every client takes: how often and how long it tries. */
interface CallConfig {
  maxAttempts: number;
  requestHandler: {
    connectionTimeout: number;
    socketTimeout: number;
    requestTimeout: number;
    throwOnRequestTimeout: boolean;
  };
}

/**
 * Makes a client of a service of AWS. All clients are made here: the SDK itself sets no limit, and a silent connection
 * would hold a function until Lambda ends it.
 * @param Client the class, given by the caller so that nobody loads the SDK of a service that is not used
 * @param config what else the client needs: region, credentials, endpoint
 */
export function makeClient<Config extends object, Client>(
  Client: new (config: Config & CallConfig) => Client,
  { attempts, connectMs, silenceMs, answerMs }: CallLimits,
  config?: Config,
): Client {
  return new Client({
    ...(config as Config),
    maxAttempts: attempts,
    requestHandler: {
      connectionTimeout: connectMs,
      socketTimeout: silenceMs,
      requestTimeout: answerMs,
      throwOnRequestTimeout: true,
    },
  });
}

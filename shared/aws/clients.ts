export interface CallLimits {
  /** Number of attempts: the first one and the retries of the SDK. */
  attempts: number;
  /** Maximum time of an attempt until the connection is open. */
  connectMs: number;
  /** Maximum time without a byte in either direction. */
  silenceMs: number;
  /** Maximum time of an attempt until the head of the answer, including the upload. */
  answerMs: number;
}

/** The limits of each kind of caller. */
export const LIMITS = {
  /**
   * A function in the region of its services, where an answer takes milliseconds. A failed publish makes two calls: one
   * fails, and one records the change. With a silent server and all retries, the two calls take less than 15 seconds.
   * Four seconds are enough to upload the largest file (limits.mediaBytes) at 10 MB per second.
   */
  function: { attempts: 3, connectMs: 1_000, silenceMs: 2_000, answerMs: 4_000 },
  /** A person's computer. An upload of 25 MB takes minutes on a slow network, but is not silent during that time. */
  person: { attempts: 3, connectMs: 5_000, silenceMs: 10_000, answerMs: 10 * 60_000 },
  /** A call that lasts as long as its work. A rebuild can take 15 minutes, the limit of a function. */
  order: { attempts: 1, connectMs: 5_000, silenceMs: 16 * 60_000, answerMs: 16 * 60_000 },
  /**
   * Servers in the same process. They do not answer while a file is parsed, which takes up to `limits.parseSeconds` on an
   * idle machine and several times as long on a busy one. A long poll of the queue is silent for 20 seconds.
   */
  loopback: { attempts: 3, connectMs: 5 * 60_000, silenceMs: 5 * 60_000, answerMs: 5 * 60_000 },
} as const satisfies Record<string, CallLimits>;

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
 * Makes a client of an AWS service. All clients are made here, because the SDK has no time limits by default, and a
 * silent connection would hold a function until Lambda ends it.
 * @param Client class of the client. The caller passes it, so that the SDK of an unused service is not loaded
 * @param config other options of the client: region, credentials, endpoint
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

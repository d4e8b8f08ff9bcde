import type { CallLimits } from '../../shared/aws/clients.ts';

/** Maximum pause of the SDK before the first retry. The maximum doubles with each further retry. */
const MAX_FIRST_PAUSE_MS = 100;

/** Maximum time of a call with all attempts on a silent server, in milliseconds. */
export function longestSilence({ attempts, silenceMs }: CallLimits): number {
  return attempts * silenceMs + MAX_FIRST_PAUSE_MS * (2 ** (attempts - 1) - 1);
}

/** Maximum time of a call with all attempts, in milliseconds. */
export function longestCall({ attempts, answerMs }: CallLimits): number {
  return attempts * answerMs + MAX_FIRST_PAUSE_MS * (2 ** (attempts - 1) - 1);
}

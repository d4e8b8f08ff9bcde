import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import { CopydeskError } from '../../../shared/errors/errors.ts';
import { LIVE_ALIAS } from '../../../shared/stack/stack-outputs.ts';
import type { Deployment } from '../../deployment/deployment.ts';

const Fault = z.object({ action: z.string(), resource: z.string(), message: z.string() });

/** The answer of a function to `{ copydesk: 'probe' }`. */
const Answer = z.object({
  probed: z.object({
    tried: z.number(),
    faults: z.array(Fault),
    /** What the hub answered to publish. Absent without a hub. */
    hub: z.optional(z.object({ address: z.string(), fault: z.optional(z.string()) })),
  }),
});
type Probed = z.infer<typeof Answer>['probed'];

/** Time limit of a probe, in milliseconds: a cold start, and calls that AWS does not answer. */
const PROBE_MS = 60_000;

/** One probe for each client and function, because several checks read the same answer. */
const probes = new WeakMap<LambdaClient, Map<string, Promise<Probed>>>();

/**
 * Makes a function try each kind of read and write of its role.
 * @throws CopydeskError `not-probed` if the function crashes or does not answer
 */
export function probed(name: string, { clients }: Pick<Deployment, 'clients'>): Promise<Probed> {
  const known = probes.get(clients.lambda) ?? new Map<string, Promise<Probed>>();
  probes.set(clients.lambda, known);
  const answer = known.get(name) ?? ask(name, clients.lambda);
  known.set(name, answer);
  return answer;
}

async function ask(name: string, lambda: LambdaClient): Promise<Probed> {
  const command = new InvokeCommand({
    FunctionName: name,
    Qualifier: LIVE_ALIAS,
    Payload: JSON.stringify({ copydesk: 'probe' }),
  });
  const { Payload, FunctionError } = await lambda.send(command, {
    abortSignal: AbortSignal.timeout(PROBE_MS),
  });
  const answer = JSON.parse(Buffer.from(Payload ?? 'null').toString('utf8'));
  if (FunctionError !== undefined) {
    const why = answer?.errorMessage ?? FunctionError;
    throw new CopydeskError('not-probed', `${name} crashes: ${why}`, { subject: name });
  }
  const read = Answer.safeParse(answer);
  if (read.success) return read.data.probed;
  throw new CopydeskError('not-probed', `${name} gives no answer to a probe.`, { subject: name });
}

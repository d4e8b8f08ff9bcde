import { InvokeCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import { CopydeskError } from '../../shared/errors/errors.ts';
import { LIVE_ALIAS } from '../../shared/stack/stack-outputs.ts';
import type { Deployment } from './deployment.ts';

/** Answer of the publish function to a rebuild. */
const RebuildAnswer = z.object({
  articles: z.number(),
  views: z.number(),
  files: z.number(),
  /** Number of articles, media files and states that could not be published. */
  failures: z.number(),
  /** The first failures. */
  failed: z.array(z.object({ subject: z.string(), message: z.string() })),
});
export type RebuildAnswer = z.infer<typeof RebuildAnswer>;

/** The result of a rebuild as JSON, with the names of the fields of other commands. */
export function rebuildResult({ failures, failed, ...done }: RebuildAnswer) {
  return { ...done, failed: failures, firstFailures: failed };
}

/** Answer of the publish function to a retry of the changes that could not be published. */
const RetryAnswer = z.object({ published: z.number(), failures: z.number(), left: z.number() });
export type RetryAnswer = z.infer<typeof RetryAnswer>;

/**
 * Starts a rebuild of the site and waits for its end, at most 15 minutes (the limit of Lambda).
 * @throws CopydeskError `not-rebuilt` with the message of the function
 */
export async function rebuildSite(deployment: Deployment): Promise<RebuildAnswer> {
  const { rebuilt } = await order('rebuild', 'The rebuild', deployment);
  return RebuildAnswer.parse(rebuilt);
}

/**
 * Publishes the changes that could not be published, and waits for the end.
 * @throws CopydeskError `not-rebuilt` with the message of the function
 */
export async function retryUnpublished(deployment: Deployment): Promise<RetryAnswer> {
  const { retried } = await order('retry', 'The retry', deployment);
  return RetryAnswer.parse(retried);
}

async function order(
  copydesk: 'rebuild' | 'retry',
  what: string,
  { clients, outputs }: Deployment,
): Promise<{ rebuilt?: unknown; retried?: unknown }> {
  const { Payload, FunctionError } = await clients.lambda.send(
    new InvokeCommand({
      FunctionName: outputs.publishFunction,
      Qualifier: LIVE_ALIAS,
      Payload: JSON.stringify({ copydesk }),
    }),
  );
  const answer = JSON.parse(Payload === undefined ? 'null' : Buffer.from(Payload).toString('utf8'));
  if (FunctionError !== undefined)
    throw new CopydeskError('not-rebuilt', `${what} failed: ${answer?.errorMessage ?? FunctionError}`, {
      subject: outputs.publishFunction,
    });
  return answer ?? {};
}

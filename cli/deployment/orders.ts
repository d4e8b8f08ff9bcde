import { InvokeCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import { CopydeskError } from '../../shared/errors/errors.ts';
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

/**
 * Starts a rebuild of the site and waits for its end, at most 15 minutes (the limit of Lambda).
 * @throws CopydeskError `not-rebuilt` with the message of the function
 */
export async function rebuildSite({ clients, outputs }: Deployment): Promise<RebuildAnswer> {
  const { Payload, FunctionError } = await clients.lambda.send(
    new InvokeCommand({
      FunctionName: outputs.publishFunction,
      Payload: JSON.stringify({ copydesk: 'rebuild' }),
    }),
  );
  const answer = JSON.parse(Payload === undefined ? 'null' : Buffer.from(Payload).toString('utf8'));
  if (FunctionError !== undefined)
    throw new CopydeskError('not-rebuilt', `The rebuild failed: ${answer?.errorMessage ?? FunctionError}`, {
      subject: outputs.publishFunction,
    });
  return RebuildAnswer.parse(answer?.rebuilt);
}

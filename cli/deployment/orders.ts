import { InvokeCommand } from '@aws-sdk/client-lambda';
import * as z from 'zod/mini';
import { CopydeskError } from '../../shared/errors/errors.ts';
import type { Deployment } from './deployment.ts';

/** What the publish function says it did when it was told to rebuild. */
const Rebuilt = z.object({
  articles: z.number(),
  views: z.number(),
  files: z.number(),
  /** How many articles, media files and states are not on the site as they should be. */
  failures: z.number(),
  /** The first of them. */
  failed: z.array(z.object({ subject: z.string(), message: z.string() })),
});
export type Rebuilt = z.infer<typeof Rebuilt>;

/**
 * Orders a rebuild and waits for it, which Lambda bounds at 15 minutes.
 * @throws CopydeskError `not-rebuilt` with what the function said
 */
export async function rebuildSite({ clients, outputs }: Deployment): Promise<Rebuilt> {
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
  return Rebuilt.parse(answer?.rebuilt);
}

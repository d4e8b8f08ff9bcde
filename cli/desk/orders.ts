import { InvokeCommand } from '@aws-sdk/client-lambda';
import { CopydeskError } from '../../shared/errors.ts';
import type { Desk } from './desk.ts';

/** What the publish function says it did when it was told to rebuild. */
export interface Rebuilt {
  articles: number;
  views: number;
  files: number;
}

/**
 * Orders a rebuild and waits for it, which Lambda bounds at 15 minutes.
 * @returns what it did; undefined where a function of an older version does not say
 * @throws CopydeskError `not-rebuilt` with what the function said
 */
export async function rebuildSite({ clients, outputs }: Desk): Promise<Rebuilt | undefined> {
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
  return answer?.rebuilt;
}

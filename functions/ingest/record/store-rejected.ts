import type { Rejection } from '../../../shared/errors/rejection.ts';
import type { Source } from '../../../shared/model/article.ts';
import { composeContext, type IngestDeps } from '../model/ingest-deps.ts';
import { composeRejected } from './compose.ts';
import { storeAndSettle } from './link-media.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

/** Stores the reason why a file was rejected. An earlier article or picture of its key stays, with a warning. */
export async function storeRejected(
  id: string,
  source: Source,
  rejection: Rejection,
  deps: IngestDeps,
): Promise<Outcome> {
  const stored = await storeAndSettle(id, source, deps, async current =>
    composeRejected(current, rejection, source, deps.parserVersion, composeContext(deps)),
  );
  return outcomeOf(stored, id, rejection);
}

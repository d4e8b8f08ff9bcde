import { canonicalsOf } from '../../../shared/duplicates/canonicals.ts';
import { recognizeSimilar } from '../../../shared/duplicates/similarity.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import type { ParsedArticle, Source } from '../../../shared/model/article.ts';
import { composeContext, type IngestDeps } from '../model/ingest-deps.ts';
import { bounded } from './bounds.ts';
import { noteWireItem, withCancellations, withCancelled } from './cancellations.ts';
import { composeArticle, composeRejected } from './compose.ts';
import { moveLargeBody } from './large-body.ts';
import { referTo, storeAndSettle, withMedia } from './link-media.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

/** Stores the article of a file, or the reason why the file was rejected. */
export async function storeParsed(
  id: string,
  source: Source,
  parsed: ParsedArticle | Rejection,
  deps: IngestDeps,
): Promise<Outcome> {
  const uses = parsed instanceof Rejection ? [] : (parsed.media ?? []);
  // If the record holds a cut id, the index must hold the same cut id.
  const wire = parsed instanceof Rejection ? undefined : bounded(parsed).wire;
  await Promise.all([
    referTo(uses, id, source, deps.articles),
    noteWireItem(wire, id, source, deps.articles),
  ]);
  const stored = await storeAndSettle(id, source, deps, async current => {
    if (parsed instanceof Rejection)
      return composeRejected(current, parsed, source, deps.parserVersion, composeContext(deps));
    const composed = composeArticle(current, parsed, source, composeContext(deps));
    const cancelled = await withCancellations(deps.articles, composed, deps.now());
    const noted = await withCancelled(deps.articles, cancelled, current ?? 'none');
    const article = await withMedia(deps.articles, noted);
    const recognized = await recognizeSimilar(deps.articles, article, current, deps.settings.duplicates);
    return moveLargeBody(recognized, deps.storage);
  });
  const rejection = parsed instanceof Rejection ? parsed : undefined;
  const { record } = stored;
  const outcome = outcomeOf(stored, id, rejection);
  if (stored.kind === 'stale' || record.status !== 'duplicate') return outcome;
  const canonical = (await canonicalsOf(deps.articles, [record])).get(id);
  return { ...outcome, duplicateOfKey: canonical?.source.key };
}

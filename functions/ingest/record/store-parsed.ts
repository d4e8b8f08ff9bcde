import { canonicalsOf } from '../../../shared/duplicates/canonicals.ts';
import { recognizeSimilar } from '../../../shared/duplicates/similarity.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import type { ParsedArticle, Source } from '../../../shared/model/article.ts';
import { composeContext, type IngestDeps } from '../model/ingest-deps.ts';
import { bounded } from './bounds.ts';
import { noteWireItem, withCancellations, withCancelled } from './cancellations.ts';
import { claimAliases } from './claim-aliases.ts';
import { composeArticle } from './compose.ts';
import { moveLargeBody } from './large-body.ts';
import { referTo, storeAndSettle, withMedia } from './link-media.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { refusePage } from './refuse-page.ts';
import { removeMembers, removeUnknown } from './remove-members.ts';
import { storeEmbedded } from './store-embedded.ts';
import { storeRejected } from './store-rejected.ts';

/** Stores the article of a file, or the reason why the file was rejected. */
export async function storeParsed(
  id: string,
  source: Source,
  parsed: ParsedArticle | Rejection,
  deps: IngestDeps,
): Promise<Outcome> {
  if (parsed instanceof Rejection) return storeRejected(id, source, parsed, deps);
  const refused = await refusePage(id, source.key, deps);
  if (refused !== undefined) return storeRejected(id, source, refused, deps);
  const { media: uses = [], embeddedFiles = [] } = parsed;
  // If the record holds a cut id, the index must hold the same cut id.
  const { wire } = bounded(parsed);
  const [claimed] = await Promise.all([
    claimAliases(id, parsed.aliases ?? [], deps.articles),
    referTo(uses, id, source, deps.articles),
    noteWireItem(wire, id, source, deps.articles),
  ]);
  const noted = { ...parsed, warnings: [...parsed.warnings, ...claimed] };
  await storeEmbedded(embeddedFiles, source, deps);
  const stored = await storeAndSettle(id, source, deps, async current => {
    const composed = composeArticle(current, noted, source, composeContext(deps));
    const cancelled = await withCancellations(deps.articles, composed, deps.now());
    const counted = await withCancelled(deps.articles, cancelled, current ?? 'none');
    const article = await withMedia(deps.articles, counted);
    const recognized = await recognizeSimilar(deps.articles, article, current, deps.settings.duplicates);
    return moveLargeBody(recognized, deps.storage);
  });
  const { record } = stored;
  // A newer version was stored in the meantime.
  if (stored.kind === 'stale') await removeUnknown(embeddedFiles, record, deps);
  else await removeMembers(record.unembedded ?? [], source, deps);
  const outcome = outcomeOf(stored, id, undefined);
  if (stored.kind === 'stale' || record.status !== 'duplicate') return outcome;
  const canonical = (await canonicalsOf(deps.articles, [record])).get(id);
  return { ...outcome, duplicateOfKey: canonical?.source.key };
}

import { finishLeaving, joinGroup, settle } from '../../../shared/duplicates/duplicates.ts';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import type { ArticleRecord } from '../../../shared/model/article.ts';
import { padSequencer } from '../../../shared/model/identity.ts';
import type { Articles } from '../../../shared/table/articles.ts';

/** What came of an attempt to change a record. */
export type Stored =
  /** Written: `record` is what the table holds now, `before` what it held. */
  | { kind: 'written'; record: ArticleRecord; before: ArticleRecord | undefined }
  /** This very event was handled before. */
  | { kind: 'repeat'; record: ArticleRecord }
  /** A newer event of the source was handled before. */
  | { kind: 'stale'; record: ArticleRecord };

/** What an event is to a record that may exist already: news, a repetition, or overtaken by a newer one. */
export function orderOf(
  current: ArticleRecord | undefined,
  event: { sequencer: string; parserVersion: string },
): 'new' | 'repeat' | 'stale' {
  if (current === undefined) return 'new';
  const known = padSequencer(current.source.sequencer);
  const given = padSequencer(event.sequencer);
  if (known !== given) return known < given ? 'new' : 'stale';
  // An archive of which not every file has been stored.
  if (current.status === 'unpacked' && current.unfinished) return 'new';
  // An event sent again after an upgrade of the parser is how a bucket is reprocessed.
  const parsed = current.status === 'deleted' ? event.parserVersion : current.parserVersion;
  return parsed === event.parserVersion ? 'repeat' : 'new';
}

/**
 * Changes the record of one source: decides by its present state, writes on condition that it has not
 * changed, and decides again where it has. Then settles which of the files with the same content is shown. Safe
 * to repeat at any point where it was interrupted.
 * @param decide the record to be, from the one that is; called again after each lost race
 * @throws CopydeskError retryable, where the table fails or the races do not end
 */
export async function store(
  articles: Articles,
  event: { id: string; sequencer: string; parserVersion: string; now: string },
  decide: (current: ArticleRecord | undefined) => Promise<ArticleRecord>,
): Promise<Stored> {
  return retryOnConflict(event.id, articles.pacing, async () => {
    const current = await articles.getForWrite(event.id);
    const order = orderOf(current, event);
    if (current !== undefined && order === 'stale') return { kind: 'stale', record: current };
    if (current !== undefined && order === 'repeat')
      return { kind: 'repeat', record: await settle(articles, current, event.now) };
    // The event before this one may have been interrupted between its write and what follows from it.
    if (current !== undefined) await finishLeaving(articles, current, event.now);
    const next = await joinGroup(articles, await decide(current), current, event.now);
    if (!(await articles.replace(current, next))) return CONFLICT;
    const record = await settle(articles, next, event.now, current);
    return { kind: 'written', record, before: current };
  });
}

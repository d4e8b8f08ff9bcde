import { joinGroup } from '../../../shared/duplicates/join-group.ts';
import { finishLeaving, settle } from '../../../shared/duplicates/settle.ts';
import { CONFLICT, contention, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import { type ArticleRecord, forwardOf } from '../../../shared/model/article.ts';
import { padSequencer } from '../../../shared/model/identity.ts';
import type { Articles } from '../../../shared/table/articles.ts';

/** The result of a change of a record. */
export type Stored =
  /** The record was written. `before` is the record that it replaced. */
  | { kind: 'written'; record: ArticleRecord; before: ArticleRecord | undefined }
  /** The same event was handled before. */
  | { kind: 'repeat'; record: ArticleRecord }
  /** A newer event of the source was handled before. */
  | { kind: 'stale'; record: ArticleRecord };

/** Compares an event with the current record: whether it is new, a repetition, or older than the record. */
export function orderOf(
  current: ArticleRecord | undefined,
  event: { sequencer: string; parserVersion: string },
): 'new' | 'repeat' | 'stale' {
  if (current === undefined) return 'new';
  const known = padSequencer(current.source.sequencer);
  const given = padSequencer(event.sequencer);
  if (known !== given) return known < given ? 'new' : 'stale';
  // Not every file of the zip has been stored.
  if (current.status === 'unpacked' && current.unfinished) return 'new';
  // `copydesk reprocess` sends the events of a bucket again after an upgrade of the parser.
  const parsed = current.status === 'deleted' ? event.parserVersion : current.parserVersion;
  return parsed === event.parserVersion ? 'repeat' : 'new';
}

/**
 * Changes the record of one source with a conditional write, and repeats it after a conflict. Then chooses
 * the canonical article among the files with the same content. It is safe to repeat after an interruption at
 * any point.
 * @param event.id id of the record that has the key
 * @param decide makes the next record from the current one; called again after each conflict
 * @throws CopydeskError retryable, if the table fails or the conflicts do not end
 */
export async function store(
  articles: Articles,
  event: { id: string; key: string; sequencer: string; parserVersion: string; now: string },
  decide: (current: ArticleRecord | undefined) => Promise<ArticleRecord>,
): Promise<Stored> {
  return retryOnConflict(event.id, articles.pacing, async () => {
    const current = await articles.getForWrite(event.id);
    // The file was moved since its record was found. The message comes again.
    if (current && (current.source.key || event.key) !== event.key) throw contention(event.id);
    if (forwardOf(current, event.key) !== undefined) throw contention(event.id);
    const order = orderOf(current, event);
    if (current !== undefined && order === 'stale') return { kind: 'stale', record: current };
    if (current !== undefined && order === 'repeat')
      return { kind: 'repeat', record: await settle(articles, current, event.now) };
    // If the function of the previous event was interrupted after its write, this call completes its work.
    if (current !== undefined) await finishLeaving(articles, current, event.now);
    const joined = await joinGroup(articles, await decide(current), current, event.now);
    const next = articles.withNews(joined, current, event.now);
    if (!(await articles.replace(current, next))) return CONFLICT;
    const record = await settle(articles, next, event.now, current);
    return { kind: 'written', record, before: current };
  });
}

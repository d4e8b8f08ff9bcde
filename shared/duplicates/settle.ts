import { CONFLICT, retryOnConflict } from '../errors/retry-on-conflict.ts';
import { type ArticleRecord, groupOf, isArticle, isKilled, type Left } from '../model/article.ts';
import { lookupKeys } from '../model/minhash.ts';
import type { Articles } from '../table/articles.ts';
import { ANY_VERSION, coverNewText } from './kills.ts';
import { hide, isMemberOf, waiting } from './membership.ts';
import { promote, settleDuplicate, settleLive } from './promote.ts';

/**
 * Files that have the same content, and that are allowed to be public now, form a duplicate group. One of them is the
 * canonical: it is `live`. The others are `duplicate`. A file that is scheduled, held, expired or withdrawn by itself
 * is in no group, so it hides no other file. When the canonical leaves the group, the oldest duplicate is promoted. If
 * an editor's kill covers the group, the site shows none of its files.
 *
 * There are no transactions. The canonical item of a group is changed by compare-and-swap, before a record becomes
 * live. A duplicate is entered after its record is written. Every writer of a record reads the canonical again
 * afterwards and corrects its own record. So the later of two writers always sees the other.
 */

/**
 * Updates the group and the similarity index after a write, and makes sure that exactly one member of the group is
 * live. A repeated call changes nothing.
 * @param before the replaced record, if known
 * @returns the record after the updates
 */
export async function settle(
  articles: Articles,
  record: ArticleRecord,
  now: string,
  before?: ArticleRecord,
): Promise<ArticleRecord> {
  await finishLeaving(articles, record, now);
  if (!isArticle(record)) return record;
  if (isKilled(record)) await coverNewText(articles, record, now);
  if (record.status === 'live') return settleLive(articles, record, now, before);
  if (record.status === 'duplicate') return settleDuplicate(articles, record, now);
  return record;
}

/** Repeats the updates that follow a write of a record, in case an interruption prevented them. */
export async function finishLeaving(articles: Articles, record: ArticleRecord, now: string): Promise<void> {
  if (record.left !== undefined) await leave(articles, record.left, record, record, now);
}

/**
 * Removes an article from a group and from keys of the similarity index. If it was the canonical, another member is
 * promoted.
 * @param leaver id and version of the record that left the group
 * @param record the current record. Undefined if it was deleted
 */
export async function leave(
  articles: Articles,
  { group, since, similarityKeys }: Left,
  { id, version }: Pick<ArticleRecord, 'id' | 'version'>,
  record: ArticleRecord | undefined,
  now: string,
): Promise<void> {
  // A killed text keeps its keys, so that similar texts find the kill.
  const keepsKeys =
    record !== undefined && isKilled(record) && (!isArticle(record) || groupOf(record) === group);
  if (!keepsKeys) await articles.similarity.leave(similarityKeys, { id, since, version });
  if (record !== undefined && isMemberOf(record, group)) return;
  await articles.groups.leave(group, { id, since, version });
  // If an interrupted function has chosen the next canonical, this makes it live.
  await promote(articles, group, now);
}

/** Undoes the kill of an article for every group that it covers. The article or a copy becomes live again. */
export async function uncoverCopies(articles: Articles, id: string, now: string): Promise<void> {
  for (const kill of await articles.groups.kills(id)) {
    const { group, since, nearHash } = kill;
    await articles.groups.removeKiller(group, id);
    await replaceKilledCanonical(articles, group, id, now);
    await promote(articles, group, now);
    await articles.similarity.leave(lookupKeys(nearHash), { id, since, version: ANY_VERSION });
    await articles.groups.forgetKill(id, group);
  }
}

/**
 * Replaces a canonical whose kill is undone: by another killed article, else by itself if it is a member or if its file
 * was deleted, else by the oldest waiting member.
 */
async function replaceKilledCanonical(
  articles: Articles,
  group: string,
  id: string,
  now: string,
): Promise<void> {
  return retryOnConflict(group, articles.pacing, async () => {
    const before = await articles.groups.canonical(group);
    if (!before?.killed || before.member !== id) return;
    const [other] = await articles.groups.killers(group);
    if (before.hides !== undefined) await hide(articles, before.hides, { group, canonical: id, now });
    const record = await articles.getForWrite(id);
    // If its file was deleted meanwhile, `promote` looks for the file that continues its article.
    const isGone = record?.status === 'deleted' && !isKilled(record);
    const isBack = record !== undefined && (isGone || isMemberOf(record, group));
    const next = other ?? (isBack ? id : (await waiting(articles, group))[0]?.id);
    const after = next === undefined ? undefined : { member: next, killed: other !== undefined };
    return (await articles.groups.replaceCanonical(group, before, after)) ? undefined : CONFLICT;
  });
}

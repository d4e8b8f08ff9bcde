import { CONFLICT, retryOnConflict } from '../errors/retry-on-conflict.ts';
import {
  type Article,
  type ArticleRecord,
  groupOf,
  groupSinceOf,
  isArticle,
  isKilled,
  type Left,
} from '../model/article.ts';
import { lookupKeys } from '../model/minhash.ts';
import { statusAt } from '../model/schedule.ts';
import type { Articles } from '../table/articles.ts';
import type { GroupMember } from '../table/duplicate-groups.ts';

export function memberOf(article: Article): GroupMember {
  return { id: article.id, since: groupSinceOf(article), version: article.version };
}

function isMember({ status }: ArticleRecord): boolean {
  return status === 'live' || status === 'duplicate';
}

export function isMemberOf(record: ArticleRecord, group: string): record is Article {
  return isArticle(record) && isMember(record) && groupOf(record) === group;
}

/** Returns the article with the status that its file and its editors want, without regard to its group. */
export function undecided(article: Article, now: string): Article {
  const { duplicateOf: _, withdrawnBy: __, ...rest } = article;
  return { ...rest, ...statusAt(article, now) };
}

export function duplicateOf(canonical: string, article: Article): Article {
  if (article.status === 'duplicate' && article.duplicateOf === canonical) return article;
  return { ...article, status: 'duplicate', duplicateOf: canonical };
}

/** Returns the group and the similarity keys that a record leaves when `next` replaces it. */
export function leftBy(current: ArticleRecord | undefined, next: ArticleRecord): Left | undefined {
  if (current === undefined || !isArticle(current) || !(isMember(current) || isKilled(current)))
    return undefined;
  const group = groupOf(current);
  const since = groupSinceOf(current);
  const stays = isArticle(next) && groupOf(next) === group && (isMember(next) || isKilled(next));
  // A killed article keeps its keys, so that similar texts find the kill.
  const kept = stays && next.status !== 'duplicate' ? lookupKeys(next.nearHash) : [];
  const similarityKeys =
    current.status === 'live' ? lookupKeys(current.nearHash).filter(key => !kept.includes(key)) : [];
  return stays && similarityKeys.length === 0 ? undefined : { group, since, similarityKeys };
}

/**
 * Maximum number of members whose records are updated when another member is promoted. The other records still name the
 * old canonical, so commands read the canonical from the group.
 */
const MAX_UPDATED_MEMBERS = 4;

/** Returns the oldest waiting members of a group. Removes members that have left the group. */
export async function waiting(articles: Articles, group: string, except?: string): Promise<GroupMember[]> {
  for (;;) {
    const read = await articles.groups.members(group, MAX_UPDATED_MEMBERS + 1);
    const others = read.filter(({ id }) => id !== except);
    if (others.length === 0) return [];
    const records = await articles.getMany(others.map(({ id }) => id));
    const isStale = ({ id }: GroupMember) => {
      const record = records.get(id);
      return record?.status !== 'duplicate' || groupOf(record) !== group;
    };
    for (const member of others.filter(isStale)) await articles.groups.leave(group, member);
    const found = others.filter(member => !isStale(member));
    if (found.length > 0) return found.slice(0, MAX_UPDATED_MEMBERS);
  }
}

/** Makes a live member of a group a duplicate of its canonical, and enters it as a waiting member. */
export async function hide(
  articles: Articles,
  id: string,
  { group, canonical, now }: { group: string; canonical: string; now: string },
): Promise<Article | undefined> {
  const hidden = await update(articles, id, now, article =>
    isMemberOf(article, group) ? duplicateOf(canonical, article) : undefined,
  );
  if (hidden === undefined) return undefined;
  await articles.similarity.leave(lookupKeys(hidden.nearHash), memberOf(hidden));
  await articles.groups.enter(group, memberOf(hidden));
  return hidden;
}

/**
 * Changes an article with a conditional write, and tries again after a conflict.
 * @param change makes the new article, or returns undefined for no change
 * @returns the article after the change. Undefined if the record is no article, or if `change` returns undefined
 */
export async function update(
  articles: Articles,
  id: string,
  now: string,
  change: (article: Article) => Article | undefined,
): Promise<Article | undefined> {
  return retryOnConflict(id, articles.pacing, async () => {
    const current = await articles.getForWrite(id);
    const changed = current && isArticle(current) ? change(current) : undefined;
    if (current === undefined || changed === undefined) return undefined;
    if (changed === current) return changed;
    const next = articles.withNews({ ...changed, version: current.version + 1 }, current, now);
    return (await articles.replace(current, next)) ? next : CONFLICT;
  });
}

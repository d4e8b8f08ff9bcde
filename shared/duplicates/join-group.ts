import { type Article, type ArticleRecord, groupOf, groupSinceOf, isArticle } from '../model/article.ts';
import { isSameUpload } from '../model/edited.ts';
import type { Articles } from '../table/articles.ts';
import { coverByKill, killOf } from './kills.ts';
import { duplicateOf, leftBy, undecided } from './membership.ts';
import { continues } from './move.ts';

/**
 * Makes the record to be written. An article that is allowed to be public becomes the canonical of its group or a
 * duplicate. The field `left` records the group and the keys that the write leaves, for {@link settle}.
 * @param draft the record with the status that its file and its editors want
 * @param current the record that `draft` replaces
 */
export async function joinGroup(
  articles: Articles,
  draft: ArticleRecord,
  current: ArticleRecord | undefined,
  now: string,
): Promise<ArticleRecord> {
  const next = isArticle(draft) ? await inItsGroup(articles, draft, current, now) : draft;
  return { ...next, left: leftBy(current, next) };
}

/** Like {@link joinGroup}, but both records are articles. */
export async function joinGroupAsArticle(
  articles: Articles,
  draft: Article,
  current: Article,
  now: string,
): Promise<Article> {
  const next = await inItsGroup(articles, draft, current, now);
  return { ...next, left: leftBy(current, next) };
}

async function inItsGroup(
  articles: Articles,
  given: Article,
  current: ArticleRecord | undefined,
  now: string,
): Promise<Article> {
  const before = current !== undefined && isArticle(current) ? current : undefined;
  const group = groupOf(given);
  const stays = before !== undefined && groupOf(before) === group;
  const { duplicateOf: _, ...wanted } = given.status === 'duplicate' ? undecided(given, now) : given;
  const draft: Article = { ...wanted, groupSince: groupSinceOf(stays ? before : given) };
  if (draft.status !== 'live' || (stays && before.status === 'live')) return draft;
  // A newer parser can read other content from the same upload. If the old content was killed, the new content is too.
  if (!stays && before?.status === 'duplicate' && isSameUpload(before, draft.source)) {
    const canonical = await articles.groups.canonical(groupOf(before));
    if (canonical?.killed) await coverByKill(articles, canonical.member, killOf(draft), now);
  }
  const canonical = await articles.groups.claim(
    group,
    draft.id,
    async departed => !(await continues(articles, draft, departed)),
  );
  if (canonical.member !== draft.id) return duplicateOf(canonical.member, draft);
  if (!canonical.killed) return draft;
  // The kill of this article is being undone. Another kill can still cover the group.
  const other = (await articles.groups.killers(group)).find(id => id !== draft.id);
  return other === undefined ? draft : duplicateOf(other, draft);
}

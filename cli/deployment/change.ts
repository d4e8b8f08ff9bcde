import { joinGroupAsArticle } from '../../shared/duplicates/join-group.ts';
import { coverByKill, killOf } from '../../shared/duplicates/kills.ts';
import { finishLeaving, settle, uncoverCopies } from '../../shared/duplicates/settle.ts';
import { CONFLICT, retryOnConflict } from '../../shared/errors/retry-on-conflict.ts';
import { type Article, forwardOf, isArticle, isKilled } from '../../shared/model/article.ts';
import { isStated, statusAt } from '../../shared/model/schedule.ts';
import type { Articles } from '../../shared/table/articles.ts';
import { UsageError } from '../output/usage-error.ts';

/**
 * Changes an article with a conditional write, and tries again after a conflict. If the same story is already
 * published, an article becomes a duplicate instead of live. A kill covers all copies of the story. When the kill is
 * undone, one copy becomes live again.
 * @param change makes the new article. It is called again after each conflict
 * @param now RFC 3339
 * @throws UsageError if the record is no longer an article
 */
export async function changeArticle(
  articles: Articles,
  id: string,
  change: (article: Article) => Article | Promise<Article>,
  now: string,
): Promise<Article> {
  return retryOnConflict(id, articles.pacing, async () => {
    const current = await articles.get(id);
    if (current === undefined || !isArticle(current))
      throw new UsageError(`${id} is no article any more: its file was deleted or replaced meanwhile.`);
    // Another function moves the file to another record, and makes this one a tombstone. A kill would be lost with it.
    if (forwardOf(current, current.source.key) !== undefined) return CONFLICT;
    await finishLeaving(articles, current, now);
    const joined = await joinGroupAsArticle(articles, await change(current), current, now);
    const next = articles.withNews({ ...joined, version: current.version + 1 }, current, now);
    if (!(await articles.replace(current, next))) return CONFLICT;
    if (isKilled(next) && !isKilled(current)) await coverByKill(articles, id, killOf(next), now);
    if (isKilled(current) && !isKilled(next)) await uncoverCopies(articles, id, now);
    const settled = await settle(articles, next, now, current);
    return isArticle(settled) ? settled : next;
  });
}

/**
 * Removes the hold of an article. Its new status depends on its other fields, such as an embargo or an expiry. An
 * article without a stated date is published now. A story that was public before an editor held it keeps its date.
 */
export function released(article: Article, now: string): Article {
  const { withdrawnBy: _, editorHold, ...rest } = article;
  const next = {
    ...rest,
    released: article.hold,
    warnings: article.warnings.filter(warning => warning !== article.hold),
    ...(!isStated(article.publishedFrom) &&
      !(editorHold !== undefined && article.goneAt !== undefined) && {
        publishedAt: now,
        publishedFrom: 'release' as const,
        updatedAt: now,
      }),
  };
  return { ...next, ...statusAt(next, now, article) };
}

import { type Article, isArticle } from '../../shared/article.ts';
import type { Articles } from '../../shared/articles.ts';
import { contention, leaveOldContent, MOST_TRIES, settle } from '../../shared/succession.ts';
import { UsageError } from '../usage-error.ts';

/**
 * Changes an article on condition that nobody else does at the same time, and tries again where somebody did; then
 * settles who is shown of those with the same content.
 * @param change the article to be; called again after each lost race
 * @param now RFC 3339
 * @throws UsageError where it is no article any more
 */
export async function changeArticle(
  articles: Articles,
  id: string,
  change: (article: Article) => Article | Promise<Article>,
  now: string,
): Promise<Article> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const current = await articles.get(id);
    if (current === undefined || !isArticle(current))
      throw new UsageError(`${id} is no article any more: its file was deleted or replaced meanwhile.`);
    // What it left may be told by another article now, and is none of what a kill of this one is about.
    await leaveOldContent(articles, current, now);
    const { leftHash: _, ...changed } = await change(current);
    const next = { ...changed, version: current.version + 1 };
    if (!(await articles.replace(current, next))) continue;
    const settled = await settle(articles, next, now);
    return isArticle(settled) ? settled : next;
  }
  throw contention(id);
}

import { isArticle } from '../../shared/article.ts';
import type { Articles } from '../../shared/articles.ts';
import { statusAt } from '../../shared/schedule.ts';
import { settle } from '../../shared/succession.ts';

/**
 * Makes live what is no longer under embargo, and withdraws what has expired; a duplicate of what has expired
 * takes its place. Only the table is changed: the change stream publishes it.
 * @param now RFC 3339, UTC
 * @param onFailed told of each article that could not be changed; the others go on
 * @returns the ids whose status changed
 */
export async function releaseDue(
  articles: Articles,
  now: string,
  onFailed: (id: string, error: unknown) => void,
): Promise<string[]> {
  const released: string[] = [];
  for await (const id of articles.due(now)) {
    try {
      if (await release(articles, id, now)) released.push(id);
    } catch (error) {
      onFailed(id, error);
    }
  }
  return released;
}

async function release(articles: Articles, id: string, now: string): Promise<boolean> {
  const record = await articles.get(id);
  if (!record || !isArticle(record) || (record.status !== 'scheduled' && record.status !== 'live'))
    return false;
  const change = statusAt(record, now);
  if (change.status === record.status) return false;
  const next = { ...record, ...change, version: record.version + 1 };
  // A lost race needs no second try: the next tick looks again.
  if (!(await articles.replace(record, next))) return false;
  await settle(articles, next, now);
  return true;
}

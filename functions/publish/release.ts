import { isArticle } from '../../shared/article.ts';
import type { Articles } from '../../shared/articles.ts';
import { statusAt } from '../../shared/schedule.ts';

/**
 * Makes live what is no longer under embargo, and withdraws what has expired. Only the table is changed:
 * the change stream publishes it.
 * @param now RFC 3339, UTC
 * @returns the ids whose status changed
 */
export async function releaseDue(articles: Articles, now: string): Promise<string[]> {
  const released: string[] = [];
  for await (const id of articles.due(now)) {
    const record = await articles.get(id);
    if (!record || !isArticle(record) || (record.status !== 'scheduled' && record.status !== 'live'))
      continue;
    const status = statusAt(record, now);
    if (status === record.status) continue;
    // A lost race needs no second try: the next tick looks again.
    if (await articles.replace(record, { ...record, status, version: record.version + 1 })) released.push(id);
  }
  return released;
}

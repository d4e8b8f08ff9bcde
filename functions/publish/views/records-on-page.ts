import type { ArticleRecord } from '../../../shared/model/article.ts';
import type { ArticlePositions } from '../states/positions.ts';
import type { ViewDeps } from './view.ts';

/**
 * Of many articles those whose place is on one page, as they are now, and all their places. For a page whose state
 * is lost: reads the small places of all before the records of a few.
 */
export async function recordsOn(
  ids: readonly string[],
  isOnPage: (positions: ArticlePositions, id: string) => boolean,
  { articles, onBroken }: ViewDeps,
): Promise<{ records: ReadonlyMap<string, ArticleRecord>; positions: ArticlePositions }> {
  const positions = await articles.positions.read(ids);
  const there = ids.filter(id => isOnPage(positions, id));
  return { records: await articles.getMany(there, onBroken), positions };
}

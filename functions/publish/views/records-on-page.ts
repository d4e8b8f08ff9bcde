import type { ArticleRecord } from '../../../shared/model/article.ts';
import type { ArticlePositions } from '../states/positions.ts';
import type { ViewDeps } from './view.ts';

/**
 * The current records of the articles on one page, and the positions of all given articles. It serves to fill a page
 * whose state is lost. It reads all positions, which are small, and then only the records of the page.
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

import type { Records } from '../model/records.ts';
import type { ArticlePositions } from '../states/positions.ts';
import type { ViewDeps } from './view.ts';

/** The positions of the given articles, and the records of those on one page. They fill a page with a lost state. */
export async function recordsOn(
  ids: readonly string[],
  isOnPage: (positions: ArticlePositions, id: string) => boolean,
  { articles, onBroken }: ViewDeps,
): Promise<{ records: Records; positions: ArticlePositions }> {
  const positions = await articles.positions.read(ids);
  const there = ids.filter(id => isOnPage(positions, id));
  return { records: await articles.getMany(there, onBroken), positions };
}

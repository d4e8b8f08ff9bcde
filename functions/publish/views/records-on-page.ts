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

/** The id at the end of the address of an article, as a sitemap names it. */
const ID_IN_ADDRESS = /-([a-z2-7]{16})\.html/g;

/** The ids of the articles in a sitemap file of the site. The file tells them if no state does. */
export async function idsInFile(key: string, { siteBucket }: ViewDeps): Promise<string[]> {
  const file = await siteBucket.get(key);
  const text = Buffer.from(file?.bytes ?? []).toString('utf8');
  return [...new Set([...text.matchAll(ID_IN_ADDRESS)].map(([, id = '']) => id))];
}

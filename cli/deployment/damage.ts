import pMap from 'p-map';
import { bodyMissing } from '../../functions/publish/content/bodies.ts';
import type { CopydeskError } from '../../shared/errors/errors.ts';
import { isArticle } from '../../shared/model/article.ts';
import { LAST_INSTANT } from '../../shared/table/articles.ts';
import { atMost } from './at-most.ts';
import type { Deployment } from './deployment.ts';

const HEAD_CONCURRENCY = 8;

/** Broken records and lost bodies. Each error names the article, and the command that makes it again. */
export interface Damage {
  /** Number of records that were looked at. */
  checked: number;
  found: CopydeskError[];
}

/**
 * Looks for broken records and lost bodies, without reading the whole table.
 * @param limit maximum number of the newest live articles, of the held ones, and of those with the next changes
 */
export async function damageOf(
  { articles, storage }: Pick<Deployment, 'articles' | 'storage'>,
  limit: number,
): Promise<Damage> {
  const ids = new Set(await articles.newest(limit));
  for (const waiting of [articles.held(), articles.due(LAST_INSTANT)])
    for await (const id of atMost(waiting, limit)) ids.add(id);
  const found: CopydeskError[] = [];
  const records = await articles.getMany(ids, error => void found.push(error));
  const large = [...records.values()].filter(isArticle).filter(({ bodyKey }) => bodyKey !== undefined);
  await pMap(
    large,
    async article => {
      if ((await storage.head(article.bodyKey ?? '')) === undefined) found.push(bodyMissing(article));
    },
    { concurrency: HEAD_CONCURRENCY },
  );
  return { checked: ids.size, found };
}

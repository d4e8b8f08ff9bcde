import { inParallel } from '../../../shared/errors/in-parallel.ts';
import type { ArticleRecord } from '../../../shared/model/article.ts';
import type { Articles } from '../../../shared/table/articles.ts';

/** Number of addresses that are looked up at the same time. */
const CONCURRENCY = 8;

/**
 * Enters an article as claimant of its aliases. Without aliases it makes no request.
 * @returns a warning for each alias that another article claims too
 */
export async function claimAliases(
  id: string,
  aliases: readonly string[],
  articles: Pick<Articles, 'aliases' | 'getMany'>,
): Promise<string[]> {
  if (aliases.length === 0) return [];
  await articles.aliases.enter(aliases.map(path => ({ path, id })));
  const warnings = await inParallel(
    aliases,
    async path => {
      const others = (await articles.aliases.of(path)).filter(other => other !== id);
      if (others.length === 0) return [];
      const records = await articles.getMany(others, () => undefined);
      const other = others.find(each => stillClaims(records.get(each), path));
      if (other === undefined) return [];
      const name = records.get(other)?.source.key ?? other;
      return [`The alias “${path}” is also one of ${name}. It leads to the story that has it first.`];
    },
    { concurrency: CONCURRENCY },
  );
  return warnings.flat();
}

/** Whether a claim holds. An article without a record is just being stored. */
function stillClaims(record: ArticleRecord | undefined, path: string): boolean {
  if (record === undefined) return true;
  return record.status !== 'deleted' && 'aliases' in record && record.aliases?.includes(path) === true;
}

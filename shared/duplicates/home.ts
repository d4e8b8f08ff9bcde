import { contention } from '../errors/retry-on-conflict.ts';
import { type ArticleRecord, forwardOf, groupOf, isArticle } from '../model/article.ts';
import type { Articles, Found } from '../table/articles.ts';
import { finishMove, promote } from './promote.ts';

/** Number of attempts to finish a move. One is enough if no other function works on it. */
const MAX_ATTEMPTS = 5;

/**
 * Reads the record of a key before an event of the key is handled. If a function died while it moved the file, this
 * finishes or undoes the move.
 * @throws CopydeskError `contention`, retryable, if other functions keep changing the records
 */
export async function homeOf(
  articles: Articles,
  key: string,
  now: string,
): Promise<Pick<Found, 'id' | 'record'>> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const { id, record, from } = await articles.follow(key);
    if (record === undefined || from === undefined) return { id, record };
    const { key: held } = record.source;
    if (held === key) {
      if (from.source.key === key) await finishMove(articles, record, from.id, now);
      return { id, record };
    }
    if (forwardOf(record, held)?.id === from.id && from.source.key === held)
      await finishMove(articles, from, id, now);
    else await finishOrUndo(articles, key, { record, from }, now);
  }
  throw contention(key);
}

/** The file of `from` has not reached `record`, because the function died or because the record changed meanwhile. */
async function finishOrUndo(
  articles: Articles,
  key: string,
  { record, from }: { record: ArticleRecord; from: ArticleRecord },
  now: string,
): Promise<void> {
  if (record.status === 'deleted' && isArticle(from)) {
    await promote(articles, groupOf(from), now);
    const again = await articles.follow(key);
    if (again.record === undefined || again.record.source.key === key) return;
  }
  const current = await articles.getForWrite(from.id);
  if (current?.source.key !== key) return;
  // The function can still live, and be about to give the file to this version of the record. This makes its write fail,
  // so that the file is not in two records.
  if (!(await articles.replace(record, { ...record, version: record.version + 1 }))) return;
  const forwards = (current.forwards ?? []).filter(forward => forward.key !== key);
  await articles.replace(current, { ...current, version: current.version + 1, forwards });
}

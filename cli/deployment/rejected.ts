import { type ArticleRecord, isArticle, type Rejected } from '../../shared/model/article.ts';
import { monthOf } from '../../shared/table/article-item.ts';
import type { Articles } from '../../shared/table/articles.ts';

const RECORDS_PER_READ = 100;

/**
 * Reads the files that were rejected since an instant and are still rejected, the latest first.
 * @param since RFC 3339
 * @param now milliseconds since the epoch
 */
export async function rejectedSince(
  articles: Articles,
  since: string,
  limit: number,
  now: number = Date.now(),
): Promise<Rejected[]> {
  const found: Rejected[] = [];
  for (const month of monthsBack(monthOf(new Date(now).toISOString()), monthOf(since))) {
    for await (const records of inBatches(articles, articles.rejected(month))) {
      // The index is sorted by time, so every record after a record that is too old is also too old.
      for (const record of records)
        if (record.ingestedAt < since) return found;
        else if (record.status === 'rejected' && found.push(record) >= limit) return found;
    }
  }
  return found;
}

/** Reads the records of ids in batches. The order of the ids is kept. */
export async function* inBatches(
  articles: Articles,
  ids: Iterable<string> | AsyncIterable<string>,
): AsyncGenerator<ArticleRecord[]> {
  let batch: string[] = [];
  const read = async () => {
    const records = await articles.getMany(batch);
    const inOrder = batch.flatMap(id => records.get(id) ?? []);
    batch = [];
    return inOrder;
  };
  for await (const id of ids) {
    batch.push(id);
    if (batch.length >= RECORDS_PER_READ) yield await read();
  }
  if (batch.length > 0) yield await read();
}

/** Time by which records are sorted: the publication of an article, or the upload of another file. */
export function timeOf(record: ArticleRecord): string {
  return isArticle(record) ? record.publishedAt : record.source.uploadedAt;
}

function* monthsBack(from: string, to: string): Generator<string> {
  let [year = 0, month = 0] = from.split('-').map(Number);
  for (;;) {
    const name = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
    if (name < to) return;
    yield name;
    month--;
    if (month === 0) {
      year--;
      month = 12;
    }
  }
}

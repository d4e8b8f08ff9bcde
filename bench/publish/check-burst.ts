import { HISTORY, type HistoryPage } from '../../functions/publish/states/history-states.ts';
import type { PublishDeps } from '../../functions/publish/views/view.ts';
import type { Bucket } from '../../shared/aws/bucket.ts';
import { articleId } from '../../shared/model/identity.ts';
import { keyOf } from './burst-copy.ts';

/** Says what of a burst is not live, not where it belongs, or there twice. */
export async function checkBurst(
  articles: number,
  { articles: stored, storage, siteBucket, site }: PublishDeps,
): Promise<string[]> {
  const problems: string[] = [];
  const expected = Array.from({ length: articles }, (_, number) => articleId('copydesk', keyOf(number)));

  const statuses = new Map<string, string>();
  for await (const { id, status } of stored.all()) statuses.set(id, status);
  const hidden = expected.filter(id => statuses.get(id) !== 'live');
  if (hidden.length > 0)
    problems.push(`${hidden.length} are not live, one of them is ${statuses.get(hidden[0] ?? '')}`);

  const found = new Map<string, number>();
  for await (const key of storage.keys(HISTORY))
    for (const { id } of (await json<HistoryPage>(storage, key)).entries)
      found.set(id, (found.get(id) ?? 0) + 1);
  const twice = [...found.values()].filter(times => times > 1).length;
  const missing = expected.filter(id => !found.has(id)).length;
  if (twice > 0) problems.push(`${twice} stand twice in the archive documents`);
  if (missing > 0) problems.push(`${missing} stand in no archive document`);

  const { items } = await json<{ items: { title: string }[] }>(siteBucket, 'feed.json');
  const numbers = items.map(({ title }) => Number(title.split(' ')[1]));
  const newest = numbers.map((_, at) => at);
  if (numbers.length !== Math.min(articles, site.feedEntries) || String(numbers) !== String(newest))
    problems.push(`feed.json holds ${numbers}`);

  let pages = 0;
  for await (const _ of siteBucket.keys('articles/')) pages++;
  if (pages !== articles) problems.push(`there are ${pages} pages of articles`);
  return problems;
}

async function json<T>(bucket: Bucket, key: string): Promise<T> {
  const object = await bucket.get(key);
  return JSON.parse(Buffer.from(object?.bytes ?? '{}').toString('utf8')) as T;
}

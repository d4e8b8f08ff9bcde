import { rejectedSince } from '../../../cli/deployment/rejected.ts';
import type { ArticleRecord, Rejected } from '../../../shared/model/article.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import { source } from '../../support/articles.ts';

const NOW = Date.parse('2026-11-20T12:00:00.000Z');
const HOUR_MS = 3_600_000;

/** Rejected, one an hour back from now; the id says which. */
function rejectedAt(id: string): Rejected {
  return {
    id,
    guid: id,
    source: source({ key: `${id}.txt` }),
    version: 1,
    status: 'rejected',
    reason: { code: 'empty', message: 'It is empty.' },
    warnings: [],
    parserVersion: '1',
    ingestedAt: new Date(NOW - Number(id) * HOUR_MS).toISOString(),
  };
}

function tableOf(count: number): { articles: Articles; read: string[]; months: string[] } {
  const read: string[] = [];
  const months: string[] = [];
  const articles = {
    async *rejected(month: string) {
      months.push(month);
      for (let id = 0; id < count; id++)
        if (rejectedAt(String(id)).ingestedAt.startsWith(month)) yield String(id);
    },
    async getMany(ids: string[]) {
      read.push(...ids);
      return new Map<string, ArticleRecord>(ids.map(id => [id, rejectedAt(id)]));
    },
  } as unknown as Articles;
  return { articles, read, months };
}

test('of a month with many no more are read than are asked for, the latest of them', async () => {
  const { articles, read } = tableOf(10_000);
  const found = await rejectedSince(articles, '2026-01-01T00:00:00.000Z', 3, NOW);
  expect(found.map(({ id }) => id)).toEqual(['0', '1', '2']);
  expect(read.length).toBeLessThanOrEqual(100);
});

test('nor of those that are older', async () => {
  const { articles, read } = tableOf(10_000);
  const found = await rejectedSince(articles, '2026-11-20T10:00:00.000Z', 1_000, NOW);
  expect(found.map(({ id }) => id)).toEqual(['0', '1', '2']);
  expect(read.length).toBeLessThanOrEqual(100);
});

test('it goes back over the turn of a year', async () => {
  const { articles, months } = tableOf(0);
  await rejectedSince(articles, '2025-11-30T00:00:00.000Z', 10, Date.parse('2026-01-01T00:00:00.000Z'));
  expect(months).toEqual(['2026-01', '2025-12', '2025-11']);
});

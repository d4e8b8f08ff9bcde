import { MemoryTable } from '../../../bench/publish/memory-table.ts';
import { DIRECT } from '../../../bench/publish/wire.ts';
import { composeArticle, composeTombstone } from '../../../functions/ingest/record/compose.ts';
import { store } from '../../../functions/ingest/record/store.ts';
import { releaseDue } from '../../../functions/publish/jobs/release.ts';
import { recognizeSimilar } from '../../../shared/duplicates/similarity.ts';
import type { Article, ArticleRecord, ParsedArticle } from '../../../shared/model/article.ts';
import { articleId } from '../../../shared/model/identity.ts';
import { lookupKeys, minhash } from '../../../shared/model/minhash.ts';
import { Articles } from '../../../shared/table/articles.ts';
import { composedAt, instant, parsed } from '../../support/articles.ts';

/** Which stories are found by what they resemble, on a table in memory. */

const TEXT = Array.from({ length: 60 }, (_, at) => `island ${at} had ${at * 7} visitors`).join(', ');
const CHANGED = TEXT.replace('59 had', '59 never had');

let articles: Articles;
let sequencer: number;
beforeEach(() => {
  articles = new Articles(new MemoryTable({ name: 'articles', wire: DIRECT }).client, 'articles', {
    namespace: 'copydesk',
  });
  sequencer = 0;
});

async function change(
  key: string,
  copy: Partial<ParsedArticle> | 'deleted',
  near: 'note' | 'hide' = 'note',
): Promise<ArticleRecord> {
  const number = String(++sequencer).padStart(6, '0');
  const uploadedAt = instant(sequencer);
  const source = { bucket: 'intake', key, sequencer: number, etag: number, size: 1, uploadedAt };
  const event = {
    id: articleId('copydesk', key),
    key,
    sequencer: number,
    parserVersion: '1',
    now: uploadedAt,
  };
  const stored = await store(articles, event, async current => {
    if (copy === 'deleted') return composeTombstone(current, source, composedAt(uploadedAt));
    const hash = `${copy.headline} ${copy.bodyText}`;
    const article = composeArticle(
      current,
      parsed({ contentHash: hash, ...copy }),
      source,
      composedAt(uploadedAt),
    );
    return recognizeSimilar(articles, article, current, { near, similarity: 0.9 });
  });
  return stored.record;
}

const found = () => articles.similarity.find(lookupKeys(minhash(TEXT)));

test.each([
  // More than one key leads to.
  ['deleted', 52, (_: string) => 'deleted' as const],
  ['withdrawn by its file', 2, (headline: string) => ({ headline, bodyText: TEXT, withdraw: true })],
  ['held', 2, (headline: string) => ({ headline, bodyText: TEXT, hold: 'It says: wait.' })],
  ['expired', 2, (headline: string) => ({ headline, bodyText: TEXT, expiresAt: instant(0) })],
  [
    'told otherwise',
    2,
    (headline: string) => ({ headline, bodyText: `Nothing of this is so: ${headline}.` }),
  ],
])(
  'a story that is %s leaves the index, so that many do not keep others from being found',
  async (_, count, then) => {
    for (let at = 0; at < count; at++) await change(`${at}.md`, { headline: `Number ${at}`, bodyText: TEXT });
    for (let at = 0; at < count; at++) await change(`${at}.md`, then(`Number ${at}`));
    expect(await found()).toEqual([]);
    await change('a.md', { headline: 'Islands', bodyText: TEXT });
    expect(await change('b.md', { headline: 'Islands again', bodyText: CHANGED })).toMatchObject({
      status: 'live',
      nearDuplicateOf: articleId('copydesk', 'a.md'),
      warnings: ['Nearly the same as “Islands” (a.md).'],
    });
  },
);

test('a story that expires by time leaves the index, and so does a hidden duplicate', async () => {
  await change('a.md', { headline: 'Islands', bodyText: TEXT, expiresAt: instant(100) });
  await change('b.md', { headline: 'Islands', bodyText: TEXT });
  expect(await found()).toEqual([articleId('copydesk', 'a.md')]);
  const tick = { now: () => instant(101), onReleased: () => undefined, onFailed: fail };
  await releaseDue({ articles, duplicates: { near: 'note', similarity: 0.9 }, ...tick });
  expect(await found()).toEqual([articleId('copydesk', 'b.md')]);
});

test('of more than are looked at the newest are found', async () => {
  for (let at = 0; at < 52; at++) await change(`${at}.md`, { headline: `Number ${at}`, bodyText: TEXT });
  const ids = await found();
  expect(ids).toHaveLength(50);
  expect(ids).toContain(articleId('copydesk', '51.md'));
  expect(ids).not.toContain(articleId('copydesk', '0.md'));
});

test('hidden: a small correction of the story that is shown does not show its near duplicates', async () => {
  await change('a.md', { headline: 'Islands', bodyText: TEXT }, 'hide');
  const hidden = { headline: 'Islands again', bodyText: CHANGED };
  expect((await change('b.md', hidden, 'hide')).status).toBe('duplicate');
  const corrected = TEXT.replace('58 had', '58 always had');
  expect((await change('a.md', { headline: 'Islands', bodyText: corrected }, 'hide')).status).toBe('live');
  expect((await articles.get(articleId('copydesk', 'b.md')))?.status).toBe('duplicate');
  // A copy of any of them belongs to the same group.
  expect((await change('c.md', hidden, 'hide')).status).toBe('duplicate');
  expect((await change('d.md', { headline: 'Islands', bodyText: corrected }, 'hide')).status).toBe(
    'duplicate',
  );
  // A file with the content of the one that is shown would continue its article.
  await change('d.md', 'deleted', 'hide');
  await change('a.md', 'deleted', 'hide');
  expect((await articles.get(articleId('copydesk', 'b.md')))?.status).toBe('live');
  // The one that is shown now has another content than its group.
  expect((await change('e.md', hidden, 'hide')).status).toBe('duplicate');
});

test.each(['note', 'hide'] as const)('of equally similar stories the eldest is named: %s', async near => {
  for (let at = 0; at < 6; at++) await change(`${at}.md`, { headline: `Number ${at}`, bodyText: TEXT });
  const { warnings } = (await change('new.md', { headline: 'Islands', bodyText: CHANGED }, near)) as Article;
  expect(warnings).toEqual(['Nearly the same as “Number 0” (0.md).']);
});

function fail(_id: string, error: unknown): never {
  throw error;
}

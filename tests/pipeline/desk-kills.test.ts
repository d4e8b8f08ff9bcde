import { bringIn } from '../../cli/bulk/bring-in.ts';
import { changeArticle } from '../../cli/deployment/change.ts';
import type { Article } from '../../shared/model/article.ts';
import { story } from '../support/copy.ts';
import { type Desk, startDesk } from '../support/desk.ts';

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk();
});
afterEach(() => desk.close());

const ferry = async (key = 'ferry.md') => (await desk.record(key)) as Article;

async function kill(key: string): Promise<void> {
  const { id } = await ferry(key);
  const withdrawn = (article: Article): Article => ({ ...article, status: 'withdrawn' });
  await changeArticle(desk.articles, id, withdrawn, desk.now);
}

const importing = (record: Article) =>
  bringIn({ record }, { articles: desk.articles, storage: desk.storage, now: () => desk.now });

describe('an import', () => {
  test('brings back no article that was killed here, though it holds a later upload', async () => {
    await desk.put('ferry.md', story('Ferry sails'));
    await desk.settle();
    const before = await ferry();
    await kill('ferry.md');
    const source = { ...before.source, sequencer: `${before.source.sequencer}F` };
    expect(await importing({ ...before, source, dek: 'Later' })).toBe('imported');
    expect(await ferry()).toMatchObject({ status: 'withdrawn', dek: 'Later', source });
    expect(await ferry()).not.toHaveProperty('withdrawnBy');
  });

  test('brings back one that was restored where the export was made', async () => {
    await desk.put('ferry.md', story('Ferry sails'));
    await desk.settle();
    const before = await ferry();
    await kill('ferry.md');
    expect(await importing({ ...before, version: before.version + 2 })).toBe('imported');
    expect((await ferry()).status).toBe('live');
  });
});

test('a kill kills no story that the article told long ago, and that another one tells now', async () => {
  await desk.put('ferry.md', story('Ferry sails'));
  await desk.settle();
  await desk.put('copy.md', story('Ferry sails'));
  await desk.settle();
  expect((await ferry('copy.md')).status).toBe('duplicate');
  await desk.put('ferry.md', story('Bridge opens', 'The bridge over the harbour opened this morning.'));
  await desk.settle();
  expect((await ferry('copy.md')).status).toBe('live');
  await kill('ferry.md');
  await desk.put('third.md', story('Ferry sails'));
  await desk.settle();
  await desk.remove('copy.md');
  await desk.settle();
  expect((await ferry('third.md')).status).toBe('live');
});

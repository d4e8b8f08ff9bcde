import { searchDocumentPath, termFilterPath } from '../../functions/publish/content/addresses.ts';
import { siteOf } from '../../functions/publish/model/site.ts';
import { queryOf } from '../../functions/publish/search/query.ts';
import { type SiteReader, searchSite } from '../../functions/publish/search/search-site.ts';
import { HISTORY_POSITIONS } from '../../functions/publish/states/positions.ts';
import type { Article } from '../../shared/model/article.ts';
import { readSettings } from '../../shared/settings/settings.ts';
import { type Desk, startDesk } from '../support/desk.ts';
import { republish } from '../support/republish.ts';
import { change, store } from '../support/stories.ts';

/** The search of a site with more articles than its newest ones, so that the filter answers for the old ones. */

let desk: Desk;
beforeEach(async () => {
  desk = await startDesk({ settings: { feeds: { entries: 5 } }, database: 'memory' });
});
afterEach(() => desk.close());

const MONTH = 31 * 86_400_000;

/** The text of a file of the site, if it is there. */
async function bytesOf(key: string): Promise<Uint8Array | undefined> {
  return (await desk.site.get(key))?.bytes;
}

async function jsonOf(key: string) {
  const bytes = await bytesOf(key);
  return bytes && JSON.parse(Buffer.from(bytes).toString());
}

/** Reads the files of the site as a browser does, and notes which. */
function reader(read: string[]): SiteReader {
  return {
    feed: () => jsonOf('feed.json'),
    document(number) {
      read.push(searchDocumentPath(number));
      return jsonOf(searchDocumentPath(number));
    },
    async filterPart(block, { start, end }) {
      read.push(termFilterPath(block));
      return (await bytesOf(termFilterPath(block)))?.subarray(start, end);
    },
  };
}

/** The headlines of what is found. */
async function found(words: string, read: string[] = []): Promise<string[]> {
  const headlines: string[] = [];
  for await (const step of searchSite(queryOf(words), reader(read)))
    headlines.push(...step.found.map(({ row }) => row.headline));
  return headlines;
}

/** Two old stories, five documents of lost positions, and new stories that fill the feed. */
async function fill(): Promise<Article[]> {
  const at = (number: number) => new Date(Date.UTC(2026, 0, 1) + number * MONTH).toISOString();
  const body = (word: string) => ({ bodyHtml: `<p>Nobody saw the ${word}.</p>` });
  const stories = [
    await store(desk, 1, { publishedAt: at(0), ...body('zeppelin') }),
    await store(desk, 2, { publishedAt: at(0), ...body('comet') }),
  ];
  await desk.publishAll();
  const ids = Array.from({ length: 5 * HISTORY_POSITIONS }, (_, index) => `lost${index}`);
  await desk.articles.positions.assign(new Map(ids.map(id => [id, ['all']])));
  for (let number = 3; number < 10; number++)
    stories.push(await store(desk, number, { publishedAt: at(number), ...body('zebra') }));
  await desk.publishAll();
  return stories;
}

test('an old story is found by a word of its body, through the filter, until it is killed', async () => {
  const [story, other] = await fill();
  const read: string[] = [];
  expect(await found('zeppelins', read)).toEqual([story?.headline]);
  expect(read).toEqual([termFilterPath(0), ...[5, 4, 0].map(searchDocumentPath)]);
  const before = await bytesOf(termFilterPath(0));
  if (story) await change(desk, story, { status: 'withdrawn' });
  await desk.publishAll();
  expect(await found('zeppelin')).toEqual([]);
  expect(await found('comet')).toEqual([other?.headline]);
  // The filter has forgotten the words too.
  const later: string[] = [];
  await found('zeppelin', later);
  expect(later).not.toContain(searchDocumentPath(0));
  expect(await bytesOf(termFilterPath(0))).not.toEqual(before);
});

test('a corrected story is found by its new words only; a restored one is found again', async () => {
  const [story] = await fill();
  if (story === undefined) return;
  const mended = await change(desk, story, { bodyHtml: '<p>It was a balloon.</p>' });
  await desk.publishAll();
  expect([await found('zeppelin'), await found('balloon')]).toEqual([[], [story.headline]]);
  const killed = await change(desk, mended, { status: 'withdrawn' });
  await desk.publishAll();
  await change(desk, killed, { status: 'live' });
  await desk.publishAll();
  expect(await found('balloon')).toEqual([story.headline]);
});

test('a record that was restored has the version of another text, and is found by its own', async () => {
  const story = await store(desk, 1, { bodyHtml: '<p>Nobody saw the zeppelin.</p>' });
  await desk.publishAll();
  const index = () => jsonOf(searchDocumentPath(0));
  const { rows: before } = await index();
  await desk.close();
  desk = await startDesk({ settings: { feeds: { entries: 5 } }, database: 'memory' });
  await store(desk, 1, {
    headline: 'Restored',
    bodyHtml: '<p>Nobody saw the flotilla.</p>',
    version: story.version,
  });
  await desk.publishAll();
  const { rows: after } = await index();
  expect([before[0].headline, after[0].headline]).toEqual([story.headline, 'Restored']);
  expect([await found('zeppelin'), await found('flotilla')]).toEqual([[], ['Restored']]);
});

test('a run over everything makes a lost index again, and takes it away where the search is switched off', async () => {
  await fill();
  const before = await desk.files();
  const index = [...before.keys()].filter(key => key.startsWith('search/'));
  expect(index).toEqual(
    expect.arrayContaining([termFilterPath(0), searchDocumentPath(5), 'search/search.js']),
  );
  for (const key of index) await desk.site.delete(key);
  const publisher = { articles: desk.articles, storage: desk.storage, siteBucket: desk.site };
  const run = (search: boolean) =>
    republish({
      ...publisher,
      site: siteOf(readSettings({ site: { search }, feeds: { entries: 5 } }), 'https://news.example.org'),
      onBroken: () => undefined,
      now: () => desk.now,
    });
  await run(true);
  expect(await desk.files()).toEqual(before);
  await run(false);
  const left = await desk.files();
  expect([...left.keys()].filter(key => key.startsWith('search/'))).toEqual([]);
  expect(left.get('index.html')).not.toContain('search/');
});

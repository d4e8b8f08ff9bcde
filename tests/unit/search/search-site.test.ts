import { marked, queryOf, rankOf } from '../../../functions/publish/search/query.ts';
import { type SearchDocument, searchRow, textOf } from '../../../functions/publish/search/search-row.ts';
import {
  type NewestFeed,
  POSITIONS,
  type SiteReader,
  type Step,
  searchSite,
} from '../../../functions/publish/search/search-site.ts';
import {
  BLOCK_DOCUMENTS,
  blockOf,
  FILTER_BYTES,
  filteredDocuments,
  withColumn,
} from '../../../functions/publish/search/term-filter.ts';
import { HISTORY_POSITIONS } from '../../../functions/publish/states/positions.ts';

const BASE = 'https://news.example/';

function article(number: number, texts: { headline?: string; body?: string } = {}) {
  return {
    permalink: `articles/story-${number}.html`,
    headline: texts.headline ?? `Story ${number}`,
    summary: 'What happened in the town.',
    authors: [{ name: 'Ada Marsh' }],
    section: 'World',
    tags: ['ports'],
    publishedAt: new Date(Date.UTC(2020, 0, 1) + number * 3_600_000).toISOString(),
    language: 'en',
    bodyHtml: `<p>The <b>p</b>ort has number${number}x.</p><p>${texts.body ?? ''}</p>`,
  };
}

const plain = new Map<number, ReturnType<typeof searchRow>>();

function plainRow(number: number) {
  const made = plain.get(number) ?? searchRow(article(number));
  plain.set(number, made);
  return made;
}

/** A site with so many articles. Some have texts of their own. */
function siteOf(count: number, texts: ReadonlyMap<number, { headline?: string; body?: string }> = new Map()) {
  const documents = Math.ceil(count / POSITIONS);
  const read: string[] = [];
  const rowsOf = (number: number) =>
    Array.from({ length: POSITIONS }, (_, at) => number * POSITIONS + at)
      .filter(at => at < count)
      .map(at => (texts.has(at) ? searchRow(article(at, texts.get(at))) : plainRow(at)));
  const filters = new Map<number, Uint8Array>();
  for (let number = 0; number < filteredDocuments(documents); number++) {
    const terms = new Set(rowsOf(number).flatMap(made => [...made.terms]));
    filters.set(blockOf(number), withColumn(filters.get(blockOf(number)), number, terms));
  }
  const feed: NewestFeed = {
    home_page_url: BASE,
    next_url: `${BASE}archive/${documents - 1}/feed.json`,
    language: 'en',
    items: [],
  };
  const reader: SiteReader = {
    feed: async () => feed,
    async document(number): Promise<SearchDocument> {
      read.push(`document ${number}`);
      return { rows: rowsOf(number).map(({ row }) => row) };
    },
    async filterPart(block, { start, end }) {
      read.push(`filter ${block}`);
      return filters.get(block)?.subarray(start, end);
    },
  };
  return { feed, reader, read, filters };
}

async function stepsOf(words: string, reader: SiteReader): Promise<Step[]> {
  const steps: Step[] = [];
  for await (const step of searchSite(queryOf(words), reader)) steps.push(step);
  return steps;
}

const pathsOf = (steps: readonly Step[]) => steps.flatMap(({ found }) => found.map(({ row }) => row.path));

test('an index document has the positions of a history document', () =>
  expect(POSITIONS).toBe(HISTORY_POSITIONS));

test('a word that stands only in the body of one old article finds it, and reads little else', async () => {
  const { reader, read } = siteOf(6_900, new Map([[321, { body: 'A lighthouse keeper’s daughter.' }]]));
  const steps = await stepsOf('lighthouse', reader);
  expect(pathsOf(steps)).toEqual(['articles/story-321.html']);
  expect(steps.at(-1)).toMatchObject({ searched: 6_900, all: 6_900, isLast: true });
  expect(read.filter(each => each.startsWith('filter'))).toHaveLength(2);
  // The newest ones have no column, and a filter names one document in 200 in vain.
  expect(read.length).toBeLessThan(2 + 4 + 1 + 5);
});

test('every article is found by a word of its own', async () => {
  const { reader } = siteOf(700);
  for (const number of [0, 49, 50, 399, 649, 650, 699])
    expect(pathsOf(await stepsOf(`number${number}x`, reader))).toEqual([`articles/story-${number}.html`]);
});

test('a common word gives the newest articles first, step by step, and all of them in the end', async () => {
  const { reader, read } = siteOf(600);
  const search = searchSite(queryOf('port'), reader);
  const first = await search.next();
  const { found, searched, all, isLast } = first.value as Step;
  expect(isLast).toBe(false);
  expect([found[0]?.row.path, all]).toEqual(['articles/story-599.html', 600]);
  expect(searched).toBe(300);
  expect(read).toHaveLength(6 + 1);
  const rest: Step[] = [];
  for await (const step of search) rest.push(step);
  expect(new Set(pathsOf([first.value as Step, ...rest])).size).toBe(600);
  expect(rest.at(-1)).toMatchObject({ searched: 600, isLast: true });
});

test('an article whose headline has the words comes before newer ones that mention them', async () => {
  const { reader } = siteOf(
    120,
    new Map([
      [60, { headline: 'The ferry returns' }],
      [110, { body: 'A ferry.' }],
    ]),
  );
  expect(pathsOf(await stepsOf('ferries', reader))).toEqual([
    'articles/story-60.html',
    'articles/story-110.html',
  ]);
});

test('the feed has what the index has not yet; a notice of an article that is gone is no result', async () => {
  const { feed, reader } = siteOf(60);
  const item = (name: string, more = {}) => ({
    url: `${BASE}articles/${name}.html`,
    title: 'A comet',
    content_html: '<p>Seen at <em>n</em>ight.</p>',
    date_published: '2026-12-01T00:00:00Z',
    ...more,
  });
  feed.items = [
    item('new'),
    item('killed', { _gone: { at: '2026-12-01T00:00:00Z' } }),
    item('story-59'),
  ] as never;
  expect(pathsOf(await stepsOf('night', reader))).toEqual(['articles/new.html', 'articles/story-59.html']);
  // The entry of the feed lacks the word. The index has it.
  expect(pathsOf(await stepsOf('number59x', reader))).toEqual(['articles/story-59.html']);
});

test('without a filter, every document is read', async () => {
  const { reader, read } = siteOf(500, new Map([[3, { body: 'lighthouse' }]]));
  const steps = await stepsOf('lighthouse', { ...reader, filterPart: async () => undefined });
  expect(pathsOf(steps)).toEqual(['articles/story-3.html']);
  expect(read.filter(each => each.startsWith('document'))).toHaveLength(10);
});

test('an empty query, and a site without articles, find nothing', async () => {
  const { reader, feed } = siteOf(60);
  expect(pathsOf(await stepsOf(' – ', reader))).toEqual([]);
  delete feed.next_url;
  expect(await stepsOf('port', reader)).toMatchObject([{ found: [], all: 0, isLast: true }]);
});

test('a new column replaces the one before and leaves the others as they are', () => {
  const two = withColumn(withColumn(undefined, 5, ['ferry']), BLOCK_DOCUMENTS - 1, ['bridge', 'ferry']);
  expect(Buffer.compare(withColumn(two, 5, ['ferry']), two)).toBe(0);
  const back = withColumn(withColumn(two, 5, ['harbour']), 5, ['ferry']);
  expect(Buffer.compare(back, two)).toBe(0);
  expect(Buffer.compare(withColumn(two, 5, ['harbour']), two)).not.toBe(0);
  expect(two).toHaveLength(FILTER_BYTES);
});

test('the rank tells where the words stand', () => {
  const { row } = searchRow(article(1, { headline: 'Bridge opens', body: 'a quiet harbour' }));
  const rank = (words: string) => rankOf(row, queryOf(words));
  expect([rank('bridge marsh'), rank('bridge town'), rank('bridge harbour'), rank('bridge zebra')]).toEqual([
    0,
    1,
    2,
    undefined,
  ]);
});

test('one Chinese character is found in what is shown', () => {
  const { row } = searchRow(article(1, { headline: '東京の雨' }));
  expect([rankOf(row, queryOf('雨')), rankOf(row, queryOf('雪'))]).toEqual([0, undefined]);
});

test('the words of a query are marked as they are written', () => {
  const bold = (text: string, words: string) =>
    marked(text, queryOf(words))
      .map(({ text, isFound }) => (isFound ? `[${text}]` : text))
      .join('');
  expect(bold('Häuser, die Straßen & der Hafen', 'hauser strasse')).toBe(
    '[Häuser], die [Straßen] & der Hafen',
  );
  expect(bold('Уряд і п’ятеро дітей', "п'ятеро уряду")).toBe('[Уряд] і [п’ятеро] дітей');
  expect(bold('東京都知事選', '知事')).toBe('東京都[知事]選');
  expect(bold('l’école', 'ecole')).toBe('[l’école]');
});

test('the text of HTML keeps words together that markup divides', () => {
  expect(textOf('<p><b>H</b>ello<br>big&nbsp;world &amp; &#8220;all&#x201D;</p><p>x</p>').trim()).toBe(
    'Hello big world & “all”  x',
  );
});

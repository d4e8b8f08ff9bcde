import fc from 'fast-check';
import { atom } from '../../../functions/publish/feeds/atom.ts';
import { GENERATOR } from '../../../functions/publish/feeds/generator.ts';
import { jsonFeed } from '../../../functions/publish/feeds/json-feed.ts';
import { prepareFeed, prepareHistoryDocument } from '../../../functions/publish/feeds/prepare.ts';
import { rss } from '../../../functions/publish/feeds/rss.ts';
import packageJson from '../../../package.json' with { type: 'json' };
import { brokenFeedRules } from '../../support/feed-rules.ts';
import { anyEntries } from './any-entry.ts';
import { SITE, sampleEntries, sampleEntry } from './sample.ts';

const ALL = { kind: 'all' } as const;

function prepareOne(changes: Parameters<typeof sampleEntry>[0]) {
  const [entry] = prepareFeed({ of: ALL, entries: [sampleEntry(changes)] }, SITE).entries;
  if (!entry) throw new Error('no entry');
  return entry;
}

test('no two entries share their updated, and none is before its publication', () => {
  fc.assert(
    fc.property(anyEntries(), fc.boolean(), (entries, together) => {
      const moment = '2026-11-01T10:00:00.000Z';
      const given = together
        ? entries.map(entry => ({ ...entry, publishedAt: moment, updatedAt: moment }))
        : entries;
      const feed = prepareFeed({ of: ALL, entries: given }, SITE);
      const instants = feed.entries.map(({ updated }) => updated);
      expect(new Set(instants).size).toBe(instants.length);
      for (const { published, updated } of feed.entries) expect(updated >= published).toBe(true);
      expect(feed.updated).toBe(instants.toSorted().at(-1) ?? '2000-01-01T00:00:00.000Z');
    }),
  );
});

test('entries imported together are moved apart by milliseconds, the same ones every time', () => {
  const same = { publishedAt: '2026-11-01T10:00:00.000Z', updatedAt: '2026-11-01T10:00:00.000Z' };
  const entries = sampleEntries(3, same);
  const updated = (list: typeof entries) =>
    new Map(prepareFeed({ of: ALL, entries: list }, SITE).entries.map(entry => [entry.id, entry.updated]));
  expect([...updated(entries).values()]).toEqual([
    '2026-11-01T10:00:00.000Z',
    '2026-11-01T10:00:00.001Z',
    '2026-11-01T10:00:00.002Z',
  ]);
  expect(updated(entries.toReversed())).toEqual(updated(entries));
});

test('an edition without entries says the same at any time', () => {
  jest.useFakeTimers({ now: new Date('2030-01-01') });
  const then = prepareFeed({ of: ALL, entries: [] }, SITE);
  jest.setSystemTime(new Date('2031-01-01'));
  expect(prepareFeed({ of: ALL, entries: [] }, SITE)).toEqual(then);
  jest.useRealTimers();
});

test('there is always a title and a summary', () => {
  const summary =
    'The council met on Monday and agreed to rebuild the northern quay, which storms had damaged twice.';
  expect(prepareOne({ headline: ' \0', summary })).toMatchObject({
    title:
      'The council met on Monday and agreed to rebuild the northern quay, which storms had damaged twice.',
    summary,
  });
  expect(prepareOne({ headline: '', summary: summary.repeat(2) }).title.length).toBeLessThanOrEqual(101);
  expect(prepareOne({ headline: 'Head', summary: '', dek: 'Under it' })).toMatchObject({
    summary: 'Under it',
  });
  expect(prepareOne({ headline: 'Head', summary: '', bodyHtml: '', image: undefined })).toMatchObject({
    summary: 'Head',
    contentHtml: '<p>Head</p>',
  });
  expect(prepareOne({ headline: '', summary: '', image: undefined })).toMatchObject({
    title: 'Untitled',
    summary: 'Untitled',
  });
});

test('tags and names are there once, whatever their case, as first written', () => {
  const authors = [
    { name: 'Ada', url: '' },
    { name: ' ada ' },
    { name: '' },
    { name: 'Ben', url: 'javascript:x' },
  ];
  const entry = prepareOne({ tags: ['NATO', 'nato', ' Nato', '', 'ÉTÉ', 'été'], authors });
  expect(entry.categories).toEqual(['city', 'NATO', 'ÉTÉ']);
  expect(entry.authors).toEqual([{ name: 'Ada' }, { name: 'Ben' }]);
});

test('addresses that are not of the web are left out with what they belong to', () => {
  const file = { type: 'audio/mpeg', length: 1 };
  const entry = prepareOne({
    image: { url: 'data:image/png;base64,AA' },
    attachments: [
      { url: 'ftp://a.example/a', ...file },
      { url: 'https://a.example/a b', ...file },
      { url: 'https://a.example/c', type: 'nonsense', length: 1 },
    ],
  });
  expect(entry.image).toBeUndefined();
  expect(entry.enclosures).toEqual([{ url: 'https://a.example/a%20b', ...file, transcripts: [] }]);
});

test('a picture alone is an article: its caption is the title, and the picture the content', () => {
  const image = { url: 'https://images.example/a.jpg', alt: 'The quay', caption: 'The quay at dawn' };
  expect(prepareOne({ headline: '', summary: '', bodyHtml: '', image })).toMatchObject({
    title: 'The quay at dawn',
    summary: 'The quay at dawn',
    contentHtml:
      '<figure><img src="https://images.example/a.jpg" alt="The quay"><figcaption>The quay at dawn</figcaption></figure>',
  });
});

test('a picture is in the content once: where the body opens with one, it is that', () => {
  const image = { url: 'https://images.example/large.jpg' };
  const bodyHtml = '<p>Text.</p><figure><img src="https://images.example/small.jpg" alt=""></figure>';
  expect(prepareOne({ bodyHtml, image }).contentHtml).toBe(bodyHtml);
  expect(prepareOne({ bodyHtml: '<p>Text.</p>', image }).contentHtml).toBe(
    '<figure><img src="https://images.example/large.jpg" alt=""></figure>\n<p>Text.</p>',
  );
});

test('what feeds say of an article is the summary that was written, else the dek, else its beginning', () => {
  const words = { dek: ' The dek. ', summary: 'The beginning.' };
  expect(prepareOne(words).summary).toBe('The dek.');
  expect(prepareOne({ ...words, summaryStated: true }).summary).toBe('The beginning.');
  expect(prepareOne({ ...words, dek: undefined }).summary).toBe('The beginning.');
  const site = { ...SITE, feedBytes: 20 };
  const [entry] = prepareFeed(
    { of: ALL, entries: [sampleEntry({ ...words, image: undefined })] },
    site,
  ).entries;
  expect(entry?.contentHtml).toContain('<p>The dek.</p>');
});

test.each([
  ['en', 'Correction'],
  ['pt-BR', 'Correção'],
  ['uk', 'Виправлення'],
  ['nn', 'Rettelse'],
  ['ka', 'Correction'],
])('what was corrected stands at the end, in %s after “%s”', (language, word) => {
  const { contentHtml } = prepareOne({ language, correction: ' It took <ten> years. ', image: undefined });
  expect(contentHtml.split('\n').at(-1)).toBe(`<p><strong>${word}:</strong> It took &lt;ten&gt; years.</p>`);
});

test('a correction of nothing is none, and a long body keeps its own', () => {
  expect(prepareOne({ correction: ' \0' }).contentHtml).not.toContain('<strong>');
  const [entry] = prepareFeed(
    { of: ALL, entries: [sampleEntry({ bodyHtml: 'x'.repeat(60_000), correction: 'Ten.' })] },
    { ...SITE, feedBytes: 50_000 },
  ).entries;
  expect(entry?.contentHtml).toMatch(
    /Read the whole article.*\n<p><strong>Correction:<\/strong> Ten\.<\/p>$/,
  );
});

test('a source is named where the article came from another site', () => {
  const sourceOf = (canonicalUrl?: string, siteName?: string) =>
    prepareOne({ canonicalUrl, siteName }).source;
  expect(sourceOf('https://agency.example/a', ' The Agency ')).toEqual({
    url: 'https://agency.example/a',
    name: 'The Agency',
  });
  expect(sourceOf('https://agency.example/a')?.name).toBe('agency.example');
  for (const own of [undefined, 'https://proof.example/old/a.html', 'javascript:x', '/a'])
    expect(sourceOf(own, 'The Agency')).toBeUndefined();
});

test('an article of 300 KB is in the feed in full', () => {
  const bodyHtml = `<p>${'Слово “]]>” & 🌉 '.repeat(12_000).replaceAll('&', '&amp;').replaceAll('>', '&gt;')}</p>`;
  expect(Buffer.byteLength(bodyHtml)).toBeGreaterThan(300_000);
  const feed = prepareFeed({ of: ALL, entries: [sampleEntry({ bodyHtml, image: undefined })] }, SITE);
  expect(feed.entries[0]?.contentHtml).toBe(bodyHtml);
  for (const document of [rss(feed), atom(feed), jsonFeed(feed)]) {
    expect(brokenFeedRules(document)).toEqual([]);
    expect(Buffer.byteLength(document)).toBeLessThan(1_000_000);
  }
});

test('a language is named where it is not the feed’s, in its canonical form, or not at all', () => {
  expect(prepareOne({ language: 'EN' }).language).toBeUndefined();
  expect(prepareOne({ language: 'pt-br' }).language).toBe('pt-BR');
  expect(prepareOne({ language: 'no such language' }).language).toBeUndefined();
});

test('a body from right to left says so', () => {
  expect(prepareOne({ direction: 'rtl', bodyHtml: '<p>سلام</p>', image: undefined }).contentHtml).toBe(
    '<div dir="rtl"><p>سلام</p></div>',
  );
});

test('dates that are none never stop a feed', () => {
  const entry = prepareOne({ publishedAt: 'yesterday', updatedAt: '2026-11-03T10:00:00Z' });
  expect(entry).toMatchObject({ published: '2026-11-03T10:00:00.000Z', updated: '2026-11-03T10:00:00.000Z' });
});

test('articles beyond the bytes of a feed are in it with their summary and a link', () => {
  const bodyHtml = `<p>${'é'.repeat(500)}</p>`;
  const entries = sampleEntries(10, { bodyHtml });
  const wholeAt = (feedBytes: number) => {
    const feed = prepareFeed({ of: ALL, entries }, { ...SITE, feedBytes });
    const whole = feed.entries.map(({ contentHtml }) => contentHtml.includes('ééé'));
    expect(whole).toHaveLength(10);
    expect(whole).toEqual([...whole].sort().reverse());
    return whole.filter(Boolean).length;
  };
  const bytes = Buffer.byteLength(bodyHtml);
  expect([wholeAt(3 * bytes - 1), wholeAt(3 * bytes), wholeAt(1), wholeAt(1e9)]).toEqual([2, 3, 0, 10]);
});

test('a body larger than a feed may be is a summary and a link, and takes no other article’s place', () => {
  const [book, ...others] = sampleEntries(4, { image: undefined });
  if (book === undefined) throw new Error('no entry');
  const entries = [
    { ...book, summary: 'About a <book>.', bodyHtml: `<p>${'x'.repeat(60_000)}</p>` },
    ...others,
  ];
  const feed = prepareFeed({ of: ALL, entries }, { ...SITE, feedBytes: 50_000 });
  expect(feed.entries).toHaveLength(4);
  expect(feed.entries[0]?.contentHtml).toBe(
    `<p>About a &lt;book&gt;.</p><p><a href="${feed.entries[0]?.url}">Read the whole article</a></p>`,
  );
});

test('each edition has an id, a title and addresses of its own', () => {
  const feeds = [ALL, { kind: 'section', name: 'City' } as const, { kind: 'tag', name: 'City' } as const].map(
    of => prepareFeed({ of, entries: [] }, SITE),
  );
  expect(new Set(feeds.map(({ id }) => id)).size).toBe(3);
  expect(feeds.map(({ title }) => title)).toEqual([
    'The Daily Proof',
    'The Daily Proof: City',
    'The Daily Proof: #City',
  ]);
  expect(feeds.map(({ addresses }) => addresses.rss)).toEqual([
    'https://proof.example/feed.xml',
    'https://proof.example/city/feed.xml',
    'https://proof.example/tags/city/feed.xml',
  ]);
});

test('feeds say the version that they were made by', () => {
  expect(GENERATOR.version).toBe(packageJson.version);
});

describe('a feed of summaries', () => {
  const site = { ...SITE, feedSummaries: true };
  const entries = sampleEntries(3, {
    summary: 'The quay is rebuilt.',
    bodyHtml: '<p>All of the story, with a secret ending.</p>',
  });

  test.each([
    ['feed', prepareFeed({ of: ALL, entries }, site)],
    ['archive document', prepareHistoryDocument(entries, { page: 0, pages: 1 }, site)],
  ])('in a %s each entry says what it is about and where to read on, and nothing of its body', (_, feed) => {
    expect(feed.entries).toHaveLength(3);
    for (const { contentHtml, summary, url } of feed.entries) {
      expect(contentHtml).toContain(summary);
      expect(contentHtml).toContain(`<a href="${url}">`);
    }
    for (const text of [rss(feed), atom(feed), jsonFeed(feed)]) expect(text).not.toContain('secret ending');
  });
});

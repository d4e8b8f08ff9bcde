import { parseFeed as parseWithRowan } from '@rowanmanning/feed-parser';
import fc from 'fast-check';
import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import RssParser from 'rss-parser';
import { atom } from '../../../functions/publish/feeds/atom.ts';
import { jsonFeed } from '../../../functions/publish/feeds/json-feed.ts';
import { type PreparedFeed, prepareFeed } from '../../../functions/publish/feeds/prepare.ts';
import { rss } from '../../../functions/publish/feeds/rss.ts';
import { SITE, sampleEntries, sampleEntry, TWO_FILES } from './sample.ts';

/** What every reader must get out of an entry. */
interface Got {
  id: unknown;
  title: unknown;
  link: unknown;
  published: unknown;
  authors: unknown;
  tags: unknown;
  content: unknown;
}

type Reader = (feed: PreparedFeed) => Got[] | Promise<Got[]>;

const iso = (date: unknown) => new Date(String(date)).toISOString();
const keepAll = { keepArray: true };
const rssParser = new RssParser<object, Record<string, never>>({
  customFields: {
    item: [
      ['dc:creator', 'creators', keepAll],
      ['author', 'atomAuthors', keepAll],
      ['category', 'atomCategories', keepAll],
    ],
  },
});

const READERS: Record<string, Reader> = {
  'rss-parser of RSS': async feed =>
    (await rssParser.parseString(rss(feed))).items.map(item => ({
      id: item.guid,
      title: item.title,
      link: item.link,
      published: item.isoDate,
      authors: item.creators ?? [],
      tags: item.categories ?? [],
      content: item['content:encoded'],
    })),
  'rss-parser of Atom': async feed =>
    (await rssParser.parseString(atom(feed))).items.map(item => ({
      id: item.id,
      title: item.title,
      link: item.link,
      published: item.isoDate,
      authors: ((item.atomAuthors ?? []) as { name: string[] }[]).map(({ name }) => name[0]),
      tags: ((item.atomCategories ?? []) as { $: { term: string } }[]).map(({ $ }) => $.term),
      content: item.content,
    })),
  'feedsmith of RSS': feed =>
    (parseRssFeed(rss(feed)).items ?? []).map(item => ({
      id: item.guid?.value,
      title: item.title,
      link: item.link,
      published: iso(item.pubDate),
      authors: item.dc?.creators ?? [],
      tags: (item.categories ?? []).map(({ name }) => name),
      content: item.content?.encoded,
    })),
  'feedsmith of Atom': feed =>
    (parseAtomFeed(atom(feed)).entries ?? []).map(entry => ({
      id: entry.id,
      title: entry.title?.value,
      link: entry.links?.[0]?.href,
      published: iso(entry.published),
      authors: (entry.authors ?? []).map(({ name }) => name),
      tags: (entry.categories ?? []).map(({ term }) => term),
      content: entry.content?.value,
    })),
  'feedsmith of JSON Feed': feed =>
    (parseJsonFeed(jsonFeed(feed)).items ?? []).map(item => ({
      id: item.id,
      title: item.title,
      link: item.url,
      published: iso(item.date_published),
      authors: (item.authors ?? []).map(({ name }) => name),
      tags: item.tags ?? [],
      content: item.content_html,
    })),
  '@rowanmanning/feed-parser of RSS': feed => readWithRowan(rss(feed)),
  '@rowanmanning/feed-parser of Atom': feed => readWithRowan(atom(feed)),
};

function readWithRowan(xml: string): Got[] {
  return parseWithRowan(xml).items.map(({ id, title, url, published, authors, categories, content }) => ({
    id,
    title,
    link: url,
    published: published?.toISOString(),
    authors: authors.map(({ name }) => name),
    tags: categories.map(({ label }) => label),
    content,
  }));
}

/**
 * What this reader should get. RSS knows no fractions of a second and has one creator for all authors, and one reader has
 * ways of its own.
 */
function expected(feed: PreparedFeed, reader: string): Got[] {
  const rowan = reader.startsWith('@rowanmanning');
  return feed.entries.map(({ id, title, url, published, authors, categories, contentHtml }) => ({
    id,
    title,
    link: url,
    published: reader.endsWith('RSS') ? published.replace(/\.\d+Z$/, '.000Z') : published,
    // RFC 4287, section 4.2.1: an entry without an author has that of its feed.
    authors: expectedAuthors(
      authors.map(({ name }) => name),
      feed.author,
      reader,
    ),
    tags: categories,
    content: rowan ? decodeOnce(contentHtml) : contentHtml,
  }));
}

function expectedAuthors(names: string[], site: string, reader: string): string[] {
  // An entry without an author has that of its feed (RFC 4287, section 4.2.1).
  if (names.length === 0) return reader.startsWith('@rowanmanning') ? [site] : [];
  return reader.endsWith('RSS') ? [names.join(', ')] : names;
}

/** This reader undoes the escaping of the XML and then, wrongly, that of the HTML. */
function decodeOnce(html: string): string {
  const characters: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&apos;': "'" };
  return html.replace(/&\w+;/g, entity => characters[entity] ?? entity);
}

const feedOf = (entries: ReturnType<typeof sampleEntries>) =>
  prepareFeed({ of: { kind: 'all' }, entries }, SITE);

const HARD = [
  sampleEntry(),
  sampleEntry({
    guid: 'urn:uuid:0a0b0c0d-0000-5000-8000-000000000002',
    headline: 'AT&T ]]> “quotes” \'single\' "double" 5 > 3, 👩‍👩‍👧 & مرحبا',
    authors: [{ name: 'O’Neil & Sons ]]>' }],
    tags: ['R&D', 'a > b', ']]>', '日本'],
    bodyHtml: '<p>]]&gt; &amp;amp; &lt;script&gt; &apos; “x”</p>\n\n<pre>\n  two  spaces\n</pre>',
  }),
  sampleEntry({
    guid: 'urn:uuid:0a0b0c0d-0000-5000-8000-000000000003',
    authors: [],
    tags: [],
    image: undefined,
    attachments: [],
    language: 'ar',
    direction: 'rtl',
  }),
];

describe.each(Object.entries(READERS))('%s', (reader, read) => {
  test('gives back ids, titles, links, dates, authors, tags and content exactly', async () => {
    const feed = feedOf(HARD);
    expect(await read(feed)).toEqual(expected(feed, reader));
  });

  test('does so for any printable words', async () => {
    const word = fc
      .string({ unit: 'grapheme', maxLength: 20 })
      .map(text => `w${text.replace(/[<;]/g, '-')}w`);
    // One reader looks for e-mail addresses in names.
    const name = word.map(text => text.replace(/[@()]/g, '-'));
    const entry = fc
      .record({ headline: word, tags: fc.uniqueArray(word), authors: fc.uniqueArray(name) })
      .map(({ authors, ...rest }) =>
        sampleEntry({ ...rest, authors: authors.map(text => ({ name: text })) }),
      );
    await fc.assert(
      fc.asyncProperty(entry, async given => {
        const feed = feedOf([given]);
        expect(await read(feed)).toEqual(expected(feed, reader));
      }),
      { numRuns: 60 },
    );
  });
});

test('a title is plain text, escaped once, because most readers show the entities of a second escaping', () => {
  const headline = 'Use <b> & &amp; in HTML';
  const feed = feedOf([sampleEntry({ headline })]);
  expect(parseRssFeed(rss(feed)).items?.[0]?.title).toBe(headline);
  expect(parseAtomFeed(atom(feed)).entries?.[0]?.title).toEqual({ value: headline });
  expect(parseJsonFeed(jsonFeed(feed)).items?.[0]?.title).toBe(headline);
});

test('what comes with an entry is read back too', () => {
  const feed = feedOf([sampleEntry({ attachments: TWO_FILES })]);
  const [item] = parseRssFeed(rss(feed)).items ?? [];
  expect(item?.enclosures).toEqual([
    { url: 'https://media.example/bridge.mp3', length: 1234, type: 'audio/mpeg' },
  ]);
  expect(item?.media?.contents?.[0]).toMatchObject({
    url: 'https://images.example/bridge.jpg',
    medium: 'image',
    width: 1200,
    height: 800,
    description: { value: 'The bridge at dawn' },
    credits: [{ value: 'Desk archive' }],
  });
  expect(item?.atom?.updated).toBe('2026-11-03T10:00:00.500Z');
  const [entry] = parseAtomFeed(atom(feed)).entries ?? [];
  expect(entry?.links?.filter(({ rel }) => rel === 'enclosure')).toHaveLength(1);
  // RSS and Atom have one enclosure. A second file as media:content would replace it in newsboat.
  expect(item?.media?.contents).toHaveLength(1);
  expect(item?.content?.encoded).toContain('<a href="https://media.example/plan.pdf">plan.pdf</a>');
  expect(item?.content?.encoded).not.toContain('bridge.mp3');
  expect(entry).toMatchObject({
    updated: '2026-11-03T10:00:00.500Z',
    authors: [{ uri: 'https://people.example/ada' }, {}],
  });
  const [json] = parseJsonFeed(jsonFeed(feed)).items ?? [];
  expect(json).toMatchObject({
    image: 'https://images.example/bridge.jpg',
    date_modified: '2026-11-03T10:00:00.500Z',
    attachments: [{ mime_type: 'audio/mpeg', size_in_bytes: 1234, title: 'The opening speech' }, {}],
  });
});

test('feeds name themselves, their page, their icons and who made them', () => {
  const feed = feedOf(sampleEntries(2));
  const common = { title: 'The Daily Proof', description: 'Copy, as it is filed.', language: 'en' };
  expect(parseRssFeed(rss(feed))).toMatchObject({
    ...common,
    link: 'https://proof.example/',
    copyright: '© The Daily Proof',
    generator: 'Copydesk 0.1.0',
    lastBuildDate: 'Mon, 02 Nov 2026 12:00:00 GMT',
    ttl: 15,
    image: {
      url: 'https://proof.example/assets/icon-144.png',
      title: 'The Daily Proof',
      link: 'https://proof.example/',
    },
    atom: {
      links: [
        { rel: 'self', href: 'https://proof.example/feed.xml' },
        { rel: 'related', href: 'https://proof.example/subscribe.html' },
      ],
    },
  });
  expect(parseAtomFeed(atom(feed))).toMatchObject({
    updated: '2026-11-02T12:00:00Z',
    generator: { text: 'Copydesk', version: '0.1.0' },
    icon: 'https://proof.example/favicon.ico',
    links: [
      { rel: 'self', href: 'https://proof.example/atom.xml' },
      { rel: 'alternate', href: 'https://proof.example/' },
      { rel: 'related', href: 'https://proof.example/subscribe.html' },
    ],
  });
  expect(parseJsonFeed(jsonFeed(feed))).toMatchObject({
    ...common,
    home_page_url: 'https://proof.example/',
    feed_url: 'https://proof.example/feed.json',
    favicon: 'https://proof.example/favicon.ico',
  });
});

test('where an article came from, and the hub, are read back from each format', () => {
  const entry = sampleEntry({ canonicalUrl: 'https://agency.example/a', siteName: 'The Agency' });
  const site = { ...SITE, hub: 'https://hub.example' };
  const feed = prepareFeed({ of: { kind: 'all' }, entries: [entry] }, site);
  const hub = 'https://hub.example/';
  const readRss = parseRssFeed(rss(feed));
  expect(readRss.items?.[0]?.source).toEqual({ title: 'The Agency', url: 'https://agency.example/a' });
  expect(readRss.atom?.links).toContainEqual({ rel: 'hub', href: hub });
  const readAtom = parseAtomFeed(atom(feed));
  expect(readAtom.entries?.[0]?.links).toContainEqual({
    rel: 'via',
    type: 'text/html',
    href: 'https://agency.example/a',
    title: 'The Agency',
  });
  expect(readAtom.links).toContainEqual({ rel: 'hub', href: hub });
  const readJson = parseJsonFeed(jsonFeed(feed));
  expect(readJson.items?.[0]?.external_url).toBe('https://agency.example/a');
  expect(readJson.hubs).toEqual([{ type: 'WebSub', url: hub }]);
});

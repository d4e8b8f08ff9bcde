import fc from 'fast-check';
import { parseFragment } from 'parse5';
import RssParser from 'rss-parser';
import { looksLikeMarkup } from '../../../functions/publish/content/text.ts';
import { atom } from '../../../functions/publish/feeds/atom.ts';
import { jsonFeed } from '../../../functions/publish/feeds/json-feed.ts';
import { opml } from '../../../functions/publish/feeds/opml.ts';
import {
  type PreparedEntry,
  type PreparedFeed,
  prepareFeed,
} from '../../../functions/publish/feeds/prepare.ts';
import { rss } from '../../../functions/publish/feeds/rss.ts';
import type { EditionOf } from '../../../functions/publish/model/edition-of.ts';
import type { Site } from '../../../functions/publish/model/site.ts';
import { brokenFeedRules } from '../../support/feed-rules.ts';
import { anyEntries } from './any-entry.ts';
import { anyText, publishable, publishableLine } from './poison.ts';
import { all, first, type Read, readXml, shape } from './read-xml.ts';
import { SITE } from './sample.ts';

const anySite: fc.Arbitrary<Site> = fc
  .record({ title: anyText(), description: anyText(), copyright: anyText() })
  .map(texts => ({ ...SITE, ...texts }));
/** Feeds of 20 entries in every run of the tests; `HOSTILE_FEEDS=150` for 3,000 entries. */
const FEEDS = { numRuns: Number(process.env.HOSTILE_FEEDS ?? 30) };
const ENTRIES = { minLength: 20, maxLength: 20 };

const anyEdition: fc.Arbitrary<EditionOf> = fc.oneof(
  fc.constant({ kind: 'all' as const }),
  anyText().map(name => ({ kind: 'section' as const, name })),
  anyText().map(name => ({ kind: 'tag' as const, name })),
  anyText().map(name => ({ kind: 'author' as const, name })),
);
const anyFeed = (length?: typeof ENTRIES) =>
  fc.tuple(anyEdition, anyEntries(length), anySite).map(([of, entries, site]) => ({
    entries,
    feed: prepareFeed({ of, entries }, site),
    again: () => prepareFeed(structuredClone({ of, entries }), structuredClone(site)),
  }));

type Fuzzed = ReturnType<typeof anyFeed> extends fc.Arbitrary<infer T> ? T : never;

/** The feed with plain words for each text: what the elements would be without any poison. */
function harmless(feed: PreparedFeed): PreparedFeed {
  const entry = (given: PreparedEntry): PreparedEntry => ({
    ...given,
    title: 'title',
    summary: 'summary',
    contentHtml: '<p>content</p>',
    authors: given.authors.map(({ url }) => ({ name: 'name', url })),
    categories: given.categories.map(() => 'category'),
    image: given.image && {
      ...given.image,
      caption: given.image.caption && 'caption',
      credit: given.image.credit && 'credit',
    },
    source: given.source && { ...given.source, name: 'source' },
  });
  return {
    ...feed,
    title: 'title',
    description: 'description',
    copyright: feed.copyright && 'rights',
    entries: feed.entries.map(entry),
  };
}

function textOfHtml(html: string): string {
  const texts: string[] = [];
  const waiting: unknown[] = [parseFragment(html)];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const { value, childNodes = [] } = node as { value?: string; childNodes?: unknown[] };
    if (value !== undefined) texts.push(value);
    waiting.push(...childNodes.toReversed());
  }
  return texts.join('');
}

/** The only creator of an entry in RSS: all names. */
function joined(authors: PreparedEntry['authors']): string[] {
  return authors.length > 0 ? [authors.map(({ name }) => name).join(', ')] : [];
}

/** What a reader shows that takes the text for HTML where it looks like it. */
function shown(text: string): string {
  return looksLikeMarkup(text) ? textOfHtml(text) : text;
}

function texts(element: Read, name: string): string[] {
  return all(element, name).map(({ text }) => text);
}

/** Well-formed, of the elements of the feed and no others, with every text given back. */
function checkRss({ feed }: Fuzzed): void {
  const document = readXml(rss(feed));
  expect(shape(document)).toEqual(shape(readXml(rss(harmless(feed)))));
  const channel = first(document, 'channel');
  expect(first(channel, 'title').text).toBe(feed.title);
  expect(shown(first(channel, 'description').text)).toBe(feed.description);
  expect(texts(channel, 'copyright')).toEqual(feed.copyright ? [feed.copyright] : []);
  all(channel, 'item').forEach((item, index) => {
    const entry = feed.entries[index] as PreparedEntry;
    expect(first(item, 'title').text).toBe(entry.title);
    expect(shown(first(item, 'description').text)).toBe(entry.summary);
    expect(first(item, 'content:encoded').text).toBe(entry.contentHtml);
    expect(first(item, 'guid').text).toBe(entry.id);
    expect(first(item, 'link').text).toBe(entry.url);
    expect(texts(item, 'dc:creator')).toEqual(joined(entry.authors));
    expect(texts(item, 'category')).toEqual(entry.categories);
    expect(texts(item, 'source')).toEqual(entry.source ? [entry.source.name] : []);
  });
}

function checkAtom({ feed }: Fuzzed): void {
  const document = readXml(atom(feed));
  expect(shape(document)).toEqual(shape(readXml(atom(harmless(feed)))));
  expect(first(document, 'title').text).toBe(feed.title);
  expect(first(document, 'subtitle').text).toBe(feed.description);
  all(document, 'entry').forEach((read, index) => {
    const entry = feed.entries[index] as PreparedEntry;
    expect(first(read, 'title').text).toBe(entry.title);
    expect(first(read, 'summary').text).toBe(entry.summary);
    expect(first(read, 'content').text).toBe(entry.contentHtml);
    expect(first(read, 'id').text).toBe(entry.id);
    expect(all(read, 'author').map(author => first(author, 'name').text)).toEqual(
      entry.authors.map(({ name }) => name),
    );
    expect(all(read, 'category').map(({ attributes }) => attributes.term)).toEqual(entry.categories);
    const titles = (rel: string) =>
      all(read, 'link')
        .filter(({ attributes }) => attributes.rel === rel)
        .map(({ attributes }) => attributes.title);
    expect(titles('enclosure')).toEqual(entry.enclosures.slice(0, 1).map(({ title }) => title));
    expect(titles('via')).toEqual(entry.source ? [entry.source.name] : []);
  });
}

function checkJson({ feed }: Fuzzed): void {
  const json = jsonFeed(feed);
  expect(publishable(json)).toBe(json);
  const read = JSON.parse(json);
  expect(read.title).toBe(feed.title);
  expect(read.items).toEqual(
    feed.entries.map(({ id, title, summary, contentHtml }) =>
      expect.objectContaining({ id, title, summary, content_html: contentHtml }),
    ),
  );
}

const keepAll = { keepArray: true };
const rssParser = new RssParser<object, Record<string, unknown> & { creators?: string[] }>({
  customFields: {
    item: [
      ['dc:creator', 'creators', keepAll],
      ['atom:updated', 'updated'],
    ],
  },
});

/** What a parser of another kind makes of it. */
async function checkWithRssParser({ feed }: Fuzzed): Promise<void> {
  const { items } = await rssParser.parseString(rss(feed));
  expect(
    items.map(item => ({
      id: item.guid,
      url: item.link,
      title: item.title ?? '',
      updated: new Date(String(item.updated)).toISOString(),
      authors: item.creators ?? [],
      tags: item.categories ?? [],
      contentHtml: item['content:encoded'],
    })),
  ).toEqual(
    feed.entries.map(({ id, url, title, updated, authors, categories, contentHtml }) => ({
      id,
      url,
      title,
      updated,
      authors: joined(authors),
      tags: categories,
      contentHtml,
    })),
  );
  const read = await rssParser.parseString(atom(feed));
  expect(read.items.map(({ id, link, content }) => [id, link, content])).toEqual(
    feed.entries.map(({ id, url, contentHtml }) => [id, url, contentHtml]),
  );
}

function checkRules({ feed, again }: Fuzzed): void {
  const documents = [rss(feed), atom(feed), jsonFeed(feed)];
  // Neither ids nor bodies are free text; both are made or cleaned before they are stored.
  expect(documents.flatMap(brokenFeedRules).filter(rule => !/no URI|: content: /.test(rule))).toEqual([]);
  const repeated = again();
  expect([rss(repeated), atom(repeated), jsonFeed(repeated)]).toEqual(documents);
}

test('600 entries with any text in any field: well-formed, by the rules, read back exactly, the same twice', async () => {
  await fc.assert(
    fc.asyncProperty(anyFeed(ENTRIES), async fuzzed => {
      expect(fuzzed.feed.entries).toHaveLength(ENTRIES.minLength);
      checkRss(fuzzed);
      checkAtom(fuzzed);
      checkJson(fuzzed);
      await checkWithRssParser(fuzzed);
      checkRules(fuzzed);
    }),
    FEEDS,
  );
});

test('preparing takes nothing from a text but what may not be published', () => {
  fc.assert(
    fc.property(anyFeed(), ({ entries, feed }) => {
      feed.entries.forEach((prepared, index) => {
        const { headline, dek = '', summary, bodyHtml = '' } = entries[index] as (typeof entries)[number];
        const title = publishableLine(headline);
        if (title) expect(prepared.title).toBe(title);
        const said = publishableLine(dek) || publishableLine(summary);
        if (said) expect(prepared.summary).toBe(said);
        if (publishable(bodyHtml).trim())
          expect(prepared.contentHtml).toContain(publishable(bodyHtml).trim());
        expect(prepared.title.trim() && prepared.summary.trim() && prepared.contentHtml.trim()).toBeTruthy();
      });
    }),
  );
});

test('OPML is well-formed whatever the names', () => {
  fc.assert(
    fc.property(anySite, fc.array(anyText(), { maxLength: 3 }), (site, names) => {
      const document = readXml(opml(site, { sections: names, tags: names }));
      const outlines = first(document, 'body').children.flatMap(outline => [outline, ...outline.children]);
      expect(outlines.filter(({ attributes }) => attributes.type === 'rss')).toHaveLength(
        1 + 2 * names.length,
      );
    }),
  );
});

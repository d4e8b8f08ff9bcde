import { atom } from '../../../functions/publish/feeds/atom.ts';
import { prepareFeed, prepareHistoryDocument } from '../../../functions/publish/feeds/prepare.ts';
import { rss } from '../../../functions/publish/feeds/rss.ts';
import type { Site } from '../../../functions/publish/model/site.ts';
import { all, first, type Read, readXml } from './read-xml.ts';
import { SITE, sampleEntries } from './sample.ts';

const WORLD = { kind: 'section', name: 'World' } as const;

/** What browsers show of a feed: it is the same in both formats. */
function views(feed: Parameters<typeof rss>[0]): Read[] {
  const isRelated = ({ attributes }: Read) => attributes.rel === 'related';
  const links = [
    all(first(readXml(rss(feed)), 'channel'), 'atom:link').find(isRelated),
    all(readXml(atom(feed)), 'link').find(isRelated),
  ];
  return links.map(link => {
    if (link === undefined) throw new Error('no view');
    return link;
  });
}

function main(feed: Parameters<typeof rss>[0]): Read {
  const [one, other] = views(feed).map(view => withoutIndentation(first(view, 'xhtml:main')));
  expect(one).toEqual(other);
  return one as Read;
}

function withoutIndentation({ text, children, ...rest }: Read): Read {
  return { ...rest, text: text.trim(), children: children.map(withoutIndentation) };
}

const feedOn = (site: Partial<Site>, entries = sampleEntries(2)) =>
  main(prepareFeed({ of: WORLD, entries }, { ...SITE, ...site }));

const links = (element: Read): unknown[] =>
  element.children.flatMap(child => [
    ...(child.name === 'xhtml:a' ? [[child.text, child.attributes.href]] : []),
    ...links(child),
  ]);

test('a feed in a browser links to its explanation, its page and each story', () => {
  expect(links(feedOn({}))).toEqual([
    ['How to subscribe', 'https://proof.example/world/subscribe.html'],
    ['Read on the site', 'https://proof.example/world/'],
    ['Bridge opens after nine years', 'https://proof.example/articles/a-000000000000.html'],
    ['Bridge opens after nine years', 'https://proof.example/articles/a-000000000001.html'],
  ]);
});

test('it has the name of the feed, and the width of the window', () => {
  for (const view of views(prepareFeed({ of: WORLD, entries: [] }, SITE))) {
    const head = first(view, 'xhtml:head');
    expect(first(head, 'xhtml:title').text).toBe('The Daily Proof: World');
    expect(first(head, 'xhtml:meta').attributes).toEqual({
      name: 'viewport',
      content: 'width=device-width',
    });
  }
});

test('a feed without entries has no empty list', () => {
  expect(all(feedOn({}, []), 'xhtml:ol')).toEqual([]);
});

test('labels, direction and dates are those of the language and the time zone of the site', () => {
  const arabic = feedOn({ language: 'ar', timeZone: 'Asia/Dubai' });
  expect(arabic.attributes).toEqual({ lang: 'ar', dir: 'rtl' });
  expect(first(first(arabic, 'xhtml:aside'), 'xhtml:a').text).toBe('كيفية الاشتراك');
  const french = feedOn({ language: 'fr', timeZone: 'Europe/Paris' });
  const [story] = all(first(french, 'xhtml:ol'), 'xhtml:li');
  expect(story && first(story, 'xhtml:span').text).toBe('2 nov. 2026, 13 h 00');
});

test('labels in another language than that of the site, and stories in another language, say so', () => {
  const icelandic = feedOn({ language: 'is' }, [
    ...sampleEntries(1, { language: 'is' }),
    ...sampleEntries(1, { language: 'he', permalink: 'articles/b.html', guid: 'urn:uuid:b' }),
  ]);
  expect(icelandic.attributes.lang).toBe('is');
  expect(first(icelandic, 'xhtml:aside').attributes).toEqual({ lang: 'en' });
  expect(first(icelandic, 'xhtml:a').attributes.lang).toBe('en');
  const stories = all(first(icelandic, 'xhtml:ol'), 'xhtml:li').map(item => first(item, 'xhtml:a'));
  expect(stories.map(({ attributes: { lang, dir } }) => [lang, dir])).toEqual([
    [undefined, undefined],
    ['he', 'rtl'],
  ]);
});

test('a history document tells nobody to subscribe to it', () => {
  const document = main(prepareHistoryDocument(sampleEntries(1), { page: 1, pages: 3 }, SITE));
  expect(links(document)).toEqual([
    ['Read on the site', 'https://proof.example/'],
    ['Bridge opens after nine years', 'https://proof.example/articles/a-000000000000.html'],
  ]);
  expect(all(document, 'xhtml:aside')).toEqual([]);
});

import {
  editionRenditions,
  sitemap,
  sitemapIndex,
  withdrawnRendition,
} from '../../../functions/publish/views/renditions.ts';
import { faceRenditions, siteRenditions } from '../../../functions/publish/views/site-renditions.ts';
import { ANSWER_LINK } from '../../../shared/stack/response-headers.ts';
import { all, first, readXml } from './read-xml.ts';
import { SITE, sampleEntries } from './sample.ts';

const NAV = { sections: ['city', 'sport'] };
const DIRECTORY = { ...NAV, tags: ['R&D'], authors: ['Ada Marsh'] };

test('an edition is five files below its folder', () => {
  const section = { of: { kind: 'section', name: 'City' } as const, entries: sampleEntries(2) };
  expect(editionRenditions(section, SITE, NAV).map(({ key, contentType }) => [key, contentType])).toEqual([
    ['city/feed.xml', 'application/xml; charset=utf-8'],
    ['city/atom.xml', 'application/xml; charset=utf-8'],
    ['city/feed.json', 'application/json; charset=utf-8'],
    ['city/index.html', 'text/html; charset=utf-8'],
    ['city/subscribe.html', 'text/html; charset=utf-8'],
  ]);
});

test('whatever changes may be kept for half a minute, so that it is everywhere within one, and may always be kept', () => {
  const entries = sampleEntries(1);
  const files = [
    ...editionRenditions({ of: { kind: 'all' }, entries }, SITE, NAV),
    ...editionRenditions({ of: { kind: 'all' }, entries }, { ...SITE, hub: 'https://hub.example/' }, NAV),
    withdrawnRendition({ permalink: 'articles/a.html' }, SITE, NAV),
    sitemapIndex([], SITE),
  ];
  expect(new Set(files.map(({ cacheControl }) => cacheControl))).toEqual(new Set(['public, max-age=30']));
});

test('each feed names itself and its hub in its Link header, if there is a hub', () => {
  const section = { of: { kind: 'section', name: 'Höfe' } as const, entries: sampleEntries(1) };
  const links = (hub?: string) =>
    editionRenditions(section, { ...SITE, hub }, NAV).map(({ metadata }) => metadata?.[ANSWER_LINK]);
  expect(links()).toEqual(Array(5).fill(undefined));
  expect(links('https://hub.example/')).toEqual([
    '<https://proof.example/hoefe/feed.xml>; rel="self", <https://hub.example/>; rel="hub"',
    '<https://proof.example/hoefe/atom.xml>; rel="self", <https://hub.example/>; rel="hub"',
    '<https://proof.example/hoefe/feed.json>; rel="self", <https://hub.example/>; rel="hub"',
    undefined,
    undefined,
  ]);
});

test('every file that feeds and pages refer to is among those of the site', () => {
  const keys = [...siteRenditions(SITE, DIRECTORY), ...faceRenditions(SITE, {})].map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  const texts = editionRenditions({ of: { kind: 'all' }, entries: [] }, SITE, NAV).map(({ body }) =>
    String(body),
  );
  const named = texts.join(' ').matchAll(/[\w/.-]*?((?:assets\/[\w.-]+|favicon\.ico|opml\.xml))/g);
  const referred = [...new Set([...named].map(([, key]) => key))];
  expect(referred.length).toBeGreaterThanOrEqual(6);
  expect(keys).toEqual(expect.arrayContaining(referred));
});

test('icons are what their names and types say, and the one of the RSS channel is no wider than it may be', () => {
  const bytes = (key: string) =>
    Buffer.from(
      [...siteRenditions(SITE, DIRECTORY), ...faceRenditions(SITE, {})].find(file => file.key === key)
        ?.body ?? '',
    );
  const size = (png: Buffer) => [png.subarray(1, 4).toString(), png.readUInt32BE(16), png.readUInt32BE(20)];
  expect(size(bytes('assets/icon-144.png'))).toEqual(['PNG', 144, 144]);
  expect(size(bytes('assets/icon-512.png'))).toEqual(['PNG', 512, 512]);
  const icon = bytes('favicon.ico');
  expect([icon.readUInt16LE(2), icon.readUInt16LE(4), icon.readUInt32LE(14)]).toEqual([
    1,
    1,
    icon.length - 22,
  ]);
  expect(size(icon.subarray(22))).toEqual(['PNG', 32, 32]);
  expect(readXml(bytes('assets/icon.svg').toString()).name).toBe('svg');
});

test('robots.txt names the sitemap', () => {
  const robots = siteRenditions(SITE, DIRECTORY).find(({ key }) => key === 'robots.txt');
  expect(robots?.body).toBe(
    'User-agent: *\nAllow: /\n\nSitemap: https://proof.example/sitemap.xml\nSitemap: https://proof.example/sitemap-news.xml\n',
  );
});

test('OPML lists the feed of everything, and of each section, tag and author that is listed', () => {
  const opml = siteRenditions(SITE, DIRECTORY).find(({ key }) => key === 'opml.xml');
  const body = first(readXml(String(opml?.body)), 'body');
  const [everything, sections, tags, authors] = all(body, 'outline');
  expect([sections, tags, authors].map(group => group?.attributes)).toEqual([
    { text: 'Sections' },
    { text: 'Tags' },
    { text: 'Authors' },
  ]);
  expect(authors?.children.map(({ attributes }) => attributes.htmlUrl)).toEqual([
    'https://proof.example/authors/ada-marsh/',
  ]);
  expect(everything?.attributes).toEqual({
    text: 'The Daily Proof',
    title: 'The Daily Proof',
    description: 'Copy, as it is filed.',
    language: 'en',
    type: 'rss',
    version: 'RSS',
    xmlUrl: 'https://proof.example/feed.xml',
    htmlUrl: 'https://proof.example/',
  });
  expect(sections?.children.map(({ attributes }) => attributes.xmlUrl)).toEqual([
    'https://proof.example/city/feed.xml',
    'https://proof.example/sport/feed.xml',
  ]);
  expect(tags?.children.map(({ attributes }) => [attributes.text, attributes.title])).toEqual([
    ['R&D', 'The Daily Proof: #R&D'],
  ]);
});

test('sitemaps hold full addresses, and dates where there are any', () => {
  const index = sitemapIndex([{ path: 'sitemaps/2026-11.xml' }], SITE);
  expect(index.key).toBe('sitemap.xml');
  const [month] = all(readXml(String(index.body)), 'sitemap');
  expect(month?.children.map(({ name, text }) => [name, text])).toEqual([
    ['loc', 'https://proof.example/sitemaps/2026-11.xml'],
  ]);
  const rows = [{ permalink: 'articles/a.html', updatedAt: '2026-11-02T12:00:00.000Z' }];
  const made = sitemap('sitemaps/2026-11.xml', rows, SITE);
  expect(made.key).toBe('sitemaps/2026-11.xml');
  const [article] = all(readXml(String(made.body)), 'url');
  expect(article?.children.map(({ name, text }) => [name, text])).toEqual([
    ['loc', 'https://proof.example/articles/a.html'],
    ['lastmod', '2026-11-02T12:00:00Z'],
  ]);
});

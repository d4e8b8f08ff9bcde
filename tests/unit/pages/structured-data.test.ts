import type { EditionOf } from '../../../functions/publish/model/edition-of.ts';
import { articlePage } from '../../../functions/publish/pages/article-page.tsx';
import { feedPage } from '../../../functions/publish/pages/feed-page.tsx';
import { frontPage } from '../../../functions/publish/pages/front-page.tsx';
import { SITE, sampleEntries } from '../feeds/sample.ts';
import { readPage, sampleArticle } from './sample-article.ts';

/** What machines read in the head of each kind of page: Open Graph, and JSON-LD of schema.org. */

const NAV = { sections: ['city'] };
const LANGUAGE = 'pt-BR';
const site = { ...SITE, language: LANGUAGE };
const HOSTILE = '</script><!-- "Bridge" & \u2028 --><script>';

const edition = (of: EditionOf, headline = 'Bridge') =>
  readPage(frontPage({ of, entries: sampleEntries(30, { headline }) }, site, NAV));
const article = (changes = {}) => readPage(articlePage(sampleArticle(changes), site, NAV));

const PAGES: [string, () => ReturnType<typeof readPage>, string][] = [
  ['the front page', () => edition({ kind: 'all' }), 'WebSite'],
  ['a section', () => edition({ kind: 'section', name: 'city' }), 'CollectionPage'],
  ['a tag', () => edition({ kind: 'tag', name: 'ports' }), 'CollectionPage'],
  ['an author', () => edition({ kind: 'author', name: 'Ann Lee' }), 'ProfilePage'],
  ['an article', article, 'NewsArticle'],
  ['an article without a picture', () => article({ image: undefined }), 'NewsArticle'],
];

type Node = Record<string, unknown>;

function jsonLd($: ReturnType<typeof readPage>): Node {
  const scripts = $('script[type="application/ld+json"]');
  expect(scripts).toHaveLength(1);
  expect(scripts.text()).not.toContain('<');
  return JSON.parse(scripts.text());
}

function allNodes(value: unknown): Node[] {
  if (Array.isArray(value)) return value.flatMap(allNodes);
  if (typeof value !== 'object' || value === null) return [];
  return [value as Node, ...Object.values(value).flatMap(allNodes)];
}

/** The fields that Google's documentation of structured data requires, or schema.org needs to make sense. */
const REQUIRED: Record<string, readonly string[]> = {
  WebSite: ['name', 'url'],
  NewsMediaOrganization: ['name', 'url', 'logo'],
  ProfilePage: ['mainEntity', 'name', 'url'],
  Person: ['name'],
  CollectionPage: ['mainEntity', 'name', 'url'],
  ItemList: ['itemListElement', 'numberOfItems'],
  ListItem: ['position', 'url', 'name'],
  NewsArticle: ['headline', 'datePublished', 'author'],
  ImageObject: ['url'],
};

describe.each(PAGES)('%s', (_, make, type) => {
  test('has JSON-LD with the fields that its types require, and web addresses', () => {
    const data = jsonLd(make());
    expect(data).toMatchObject({ '@context': 'https://schema.org', '@type': type });
    for (const found of allNodes(data)) {
      // A step of a path has `item`, and an entry of a list has `url`. Source: BreadcrumbList, schema.org.
      const node: Record<string, unknown> = { ...found, url: found.url ?? found.item };
      const missing = (REQUIRED[String(node['@type'])] ?? []).filter(field => node[field] === undefined);
      expect({ type: node['@type'], missing }).toEqual({ type: node['@type'], missing: [] });
      if (typeof node.url === 'string') expect(new URL(node.url).href).toBe(node.url);
    }
  });

  test('has one of each field of Open Graph that previews need', () => {
    const $ = make();
    const content = (property: string) =>
      $(`meta[property="${property}"]`)
        .map((__, meta) => $(meta).attr('content'))
        .get();
    for (const property of ['og:type', 'og:title', 'og:url', 'og:image', 'og:locale', 'og:site_name'])
      expect([property, content(property).length]).toEqual([property, 1]);
    const [image = ''] = content('og:image');
    expect(new URL(image).href).toBe(image);
    expect(content('og:locale')).toEqual([type === 'NewsArticle' ? 'en_US' : 'pt_BR']);
    expect(content('og:type')).toEqual([
      type === 'NewsArticle' ? 'article' : type === 'ProfilePage' ? 'profile' : 'website',
    ]);
  });
});

test('the site names its search, if it has one', () => {
  const home = (search: boolean) =>
    jsonLd(readPage(frontPage({ of: { kind: 'all' }, entries: sampleEntries(3) }, { ...site, search }, NAV)));
  expect(home(true).potentialAction).toEqual({
    '@type': 'SearchAction',
    target: { '@type': 'EntryPoint', urlTemplate: `${SITE.baseUrl}/search/?q={search_term_string}` },
    'query-input': 'required name=search_term_string',
  });
  expect(home(false)).not.toHaveProperty('potentialAction');
});

test('a page without a picture has the icon of the site, as a small preview', () => {
  const $ = article({ image: undefined });
  expect($('meta[property="og:image"]').attr('content')).toBe(`${SITE.baseUrl}/assets/icon-512.png`);
  expect($('meta[name="twitter:card"]').attr('content')).toBe('summary');
  expect(article()('meta[name="twitter:card"]').attr('content')).toBe('summary_large_image');
});

test('a page that is only about feeds has a preview too', () => {
  const $ = readPage(feedPage({ kind: 'all' }, site, NAV));
  expect($('meta[property="og:locale"]').attr('content')).toBe('pt_BR');
  expect($('meta[property="og:image"]').attr('content')).toBe(`${SITE.baseUrl}/assets/icon-512.png`);
});

test('lists name their first stories in order, and no more than twenty', () => {
  const { mainEntity } = jsonLd(edition({ kind: 'section', name: 'city' })) as {
    mainEntity: { itemListElement: { position: number; url: string }[] };
  };
  expect(mainEntity.itemListElement.map(({ position }) => position)).toEqual(
    Array.from({ length: 20 }, (_, index) => index + 1),
  );
  expect(mainEntity.itemListElement[0]?.url).toBe(`${SITE.baseUrl}/articles/a-000000000000.html`);
});

test.each(PAGES)('no text ends the script of %s', (_, make) => {
  const $ =
    make === article ? article({ headline: HOSTILE }) : edition({ kind: 'tag', name: HOSTILE }, HOSTILE);
  expect($('script')).toHaveLength(1);
  expect(JSON.stringify(jsonLd($))).toContain('script>');
});

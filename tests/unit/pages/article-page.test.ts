import fc from 'fast-check';
import { articlePage } from '../../../functions/publish/pages/article-page.tsx';
import { anyEntry } from '../feeds/any-entry.ts';
import { anyText, publishable, publishableLine } from '../feeds/poison.ts';
import { SITE } from '../feeds/sample.ts';
import { readPage, sampleArticle } from './sample-article.ts';

const NAV = { sections: ['city', 'sport'] };
const page = (changes: Parameters<typeof sampleArticle>[0] = {}, site = SITE) =>
  readPage(articlePage(sampleArticle(changes), site, NAV));

test('the page shows the article', () => {
  const $ = page();
  expect($('h1').text()).toBe('Bridge opens after nine years');
  expect($('.dek').text()).toBe('Trams will follow in spring');
  expect($('.byline').text()).toBe('By Ada Marsh and Ben Ortiz');
  expect($('.byline a').attr('href')).toBe('https://people.example/ada');
  expect($('.place').text()).toBe('Northport');
  expect($('.meta time').attr('datetime')).toBe('2026-11-02T09:30:00.250Z');
  expect($('.meta time').text()).toBe('November 2, 2026, 09:30 UTC');
  expect($('.body').html()).toBe(sampleArticle().bodyHtml);
  expect($('.lead-image img').attr()).toMatchObject({
    src: 'https://images.example/bridge.jpg',
    alt: 'The bridge',
  });
  expect($('figcaption').text()).toBe('The bridge at dawn Desk archive');
  expect(
    $('.attachments a')
      .map((_, link) => $(link).text())
      .get(),
  ).toEqual(['The opening speech', 'plan.pdf']);
  expect(
    $('.related li')
      .map((_, item) => $(item).text())
      .get(),
  ).toEqual(['How the old bridge fell', 'Bridges of the river']);
  expect($('.related a').attr('href')).toBe('https://proof.example/old');
});

test('its links lead to the site from wherever it lies', () => {
  const $ = page();
  expect($('.kicker a').attr('href')).toBe('../city/index.html');
  expect($('.site-title a').attr('href')).toBe('../index.html');
  expect(
    $('.tags a')
      .map((_, link) => $(link).attr('href'))
      .get(),
  ).toEqual(['../tags/bridges/index.html', '../tags/transport/index.html']);
  expect($('link[rel=stylesheet]').attr('href')).toBe('../assets/site.css');
  expect(page({}, { ...SITE, tags: false })('.tags a')).toHaveLength(0);
});

test('readers find the feed of everything first, then that of its section', () => {
  const $ = page();
  const feeds = $('link[rel=alternate]')
    .map((_, link) => $(link).attr('href'))
    .get();
  expect(feeds).toEqual([
    'https://proof.example/feed.xml',
    'https://proof.example/atom.xml',
    'https://proof.example/feed.json',
    'https://proof.example/city/feed.xml',
    'https://proof.example/city/atom.xml',
    'https://proof.example/city/feed.json',
  ]);
});

test('programs find what they need in its head', () => {
  const $ = page();
  const meta = (property: string) => $(`meta[property="${property}"]`).attr('content');
  expect($('title').text()).toBe('Bridge opens after nine years | The Daily Proof');
  expect($('link[rel=canonical]').attr('href')).toBe(
    'https://proof.example/articles/bridge-opens-after-nine-years-aaaaaaaaaaaaaaaa.html',
  );
  expect(meta('og:title')).toBe('Bridge opens after nine years');
  expect(meta('og:image')).toBe('https://images.example/bridge.jpg');
  expect($('meta[name=viewport]')).toHaveLength(1);
  expect($('meta[name=robots]')).toHaveLength(0);
  expect(JSON.parse($('script[type="application/ld+json"]').text())).toMatchObject({
    '@type': 'NewsArticle',
    headline: 'Bridge opens after nine years',
    datePublished: '2026-11-02T09:30:00.250Z',
    dateModified: '2026-11-03T10:00:00.500Z',
    author: [{ '@type': 'Person', name: 'Ada Marsh' }, { name: 'Ben Ortiz' }],
    image: { url: 'https://images.example/bridge.jpg' },
    inLanguage: 'en',
  });
});

test('an article that was published elsewhere before says where, if that is on the web', () => {
  const canonical = (canonicalUrl: string) => page({ canonicalUrl })('link[rel=canonical]').attr('href');
  expect(canonical('https://first.example/story')).toBe('https://first.example/story');
  expect(canonical('javascript:alert(1)')).toMatch(/^https:\/\/proof\.example\/articles\//);
});

test('a revision is owned up to', () => {
  expect(page()('.revised')).toHaveLength(0);
  expect(page({ revision: 2 })('.revised').text()).toContain('Updated November 3, 2026, 10:00 UTC.');
});

test('times are in the site’s zone, and a date without a time has none', () => {
  const site = { ...SITE, timeZone: 'Europe/Kyiv' };
  const time = (publishedAt: string) => page({ publishedAt }, site)('.meta time').text();
  expect(time('2026-10-01T22:30:00.000Z')).toBe('October 2, 2026, 01:30 GMT+3');
  expect(time('2026-09-30T21:00:00.000Z')).toBe('October 1, 2026');
});

test('the page is in the article’s language, its surroundings in the site’s', () => {
  const $ = page({ language: 'ar', direction: 'rtl', headline: 'افتتاح الجسر' });
  expect($('html').attr()).toMatchObject({ lang: 'ar', dir: 'rtl' });
  for (const part of ['.masthead', '.site-footer', '.byline > span', '.meta time']) {
    expect($(part).attr()).toMatchObject({ lang: 'en', dir: 'ltr' });
  }
  expect($('h1').attr('dir')).toBeUndefined();
});

test('an image that the body shows is not shown twice', () => {
  const bodyHtml = '<p>x</p><img src="https://images.example/bridge.jpg?a=1&amp;b=2" alt="">';
  const image = { url: 'https://images.example/bridge.jpg?a=1&b=2' };
  expect(page({ bodyHtml, image })('img')).toHaveLength(1);
  expect(page({ image })('.lead-image img')).toHaveLength(1);
});

test('an article with nothing but a headline and a body leaves no empty boxes', () => {
  const $ = page({
    authors: [],
    tags: [],
    related: [],
    attachments: [],
    image: undefined,
    dek: undefined,
    dateline: undefined,
    readingMinutes: 0,
  });
  expect($('.byline, .place, .dek, figure, .after section, .tags')).toHaveLength(0);
  expect($('.meta').text().trim()).toBe('November 2, 2026, 09:30 UTC');
});

test('no text becomes an element, an attribute or a script', () => {
  const tags = (html: string) => [...html.matchAll(/<\/?[a-z][^\s>]*/g)].map(([tag]) => tag);
  const texts = fc.record({ dek: anyText(), place: anyText(), related: anyText() });
  fc.assert(
    fc.property(anyEntry(), texts, (entry, { dek, place, related }) => {
      const bodyHtml = '<p>body</p>';
      const article = sampleArticle({
        ...entry,
        bodyHtml,
        dek,
        dateline: { place },
        related: [{ title: related }],
      });
      const html = articlePage(article, SITE, NAV);
      expect(publishable(html)).toBe(html);
      const $ = readPage(html);
      const headline = publishableLine(article.headline);
      if (headline) expect($('h1').text()).toBe(headline);
      expect($('script')).toHaveLength(1);
      const data = JSON.parse($('script').text());
      expect(data.headline).toBe($('h1').text());
      $('*').each((_, element) => {
        const attributes = Object.keys($(element).attr() ?? {});
        expect(attributes.filter(name => /^on|^style$|[^a-z-]/.test(name))).toEqual([]);
      });
      for (const attribute of ['href', 'src']) {
        $(`[${attribute}]`).each((_, element) => {
          expect($(element).attr(attribute)).toMatch(/^(?:https?:\/\/|\.\.\/|#main$)/);
        });
      }
      const innocent = articlePage({ ...article, headline: 'h', summary: 's' }, SITE, NAV);
      expect(tags(html)).toEqual(tags(innocent));
    }),
    { numRuns: 120 },
  );
});

import type { Entry } from '../../../functions/publish/entry.ts';
import { frontPage } from '../../../functions/publish/pages/front-page.tsx';
import { notFoundPage, withdrawnPage } from '../../../functions/publish/pages/notice-page.tsx';
import type { EditionOf } from '../../../functions/publish/site.ts';
import { SITE, sampleEntries, sampleEntry } from '../feeds/sample.ts';
import { readPage } from './sample-article.ts';

const NAV = { sections: ['city', 'sport'] };
const ALL: EditionOf = { kind: 'all' };
const page = (of: EditionOf, entries = [sampleEntry()]) => readPage(frontPage({ of, entries }, SITE, NAV));

test('a front page lists the articles, newest first, no more than its feeds may', () => {
  const $ = readPage(frontPage({ of: ALL, entries: sampleEntries(9) }, { ...SITE, feedEntries: 5 }, NAV));
  expect($('.story')).toHaveLength(5);
  expect(
    $('.story h2 a')
      .map((_, link) => $(link).attr('href'))
      .get()
      .slice(0, 2),
  ).toEqual(['articles/a-000000000000.html', 'articles/a-000000000001.html']);
  const story = $('.story').first();
  expect(story.find('.summary').text()).toBe(sampleEntry().summary);
  expect(story.find('.byline').text()).toBe('By Ada Marsh and Ben Ortiz');
  expect(story.find('time').text()).toBe('November 2, 2026, 12:00 UTC');
  expect(story.find('img').attr()).toMatchObject({ src: 'https://images.example/bridge.jpg', alt: '' });
});

test('pictures in view are fetched at once, those further down as they come into view', () => {
  const $ = readPage(frontPage({ of: ALL, entries: sampleEntries(5) }, SITE, NAV));
  const loading = $('.story img').map((_, picture) => picture.attribs.loading ?? 'at once');
  expect(loading.get()).toEqual(['at once', 'at once', 'at once', 'lazy', 'lazy']);
});

test('what is pinned comes first and once, also where it is older than all that is shown', () => {
  const entries = sampleEntries(4);
  const links = (lead: Entry | undefined) => {
    const $ = readPage(frontPage({ of: ALL, entries, lead }, { ...SITE, feedEntries: 4 }, NAV));
    return $('.story h2 a')
      .map((_, link) => $(link).attr('href')?.slice('articles/'.length))
      .get();
  };
  const all = entries.map(({ permalink }) => permalink.slice('articles/'.length));
  expect(links(undefined)).toEqual(all);
  expect(links(entries[2])).toEqual([all[2], all[0], all[1], all[3]]);
  expect(links(sampleEntry({ id: 'old', permalink: 'articles/old.html' }))).toEqual([
    'old.html',
    ...all.slice(0, 3),
  ]);
});

test('each page names the addresses of its own feeds, in full', () => {
  const feeds = (of: EditionOf) => {
    const $ = page(of);
    return $('.subscribe dd')
      .map((_, address) => $(address).text())
      .get();
  };
  expect(feeds(ALL)).toEqual([
    'https://proof.example/feed.xml',
    'https://proof.example/atom.xml',
    'https://proof.example/feed.json',
  ]);
  expect(feeds({ kind: 'tag', name: 'R&D' })[0]).toBe('https://proof.example/tags/r-and-d/feed.xml');
});

test('links work from the depth of the page', () => {
  const $ = page({ kind: 'tag', name: 'bridges' });
  expect($('.site-title a').attr('href')).toBe('../../');
  expect($('.story h2 a').attr('href')).toBe(`../../${sampleEntry().permalink}`);
  expect($('.story a.kicker').attr('href')).toBe('../../city/');
  expect($('link[rel=stylesheet]').attr('href')).toBe('../../assets/site.css');
  expect($('link[rel=canonical]').attr('href')).toBe('https://proof.example/tags/bridges/');
  expect(page(ALL)('.site-title a').attr('href')).toBe('./');
  expect(page(ALL)('.subscribe h2 a').attr('href')).toBe('subscribe.html');
});

test('a section’s page says which it is', () => {
  const $ = page({ kind: 'section', name: 'city' });
  expect($('h1').text()).toBe('city');
  expect($('title').text()).toBe('city | The Daily Proof');
  expect($('nav [aria-current]').text()).toBe('city');
  expect($('link[rel=alternate]')).toHaveLength(6);
});

test('a page without articles says so', () => {
  const $ = page(ALL, []);
  expect($('.nothing').text()).toMatch(/^Nothing has been published yet/);
  expect($('.subscribe dd')).toHaveLength(3);
  const emptied = page({ kind: 'section', name: 'city' }, []);
  expect(emptied('.nothing a').attr('href')).toBe('../');
});

test('an article in another language says so', () => {
  const $ = page(ALL, [sampleEntry({ language: 'ar', direction: 'rtl' })]);
  expect($('html').attr()).toMatchObject({ lang: 'en', dir: 'ltr' });
  expect($('.story').attr()).toMatchObject({ lang: 'ar', dir: 'rtl' });
  expect($('.story time').text()).toBe('2 نوفمبر 2026، 09:30 UTC');
  expect($('.story time').attr('dir')).toBeUndefined();
});

test('a withdrawn article leaves a page that repeats nothing of it and is not to be indexed', () => {
  const $ = readPage(withdrawnPage('articles/a.html', SITE, NAV));
  expect($('h1').text()).toBe('Article withdrawn');
  expect($('meta[name=robots]').attr('content')).toBe('noindex');
  expect($('link[rel=canonical]')).toHaveLength(0);
});

test('the page for unknown addresses works at any depth', () => {
  const $ = readPage(notFoundPage(SITE, NAV));
  expect($('meta[name=robots]').attr('content')).toBe('noindex');
  $('[href]:not(.skip, [rel=alternate])').each((_, link) => {
    expect($(link).attr('href')).toMatch(/^\/(?!\/)/);
  });
  const below = readPage(notFoundPage({ ...SITE, baseUrl: 'https://proof.example/news' }, NAV));
  expect(below('.site-title a').attr('href')).toBe('/news/');
});

test('a site in another language speaks it everywhere', () => {
  const site = { ...SITE, language: 'uk' };
  const $ = readPage(frontPage({ of: { kind: 'author', name: 'Ada Marsh' }, entries: [] }, site, NAV));
  expect($('html').attr('lang')).toBe('uk');
  expect($('h1').text()).toBe('Ada Marsh');
  expect($('.skip, .kicker, .nothing, .subscribe h2, .site-footer a').text()).not.toMatch(/[a-z]{4}/);
  expect(readPage(withdrawnPage('articles/a.html', site, NAV))('h1').text()).toBe('Статтю відкликано');
  expect(readPage(notFoundPage(site, NAV))('h1').text()).toBe('Сторінку не знайдено');
});

import type { EditionOf } from '../../../functions/publish/model/edition-of.ts';
import type { Entry } from '../../../functions/publish/model/entry.ts';
import { siteOf } from '../../../functions/publish/model/site.ts';
import { frontPage } from '../../../functions/publish/pages/front-page.tsx';
import { listPage } from '../../../functions/publish/pages/list-page.tsx';
import { notFoundPage, withdrawnPage } from '../../../functions/publish/pages/notice-page.tsx';
import { readSettings } from '../../../shared/settings/settings.ts';
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
  expect(story.find('time').text()).toBe('Nov 2, 2026, 12:00');
  expect(story.find('img').attr()).toMatchObject({ src: 'https://images.example/bridge.jpg', alt: '' });
});

test('readers see the description of a site, and not the one that a site without it has for search engines', () => {
  const seen = (site: typeof SITE) => {
    const $ = readPage(frontPage({ of: ALL, entries: sampleEntries(2) }, site, NAV));
    return [$('.front-heading p').text(), $('meta[name=description]').attr('content')];
  };
  expect(seen({ ...SITE, description: 'News of the river.' })).toEqual([
    'News of the river.',
    'News of the river.',
  ]);
  for (const language of ['en', 'de', 'fa']) {
    const { description } = siteOf(readSettings({ site: { language } }), SITE.baseUrl);
    expect(description).not.toBe('');
    expect(seen({ ...SITE, language, description })).toEqual(['', description]);
  }
});

describe('a story with a recording says so in words', () => {
  const file = { url: 'https://media.example/a.mp3', type: 'audio/mpeg', length: 9, duration: 62 };
  const film = { ...file, type: 'video/mp4', duration: 7_200 };
  const paper = { url: 'https://media.example/a.pdf', type: 'application/pdf', length: 9 };
  const said = (of: EditionOf, changes: Partial<Entry>, site = SITE) => {
    const $ = readPage(frontPage({ of, entries: sampleEntries(40, changes) }, site, NAV));
    return [$('.story .recording').first().text(), $('.headlines .recording').last().text()];
  };

  test.each<[string, Entry['attachments'], string]>([
    ['sound', [file], 'Listen 1:02'],
    ['film', [paper, film], 'Watch 2:00:00'],
    ['sound of an unknown length', [{ ...file, duration: undefined }], 'Listen'],
    ['a document', [paper], ''],
    ['nothing', [], ''],
  ])('%s', (_, attachments, words) => {
    for (const edition of [ALL, { kind: 'section', name: 'city' } as const])
      expect(said(edition, { attachments })).toEqual([words, words]);
  });

  test('in the language of the story, and in lists in that of the page', () => {
    const story = { attachments: [file], language: 'de' };
    expect(said(ALL, story)).toEqual(['Zum Anhören 1:02', 'Listen 1:02']);
  });
});

test('the picture of the lead is fetched at once, the others as they come into view', () => {
  const $ = readPage(frontPage({ of: ALL, entries: sampleEntries(6) }, SITE, NAV));
  const loading = $('.story img').map((_, picture) => picture.attribs.loading ?? 'at once');
  expect(loading.get()).toEqual(['at once', 'lazy', 'lazy', 'lazy', 'lazy', 'lazy']);
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

test('a lead that stands before a newer story has a date without a time', () => {
  const [older, newer] = [sampleEntries(4)[3], sampleEntries(4)[0]];
  const times = (lead: Entry | undefined) =>
    readPage(frontPage({ of: ALL, entries: sampleEntries(3), lead }, SITE, NAV))('.lead time').text();
  expect(times(older)).not.toMatch(/:/);
  expect(times(newer)).toMatch(/:/);
});

test('the first feed that a page offers is its own, because some readers take no other', () => {
  const offered = (of: EditionOf) =>
    page(of)('link[rel=alternate]')
      .map((_, { attribs }) => attribs.href)
      .get();
  const main = 'https://proof.example/feed.xml';
  expect(offered(ALL)[0]).toBe(main);
  const own = [
    [{ kind: 'section', name: 'City' }, 'https://proof.example/city/feed.xml'],
    [{ kind: 'tag', name: 'Bridges' }, 'https://proof.example/tags/bridges/feed.xml'],
    [{ kind: 'author', name: 'Ada Marsh' }, 'https://proof.example/authors/ada-marsh/feed.xml'],
  ] as const;
  for (const [of, address] of own) {
    expect(offered(of)[0]).toBe(address);
    expect(offered(of)).toContain(main);
  }
});

test('each page links its own feeds', () => {
  const feeds = (of: EditionOf) => {
    const $ = page(of);
    return $('.subscribe li a')
      .map((_, link) => $(link).attr('href'))
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
  expect($('.subscribe li')).toHaveLength(3);
  const emptied = page({ kind: 'section', name: 'city' }, []);
  expect(emptied('.nothing a').attr('href')).toBe('../');
});

test('search engines keep pages with stories and the front page, not those that were emptied', () => {
  const robots = (of: EditionOf, entries?: Entry[]) =>
    page(of, entries)('meta[name=robots]').attr('content') ?? 'index';
  const named: EditionOf[] = [
    { kind: 'section', name: 'city' },
    { kind: 'tag', name: 'bridges' },
    { kind: 'author', name: 'Ada Marsh' },
  ];
  for (const of of named) expect([robots(of), robots(of, [])]).toEqual(['index', 'noindex']);
  expect([robots(ALL), robots(ALL, [])]).toEqual(['index', 'index']);
  expect(page({ kind: 'tag', name: 'bridges' }, [])('link[rel=canonical]')).toHaveLength(0);
});

test('what holds the texts of a story keeps the direction of the page, so that columns stay in line', () => {
  const rtl = Array.from({ length: 30 }, (_, index) =>
    sampleEntry({ id: `r${index}`, permalink: `articles/r${index}.html`, language: 'he', direction: 'rtl' }),
  );
  const $ = page(ALL, rtl);
  expect($('.story, .story-text, .headlines, .headlines li').filter('[dir]')).toHaveLength(0);
  expect($('.headlines a[dir=rtl][lang=he]').length).toBeGreaterThan(0);
  const within = readPage(frontPage({ of: ALL, entries: rtl }, { ...SITE, language: 'he' }, NAV));
  expect(within('.headlines [dir], h2[dir]')).toHaveLength(0);
});

test('below the stories the rest is listed by section, in the order of the navigation, and the archive follows', () => {
  const sections = ['sport', 'city', 'arts'];
  const entries = sampleEntries(60).map((entry, index) => ({
    ...entry,
    section: index % 2 === 0 ? 'City' : 'sport',
  }));
  const $ = readPage(frontPage({ of: ALL, entries }, { ...SITE, feedEntries: 60 }, { sections }));
  expect($('.story')).toHaveLength(10);
  const desks = $('.desks section').map((_, desk) => [
    [$(desk).find('h2').text(), $(desk).find('h2 a').attr('href'), $(desk).find('li').length],
  ]);
  expect(desks.get()).toEqual([
    ['city', 'city/', 5],
    ['sport', 'sport/', 5],
  ]);
  const links = $('.story h2 a, .desks li a').map((_, link) => $(link).attr('href'));
  expect(new Set(links.get()).size).toBe(links.length);
  expect($('.desks time').first().text()).toMatch(/^[A-Z][a-z]{2} \d{1,2}, \d{4}$/);
  expect($('.older a').attr('href')).toBe('archive/');
});

test('a page stays as long as it is, however many stories an edition holds', () => {
  const many = (of: EditionOf, count: number) => {
    const entries = sampleEntries(count).map((entry, index) => ({ ...entry, section: `s${index % 40}` }));
    const $ = readPage(frontPage({ of, entries }, { ...SITE, feedEntries: 200 }, NAV));
    return $('.story, .headlines li').length;
  };
  expect([many(ALL, 13), many(ALL, 14), many(ALL, 200)]).toEqual([13, 14, 70]);
  const tag: EditionOf = { kind: 'tag', name: 'bridges' };
  expect([many(tag, 17), many(tag, 40), many(tag, 200)]).toEqual([17, 40, 53]);
});

test('an article in another language says so', () => {
  const $ = page(ALL, [sampleEntry({ language: 'ar', direction: 'rtl' })]);
  expect($('html').attr()).toMatchObject({ lang: 'en', dir: 'ltr' });
  expect($('.story').attr('lang')).toBe('ar');
  expect($('.story time').text()).toBe('2 نوفمبر 2026، 09:30');
  for (const part of ['h2', '.summary', '.meta', 'time'])
    expect([part, $(`.story ${part}`).attr('dir')]).toEqual([part, 'rtl']);
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
  expect($('.subscribe h2').text()).toBe('Підписатися · Ada Marsh');
  expect($('.skip, .kicker, .nothing, .subscribe p, .site-footer a').text()).not.toMatch(/[a-z]{4}/);
  expect(readPage(withdrawnPage('articles/a.html', site, NAV))('h1').text()).toBe(
    'Матеріал знято з публікації',
  );
  expect(readPage(notFoundPage(site, NAV))('h1').text()).toBe('Сторінку не знайдено');
});

test('a withdrawn page tells when and why, and its headline only if an editor asks for it', () => {
  const article = {
    publishedAt: '2026-11-01T09:00:00.000Z',
    goneAt: '2026-11-03T10:00:00.000Z',
    headline: 'The <mayor> resigns',
  };
  const facts = (more: object) => {
    const $ = readPage(withdrawnPage('articles/a.html', SITE, NAV, { ...article, ...more }));
    return $('.notice-facts li')
      .map((_, fact) => $(fact).text())
      .get();
  };
  const dates = ['Published: Nov 1, 2026', 'Withdrawn: Nov 3, 2026'];
  expect(facts({})).toEqual(dates);
  expect(facts({ notice: { reason: 'It was <wrong>.' } })).toEqual([...dates, 'Reason: It was <wrong>.']);
  expect(facts({ notice: { headline: true } })).toEqual(['The <mayor> resigns', ...dates]);
  expect(facts({ withdrawnBy: 'expiry' })).toEqual([...dates, 'Reason: The time of publication has ended.']);
  expect(facts({ goneAt: undefined })).toEqual([]);
});

test('a page of a list names its stories, its number and its neighbours', () => {
  const of = { kind: 'section', name: 'World' } as const;
  const rows = [
    {
      id: 'a',
      headline: 'A <story>',
      permalink: 'articles/a.html',
      publishedAt: '2026-11-01T09:00:00.000Z',
      language: 'en',
      direction: 'ltr' as const,
    },
  ];
  const page = (number: number, pages: number) => readPage(listPage({ of, page: number, pages, rows }, SITE));
  const $ = page(1, 3);
  expect($('title').text()).toContain('Page 2');
  expect($('link[rel=canonical]').attr('href')).toMatch(/\/world\/2\.html$/);
  expect($('.headlines a').text()).toBe('A <story>');
  expect($('.pager [rel=prev]').attr('href')).toBe('../world/3.html');
  expect($('.pager [rel=next]').attr('href')).toBe('../world/1.html');
  // After the newest page comes the page of the section, and before the oldest comes none.
  expect(page(2, 3)('.pager [rel=prev]').attr('href')).toBe('../world/');
  expect(page(0, 3)('.pager [rel=next]')).toHaveLength(0);
});

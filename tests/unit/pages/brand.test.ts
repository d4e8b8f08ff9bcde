import { transformSync } from 'esbuild';
import { brandCss } from '../../../functions/publish/assets/brand-css.ts';
import { SITE_CSS } from '../../../functions/publish/assets/site-css.ts';
import type { Site } from '../../../functions/publish/model/site.ts';
import { articlePage } from '../../../functions/publish/pages/article-page.tsx';
import { frontPage } from '../../../functions/publish/pages/front-page.tsx';
import { readSettings } from '../../../shared/settings/settings.ts';
import { SITE, sampleEntries, sampleEntry } from '../feeds/sample.ts';
import { readPage, sampleArticle } from './sample-article.ts';

const NAV = { sections: ['City', 'Sport', 'World'] };
const site = (face: object): Site => ({ ...SITE, ...readSettings({ site: face }).site, title: SITE.title });
const front = (face: object, entries = sampleEntries(40)) =>
  readPage(frontPage({ of: { kind: 'all' }, entries }, site(face), NAV));
const article = (face: object, nav = NAV) => readPage(articlePage(sampleArticle(), site(face), nav));

test('the navigation has the sections of the settings in their order, then the others, and no hidden one', () => {
  const sections = [
    { name: 'world', title: 'Abroad' },
    { name: 'sport', hidden: true },
  ];
  const $ = front({ sections });
  expect(
    $('.masthead nav a')
      .map((_, link) => [[$(link).text(), $(link).attr('href')]])
      .get(),
  ).toEqual([
    ['Abroad', 'world/'],
    ['City', 'city/'],
    ['Sections', 'sections/'],
    ['Authors', 'authors/'],
    ['Search', 'search/'],
  ]);
  // A name that no story has makes no link.
  expect(front({ sections: [{ name: 'Obituaries' }] })('.masthead nav a').length).toBe(6);
});

test('readers see the title of a section wherever they see the section', () => {
  const sections = [{ name: 'City', title: 'Around town' }];
  const $ = front({ sections }, sampleEntries(40, { section: 'city' }));
  expect($('.kicker').first().text()).toBe('Around town');
  expect($('.desks h2').text()).toBe('Around town');
  const page = readPage(
    frontPage({ of: { kind: 'section', name: 'city' }, entries: [] }, site({ sections }), NAV),
  );
  expect([page('h1').text(), page('title').text()]).toEqual(['Around town', `Around town | ${SITE.title}`]);
  const links = page('link[rel="alternate"]')
    .map((_, link) => page(link).attr('title'))
    .get();
  expect(links[0]).toBe(`${SITE.title}: Around town`);
});

test('the front page shows what the settings want', () => {
  const entries = [
    ...sampleEntries(20, { section: 'City' }),
    ...sampleEntries(20, { section: 'Sport' }).map(entry => ({ ...entry, id: `b${entry.id}` })),
  ];
  expect(front({}, entries)('.desks section').length).toBe(2);
  const $ = front(
    { front: { topStories: 2, subscribe: false }, sections: [{ name: 'city', front: false }] },
    entries,
  );
  expect($('.top-stories .story').length).toBe(2);
  expect($('.subscribe').length).toBe(0);
  expect($('.desks h2').text()).toBe('Sport');
  expect(front({ front: { sections: false } }, entries)('.desks').length).toBe(0);
});

test('links of the foot are relative on the own site, and those to accounts say so', () => {
  const footer = [
    { title: 'Imprint', url: '/imprint/' },
    { title: 'Terms', url: '/docs/terms.pdf?v=2' },
    { title: 'Shop', url: 'https://shop.example/' },
    { title: 'Write to us', url: 'mailto:desk@proof.example' },
  ];
  const social = [{ title: 'Mastodon', url: 'https://social.example/@proof' }];
  const $ = article({ footer, social });
  const links = $('.site-footer li a').map((_, link) => [
    [$(link).text(), $(link).attr('href'), $(link).attr('rel')],
  ]);
  expect(links.get().slice(0, 5)).toEqual([
    ['Imprint', '../imprint/', undefined],
    ['Terms', '../docs/terms.pdf?v=2', undefined],
    ['Shop', 'https://shop.example/', undefined],
    ['Write to us', 'mailto:desk@proof.example', undefined],
    ['Mastodon', 'https://social.example/@proof', 'me'],
  ]);
  const data = JSON.parse($('script[type="application/ld+json"]').first().text());
  expect(data.publisher.sameAs).toEqual([social[0]?.url]);
});

test.each(['javascript:alert(1)', '//other.example/', 'about/', 'data:text/html,x', 'https://', '/a b/'])(
  'a link to %s is refused',
  url => {
    expect(() => readSettings({ site: { footer: [{ title: 'x', url }] } })).toThrow('site.footer.0.url');
  },
);

test('the logo stands for the name, and has it as its text', () => {
  const logo = { light: 'theme/logo.svg', dark: 'theme/logo-dark.svg' };
  for (const [$, root] of [
    [front({ logo }), ''],
    [article({ logo }), '../'],
  ] as const) {
    expect($('.site-title img').attr()).toMatchObject({
      src: `${root}assets/theme/logo.svg`,
      alt: SITE.title,
    });
    expect($('.site-title source').attr('srcset')).toBe(`${root}assets/theme/logo-dark.svg`);
  }
});

test('a font of the paper is loaded early from the site, and replaces fonts of the system without a wait', () => {
  const font = { family: 'Harbour Text', files: [{ file: 'theme/text.woff2', weight: '200 900' }] };
  expect(article({ font })('link[rel="preload"]').attr()).toEqual({
    rel: 'preload',
    href: '../assets/theme/text.woff2',
    as: 'font',
    type: 'font/woff2',
    crossorigin: 'anonymous',
  });
  const css = brandCss(
    site({ font, accent: { light: '#0b5394' }, logo: { light: 'theme/a.svg' }, tagline: 'x' }),
  );
  expect(transformSync(SITE_CSS + css, { loader: 'css' }).warnings).toEqual([]);
  expect(css).toContain("src:url('theme/text.woff2') format('woff2')");
  expect(css).toContain('font-display:swap');
  // The family stands before the fonts of the system.
  expect(SITE_CSS).toContain("--serif:var(--own) '");
  expect(css).toContain("--own:'Harbour Text',");
  expect(css).not.toContain('--own-small');
  expect(brandCss(site({ font: { ...font, for: 'all' } }))).toContain("--own-small:'Harbour Text',");
});

test('a site without settings of its own has no styles and no links more than before', () => {
  expect(brandCss(site({}))).toBe('');
  const $ = article({});
  expect($('link[rel="preload"], .logo, .tagline, [rel="me"]').length).toBe(0);
});

test('the line below the name stands at the head of lists, not above stories', () => {
  expect(front({ tagline: 'What the tide brought' }, [sampleEntry()])('.tagline').text()).toBe(
    'What the tide brought',
  );
  expect(article({ tagline: 'What the tide brought' })('.tagline').length).toBe(0);
});

test.each([
  ['logo', { light: '../secret.svg' }],
  ['logo', { light: 'theme/a b.svg' }],
  ['logo', { light: 'theme/deep/logo.svg' }],
  ['icon', 'theme/icon.ico'],
  ['font', { family: "x'; }", files: [{ file: 'theme/a.woff2' }] }],
  ['font', { family: 'x', files: [{ file: 'theme/a.woff' }] }],
  ['font', { family: 'x', files: [] }],
  ['sections', [{ name: 'World' }, { name: 'world' }]],
])('a bad %s is refused by name', (field, value) => {
  expect(() => readSettings({ site: { [field]: value } })).toThrow(`"site.${field}`);
});

import type { EditionOf } from '../../../functions/publish/model/edition-of.ts';
import { feedPage } from '../../../functions/publish/pages/feed-page.tsx';
import { feedLabels } from '../../../functions/publish/words/feed-labels.ts';
import { FEED_LABELS } from '../../../functions/publish/words/feed-labels-table.ts';
import { LABELS } from '../../../functions/publish/words/labels-table.ts';
import { SITE } from '../feeds/sample.ts';
import { readPage } from './sample-article.ts';

const NAV = { sections: ['city'] };
const CITY: EditionOf = { kind: 'section', name: 'city' };
const page = (of: EditionOf, site = SITE) => readPage(feedPage(of, site, NAV));

test('the page of a feed has each address whole, to be copied, and a link that says what it opens', () => {
  const $ = page(CITY);
  const addresses = $('.feed-addresses code').map((_, code) => $(code).text());
  expect(addresses.get()).toEqual([
    'https://proof.example/city/feed.xml',
    'https://proof.example/city/atom.xml',
    'https://proof.example/city/feed.json',
  ]);
  const links = $('dd a').toArray();
  expect(links.map(({ attribs }) => attribs.href)).toEqual(addresses.get());
  expect(links.map(link => $(link).text())).toEqual(['Open', 'Open', 'Open']);
  expect(links.map(({ attribs }) => attribs['aria-label'])).toEqual([
    'Open: RSS',
    'Open: Atom',
    'Open: JSON Feed',
  ]);
});

test('it says how to subscribe and leads back to the edition', () => {
  const $ = page(CITY);
  expect($('h1').text()).toBe('Subscribe');
  expect($('.kicker').text()).toBe('The Daily Proof: city');
  expect($('ol li')).toHaveLength(3);
  expect($('.feed-page-links a').first().attr('href')).toBe('../city/');
  expect(
    $('link[rel=alternate]')
      .map((_, link) => $(link).attr('href'))
      .get(),
  ).toContain('https://proof.example/city/feed.xml');
});

test('it has no script, and search engines need not keep it', () => {
  const $ = page({ kind: 'tag', name: 'R&D' });
  expect($('script, [onclick], [style], style')).toHaveLength(0);
  expect($('meta[name=robots]').attr('content')).toBe('noindex');
});

test('no text becomes markup', () => {
  expect(page({ kind: 'section', name: '<b>&amp;' })('.kicker').text()).toBe('The Daily Proof: <b>&amp;');
});

test('it speaks the language of the site, from right to left where that does', () => {
  const $ = page(CITY, { ...SITE, language: 'he-IL' });
  expect($('html').attr()).toMatchObject({ lang: 'he-IL', dir: 'rtl' });
  expect($('#how').text()).toBe('איך נרשמים');
  const unknown = page(CITY, { ...SITE, language: 'ka' });
  expect(unknown('html').attr('lang')).toBe('en');
  expect(unknown('#how').text()).toBe('How to subscribe');
});

test('feeds have words in every language that the site has', () => {
  expect([...FEED_LABELS.keys()].sort()).toEqual(Object.keys(LABELS).sort());
  for (const words of FEED_LABELS.values()) {
    expect(words.steps).toHaveLength(3);
    for (const text of [...Object.values(words), ...words.steps].flat())
      expect(String(text)).toMatch(/^\S(?:.*\S)?$/u);
  }
  expect(feedLabels('nn-NO')).toBe(feedLabels('no'));
  expect(feedLabels('ka')).toBe(feedLabels('en'));
});

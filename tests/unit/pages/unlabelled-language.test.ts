import { articlePage } from '../../../functions/publish/pages/article-page.tsx';
import { feedPage } from '../../../functions/publish/pages/feed-page.tsx';
import { frontPage } from '../../../functions/publish/pages/front-page.tsx';
import { dayPage } from '../../../functions/publish/pages/history-page.tsx';
import { listPage } from '../../../functions/publish/pages/list-page.tsx';
import { namesPage } from '../../../functions/publish/pages/name-pages.tsx';
import { notFoundPage } from '../../../functions/publish/pages/notice-page.tsx';
import { LABELS } from '../../../functions/publish/words/labels-table.ts';
import { directionOf } from '../../../shared/text/language-tag.ts';
import { SITE, sampleEntries } from '../feeds/sample.ts';
import { readPage, sampleArticle } from './sample-article.ts';

/** Sites in languages without labels have English labels, and everything else in their own language. */

const NAV = { sections: ['city'] };
const DAY = '2026-11-23';

const pagesIn = (language: string) => {
  const site = { ...SITE, language };
  const entries = sampleEntries(30, { language });
  const section = { kind: 'section', name: 'city' } as const;
  const rows = entries.map(entry => ({ ...entry, version: 1 }));
  return {
    front: frontPage({ of: { kind: 'all' }, entries }, site, NAV),
    section: frontPage({ of: section, entries, list: { pages: 2, open: [] } }, site, NAV),
    list: listPage({ of: section, page: 0, pages: 1, rows }, site),
    names: namesPage('tag', ['b', 'a'], site),
    day: dayPage({ day: DAY, page: 0, rows }, site),
    article: articlePage(sampleArticle({ language, direction: directionOf(language) }), site, NAV),
  };
};

/** The language of an element: its own, or that of the nearest element around it. */
const languageOf = ($: ReturnType<typeof readPage>, selector: string) =>
  $(selector).first().closest('[lang]').attr('lang');

describe.each([
  ['th', 'ltr'],
  ['ur-PK', 'rtl'],
  ['eu', 'ltr'],
])('a site in %s', (language, direction) => {
  const pages = Object.entries(pagesIn(language));

  test.each(pages)('has its language and its direction: %s', (_, html) => {
    const $ = readPage(html);
    expect($('html').attr('lang')).toBe(language);
    expect($('html').attr('dir')).toBe(direction);
    expect(languageOf($, '.site-title')).toBe(language);
  });

  test.each(pages)('marks its English labels: %s', (_, html) => {
    const $ = readPage(html);
    const english = new Set<string>(Object.values(LABELS.en));
    const labels = $('body *').filter((_, element) => {
      const text = $(element).text().trim();
      return $(element).children().length === 0 && english.has(text);
    });
    expect(labels.length).toBeGreaterThan(3);
    for (const element of labels.get())
      expect([$(element).text(), $(element).closest('[lang]').attr('lang')]).toEqual([
        $(element).text(),
        'en',
      ]);
  });
});

test('dates are in the language of the site', () => {
  const $ = readPage(pagesIn('th').day);
  expect($('h1').text()).toContain('พฤศจิกายน');
  expect(languageOf($, 'h1')).toBe('th');
});

test('a page that has only labels is in their language', () => {
  const site = { ...SITE, language: 'ur' };
  for (const html of [notFoundPage(site, NAV), feedPage({ kind: 'all' }, site, NAV)]) {
    const $ = readPage(html);
    expect($('html').attr()).toMatchObject({ lang: 'en', dir: 'ltr' });
    expect($('.masthead').attr()).toMatchObject({ lang: 'ur', dir: 'rtl' });
  }
});

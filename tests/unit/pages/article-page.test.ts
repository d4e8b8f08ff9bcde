import { load } from 'cheerio';
import fc from 'fast-check';
import { prepareFeed } from '../../../functions/publish/feeds/prepare.ts';
import { articlePage } from '../../../functions/publish/pages/article-page.tsx';
import type { MediaUse } from '../../../shared/model/article.ts';
import { mediaAddress } from '../../../shared/model/media-address.ts';
import { anyEntry } from '../feeds/any-entry.ts';
import { anyText, publishable, publishableLine } from '../feeds/poison.ts';
import { SITE, sampleEntry } from '../feeds/sample.ts';
import { readPage, sampleArticle } from './sample-article.ts';

const NAV = { sections: ['city', 'sport'] };
const page = (changes: Parameters<typeof sampleArticle>[0] = {}, site = SITE) =>
  readPage(articlePage(sampleArticle(changes), site, NAV));

test('the page shows the article', () => {
  const $ = page();
  expect($('h1').text()).toBe('Bridge opens after nine years');
  expect($('.dek').text()).toBe('Trams will follow in spring');
  expect($('.byline').text()).toBe('By Ada Marsh and Ben Ortiz');
  expect($('.byline a').first().attr('href')).toBe('../authors/ada-marsh/');
  expect($('.place').text()).toBe('Northport');
  expect($('.meta time').attr('datetime')).toBe('2026-11-02T09:30:00.250Z');
  expect($('.meta time').first().text()).toBe('November 2, 2026, 09:30');
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
});

test('its links lead to the site from wherever it lies', () => {
  const $ = page();
  expect($('a.kicker').attr('href')).toBe('../city/');
  expect($('.site-title a').attr('href')).toBe('../');
  expect(
    $('.tags a')
      .map((_, link) => $(link).attr('href'))
      .get(),
  ).toEqual(['../tags/bridges/', '../tags/transport/']);
  expect($('link[rel=stylesheet]').attr('href')).toBe('../assets/site.css');
  expect(page({}, { ...SITE, tags: false })('.tags a')).toHaveLength(0);
  expect(page({}, { ...SITE, authors: false })('.byline a').attr('href')).toBe('https://people.example/ada');
});

test('every page leads to all sections, all authors and the search, if the site has them', () => {
  const led = (site: typeof SITE) =>
    page(
      {},
      site,
    )('.masthead .list-link a')
      .map((_, link) => link.attribs.href)
      .get();
  expect(led({ ...SITE, search: true })).toEqual(['../sections/', '../authors/', '../search/']);
  expect(led({ ...SITE, search: false, authors: false })).toEqual(['../sections/']);
});

test('no line of French begins with a sign that ends a quotation', () => {
  const french = {
    language: 'fr-CA',
    headline: 'Le « zéro net », et après',
    dek: 'Ils disent « non » !',
    bodyHtml: '<p title="« a »">« Non », dit-il : «\u202fjamais ».</p>',
  };
  const $ = page(french);
  expect($('h1').text()).toBe('Le «\u00a0zéro net\u00a0», et après');
  expect($('.dek').text()).toBe('Ils disent «\u00a0non\u00a0» !');
  expect($('.body p').text()).toBe('«\u00a0Non\u00a0», dit-il : «\u202fjamais\u00a0».');
  // German has these signs the other way round.
  const headline = 'Die »Null« und »was« danach';
  expect(page({ headline, language: 'de' })('h1').text()).toBe(headline);
});

test('opened from a disk, its links name the index of each folder', () => {
  const $ = page({}, { ...SITE, namesIndexPages: true });
  expect($('.site-title a').attr('href')).toBe('../index.html');
  expect($('a.kicker').attr('href')).toBe('../city/index.html');
  expect($('.breadcrumb a').first().attr('href')).toBe('../index.html');
  expect($('.masthead .list-link a').first().attr('href')).toBe('../sections/index.html');
  // Where it is published, it still is the folder.
  expect($('link[rel=canonical]').attr('href')).not.toContain('index.html');
});

test('readers find the feed of everything first, then those of its section and its authors', () => {
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
    'https://proof.example/authors/ada-marsh/feed.xml',
    'https://proof.example/authors/ada-marsh/atom.xml',
    'https://proof.example/authors/ada-marsh/feed.json',
    'https://proof.example/authors/ben-ortiz/feed.xml',
    'https://proof.example/authors/ben-ortiz/atom.xml',
    'https://proof.example/authors/ben-ortiz/feed.json',
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
    image: { url: 'https://images.example/bridge.jpg', width: 1200, height: 800, creditText: 'Desk archive' },
    inLanguage: 'en',
    alternativeHeadline: 'Trams will follow in spring',
    dateline: 'Northport',
    timeRequired: 'PT1M',
    keywords: ['bridges', 'transport'],
    publisher: { name: 'The Daily Proof', logo: { url: 'https://proof.example/assets/icon-512.png' } },
    associatedMedia: [{ '@type': 'AudioObject', contentSize: '1234' }, { '@type': 'MediaObject' }],
  });
  expect(meta('og:locale')).toBe('en_US');
});

test('an article that was published elsewhere before says where, if that is on the web', () => {
  const canonical = (canonicalUrl: string) => page({ canonicalUrl })('link[rel=canonical]').attr('href');
  expect(canonical('https://first.example/story')).toBe('https://first.example/story');
  expect(canonical('javascript:alert(1)')).toMatch(/^https:\/\/proof\.example\/articles\//);
});

test('a change is owned up to, with both dates', () => {
  const { publishedAt } = sampleArticle();
  expect(page({ updatedAt: publishedAt })('.revised')).toHaveLength(0);
  const $ = page();
  expect($('.revised').text()).toBe('Updated November 3, 2026, 10:00');
  expect($('.meta').text()).toContain('November 2, 2026, 09:30');
});

test('a correction stands before the story, and programs are told', () => {
  expect(page()('.correction')).toHaveLength(0);
  const $ = page({ correction: 'The bridge has <nine> arches.', revision: 2 });
  expect($('.revised').text()).toBe('Corrected November 3, 2026, 10:00');
  expect($('.article > header .correction').text()).toBe('Correction The bridge has <nine> arches.');
  expect(JSON.parse($('script').text()).correction).toBe('The bridge has <nine> arches.');
});

test('what the source listed as related is linked where it has an address, ours from here', () => {
  const related = [
    { title: 'Ours', url: 'https://proof.example/articles/a.html' },
    { title: 'Theirs', url: 'https://other.example/x' },
    { title: 'Nowhere' },
    { title: 'Bad', url: 'javascript:alert(1)' },
  ];
  const links = page({ related })('.related a');
  expect(links.map((_, link) => link.attribs.href).get()).toEqual([
    '../articles/a.html',
    'https://other.example/x',
  ]);
});

test('the body’s pictures wait until they are seen, wide parts scroll by the keyboard, headings skip no level', () => {
  const bodyHtml =
    '<h4>a</h4><figure><img src="https://i.example/a.jpg" alt="&lt;img src=x&gt;" width="3" height="2"></figure>' +
    '<h2>b</h2><table><tbody><tr><td>1</td></tr></tbody></table><h5>c</h5><pre>&lt;img x</pre>';
  const $ = page({ bodyHtml, image: undefined });
  expect($('.body img').attr()).toEqual({
    loading: 'lazy',
    decoding: 'async',
    referrerpolicy: 'no-referrer',
    src: 'https://i.example/a.jpg',
    alt: '<img src=x>',
    width: '3',
    height: '2',
  });
  const headings = $('.body').find('h2, h3, h4, h5');
  expect(headings.map((_, heading) => heading.tagName).get()).toEqual(['h2', 'h2', 'h3']);
  expect($('.body > .scroll[tabindex=0] > table td').text()).toBe('1');
  expect($('.body > pre[tabindex=0]').text()).toBe('<img x');
});

const RENDERED = { type: 'image/jpeg', widths: [400, 800, 1_200], colour: '#112233' };

test('renditions stand in a source with their type, because old browsers take the picture itself', () => {
  const file = { ...RENDERED, width: 1_200, height: 600 } as NonNullable<MediaUse['file']>;
  const key = 'city/ferry.jpg';
  const url = mediaAddress(key);
  const article = sampleArticle({
    image: { url, width: 1_200, height: 600 },
    media: [{ key, as: 'image', file }],
    bodyHtml: `<p>At sea.</p><figure><img src="${mediaAddress('b.jpg')}" alt=""></figure>`,
  });
  const $ = page(article);
  const lead = $('.lead-image');
  expect(lead.attr('class')).toBe('lead-image wide');
  expect(lead.find('picture > source').attr()).toMatchObject({
    type: 'image/webp',
    sizes: '(max-width: 932px) calc(100vw - 36px), 896px',
  });
  expect(lead.find('picture > img').attr('src')).toBe(url);
  expect($('img[srcset]')).toHaveLength(0);
  // A picture without renditions has no source.
  expect($('.body picture')).toHaveLength(0);
  const inBody = page({ ...article, image: undefined, bodyHtml: `<p>At sea.</p><img src="${url}" alt="x">` });
  expect(inBody('.body picture > source').attr('type')).toBe('image/webp');
  expect(inBody('.body picture > img').attr()).toMatchObject({
    src: url,
    alt: 'x',
    'data-colour': '#112233',
  });
});

test.each([
  ['a landscape', 1_200, 800, 'lead-image wide'],
  ['a portrait', 800, 1_200, 'lead-image'],
  ['a small picture', 640, 400, 'lead-image'],
])('%s is as wide as fits it', (_, width, height, expected) => {
  const image = { url: 'https://images.example/a.jpg', width, height };
  expect(page(sampleArticle({ image }))('.lead-image').attr('class')).toBe(expected);
});

test('a dot divides a caption from its credit, and stands before no credit alone', () => {
  const image = { url: 'https://images.example/a.jpg', credit: 'A desk' };
  const credit = (caption?: string) =>
    page(sampleArticle({ image: { ...image, caption } }))('figcaption .credit').attr('class');
  expect(credit('At dawn')).toBe('credit after-caption');
  expect(credit()).toBe('credit');
});

test.each([
  ['<p>We left.</p><p>— Ada Marsh, harbour master</p>', 'names the speaker'],
  ['<p>We left.</p><p>– <strong>Ada</strong> Marsh</p>', 'names the speaker'],
  ['<p>— Did you leave?</p><p>— We left.</p>', 'is a dialogue'],
  ['<p>— Ada Marsh</p>', 'is alone'],
  [`<p>We left.</p><p>— ${'word '.repeat(60)}</p>`, 'is long'],
])('the last line of the quotation %s %s', (quotation, kind) => {
  const $ = page(sampleArticle({ bodyHtml: `<blockquote>${quotation}</blockquote><p>— Nobody</p>` }));
  expect($('.attribution')).toHaveLength(kind === 'names the speaker' ? 1 : 0);
  expect($('.body').text()).toBe(load(`${quotation}<p>— Nobody</p>`)('body').text());
});

test('sound and film play where they stand, once somebody asks for them', () => {
  const url = 'https://proof.example/media/a/speech.mp3';
  const $ = page({ attachments: [{ url, type: 'audio/mpeg', length: 5 }] });
  expect($('.attachments audio').attr()).toMatchObject({ preload: 'none', src: '../media/a/speech.mp3' });
});

test.each([
  ['audio/mpeg', 245, '4:05, audio/mpeg, 1.2 MB'],
  ['video/mp4', 3_723, '1:02:03, video/mp4, 1.2 MB'],
  ['audio/ogg', undefined, 'audio/ogg, 1.2 MB'],
])('a player of %s has its name, its length and a link to the file', (type, duration, facts) => {
  const file = {
    url: 'https://proof.example/media/a/speech.mp3',
    type,
    length: 1_200_000,
    title: 'The speech',
  };
  const $ = page({ attachments: [{ ...file, ...(duration && { duration }) }] });
  expect($('.attachments a').attr('href')).toBe('../media/a/speech.mp3');
  expect($('.attachments :is(audio, video)').attr()).toMatchObject({
    controls: '',
    'aria-label': 'The speech',
  });
  expect($('.file-facts').text()).toBe(facts);
  const [media] = JSON.parse($('script[type="application/ld+json"]').text()).associatedMedia;
  expect(media.duration).toBe(duration && `PT${duration}S`);
});

test('times are in the site’s zone, and a date without a time has none', () => {
  const site = { ...SITE, timeZone: 'Europe/Kyiv' };
  const time = (publishedAt: string) => page({ publishedAt }, site)('.meta time').first().text();
  expect(time('2026-10-01T22:30:00.000Z')).toBe('October 2, 2026, 01:30');
  expect(time('2026-09-30T21:00:00.000Z')).toBe('October 1, 2026');
});

test('the page is in the article’s language with the words around it, the site’s own parts in the site’s', () => {
  const $ = page({ language: 'ar', direction: 'rtl', headline: 'افتتاح الجسر', correction: 'x' });
  expect($('html').attr()).toMatchObject({ lang: 'ar', dir: 'rtl' });
  for (const part of ['.masthead', '.site-footer', '.skip'])
    expect($(part).attr()).toMatchObject({ lang: 'en', dir: 'ltr' });
  expect($('.byline').text()).toBe('بقلم Ada Marsh و Ben Ortiz');
  expect($('.correction strong').text()).toBe('تصحيح');
  for (const part of ['h1', '.byline > span', '.meta time']) expect($(part).attr('dir')).toBeUndefined();
});

test('around an article in a language without words of ours stand the site’s, and say so', () => {
  const $ = page({ language: 'dv', direction: 'rtl' }, { ...SITE, language: 'de-AT' });
  for (const part of ['.masthead', '.byline > span', '.meta time'])
    expect($(part).attr()).toMatchObject({ lang: 'de-AT', dir: 'ltr' });
  expect($('.byline').text()).toBe('Von Ada Marsh und Ben Ortiz');
  expect($('.meta time').first().text()).toBe('2. November 2026, 09:30');
});

test('an image that the body shows is not shown twice', () => {
  const bodyHtml = '<p>x</p><img src="https://images.example/bridge.jpg?a=1&amp;b=2" alt="">';
  const image = { url: 'https://images.example/bridge.jpg?a=1&b=2' };
  expect(page({ bodyHtml, image })('img')).toHaveLength(1);
  expect(page({ image })('.lead-image img')).toHaveLength(1);
  const ours = { url: '../media/abc/ferry.jpg', width: 4, height: 3 };
  const body = '<figure><img src="../media/abc/ferry.jpg" alt=""></figure>';
  expect(page({ bodyHtml: body, image: ours })('img')).toHaveLength(1);
  expect(page({ image: ours })('.lead-image img').attr()).toMatchObject({
    src: ours.url,
    width: '4',
    height: '3',
  });
  expect(page({ image: ours })('meta[property="og:image"]').attr('content')).toBe(
    'https://proof.example/media/abc/ferry.jpg',
  );
});

test('the page and every feed show a picture once, with the same words in the same place', () => {
  const image = { url: '../media/abc/ferry.jpg', caption: 'At dawn', credit: 'A desk' };
  const figure = '<figure><img src="../media/abc/ferry.jpg" alt="The ferry"></figure>';
  for (const bodyHtml of [
    `<p>x</p>${figure}`,
    '<p>x</p>',
    `<p>x</p>${figure.replace('</', '<figcaption>A</figcaption></')}`,
  ]) {
    const shown = page({ bodyHtml, image })('article');
    const feed = prepareFeed({ of: { kind: 'all' }, entries: [sampleEntry({ bodyHtml, image })] }, SITE);
    const content = load(feed.entries[0]?.contentHtml ?? '');
    expect(shown.find('img')).toHaveLength(1);
    expect(content('img')).toHaveLength(1);
    expect(shown.find('figcaption').text()).toMatch(/^(?:At dawn|A) A desk$/);
    expect(content('figcaption').text()).toBe(shown.find('figcaption').text());
  }
});

test('what is said of an article to programs is its dek, where no summary was written', () => {
  const said = (changes: object) => page(changes)('meta[name=description]').attr('content');
  expect(said({})).toBe('Trams will follow in spring');
  expect(said({ summaryStated: true })).toBe(sampleArticle().summary);
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
    updatedAt: sampleArticle().publishedAt,
  });
  expect($('.byline, .place, .dek, figure, .after section:not(.more), .more ul, .tags')).toHaveLength(0);
  expect($('.meta').text().trim()).toBe('November 2, 2026, 09:30');
});

test('no text becomes an element, an attribute or a script', () => {
  const tags = (html: string) => [...html.matchAll(/<\/?[a-z][^\s>]*/g)].map(([tag]) => tag);
  const texts = fc.record({ dek: anyText(), place: anyText(), related: anyText() });
  fc.assert(
    fc.property(anyEntry(), texts, (entry, { dek, place, related }) => {
      const bodyHtml = '<p>body</p>';
      const article = sampleArticle({
        ...entry,
        // Made of the key and the headline, in ASCII: nobody's text.
        permalink: sampleArticle().permalink,
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

test('the page leads from the front page over its section, and ends with further stories', () => {
  const article = sampleArticle({});
  const story = (id: string, headline: string) => ({
    id,
    headline,
    permalink: `articles/${id}.html`,
    publishedAt: '2026-11-01T09:00:00.000Z',
    language: 'en',
    direction: 'ltr' as const,
  });
  const more = {
    inSection: [story('a', 'Tram <seven>')],
    byAuthors: [{ name: 'Ann Lee', stories: [story('b', 'The old bridge')] }],
  };
  const $ = load(articlePage(article, SITE, NAV, more));
  expect($('.breadcrumb').text()).toBe(`Home${article.section}`);
  expect($('.breadcrumb').attr('aria-label')).toBe('You are here');
  const { itemListElement } = JSON.parse($('script').text()).mainEntityOfPage.breadcrumb;
  expect(itemListElement.map(({ position }: { position: number }) => position)).toEqual([1, 2, 3]);
  expect(itemListElement.at(-1).item).toBe($('link[rel=canonical]').attr('href'));
  expect(
    $('.more h2')
      .map((_, heading) => $(heading).text())
      .get(),
  ).toEqual([`More in ${article.section}`, 'More by Ann Lee']);
  const links = $('.more li a')
    .map((_, link) => [[$(link).text(), $(link).attr('href')]])
    .get();
  expect(links).toEqual([
    ['Tram <seven>', '../articles/a.html'],
    ['The old bridge', '../articles/b.html'],
  ]);
});

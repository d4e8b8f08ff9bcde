import { parseHtml } from '../../../functions/ingest/html/tree.ts';
import { readDocument } from '../../../functions/ingest/metadata/document.ts';
import { Deadline } from '../../../functions/ingest/model/deadline.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/settings.ts';

const PROSE = `<p>${'The council voted on Monday to close the old bridge for the winter, and said why. '.repeat(4)}</p>`;

function read(html: string, url?: string) {
  const { root } = parseHtml(html, new Deadline(30));
  return readDocument(root, { url, settings: DEFAULT_SETTINGS });
}

function page(body: string, head = '<title>Bridge to close for winter</title>'): string {
  return `<!doctype html><html lang="en"><head>${head}</head><body>${body}${PROSE}${PROSE}</body></html>`;
}

const names = (html: string) => read(html).stated.authors?.map(author => author.name) ?? [];
const H1 = '<h1>Bridge to close for winter</h1>';
const linked = (value: unknown) => `<script type="application/ld+json">${JSON.stringify(value)}</script>`;

describe('authors', () => {
  it.each([
    [
      'an element named byline',
      '<div class="byline">By Jane Doe and John Roe</div>',
      ['Jane Doe', 'John Roe'],
    ],
    [
      'a date on the same line',
      '<span class="author">Jane Doe, Fri 8 January 2021, 3:51 pm</span>',
      ['Jane Doe'],
    ],
    ['a date before the name', '<p class="author">Posted on May 3, 2024 by Jane Doe</p>', ['Jane Doe']],
    [
      'a control glued to the name',
      '<div class="author"><a rel="author">Jane Doe<b>Follow</b></a></div>',
      ['Jane Doe'],
    ],
    [
      'other matter in its box',
      '<div class="author-info">Business <a rel="author">Jane Doe</a> 2 days ago</div>',
      ['Jane Doe'],
    ],
    [
      'a microdata name',
      '<span itemprop="author"><span itemprop="name">Jane Doe</span>, PhD</span>',
      ['Jane Doe'],
    ],
    ['a label alone', '<span>By</span><span><a href="/x">Jane Doe</a></span>', ['Jane Doe']],
    ['words only', '<p>Ein Artikel von Anna Müller</p>', ['Anna Müller']],
    ['a signature of one word', '<span class="author vcard">oz</span>', ['oz']],
    [
      'a credit of other work',
      '<p class="byline">Text von Jane Doe Illustration von John Roe</p>',
      ['Jane Doe'],
    ],
  ])('are read from %s', (_, byline, expected) => {
    expect(names(page(`${H1}<div>${byline}</div>`))).toEqual(expected);
  });

  it('are those nearest to the headline, not of other stories or comments', () => {
    const others = ['Ann Other', 'Bob Other', 'Cy Other']
      .map(name => `<div class="related"><span class="byline">By ${name}</span></div>`)
      .join('');
    const comment = '<div class="comments"><span class="author">Ann Reader</span></div>';
    expect(names(page(`${others}${H1}<span class="byline">By Jane Doe</span>`))).toEqual(['Jane Doe']);
    expect(names(page(`${H1}${others}${comment}`))).toEqual([]);
  });

  it('come from linked data first, with those that meta elements add', () => {
    const data = linked({
      '@type': 'NewsArticle',
      headline: 'x',
      author: { '@type': 'Person', name: 'Jane Doe' },
    });
    expect(names(page(H1, `${data}<meta name="author" content="Jane Doe, John Roe">`))).toEqual([
      'Jane Doe',
      'John Roe',
    ]);
    expect(names(page(H1, `${data}<meta name="author" content="Web Team">`))).toEqual(['Jane Doe']);
  });

  it('follow references into the graph', () => {
    const graph = {
      '@graph': [
        { '@type': 'Article', headline: 'x', author: { '@id': '#p' } },
        { '@type': 'Person', '@id': '#p', name: 'Jane Doe' },
      ],
    };
    expect(names(page(`${H1}<footer>About Jane Doe</footer>`, linked(graph)))).toEqual(['Jane Doe']);
    // The account that uploaded a story is not a byline if readers do not see its name.
    expect(names(page(H1, linked(graph)))).toEqual([]);
  });

  it.each([
    [
      'the site',
      '<meta property="og:site_name" content="Harbour Post"><meta name="author" content="Harbour Post">',
    ],
    ['a company', '<meta name="author" content="Harbour Media GmbH">'],
    ['a placeholder', '<meta name="author" content="admin">'],
    ['an address', '<meta name="author" content="https://example.org/jane">'],
    [
      'a person of the graph who is not said to be the author',
      linked({
        '@graph': [
          { '@type': 'WebPage', datePublished: '2024-05-03' },
          { '@type': 'Person', name: 'site-admin' },
        ],
      }),
    ],
  ])('%s is no author', (_, head) => {
    expect(names(page(H1, head))).toEqual([]);
  });

  it('catalogues write the last name first', () => {
    expect(names(page(H1, '<meta name="DC.creator" content="Doe, Jane">'))).toEqual(['Jane Doe']);
  });
});

describe('dates', () => {
  const date = (html: string, url?: string) => read(html, url).stated.published;
  it.each([
    ['a line behind the headline', `${H1}<div><span>03.05.2024 | News</span></div>`, '2024-05-03'],
    ['a line before the headline', `<div>3 May 2024</div>${H1}`, '2024-05-03'],
    [
      'the beginning of the story',
      `${H1}<p>3.5.2024 - Der Rat hat am Montag beschlossen, die Brücke zu sperren.</p>`,
      '2024-05-03',
    ],
    ['a short year', `${H1}<div class="date">03.05.24</div>`, '2024-05-03'],
    [
      'publication rather than change',
      `${H1}<time datetime="2024-06-01">Updated 1 June</time><time datetime="2024-05-03">3 May</time>`,
      '2024-05-03',
    ],
    [
      'the nearest element',
      `${H1}<time datetime="2024-05-03">3 May</time><p>${'x '.repeat(300)}</p><div class="teaser"><time datetime="2020-01-01">x</time></div>`,
      '2024-05-03',
    ],
  ])('are read from %s', (_, body, expected) => {
    expect(date(page(body))?.at.slice(0, 10)).toBe(expected);
  });

  it.each([
    [
      'a comment',
      `${H1}<ol class="comments"><li><time datetime="2024-05-03T10:00:00Z">May 3</time></li></ol>`,
    ],
    ['a year in the footer', `${H1}<footer>© 2024 Harbour Post</footer>`],
    ['the year 9999', `${H1}<time datetime="9999-01-01">soon</time>`],
  ])('are not taken from %s', (_, body) => {
    expect(date(page(body))).toBeUndefined();
  });

  it('the address is the last resort', () => {
    expect(date(page(H1), 'https://example.org/2024/05/03/bridge')).toEqual({
      at: '2024-05-03T00:00:00.000Z',
      from: 'url',
    });
  });

  it('a modification date before the publication date is ignored', () => {
    const head =
      '<meta property="article:published_time" content="2024-05-03"><meta property="article:modified_time" content="2024-05-01">';
    expect(read(page(H1, head)).stated.modified).toBeUndefined();
  });
});

describe('headlines', () => {
  const headline = (html: string) => read(html).stated.headline?.text;
  it.each([
    [
      'a heading that is the name of the site',
      '<title>Bridge to close | Harbour Post</title><meta property="og:site_name" content="Harbour Post">',
      '<h1>Harbour Post</h1><h2>Bridge to close</h2>',
      'Bridge to close',
    ],
    [
      'a title that is cut off',
      '<title>Bridge to close for the…</title>',
      '<h1>Bridge to close for the winter</h1>',
      'Bridge to close for the winter',
    ],
    [
      'the fuller of two headings',
      '<title>Bridge to close for the winter – Harbour Post and Mail</title>',
      '<h1>Harbour Post and Mail</h1><h1>Bridge to close for the winter</h1>',
      'Bridge to close for the winter',
    ],
    [
      'linked data escaped as HTML',
      linked({ '@type': 'Article', headline: 'Gew&#x00E4;chs&#x20;&amp; Haus' }),
      '',
      'Gewächs & Haus',
    ],
  ])('%s', (_, head, body, expected) => {
    expect(headline(page(body, head))).toBe(expected);
  });
});

it('the name of the site is what its publisher is called', () => {
  const data = linked({ '@type': 'Article', headline: 'x', publisher: { name: 'Harbour Post' } });
  expect(
    read(page(H1, `${data}<meta property="og:site_name" content="harbourpost.example">`)).stated.siteName,
  ).toBe('Harbour Post');
});

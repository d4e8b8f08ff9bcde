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
    [
      'a name and a job that touch',
      '<div class="article__author"><div class="author__info"><span class="author__name">Jane Doe</span><span>Founder at Harbour</span></div></div>',
      ['Jane Doe'],
    ],
    [
      'one of several boxes with a name and a job',
      '<div class="author-list"><a class="author-text"><div class="author-name">Harbour</div><div>A place</div></a><a class="author-text"><div class="author-name">Jane Doe</div><div>Research &amp; Ships</div></a></div>',
      ['Jane Doe'],
    ],
    ['a part of a line', '<p>May 3, 2024 · 3 min read · By Jane Doe</p>', ['Jane Doe']],
    ['a line that ends with a date', '<p>by Jane Doe ● May 3, 2024 ● 6 min read</p>', ['Jane Doe']],
    ['a line with a date and a joiner', '<p>by Jane Doe on May 3, 2024</p>', ['Jane Doe']],
    [
      'a sentence about the post',
      '<div class="author-bio">This post was written by Jane Doe, Head of Ships</div>',
      ['Jane Doe'],
    ],
    ['a team with an article', '<span class="post-author">By the Harbour team</span>', ['the Harbour team']],
    ['the staff in a class in camel case', '<p class="authorName">Harbour Staff</p>', ['Harbour Staff']],
    ['a label alone', '<span>By</span><span><a href="/x">Jane Doe</a></span>', ['Jane Doe']],
    ['words only', '<p>Ein Artikel von Anna Müller</p>', ['Anna Müller']],
    [
      'elements that touch',
      '<span class="signature"><span>Jane Doe</span><span title="2026-03-05">March 5, 2026</span></span>',
      ['Jane Doe'],
    ],
    [
      'a name and a job in elements of their own',
      '<div class="author"><p>Jane Doe</p><p>Head Winemaker</p></div>',
      ['Jane Doe'],
    ],
    [
      'elements that look alike',
      '<div class="article-byline"><span class="x">Jane Doe</span> <span class="x">John Roe</span> <span class="x">Cy Dock</span></div>',
      ['Jane Doe', 'John Roe', 'Cy Dock'],
    ],
    [
      'several links',
      '<div class="byline"><a rel="author" href="/a">Jane Doe</a><a rel="author" href="/b">John Roe</a><div>Reviewed by <a rel="author" href="/c">Cy Dock</a></div></div>',
      ['Jane Doe', 'John Roe'],
    ],
    ['a class in camel case', '<ul class="metaInfoAuthorList"><li>Jane Doe</li></ul>', ['Jane Doe']],
    [
      'a link to a page about the author',
      '<p><a href="/authors/jane-doe">Jane Doe</a> · 5 min</p>',
      ['Jane Doe'],
    ],
    [
      'a label for women and men',
      '<ul><li><b>Datum</b> 5.3.2026</li><li><b>Autorin/Autor</b> Anna Müller</li></ul>',
      ['Anna Müller'],
    ],
    ['a label with a star', '<p>Autor*innen: Anna Müller, Jens Vogt</p>', ['Anna Müller', 'Jens Vogt']],
    [
      'a list of terms',
      '<dl><dt>Auteure</dt><dd>Zoé Martin</dd><dt>Date</dt><dd>5 mars 2026</dd></dl>',
      ['Zoé Martin'],
    ],
    ['a name before a place', '<p class="byline">By Jane Doe, London</p>', ['Jane Doe']],
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

  it('are the printed ones, if the stated account is not near the headline', () => {
    const account = '<meta name="author" content="Kim Keeper">';
    expect(names(page(`${H1}<p>By Jane Doe</p>`, account))).toEqual(['Jane Doe']);
    expect(names(page(`${H1}<p><em>Written by Jane Doe, MD</em></p>`, account))).toEqual(['Jane Doe']);
    const data = linked({ '@type': 'Article', headline: 'x', author: { name: 'Kim Keeper' } });
    expect(names(page(`${H1}<p>By Jane Doe</p>${PROSE}${PROSE}<p>Kim Keeper</p>`, data))).toEqual([
      'Jane Doe',
    ]);
    expect(names(page(`${H1}<p>By Jane</p>`, data))).toEqual(['Kim Keeper']);
    expect(names(page(`${H1}<p>Kim Keeper</p><p>By Jane Doe</p>`, data))).toEqual(['Kim Keeper']);
  });

  it.each([
    ['a byline', '<span class="byline">By Harbour Post</span>', 'Harbour Post'],
    ['an account', '<span class="author vcard">harbourpost</span>', 'harbourpost'],
    ['a line', '<p>Posted by Harbour Post on May 3, 2024</p>', 'Harbour Post'],
  ])('can be the site itself, if readers see it in %s', (_, byline, name) => {
    const site = '<meta property="og:site_name" content="Harbour Post">';
    expect(names(page(H1 + byline, site))).toEqual([name]);
    expect(names(page(`${H1}${byline}<p class="byline">By Jane Doe</p>`, site))).toEqual(['Jane Doe']);
  });

  it('can be the newsroom that the linked data of a news story states', () => {
    const story = (type: string, name: string) =>
      linked({
        '@type': type,
        headline: 'x',
        author: { '@type': 'NewsMediaOrganization', name },
        publisher: { name: 'Harbour Post' },
      });
    expect(names(page(H1, story('NewsArticle', 'Harbour Post')))).toEqual(['Harbour Post']);
    expect(names(page(H1, story('ReportageNewsArticle', 'Harbour Post')))).toEqual(['Harbour Post']);
    // Plugins state the site as the author of every other article.
    expect(names(page(H1, story('BlogPosting', 'Harbour Post')))).toEqual([]);
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
    ['a list of names', ['Ana Brandt', 'Jon Rasmus']],
    ['two names in a text', 'Ana Brandt and Jon Rasmus'],
    ['a node whose name is a list', { '@type': 'Person', name: ['Ana Brandt', 'Jon Rasmus'] }],
    ['a node whose name is a node', [{ name: { '@type': 'Person', name: 'Ana Brandt' } }, 'Jon Rasmus']],
    ['lists in lists', [[{ '@type': 'Person', name: 'Ana Brandt' }], [{ name: 'Jon Rasmus' }]]],
    ['an ordered list', { '@list': [{ name: 'Ana Brandt' }, { name: 'Jon Rasmus' }] }],
    ['typed values', [{ name: { '@value': 'Ana Brandt' } }, { '@value': 'Jon Rasmus' }]],
    [
      'first and last names',
      [
        { '@type': 'Person', givenName: 'Ana', familyName: 'Brandt' },
        { '@type': 'Person', givenName: 'Jon', familyName: 'Rasmus' },
      ],
    ],
  ])('are read from linked data with %s', (_, author) => {
    const data = linked({ '@type': 'NewsArticle', headline: 'Bridge to close for winter', author });
    expect(names(page(H1, data))).toEqual(['Ana Brandt', 'Jon Rasmus']);
  });

  it('are not those of other stories in linked data', () => {
    const list = linked({
      '@type': 'ItemList',
      itemListElement: [
        {
          '@type': 'NewsArticle',
          headline: 'Fair opens',
          author: { name: 'Ann Other' },
          datePublished: '2020-01-01',
        },
      ],
    });
    const own = linked({ '@type': 'WebPage', author: { name: 'Ana Brandt' }, datePublished: '2024-05-03' });
    const story = linked({ '@type': 'NewsArticle', headline: 'Bridge to close for winter' });
    const { stated } = read(page(H1, `${list}${story}${own}`));
    expect(stated.authors?.map(({ name }) => name)).toEqual(['Ana Brandt']);
    expect(stated.published?.at).toBe('2024-05-03T00:00:00.000Z');
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
      'a place after the name of the site',
      '<meta property="og:site_name" content="courier.example"><meta name="author" content="courier.example, Frankfurt, Germany">',
    ],
    ['the key of an account', linked({ '@type': 'Article', headline: 'x', author: { name: 'mdela6vkpg2' } })],
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

  it.each([
    [
      'a link to other pages',
      '<p><a href="/users/login">Member Login</a> <a href="/licenses/by/4.0">CC BY</a></p>',
    ],
    [
      'a link in a card',
      '<div class="card"><h3>The keeper goes home</h3><a href="/authors/ann-other">Ann Other</a></div>',
    ],
    [
      'the credit of a picture',
      '<figure><img src="x.jpg"><figcaption><span class="byline">Ann Other</span></figcaption></figure>',
    ],
    ['a check', '<p>Reviewed by <a class="author-link" href="/a">Ann Other</a></p>'],
    ['a contact', `<li><b>Contact:</b>${' '.repeat(50)}<a href="/authors/ann-other">Ann Other</a></li>`],
    [
      'a link in prose',
      `<p>The study was led by experts, ${'and by many others, '.repeat(8)} including <a href="/profile/ann-other">Ann Other</a>.</p>`,
    ],
    ['the heading of a profile', '<div><h3><a href="/profile/ann-other">Ann Other</a></h3></div>'],
    ['a class of a function', '<div class="fn-global"><a href="/x">Ann Other</a></div>'],
    [
      'a title in capitals',
      '<div class="author">Research Portfolio Online Reporting Tools Expenditures</div>',
    ],
    ['a control', '<div class="author"><a href="/x">View</a></div>'],
  ])('%s names no author', (_, body) => {
    expect(names(page(`${H1}${body}`))).toEqual([]);
  });

  it('an address after a name is no part of it', () => {
    const head = '<meta name="author" content="Dr Jane Lund - https://jane.example.org/">';
    expect(names(page(H1, head))).toEqual(['Dr Jane Lund']);
    expect(names(page(H1, '<meta name="author" content="Jane Lund <jane@example.org>">'))).toEqual([
      'Jane Lund',
    ]);
  });

  it('the site ends a byline', () => {
    const head = '<meta property="og:site_name" content="Harbour News">';
    expect(names(page(`${H1}<p><b>By Jane Doe, Harbour News, New York</b></p>`, head))).toEqual(['Jane Doe']);
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
    ['a part of a byline', `${H1}<p>By Jane Doe ⋅ Review Editor ⋅ May 3, 2024</p>`, '2024-05-03'],
    ['a part between dots', `${H1}<p>by Jane Doe ● May 3, 2024 ● 6 min read</p>`, '2024-05-03'],
    [
      'the beginning of a line with two dates',
      `${H1}<p>Published on May 3, 2024 Updated on Mar 9, 2026</p>`,
      '2024-05-03',
    ],
    [
      'the beginning of a long box',
      `${H1}<div class="date-section"><span>Posted on May 3, 2024 Tags:</span> ${'harbour, ferry, '.repeat(9)}</div>`,
      '2024-05-03',
    ],
    [
      'the footer of the post',
      `${H1}${PROSE}${PROSE}${'<i></i>'.repeat(70)}<div class="article-template-footer"><span class="date">May 3, 2024</span></div>`,
      '2024-05-03',
    ],
    [
      'the sidebar of the post',
      `${H1}${PROSE}${PROSE}${'<i></i>'.repeat(70)}<div class="single-post-sidebar"><div class="post-date">May 3, 2024</div></div>`,
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
    [
      'a byline rather than from a link to another story',
      `${H1}<p class="byline">By Ana Brandt. Published May 3, 2024</p><aside><a href="/a/x"><time datetime="2020-01-01">Jan 1</time><span>The keeper goes home</span></a></aside>`,
      '2024-05-03',
    ],
    [
      'the story rather than from a card beside it',
      `<div class="card"><h3>The keeper goes home</h3><time datetime="2020-01-01">1. Januar 2020</time></div>${H1}<p>Am 3. Mai 2024</p>`,
      '2024-05-03',
    ],
  ])('are read from %s', (_, body, expected) => {
    expect(date(page(body))?.at.slice(0, 10)).toBe(expected);
  });

  const wallClock = linked({ '@type': 'Article', headline: 'x', datePublished: '2026-03-05 18:11:01' });
  it.each([
    [
      'a time element in a box',
      '',
      '<div class="date"><time datetime="2026-03-05T18:11:01+01:00">5 March 2026, 18:11</time></div>',
    ],
    [
      'a meta element with the same time',
      `${wallClock}<meta name="date" content="2026-03-05T18:11:01+01:00">`,
      '',
    ],
    [
      'a time element with the same time',
      wallClock,
      '<time datetime="2026-03-05T18:11:01+01:00">5 March</time>',
    ],
    [
      'a meta element with the same day',
      `${linked({ '@type': 'Article', headline: 'x', datePublished: '2026-03-05' })}<meta property="article:published_time" content="2026-03-05T18:11:01+01:00">`,
      '',
    ],
    [
      'a name that is spelt differently',
      '<meta property="article:published:time" content="2026-03-05T18:11:01+01:00">',
      '',
    ],
    ['words with a zone', '', '<time datetime="2026-03-05 18:11:01">5 March 2026, 18:11:01 CET</time>'],
  ])('keep the zone that is stated by %s', (_, head, body) => {
    expect(date(page(`${H1}${body}`, head))?.at).toBe('2026-03-05T17:11:01.000Z');
  });

  it('another time of the same day does not replace the stated one', () => {
    const head = `${wallClock}<meta name="date" content="2026-03-05T20:40:00+01:00">`;
    expect(date(page(H1, head))?.at).toBe('2026-03-05T18:11:01.000Z');
  });

  it('a time element is read before the text of a box with two dates', () => {
    const box =
      '<span class="posted-on">Posted on May 3, 2024, updated <time class="published" datetime="2024-05-03T18:11:01Z">May 3</time><time class="updated" datetime="2024-06-03T08:00:00Z">June 3</time></span>';
    expect(date(page(H1 + box))?.at).toBe('2024-05-03T18:11:01.000Z');
  });

  it('an earlier visible date corrects the time of a build or of an import', () => {
    const stated = (published: string) =>
      linked({ '@type': 'Article', headline: 'x', datePublished: published, dateModified: published });
    const imported = '<meta property="article:published_time" content="2024-06-24T10:00:00Z">';
    const shown = `${H1}<div><span>20 April 2024</span></div>`;
    expect(date(page(shown, stated('2024-06-24T10:00:00Z')))?.at).toMatch(/^2024-04-20/);
    expect(date(page(shown, imported))?.at).toMatch(/^2024-04-20/);
    // A day that was shown in another time zone, a day and a month that were exchanged, and a later date.
    expect(date(page(shown, stated('2024-04-21T01:00:00Z')))?.at).toMatch(/^2024-04-21/);
    expect(date(page(`${H1}<p>3.5.2026</p>`, stated('2026-05-03T01:00:00Z')))?.at).toMatch(/^2026-05-03/);
    expect(date(page(shown, stated('2024-03-01T10:00:00Z')))?.at).toMatch(/^2024-03-01/);
    const post = '<blockquote>A post <time datetime="2020-01-01">1 January 2020</time></blockquote>';
    expect(date(page(H1 + post, imported))?.at).toMatch(/^2024-06-24/);
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
    [
      'the only heading of the story',
      '<title>Port Ellis ferry vote: winter boat saved | Harbour Post</title><meta property="og:title" content="Port Ellis ferry vote: winter boat saved">',
      '<header><h1><a href="/">Harbour Post</a></h1></header><main><article><h1>The night the island said no</h1></article></main>',
      'The night the island said no',
    ],
    [
      'a heading in other words than the title',
      '<title>DB Lounge: Kein Zutritt mehr mit Sparpreis</title>',
      '<div><h1>Kein Zugang zur DB Lounge mit Sparpreis-Ticket</h1></div>',
      'Kein Zugang zur DB Lounge mit Sparpreis-Ticket',
    ],
    [
      'a Japanese heading in other words',
      '<title>港の拡張を市が決定 | 港新聞</title>',
      '<main><h1>市議会、港の拡張を可決</h1></main>',
      '市議会、港の拡張を可決',
    ],
    [
      'the title above the heading of a side box',
      '<title>Bridge to close for the winter</title>',
      '<aside><h1>Letters to the editor of the week</h1></aside>',
      'Bridge to close for the winter',
    ],
    [
      'the title above the name of a section',
      '<title>Bridge to close for the winter</title>',
      '<main><h1>News</h1></main>',
      'Bridge to close for the winter',
    ],
    [
      'the heading, not the trail of links before it',
      `<title>Bridge to close</title>${linked({ '@type': 'Article', headline: 'Old bridge closes until spring' })}`,
      '<nav><ol><li><h1>Bridge to close</h1></li></ol></nav><article><h2>Old bridge closes until spring</h2></article>',
      'Old bridge closes until spring',
    ],
    [
      'a kicker apart from the heading',
      '<title>Bridge dispute / Board widens the basin</title><meta property="og:title" content="Bridge dispute / Board widens the basin">',
      '<h1><span>Bridge dispute</span><span>Board widens the basin</span></h1>',
      'Bridge dispute / Board widens the basin',
    ],
    [
      'a kicker that no title has',
      '<title>Board widens the basin</title>',
      '<h1><small>Harbour</small>Board widens the basin</h1>',
      'Board widens the basin',
    ],
    [
      'a kicker by its class',
      '<title>Port Ellis basin vote</title>',
      '<article><h1><span class="headline__kicker">Hafenstreit</span><span>Rat stimmt für das große Becken</span></h1></article>',
      'Rat stimmt für das große Becken',
    ],
    [
      'a kicker before a bar',
      '<meta property="og:title" content="Board widens the basin">',
      '<h1>Politics | Board widens the basin</h1>',
      'Board widens the basin',
    ],
    [
      'a heading with an initial of its own',
      '<title>The board widens the basin</title>',
      '<h1><span>T</span><span>he board widens the basin</span></h1>',
      'The board widens the basin',
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

import { H1, linked, names, PROSE, page, read } from './read-page.ts';

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

import { H1, linked, PROSE, page, read } from './read-page.ts';

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

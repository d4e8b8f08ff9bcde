import { explainArticle, parseArticle } from '../../../functions/ingest/parse.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import { readSettings } from '../../../shared/settings/settings.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const html = (text: string, more: object = {}) =>
  parseArticle({ bytes: bytes(text), key: 'world/a.html', contentType: 'text/html', ...more });
const codeOf = (made: Promise<unknown>) =>
  made.then(
    () => 'accepted',
    error => (error instanceof Rejection ? error.code : `thrown: ${error}`),
  );

const PROSE =
  'The council met on Monday, as it does each week, and voted for the new bridge, which will be built in spring.';

describe('what bad input gets', () => {
  it.each([
    ['nothing', ''],
    ['white space', ' \n\t '],
    ['markup without words', '<html><body><p> </p><img src="https://e.example/a.jpg"><hr></body></html>'],
    ['punctuation only', '<p>—</p><p>***</p>'],
  ])('%s is rejected as empty', async (_, text) => {
    expect(await codeOf(html(text))).toBe('empty');
  });

  it('binary content is rejected as not text, whatever its name', async () => {
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
    expect(await codeOf(parseArticle({ bytes: png, key: 'a.html', contentType: 'text/html' }))).toBe(
      'not-text',
    );
  });

  it('a file over the limit is rejected as too large', async () => {
    const settings = readSettings({ limits: { fileBytes: 1000 } });
    expect(await codeOf(parseArticle({ bytes: bytes(PROSE.repeat(20)), key: 'a.txt' }, settings))).toBe(
      'too-large',
    );
  });

  it('a broken encoding is accepted', async () => {
    const broken = new Uint8Array([...bytes(`<p>${PROSE} caf`), 0xe9, 0xff, 0xfe, ...bytes('</p>')]);
    const article = await parseArticle({ bytes: broken, key: 'a.html', contentType: 'text/html' });
    expect(article.bodyText).toContain('new bridge');
  });

  it('broken metadata is left out with a warning', async () => {
    const article = await html(
      `<html><head><script type="application/ld+json">{"@type": "NewsArticle", oops</script></head><body><p>${PROSE}</p></body></html>`,
      { metadata: { published: 'the day before yesterday', language: '!!', headline: 'Bridge' } },
    );
    expect(article.publishedAt).toBeUndefined();
    expect(article.headline).toBe('Bridge');
    expect(article.warnings).toHaveLength(3);
  });

  it('active content is removed', async () => {
    const article = await html(
      `<script>steal()</script><p onclick="steal()">${PROSE}</p><iframe srcdoc="<script>steal()</script>" src="javascript:steal()"></iframe>`,
    );
    expect(article.bodyHtml).toBe(`<p>${PROSE}</p>`);
  });

  it('what takes too long is rejected as too slow', async () => {
    let now = 0;
    const clock = () => {
      now += 60_000;
      return now;
    };
    const input = { bytes: bytes(`<p>${PROSE}</p>`), key: 'a.html', contentType: 'text/html' };
    expect(await codeOf(explainArticle(input, undefined, clock))).toBe('too-slow');
  });
});

describe('hostile markup', () => {
  it('reads a hundred thousand nested boxes', async () => {
    const article = await html(`${'<div>'.repeat(100_000)}<p>${PROSE}</p>`);
    expect(article.bodyText).toBe(PROSE);
    expect(article.warnings.join()).toContain('nested');
  });

  it('does not let mis-nested formatting multiply', async () => {
    const bait = Array.from({ length: 2_000 }, (_, index) => `<b id=${index}><p>x`).join('');
    const article = await html(`<p>${PROSE}</p>${bait}`);
    expect(article.bodyHtml.length).toBeLessThan(bait.length * 2);
  });

  it('notices formatting that multiplies without nesting deeply', async () => {
    const bold = Array.from({ length: 400 }, (_, index) => `<b id=${index}>`).join('');
    const article = await html(`<p>${PROSE}</p><p>${bold}${'<p>x'.repeat(2_000)}`);
    expect(article.warnings.join()).toContain('nested');
  });

  it('reads many links inside one another, tables inside tables and lists inside lists', async () => {
    const nested = ['<table><tr><td>', '<ul><li>', '<blockquote>', '<a href="/x">', '<dl><dd>', '<figure>'];
    for (const opening of nested) {
      const article = await html(`<p>${PROSE}</p>${opening.repeat(3_000)}deep`);
      expect(article.bodyHtml.length).toBeLessThan(20_000);
    }
  });

  it('is quick with a megabyte of spaces, and of unclosed tags', async () => {
    const ms = await cpuMsOf(async () => {
      await html(`<p>${PROSE}${' '.repeat(1_000_000)}x</p>`);
      await html(`<p>${PROSE}</p>${'<p><i>a '.repeat(30_000)}`);
    });
    expect(ms).toBeLessThan(15_000);
  });
});

describe('where metadata comes from', () => {
  const page = `<html lang="en"><head><title>Bridge voted for | Town Post</title><meta property="og:site_name" content="Town Post">
    <meta name="author" content="Ada Moreno"><meta property="article:published_time" content="2024-03-01T08:00:00Z"></head>
    <body><h1>Bridge voted for</h1><p>${PROSE}</p></body></html>`;

  it('the document states it', async () => {
    expect(await html(page)).toMatchObject({
      headline: 'Bridge voted for',
      headlineFrom: 'document',
      authors: [{ name: 'Ada Moreno' }],
      publishedAt: '2024-03-01T08:00:00.000Z',
      siteName: 'Town Post',
      section: 'world',
      language: 'en',
    });
  });

  it('the metadata of the upload wins', async () => {
    const metadata = {
      title: '=?UTF-8?B?QnLDvGNrZSBiZXNjaGxvc3Nlbg==?=',
      author: 'Jos%C3%A9 Marti',
      published: '2025-01-02T03:04:05Z',
      section: 'Local',
      tags: 'bridge, Bridge, town',
      embargo: '2030-01-01T00:00:00Z',
      expires: '2031-01-01T00:00:00Z',
    };
    expect(await html(page, { metadata })).toMatchObject({
      headline: 'Brücke beschlossen',
      headlineFrom: 'metadata',
      authors: [{ name: 'José Marti' }],
      publishedAt: '2025-01-02T03:04:05.000Z',
      section: 'Local',
      tags: ['bridge', 'town'],
      embargoUntil: '2030-01-01T00:00:00.000Z',
      expiresAt: '2031-01-01T00:00:00.000Z',
    });
  });

  it('no date is better than now', async () => {
    expect((await html(`<p>${PROSE}</p>`)).publishedAt).toBeUndefined();
  });

  it('a headline is derived where there is none, and the name of the file is the last resort', async () => {
    expect(await html(`<p>${PROSE}</p>`)).toMatchObject({ headlineFrom: 'derived' });
    expect(await html('<p>Yes.</p>')).toMatchObject({ headlineFrom: 'filename', headline: 'A' });
  });

  it('the same story has the same hash under another key', async () => {
    const [a, b] = [await html(page), await html(page, { key: 'sport/b.html' })];
    expect(b.contentHash).toBe(a.contentHash);
    expect(b.section).not.toBe(a.section);
    expect((await html(page.replace('Monday', 'Tuesday'))).contentHash).not.toBe(a.contentHash);
  });

  it('defaults come from the settings', async () => {
    const settings = readSettings({
      articles: { defaultAuthor: 'The desk', defaultSection: 'town' },
      site: { language: 'fi' },
    });
    const article = await parseArticle(
      { bytes: bytes('<p>Ok 12</p>'), key: 'a.html', contentType: 'text/html' },
      settings,
    );
    expect(article).toMatchObject({ authors: [{ name: 'The desk' }], section: 'town', language: 'fi' });
  });
});

it('tells what it took out, and why', async () => {
  const input = {
    bytes: bytes(
      `<html><body><nav>Home</nav><article><p>${PROSE}</p><p>Share this article</p><p>${PROSE} Again.</p></article></body></html>`,
    ),
    key: 'a.html',
  };
  const { removals } = await explainArticle(input);
  expect(removals).toContainEqual({ step: 'noise', why: 'wording', text: 'Share this article' });
  expect(removals).toContainEqual(expect.objectContaining({ step: 'boilerplate', why: 'navigation' }));
});

it('joins paragraphs that stand beside the box of the story', async () => {
  const more =
    'Nobody opposed the plan, though some asked, as they do each year, what would become of the ferry.';
  const article = await html(
    `<html><body><div class="wrap"><div class="story"><p>${PROSE}</p><p>${PROSE} Yes, it will.</p><p>${PROSE} It will.</p></div><p>${more}</p></div></body></html>`,
  );
  expect(article.bodyText).toContain(more);
});

import fc from 'fast-check';
import { clean, cleanHtml } from '../../../functions/ingest/clean/clean.ts';
import { parseHtml } from '../../../functions/ingest/html/tree.ts';
import { parseArticle } from '../../../functions/ingest/parse.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';

const NAMES =
  'p div b i a ul ol li table tr td th tbody caption blockquote pre h1 h2 h3 figure figcaption img br hr span section article svg math mi style script template noscript select option textarea title form button dl dt dd ruby rt sub code iframe object video td nobr font center'.split(
    ' ',
  );
const VALUES = [
  '',
  'x',
  'https://e.example/a?b&c="d"',
  '/rel',
  'javascript:alert(1)',
  'java\nscript:x',
  'data:text/html,x',
  '#a',
  '&#1;',
  '"><b>',
];
const attribute = fc
  .tuple(
    fc.constantFrom(
      'href',
      'src',
      'alt',
      'title',
      'onclick',
      'style',
      'class',
      'id',
      'colspan',
      'srcset',
      'dir',
      'start',
    ),
    fc.constantFrom(...VALUES),
  )
  .map(([name, value]) => ` ${name}="${value.replaceAll('"', '&quot;')}"`);
const tag = fc
  .tuple(fc.constantFrom(...NAMES), fc.boolean(), fc.array(attribute, { maxLength: 2 }))
  .map(([name, closing, attributes]) => (closing ? `</${name}>` : `<${name}${attributes.join('')}>`));
const words = fc.constantFrom(
  'alpha',
  ' beta ',
  'gamma, delta.',
  '\n',
  '&lt;i&gt;',
  '&#1;',
  '&amp;',
  '\u00a0',
  '漢字',
  'שלום',
  '<!-- c -->',
  '\u{1f600}',
  '  ',
  'a'.repeat(100),
);
const soup = fc.array(fc.oneof(tag, words), { maxLength: 40 }).map(parts => parts.join(''));

const ACTIVE =
  /<(?:script|style|iframe|object|embed|svg|math|form|input|button|template|noscript|base|meta|link|h1)\b|<[^>]*\son\w+=|<[^>]*\sstyle=|(?:href|src)="(?!https?:|mailto:)/i;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/;

const wordsOf = (text: string) => new Set(text.match(/[\p{L}\p{N}]+/gu));

it('cleaning what was cleaned changes nothing', () => {
  fc.assert(
    fc.property(soup, html => {
      const once = cleanHtml(html, { baseUrl: 'https://e.example/' });
      expect(cleanHtml(once, { baseUrl: 'https://e.example/' })).toBe(once);
    }),
    { numRuns: 1500 },
  );
});

it('nothing active and no control character comes out', () => {
  fc.assert(
    fc.property(soup, html => {
      const cleaned = cleanHtml(html);
      expect(cleaned).not.toMatch(ACTIVE);
      expect(cleaned).not.toMatch(CONTROLS);
      expect(cleaned).not.toMatch(/\p{Cs}/u);
    }),
    { numRuns: 500 },
  );
});

it('cleaning loses no letter', () => {
  fc.assert(
    fc.property(soup, html => {
      expect(clean([parseHtml(html).root]).lostLetters).toBe(0);
    }),
    { numRuns: 1000 },
  );
});

it('only words that were in come out', () => {
  fc.assert(
    fc.property(soup, html => {
      const given = wordsOf(html);
      const text = cleanHtml(html).replace(/<[^>]*>/g, ' ');
      for (const word of wordsOf(
        text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&'),
      )) {
        expect([...given].some(other => other.includes(word) || word.includes(other))).toBe(true);
      }
    }),
    { numRuns: 500 },
  );
});

const outcome = async (bytes: Uint8Array, contentType?: string) => {
  try {
    const article = await parseArticle({ bytes, key: 'a/b', contentType });
    expect(article.headline.trim()).not.toBe('');
    expect(article.summary.trim()).not.toBe('');
    expect(article.bodyHtml).not.toMatch(ACTIVE);
    expect(cleanHtml(article.bodyHtml)).toBe(article.bodyHtml);
  } catch (error) {
    if (!(error instanceof Rejection)) throw error;
  }
};

it('any bytes make an article or a rejection', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async bytes => outcome(bytes)),
    { numRuns: 300 },
  );
});

it('any markup makes an article or a rejection', async () => {
  await fc.assert(
    fc.asyncProperty(soup, fc.boolean(), async (html, page) =>
      outcome(new TextEncoder().encode(page ? `<!doctype html><html><body>${html}` : html), 'text/html'),
    ),
    { numRuns: 500 },
  );
});

it('the same file makes the same article', async () => {
  await fc.assert(
    fc.asyncProperty(soup, async html => {
      const parse = () =>
        parseArticle({ bytes: new TextEncoder().encode(`<p>words</p>${html}`), key: 'a.html' });
      expect(await parse()).toEqual(await parse());
    }),
    { numRuns: 50 },
  );
});

import fc from 'fast-check';
import { absoluteHtml } from '../../../functions/publish/content/absolute-html.ts';
import { commonHtml } from '../../../functions/publish/content/common-html.ts';
import { webAddress } from '../../../shared/text/web-address.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';
import { anyText } from './poison.ts';

const PAGE = 'https://proof.example/articles/a.html';

test.each([
  ['https://пошта.example/ї?q=ї#ї', 'https://xn--80a1acn3a.example/%D1%97?q=%D1%97#%D1%97'],
  ['HTTP://Example.com', 'http://example.com/'],
  ['https://user:secret@example.com/a', 'https://example.com/a'],
  ['https://example.com/a|b[c]{d}^`', 'https://example.com/a%7Cb%5Bc%5D%7Bd%7D%5E%60'],
  ['https://example.com/100%?x=%2F#a#b', 'https://example.com/100%25?x=%2F#a%23b'],
  ['https://[::1]:8443/a', 'https://[::1]:8443/a'],
])('%s is %s', (given, expected) => {
  expect(webAddress(given)).toBe(expected);
});

test.each([
  'javascript:alert(1)',
  'data:text/html,x',
  'mailto:a@b.example',
  '/a',
  '#a',
  '',
  'https://',
  'ftp://a.example/',
])('%s is no address of the web', address => {
  expect(webAddress(address)).toBeUndefined();
});

test('whatever it makes is ASCII that RFC 3986 allows, and stays as it is', () => {
  const tail = anyText().map(text => `https://example.com/${text}`);
  fc.assert(
    fc.property(tail, address => {
      const made = webAddress(address);
      expect(made).toMatch(/^https:\/\/example\.com(?:[\w\-.~:/?#@!$&'()*+,;=]|%[\dA-Fa-f]{2})*$/);
      expect(webAddress(made ?? '')).toBe(made);
    }),
  );
});

test.each([
  ['<a href="#note">1</a>', `<a href="${PAGE}#note">1</a>`],
  ['<a href="//cdn.example/x?a=1&amp;b=2">x</a>', '<a href="https://cdn.example/x?a=1&amp;b=2">x</a>'],
  ['<img src="../i/ü.png" alt="a > b">', '<img src="https://proof.example/i/%C3%BC.png" alt="a > b">'],
  [
    '<blockquote cite="/q"><p>x</p></blockquote>',
    '<blockquote cite="https://proof.example/q"><p>x</p></blockquote>',
  ],
  ['<a title="t" href="javascript:x()" lang="en">x</a>', '<a title="t" lang="en">x</a>'],
  ['<img src="data:image/png;base64,AA==" alt="">', '<img alt="">'],
  ['<img srcset="a.png 1x, b.png 2x" src="https://e.example/a.png">', '<img src="https://e.example/a.png">'],
  ['<a href="mailto:desk@proof.example">x</a>', '<a href="mailto:desk@proof.example">x</a>'],
  [
    '<a href="https://e.example/?q=&quot;x&quot;">x</a>',
    '<a href="https://e.example/?q=&quot;x&quot;">x</a>',
  ],
  ['<p>if a &lt; b, write href="#top" in it</p>', '<p>if a &lt; b, write href="#top" in it</p>'],
  ['<a alt=\' href="#x" \'>y</a>', '<a alt=\' href="#x" \'>y</a>'],
])('in %s every address becomes absolute', (html, expected) => {
  expect(absoluteHtml(html, PAGE)).toBe(expected);
});

test.each([
  ['<p>a <mark>b</mark> <bdi dir="rtl">c</bdi></p>', '<p>a <em>b</em> <span dir="rtl">c</span></p>'],
  ['<ruby>漢字<rp>(</rp><rt>かんじ</rt><rp>)</rp></ruby>', '<span>漢字<small>(かんじ)</small></span>'],
  [
    '<ruby>漢<rt lang="ja">かん</rt>字<rt>じ</rt></ruby>',
    '<span>漢<small>(かん)</small>字<small>(じ)</small></span>',
  ],
  ['<p>&lt;mark&gt; <markers></p>', '<p>&lt;mark&gt; <markers></p>'],
])('of %s every reader knows the elements', (html, expected) => {
  expect(commonHtml(html)).toBe(expected);
});

test('HTML without relative addresses is the same afterwards; no input takes long', async () => {
  fc.assert(
    fc.property(anyText(), text => {
      const html = `<p>${text.replaceAll('<', '&lt;')}</p><a href="https://e.example/">x</a>`;
      expect(absoluteHtml(html, PAGE)).toBe(html);
    }),
  );
  const ms = await cpuMsOf(() => {
    for (const bait of ['<rp>', '<rt ', '<a b="', '<a b="<a c=\'', '<a ', '<a b="" ', ' ', '<a href="#x"']) {
      absoluteHtml(bait.repeat(30_000), PAGE);
      absoluteHtml(`<a${bait.repeat(30_000)}`, PAGE);
      commonHtml(bait.repeat(30_000));
    }
  });
  expect(ms).toBeLessThan(10_000);
});

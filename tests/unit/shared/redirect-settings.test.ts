import { readSettings } from '../../../shared/settings/settings.ts';

const redirects = (given: unknown) => readSettings({ site: { redirects: given } }).site.redirects;

test('addresses are brought into one form, and targets stay', () => {
  const given = {
    '/old': '/articles/ferry-abcdefghij234567.html',
    '/blog.xml': '/feed.xml',
    '/%D0%B0/': 'https://archive.example/a?b=c',
    'tips/': '/about/?from=tips',
  };
  expect(redirects(given)).toEqual({
    '/old/': '/articles/ferry-abcdefghij234567.html',
    '/blog.xml': '/feed.xml',
    '/а/': 'https://archive.example/a?b=c',
    '/tips/': '/about/?from=tips',
  });
  expect(redirects(redirects(given))).toEqual(redirects(given));
  expect(readSettings({}).site.redirects).toEqual({});
});

const refusal = (given: unknown): string => {
  try {
    redirects(given);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

test.each([
  [{ '/feed.xml': '/a/' }, 'the site itself'],
  [{ '/search/': '/a/' }, 'the site itself'],
  [{ '/../a/': '/a/' }, 'no address'],
  [{ 'https://news.example/a/': '/a/' }, 'a path of this site'],
  [{ '/a/': '/b/', '/a': '/c/' }, 'the same address as /a/'],
  [{ '/a/': '/a' }, 'is redirected too'],
  [{ '/a/': '/b/?x', '/b/': '/a/' }, 'is redirected too'],
  [{ '/a/': '/b/index.html', '/b/': '/c/' }, 'is redirected too'],
  [{ '/a/': 'http://other.example/' }, 'an https address'],
  [{ '/a/': 'https://user@other.example/' }, 'an https address'],
  [{ '/a/': 'https://' }, 'an https address'],
  [{ '/a/': '//evil.example/' }, 'an https address'],
  [{ '/a/': '/\\evil.example/' }, 'an https address'],
  [{ '/a/': 'javascript:alert(1)' }, 'an https address'],
  [{ '/a/': '/b/\r\nset-cookie: x' }, 'an https address'],
  [{ '/a/': '/b/#c' }, 'an https address'],
  [{ '/a/': `/${'b'.repeat(600)}/` }, 'an https address'],
  [{ '/a/': 5 }, 'must be text'],
  [Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`/a${at}/`, '/b/'])), 'at most 100'],
])('%.80j is refused', (given, why) => {
  expect(refusal(given)).toContain('"site.redirects');
  expect(refusal(given)).toContain(why);
});

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
  // What browsers make of it is another host.
  [{ '/a/': '/.//evil.example/' }, 'an https address'],
  [{ '/a/': '/b/..//evil.example' }, 'an https address'],
  [{ '/a/': '/%2e//evil.example' }, 'an https address'],
  // What browsers make of it is redirected.
  [{ '/a/': '/b/../a/' }, 'is redirected too'],
  [{ '/a/': '/./b', '/b/': '/c/' }, 'is redirected too'],
  [{ '/a/': '/a/.' }, 'is redirected too'],
  [{ '/a/': '/%2e/a/' }, 'is redirected too'],
  // The metadata of an object have 2 KB, and encoded letters have up to nine bytes.
  [{ '/a/': `/${'\u044f'.repeat(300)}/` }, 'an https address'],
  [{ '/a/': `/${'\u5b57'.repeat(300)}/` }, 'an https address'],
  [{ '/a/': `https://other.example/?q=${'\u{1f600}'.repeat(150)}` }, 'an https address'],
  [{ '/a/': 5 }, 'must be text'],
  [Object.fromEntries(Array.from({ length: 101 }, (_, at) => [`/a${at}/`, '/b/'])), 'at most 100'],
])('%.80j is refused', (given, why) => {
  expect(refusal(given)).toContain('"site.redirects');
  expect(refusal(given)).toContain(why);
});

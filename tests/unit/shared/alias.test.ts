import { EDITION_FILES, SITE_FILES } from '../../../functions/publish/content/addresses.ts';
import { MAX_ALIASES, readAliases, readRedirectPath, redirectKey } from '../../../shared/model/alias.ts';

const pathOf = (stated: string, kind?: 'page' | 'file') => {
  const read = readRedirectPath(stated, kind);
  return 'path' in read ? read.path : undefined;
};

test.each([
  ['/old/story/', '/old/story/', 'old/story/index.html'],
  ['/old/story', '/old/story/', 'old/story/index.html'],
  ['old/story', '/old/story/', 'old/story/index.html'],
  ['/old/story/index.html', '/old/story/', 'old/story/index.html'],
  ['/2019/05/story.html', '/2019/05/story.html', '2019/05/story.html'],
  ['story.php', '/story.php', 'story.php'],
  ['/Old/Story/', '/Old/Story/', 'Old/Story/index.html'],
  ['/a%20b/', '/a b/', 'a b/index.html'],
  ['/%D1%81%D1%82%D0%B0%D1%80%D0%B5/', '/старе/', 'старе/index.html'],
  ['/cafe\u0301/', '/caf\u00e9/', 'caf\u00e9/index.html'],
  ['/articles/2019/ferry/', '/articles/2019/ferry/', 'articles/2019/ferry/index.html'],
  [' /old/ ', '/old/', 'old/index.html'],
])('%s is the address %s', (stated, path, key) => {
  expect(pathOf(stated)).toBe(path);
  expect(redirectKey(path)).toBe(key);
  expect(pathOf(path)).toBe(path);
});

test.each([
  // Other hosts, and programs.
  'https://evil.example/a/',
  'http://news.example/a/',
  'javascript:alert(1)/',
  'data:text/html,a/b',
  '//evil.example/a',
  '/\\evil.example/a',
  '\\\\evil.example/a',
  '/%5Cevil.example/',
  '/%2Fevil.example/',
  '/a//b/',
  // Places outside of the site.
  '/../a/',
  '/a/../../b/',
  '/%2e%2e/a/',
  '/%252e%252e/a/',
  '/./a/',
  // What no address has.
  '/a\u0000b/',
  '/a%00b/',
  '/a\nb/',
  '/a%0d%0aset-cookie:x/',
  '/a\u202eb/',
  '/a?b=1',
  '/a#b',
  '/%zz/',
  '/%ff/',
  '/a<script>/',
  '/a"b/',
  `/${'a'.repeat(400)}/`,
  `/${'я'.repeat(101)}/`,
  `/${'a/'.repeat(300)}`,
  // What other programs trust.
  '/.well-known/security.txt',
  '/app.js',
  '/ads.txt',
  '/old/feed.xml',
  '/index.php/old/',
  // A name, as in Obsidian.
  'Ferry',
  'The old ferry',
  '',
])('%j is no alias', stated => {
  expect(readRedirectPath(stated)).toHaveProperty('problem');
});

test('the addresses of the site are no alias, in any letter case', () => {
  const root = [...Object.values(EDITION_FILES), ...Object.values(SITE_FILES)];
  const others = [
    '',
    'search',
    'feed',
    'rss/',
    'subscribe',
    'world/feed',
    'world/rss/',
    'tags/ports/',
    'articles/',
  ];
  const deep = ['media/a.html', 'assets/b/', 'archive/0/', 'sitemaps/x.html', 'authors/ann/old.html'];
  const story = 'articles/harbour-reopens-abcdefghij234567.html';
  for (const address of [...root, ...others, ...deep, story])
    for (const stated of [`/${address}`, `/${address.toUpperCase()}`])
      for (const kind of ['page', 'file'] as const)
        expect([stated, readRedirectPath(stated, kind)]).toEqual([stated, { problem: expect.any(String) }]);
});

test('the settings can redirect other files too', () => {
  expect(pathOf('/blog/feed.xml', 'file')).toBe('/blog/feed.xml');
  expect(pathOf('/report.pdf', 'file')).toBe('/report.pdf');
  expect(pathOf('/.well-known/security.txt', 'file')).toBeUndefined();
});

describe('the aliases of a source', () => {
  test('are read once each, also several in one text', () => {
    expect(readAliases(['/a/, /b/ /c', '/a', '/d,e/']).aliases).toEqual(['/a/', '/b/', '/c/', '/d,e/']);
  });

  test.each(['\u{1f600}', 'a\u{20000}', 'ab\u{1f600}', '\ud83d'])(
    'are quoted in whole characters (%j)',
    letters => {
      const { warnings } = readAliases([`/x?${letters.repeat(80)}`]);
      expect(warnings).toEqual([expect.not.stringMatching(/\p{Cs}/u)]);
    },
  );

  test('are quoted if they are left out', () => {
    const { aliases, warnings } = readAliases(['//evil.example/', '/ok/']);
    expect(aliases).toEqual(['/ok/']);
    expect(warnings).toEqual([expect.stringContaining('“//evil.example/”')]);
  });

  test.each([
    ['good', (at: number) => `/old-${at}/`],
    ['bad', (at: number) => `//evil-${at}/`],
  ])('have a limit, of %s ones too', (_, name) => {
    const { aliases, warnings } = readAliases(Array.from({ length: 10_000 }, (_, at) => name(at)));
    expect(aliases.length + warnings.length).toBe(MAX_ALIASES + 1);
    expect(warnings.at(-1)).toContain(String(10_000 - MAX_ALIASES));
  });

  test('of long white space take no time', () => {
    const started = process.cpuUsage();
    readAliases([`${' ,'.repeat(500_000)}/a/`]);
    expect(process.cpuUsage(started).user).toBeLessThan(1_000_000);
  });
});

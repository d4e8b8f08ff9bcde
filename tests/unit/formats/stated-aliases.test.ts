import { parseArticle } from '../../../functions/ingest/parse.ts';

const STORY = 'The ferry sailed on Monday, as it does each week, and came back on the same day.';
const parsed = (head: string, key = 'a.md', metadata?: Record<string, string>) =>
  parseArticle({ bytes: Buffer.from(`${head}\n\n${STORY}\n`), key, ...(metadata && { metadata }) });

test.each([
  ['YAML of Hugo', '---\ntitle: Ferry sails\naliases:\n  - /old/ferry/\n  - /older.html\n---'],
  ['YAML of Jekyll', '---\ntitle: Ferry sails\nredirect_from: [/old/ferry, older.html]\n---'],
  ['TOML of Zola', '+++\ntitle = "Ferry sails"\naliases = ["old/ferry", "older.html"]\n+++'],
  ['JSON', '{"title": "Ferry sails", "aliases": ["/old/ferry/", "/older.html"]}'],
  [
    'lines with rules of JSON',
    ';;;\n"title": "Ferry sails",\n"aliases": ["/old/ferry/", "/older.html"]\n;;;',
  ],
  [
    'the keys of two programs',
    '---\ntitle: Ferry sails\naliases: /old/ferry/\nredirect_from: [/older.html, /old/ferry]\n---',
  ],
  ['one line', '---\ntitle: Ferry sails\nRedirect-From: /old/ferry/ /older.html\n---'],
  ['Org mode', '#+TITLE: Ferry sails\n#+ALIASES: /old/ferry/, /older.html'],
  ['AsciiDoc', '= Ferry sails\n:aliases: /old/ferry/, /older.html'],
  ['Nikola', '.. title: Ferry sails\n.. aliases: /old/ferry/, /older.html'],
])('in %s', async (_, head) => {
  const { headline, aliases, warnings } = await parsed(head);
  expect({ headline, aliases, warnings }).toEqual({
    headline: 'Ferry sails',
    aliases: ['/old/ferry/', '/older.html'],
    warnings: [],
  });
});

test('in the metadata of an upload', async () => {
  const { aliases } = await parsed('Ferry sails', 'a.txt', { aliases: '/old/ferry/, /older.html' });
  expect(aliases).toEqual(['/old/ferry/', '/older.html']);
});

test('a value that is no address is left out, and quoted', async () => {
  const head =
    '---\ntitle: Ferry sails\naliases:\n  - /old/\n  - Ferry\n  - javascript:alert(1)\n  - {a: b}\n  - 7\n---';
  const { aliases, warnings } = await parsed(head);
  expect(aliases).toEqual(['/old/']);
  expect(warnings).toHaveLength(4);
  for (const quoted of ['“Ferry”', '“javascript:alert(1)”', '“7”'])
    expect(warnings.join('\n')).toContain(quoted);
});

test('a story without addresses has no such field', async () => {
  for (const head of ['---\ntitle: Ferry sails\naliases:\n---', '---\ntitle: Ferry sails\naliases: []\n---'])
    expect(await parsed(head)).not.toHaveProperty('aliases');
});

test('a redirect to another page is named as unknown', async () => {
  const { warnings } = await parsed('---\ntitle: Ferry sails\nredirect_to: https://other.example/\n---');
  expect(warnings.join()).toContain('“redirect_to”');
});

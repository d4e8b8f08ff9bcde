import { parseArticle } from '../../../functions/ingest/parse.ts';

/** What must not be public yet is held also where the date cannot be read. */
const BODY = 'The bridge is to be named after a swimmer, three people who know the plans say.';

test.each([
  ['front matter', `---\ntitle: Bridge\nembargo: when the minister has spoken\n---\n\n${BODY}\n`, {}],
  ['a draft', `---\ntitle: Bridge\ndraft: true\n---\n\n${BODY}\n`, {}],
  ['an unpublished post', `---\ntitle: Bridge\npublished: false\n---\n\n${BODY}\n`, {}],
  ['the upload', `---\ntitle: Bridge\n---\n\n${BODY}\n`, { embargo: 'tomorrow' }],
  [
    'ninjs',
    JSON.stringify({
      uri: 'urn:x:1',
      type: 'text',
      headline: 'Bridge',
      embargoed: 'soon',
      body_xhtml: `<p>${BODY}</p>`,
    }),
    {},
  ],
])('an embargo of %s without an end holds the story', async (_, text, metadata) => {
  const article = await parseArticle({ bytes: Buffer.from(text), key: 'world/a', metadata });
  expect(article.embargoUntil).toBeUndefined();
  expect(article.hold).toContain('npx copydesk release');
  expect(article.warnings).toContain(article.hold);
});

test.each([
  ['a.md', '---\ntitle: Bridge\npublished: false\n---\n', 'hold'],
  ['a.md', '---\nstatus: withdrawn\n---\n', 'withdraw'],
  ['a.txt', 'ANNULATION\n\nVeuillez annuler la dépêche « Un pont ».\n', 'hold'],
  ['a.html', '<meta name="status" content="withdrawn"><title>Bridge</title><h1>Bridge</h1>', 'withdraw'],
  [
    'a.xml',
    '<NewsML><NewsItem><NewsManagement><Status FormalName="Usable"/><Instruction FormalName="Kill"/></NewsManagement></NewsItem></NewsML>',
    'withdraw',
  ],
] as const)('%s takes a story back without a body: %s', async (key, text, order) => {
  const article = await parseArticle({ bytes: Buffer.from(text), key });
  expect(article[order]).toBeDefined();
});

test('an embargo that can be read ends when it says', async () => {
  const text = `---\ntitle: Bridge\nembargo: 2030-01-01T08:00:00Z\n---\n\n${BODY}\n`;
  const article = await parseArticle({ bytes: Buffer.from(text), key: 'world/a.md' });
  expect(article.embargoUntil).toBe('2030-01-01T08:00:00.000Z');
  expect(article.hold).toBeUndefined();
});

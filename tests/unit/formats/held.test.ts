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

test('an embargo that can be read ends when it says', async () => {
  const text = `---\ntitle: Bridge\nembargo: 2030-01-01T08:00:00Z\n---\n\n${BODY}\n`;
  const article = await parseArticle({ bytes: Buffer.from(text), key: 'world/a.md' });
  expect(article.embargoUntil).toBe('2030-01-01T08:00:00.000Z');
  expect(article.hold).toBeUndefined();
});

import { parseArticle } from '../../../functions/ingest/parse.ts';

const STORY = `The harbour town voted on Tuesday to restore the ferry line, which had been closed for two years.

The mayor said that commuters and traders on the island had long waited for the decision.`;

const read = (text: string) => parseArticle({ bytes: Buffer.from(text), key: 'desk/a.md' });

test.each([
  ['a rule', '---\n\n# Ferry sails again'],
  ['a rule of stars', '***\n\nFerry sails again\n==='],
  ['a picture', '![Quay](quay.jpg)\n\n# Ferry sails again'],
  ['a linked picture', '[![Quay](quay.jpg)](https://example.com/quay)\n\n# Ferry sails again'],
  ['an empty box', '<div align="center"></div>\n\n# Ferry sails again'],
  ['front matter and a rule', '---\nauthor: Mo Hale\n---\n\n---\n\n# Ferry sails again'],
  ['front matter and a picture', '---\nauthor: Mo Hale\n---\n\n![Quay](quay.jpg)\n\n# Ferry sails again'],
  ['a kicker', 'NEWS\n\n# Ferry sails again'],
  ['a kicker in a heading', '## Transport\n\n# Ferry sails again'],
  ['a Japanese kicker', '交通\n\n# Ferry sails again'],
  ['a link', '[Home](https://example.com/)\n\n# Ferry sails again'],
  ['a date', '1 December 2026\n\n# Ferry sails again'],
  ['a byline', 'By Mo Hale\n\n# Ferry sails again'],
  ['a kicker, a rule and a byline', 'NEWS\n\n***\n\nBy Mo Hale\n\n# Ferry sails again'],
  ['nothing, with two levels of headings', '## Ferry sails again'],
  ['a rule, underlined by a rule', '***\n\nFerry sails again\n---'],
  ['a picture, as a second-level heading', '![Quay](quay.jpg)\n\n## Ferry sails again'],
])('a heading below %s is the headline', async (_, head) => {
  const article = await read(`${head}\n\n${STORY}\n`);
  expect(article.headline).toBe('Ferry sails again');
  expect(article.bodyHtml).not.toMatch(/<h\d>Ferry|<hr>/);
});

test('a byline, a date and a kicker above the headline are read, and the picture stays', async () => {
  const article = await read(
    `![Quay](quay.jpg)\n\nNEWS\n\nBy Mo Hale\n\n1 December 2026\n\n# Ferry sails again\n\n${STORY}\n`,
  );
  expect(article.authors).toMatchObject([{ name: 'Mo Hale' }]);
  expect(article.publishedAt).toMatch(/^2026-12-01/);
  expect(article.bodyText).toMatch(/^NEWS\nThe harbour town/);
  expect(article.bodyHtml).toContain('quay');
});

test.each([
  ['a sentence', `Yes.\n\n# The costs\n\n${STORY}`],
  ['a paragraph', `${STORY}\n\n# The costs\n\n${STORY}`],
  [
    'a title, with further headings',
    `Ferry sails again\n\n# The costs\n\n${STORY}\n\n# The time\n\nIt takes an hour.`,
  ],
  ['a byline, on the second level', `By Mo Hale\n\n${STORY}\n\n## The costs\n\n${STORY}`],
  ['another headline', `---\ntitle: Ferry sails again\n---\n\n![Quay](quay.jpg)\n\n# The costs\n\n${STORY}`],
])('a heading below %s stays in the text', async (_, text) => {
  const article = await read(text);
  expect(article.headline).not.toBe('The costs');
  expect(article.bodyText).toContain('The costs');
});

import { parseArticle } from '../../../functions/ingest/parse.ts';

/** What a newcomer types first. */
test.each([
  ['Mayor resigns\n\nThe mayor resigned on Monday.\n', 'Mayor resigns', 'The mayor resigned on Monday.'],
  ['Hello world\n\nThis is my first story.\n', 'Hello world', 'This is my first story.'],
  ['# My title\n\nThis is my first story.\n', 'My title', 'This is my first story.'],
  ['Мер іде\n\nМер пішов у відставку в понеділок.\n', 'Мер іде', 'Мер пішов у відставку в понеділок.'],
])('%j is a headline and a story', async (text, headline, body) => {
  const article = await parseArticle({ bytes: Buffer.from(text), key: 'a.txt' });
  expect(article).toMatchObject({ headline, bodyText: body });
});

test.each(['Yes.\n\nNo.\n', 'He came home late.\n\nThe door was open and nobody was there.\n'])(
  '%j has no headline of its own',
  async text => {
    const article = await parseArticle({ bytes: Buffer.from(text), key: 'a.txt' });
    expect(article.headlineFrom).not.toBe('text');
    expect(article.bodyText.split('\n')).toHaveLength(2);
  },
);

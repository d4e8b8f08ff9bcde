import { parseArticle } from '../../../functions/ingest/parse.ts';

/** What a newcomer types first. */
test.each([
  ['Mayor resigns\n\nThe mayor resigned on Monday.\n', 'Mayor resigns', 'The mayor resigned on Monday.'],
  ['Hello world\n\nThis is my first story.\n', 'Hello world', 'This is my first story.'],
  ['# My title\n\nThis is my first story.\n', 'My title', 'This is my first story.'],
  ['Мер іде\n\nМер пішов у відставку в понеділок.\n', 'Мер іде', 'Мер пішов у відставку в понеділок.'],
  ['新市長、初登庁\n\n新市長が１日、職員に訓示した。\n', '新市長、初登庁', '新市長が１日、職員に訓示した。'],
  ['港口恢复作业\n\n大雪停后，首批货轮周一抵港。\n', '港口恢复作业', '大雪停后，首批货轮周一抵港。'],
  [
    'トラム車庫をプールへ\n\nトラム車庫はプールになる！\n',
    'トラム車庫をプールへ',
    'トラム車庫はプールになる！',
  ],
  [
    '市長、「辞任」へ\n\n市長は月曜、「辞任する」と語った。\n',
    '市長、「辞任」へ',
    '市長は月曜、「辞任する」と語った。',
  ],
])('%j is a headline and a story', async (text, headline, body) => {
  const article = await parseArticle({ bytes: Buffer.from(text), key: 'a.txt' });
  expect(article).toMatchObject({ headline, bodyText: body });
});

test.each([
  'Yes.\n\nNo.\n',
  '春が来た。\n\n花が一斉に咲き始めた。\n',
  '他回家晚了\n\n门开着。\n',
  'He came home late.\n\nThe door was open and nobody was there.\n',
])('%j has no headline of its own', async text => {
  const article = await parseArticle({ bytes: Buffer.from(text), key: 'a.txt' });
  expect(article.headlineFrom).not.toBe('text');
  expect(article.bodyText.split('\n')).toHaveLength(2);
});

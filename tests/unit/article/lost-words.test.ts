import fc from 'fast-check';
import { mostWordsLost } from '../../../functions/ingest/article/lost-words.ts';
import { parseArticle } from '../../../functions/ingest/parse.ts';
import { makeDocx } from '../../support/zip.ts';

const VOCABULARY =
  `council harbour ferry island winter mayor storm price ticket school bridge market fisher captain engine timetable region treasurer
   reserve breakwater bench flask blanket figure conscience party minister budget quarrel promise letter petition morning evening
   passenger cargo rope anchor lantern gull`.split(/\s+/);

/** Sentences that share words, and hardly any three in a row. */
const SENTENCES = Array.from({ length: 24 }, (_, at) => {
  const words = Array.from(
    { length: 14 },
    (_word, place) => VOCABULARY[(at * 11 + place * (at + 3) + place * place) % VOCABULARY.length],
  );
  return `The ${words.join(' ')}.`;
});
const STORY = SENTENCES.slice(0, 4);
const LOST = SENTENCES.slice(4);
const paragraphs = (texts: readonly string[], name = 'p') =>
  texts.map(text => `<${name}>${text}</${name}>`).join('\n');
const runs = (texts: readonly string[]) =>
  texts.map(text => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`).join('');

const page = (body: string) =>
  `<!doctype html><html lang="en"><head><title>Council</title></head><body><h1>Council sits</h1>${body}</body></html>`;
const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const docx = (body: string) => makeDocx(`<w:document ${W}><w:body>${body}</w:body></w:document>`);
const mail = (text: string) =>
  `From: a@e.example\nSubject: Council sits\nDate: Mon, 2 Nov 2026 10:00:00 +0000\n\n${text}`;
const nitf = (end: string) =>
  `<nitf><head><title>Council</title></head><body><body.head><hedline><hl1>Council sits</hl1></hedline></body.head><body.content>${paragraphs(STORY)}</body.content>${end}</body></nitf>`;

/** Most of the words of each file are where no reader of its format looks for the story. */
const SWALLOWED: [name: string, key: string, file: string | Buffer][] = [
  [
    'a page: a script up to that of another',
    'a.html',
    page(`${paragraphs(STORY)}<script>var a = 1;\n${paragraphs(LOST)}<script src="/b.js"></script>`),
  ],
  [
    'a page: a comment up to the end of another',
    'a.html',
    page(`${paragraphs(STORY)}<!-- advertisement ${paragraphs(LOST)}<!-- end -->`),
  ],
  [
    'a page: hidden boxes',
    'a.html',
    page(`<article>${paragraphs(STORY)}${paragraphs(LOST).replaceAll('<p>', '<p hidden>')}</article>`),
  ],
  [
    'a page: a template',
    'a.html',
    page(`<article>${paragraphs(STORY)}<template>${paragraphs(LOST)}</template></article>`),
  ],
  [
    'a fragment: a text field',
    'a.html',
    `<h1>Council sits</h1>${paragraphs(STORY)}<textarea>${paragraphs(LOST)}</textarea>`,
  ],
  [
    'Markdown: a hidden block',
    'a.md',
    `# Council sits\n\n${STORY.join('\n\n')}\n\n<template>\n${LOST.join('\n')}\n</template>\n`,
  ],
  [
    'NITF: the end of the body',
    'a.xml',
    nitf(`<body.end><bibliography>${LOST.join(' ')}</bibliography></body.end>`),
  ],
  [
    'ninjs: a field that is not known',
    'a.json',
    JSON.stringify({
      uri: 'u:1',
      type: 'text',
      headline: 'Council sits',
      body_text: STORY.join('\n\n'),
      body_more: LOST.join('\n'),
    }),
  ],
  [
    'e-mail: a quoted answer',
    'a.eml',
    mail(
      `${STORY.join('\n\n')}\n\nOn Mon, 2 Nov 2026, B wrote:\n${LOST.map(line => `> ${line}`).join('\n')}\n`,
    ),
  ],
];

const read = (key: string, file: string | Buffer) =>
  parseArticle({ bytes: Buffer.from(file), key: `desk/${key}` });
const WARNING = /^Most of the words of the file are not in the article: about (\d+) of (\d+) are missing/;

test.each(SWALLOWED)('%s', async (_, key, file) => {
  const { warnings, bodyText } = await read(key, file);
  expect(bodyText).toContain(STORY[0]);
  expect(bodyText).not.toContain(LOST[3]);
  const [, lost, all] = warnings.map(warning => WARNING.exec(warning)).find(Boolean) ?? [];
  const words = LOST.join(' ').split(' ').length;
  expect(Number(lost)).toBeGreaterThan(0.8 * words);
  expect(Number(lost)).toBeLessThan(1.2 * words);
  expect(Number(all)).toBeGreaterThan(Number(lost));
});

const WHOLE: [name: string, key: string, file: string | Buffer][] = [
  [
    'a page',
    'a.html',
    page(
      `<nav><a href="/">Home of all the news</a></nav><article>${paragraphs(SENTENCES)}</article><div class="comments">${paragraphs(LOST).replaceAll('ferry', 'bus')}</div>`,
    ),
  ],
  ['a fragment', 'a.html', `<h1>Council sits</h1>${paragraphs(SENTENCES)}`],
  ['text', 'a.txt', `Council sits\n\n${SENTENCES.join('\n\n')}`],
  [
    'Markdown with long addresses',
    'a.md',
    `# Council sits\n\n${SENTENCES.map(text => `${text} [x](https://e.example/a/long/path/to/a/page/of/a/site/with/many/words/in/it)`).join('\n\n')}`,
  ],
  ['DOCX', 'a.docx', docx(runs(['Council sits', ...SENTENCES]))],
  [
    'DOCX with deleted text',
    'a.docx',
    docx(
      `${runs(['Council sits', ...STORY])}<w:p><w:del>${runs(LOST).replaceAll('w:t>', 'w:delText>')}</w:del></w:p>`,
    ),
  ],
  ['NITF', 'a.xml', nitf('')],
  ['e-mail', 'a.eml', mail(SENTENCES.join('\n\n'))],
];

test.each(WHOLE)('%s that lost nothing says nothing', async (_, key, file) => {
  expect((await read(key, file)).warnings.filter(warning => WARNING.test(warning))).toEqual([]);
});

test('a Chinese page without most of its text says so in words', async () => {
  const characters = [
    ...'港口委员会的成员就渡轮航线发言市长说这一决定通勤者期待已久学校桥梁风暴价格船票冬季岛屿市场渔民',
  ];
  const said = (at: number) =>
    `${Array.from({ length: 40 }, (_, place) => characters[(at * 7 + place * (at + 3) + place * place) % characters.length]).join('')}。`;
  const shown = Array.from({ length: 20 }, (_, at) => `<p>${said(at)}</p>`);
  const html = page(
    `<article>${shown.slice(0, 4).join('')}<template>${shown.slice(4).join('')}</template></article>`,
  );
  const { warnings } = await read('a.html', html);
  const [, lost = ''] = warnings.map(warning => WARNING.exec(warning)).find(Boolean) ?? [];
  // Sixteen sentences of some forty characters; a word has not quite two.
  expect(Number(lost)).toBeGreaterThan(280);
  expect(Number(lost)).toBeLessThan(480);
});

const words = fc.array(fc.constantFrom('ferry', 'harbour', 'пором', '渡輪', 'boat', 'sails', 'again', '42'), {
  minLength: 3,
  maxLength: 80,
});

test('words that are all there are never missed, in whatever case and punctuation', () => {
  fc.assert(
    fc.property(words, fc.constantFrom(' ', ', ', '\n', ' – '), (list, by) => {
      expect(mostWordsLost(list.join(' '), list.join(by).toUpperCase(), () => [])).toBeUndefined();
    }),
  );
});

test('counts what is missing, whatever else the record says', () => {
  const shown = SENTENCES.join('\n');
  const all = shown.split(' ').length + SENTENCES.length - 1;
  expect(mostWordsLost(shown, '', () => [])).toEqual({ lost: all, all });
  expect(mostWordsLost(shown, '', () => [LOST.join('\n')])).toBeUndefined();
  expect(mostWordsLost(shown, SENTENCES.slice(0, 13).join('\n'), () => [])).toBeUndefined();
  expect(mostWordsLost(SENTENCES[0] ?? '', '', () => [])).toBeUndefined();
});

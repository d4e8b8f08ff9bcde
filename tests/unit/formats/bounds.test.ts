import fc from 'fast-check';
import { parseJson } from '../../../functions/ingest/decode/json.ts';
import { markdownReader } from '../../../functions/ingest/formats/markdown.ts';
import { removeNodes } from '../../../functions/ingest/formats/text/copy-dom.ts';
import { autolink } from '../../../functions/ingest/formats/text/links.ts';
import { readCopy } from '../../../functions/ingest/formats/text/read-copy.ts';
import { parseHtml } from '../../../functions/ingest/html/tree.ts';
import { cheerioOf } from '../../../functions/ingest/html/tree-cheerio.ts';
import { Deadline } from '../../../functions/ingest/model/deadline.ts';
import type { DomNode } from '../../../functions/ingest/model/dom.ts';
import { LocalMedia } from '../../../functions/ingest/model/local-media.ts';
import { ReleaseTerms } from '../../../functions/ingest/model/release-terms.ts';
import { parseArticle } from '../../../functions/ingest/parse.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/settings.ts';
import { escapeText } from '../../../shared/text/escape.ts';
import { makeDocx } from '../../support/zip.ts';

const context = { timeZone: 'UTC', language: 'en' };
const story = 'The ferry sailed on Monday and came back on Tuesday.';

/** A deadline that is over when the clock is looked at for the first time. */
function overAtOnce(): Deadline {
  let calls = 0;
  return new Deadline(20, () => (calls++ === 0 ? 0 : 60_000));
}

test.each<[what: string, key: string, bytes: () => Uint8Array]>([
  ['text of 400,000 lines', 'a.txt', () => Buffer.from(`${story}\n${'a\n'.repeat(400_000)}`)],
  ['Markdown of 400,000 lines', 'a.md', () => Buffer.from(`${story}\n${'a\n'.repeat(400_000)}`)],
  [
    'mail of 400,000 lines',
    'a.eml',
    () => Buffer.from(`From: a@e.example\r\nSubject: A ferry\r\n\r\n${story}\r\n${'>\r\n'.repeat(400_000)}`),
  ],
  [
    'XML of 600,000 tags',
    'a.xml',
    () => Buffer.from(`<nitf><body><body.content>${'<p>a</p>'.repeat(300_000)}</body.content></body></nitf>`),
  ],
  [
    'a DOCX of 600,000 tags',
    'a.docx',
    () =>
      makeDocx(
        `<w:document>${Array.from({ length: 300_000 }, (_, at) => `<w:a${at}/><w:b/>`).join('')}</w:document>`,
      ),
  ],
])('%s is refused before it takes the memory', async (_, key, bytes) => {
  await expect(parseArticle({ bytes: bytes(), key })).rejects.toMatchObject({ code: 'too-large' });
});

test('JSON is read as deep as it is written, and refused where it is bait', () => {
  expect(parseJson('{"a":["[[\\"[",{"b":1}]}')).toEqual({ a: ['[["[', { b: 1 }] });
  expect(parseJson(`"${'['.repeat(2_000)}"`)).toHaveLength(2_000);
  expect(parseJson(`[${'[],'.repeat(2_000)}[]]`)).toHaveLength(2_001);
  expect(() => parseJson(`${'['.repeat(1_001)}${']'.repeat(1_001)}`)).toThrow(RangeError);
  expect(parseJson(`${'['.repeat(999)}${']'.repeat(999)}`)).toBeDefined();
});

test.each([
  ['pieces', `|a|b|\n|-|-|\n${'|a|b|\n'.repeat(100_000)}`],
  ['marks that come to nothing', '[a]('.repeat(1_000_000)],
])('Markdown with too many %s is refused before there is any HTML', async (_, marks) => {
  const source = {
    text: `${story}\n\n${marks}`,
    settings: DEFAULT_SETTINGS,
    deadline: new Deadline(60),
    terms: new ReleaseTerms(),
    local: new LocalMedia('a.md', []),
  };
  const input = { bytes: new Uint8Array(), key: 'a.md' };
  await expect(markdownReader.read({ ...source, input })).rejects.toMatchObject({
    code: 'too-large',
    message: expect.stringContaining('more markup'),
  });
});

test('the budget ends the reading of Markdown while brackets are looked at, before there is any HTML', async () => {
  const text = `${story}\n\n${'[!['.repeat(2_000)}`;
  const source = {
    text,
    input: { bytes: Buffer.from(text), key: 'a.md' },
    settings: DEFAULT_SETTINGS,
    local: new LocalMedia('a.md', []),
    terms: new ReleaseTerms(),
  };
  await expect(markdownReader.read({ ...source, deadline: new Deadline(20) })).resolves.toBeDefined();
  await expect(markdownReader.read({ ...source, deadline: overAtOnce() })).rejects.toMatchObject({
    code: 'too-slow',
  });
});

test('the budget ends the reading of text', () => {
  expect(readCopy(story, context).blocks).toHaveLength(1);
  expect(() => readCopy(story, context, overAtOnce())).toThrow(expect.objectContaining({ code: 'too-slow' }));
});

test('links within links stay as deep as people write them', async () => {
  const text = `# Ferry\n\n${story} [![a ferry](https://e.example/a.jpg)](https://e.example/ferry) **_[x](https://e.example/x)_**`;
  const { bodyHtml } = await parseArticle({ bytes: Buffer.from(text), key: 'a.md' });
  expect(bodyHtml).toContain('<a href="https://e.example/ferry"><img');
  expect(bodyHtml).toContain('<a href="https://e.example/x">');
});

test('a text without its links is the text, and every word is looked at as if it stood alone', () => {
  const word = fc.constantFrom(
    'a',
    'www.e.example',
    'https://e.example/a?b=1&c',
    'j@e.example',
    '(j@e.example).',
    '<b>',
    '...',
    '見https://e.example/。',
  );
  const space = fc.constantFrom(' ', '\n', '  ', '\u00a0', '\u3000');
  fc.assert(
    fc.property(fc.array(fc.tuple(word, space)), pairs => {
      const text = pairs.flat().join('');
      expect(autolink(text).replace(/<\/?a\b[^<>]*>/g, '')).toBe(escapeText(text));
      expect(autolink(text)).toBe(pairs.map(([each, gap]) => autolink(each) + gap).join(''));
    }),
  );
});

test('what is taken out together leaves its neighbours linked', () => {
  const { root } = parseHtml('<p class=x>1</p><p>2</p><div class=x><p class=x>3</p></div><p>4</p>');
  const $ = cheerioOf(root);
  removeNodes($('.x').get() as unknown as DomNode[]);
  expect($('body').html()).toBe('<p>2</p><p>4</p>');
  expect($('p').first().next().text()).toBe('4');
  expect($('p').first().prev()).toHaveLength(0);
  expect($('p').last().next()).toHaveLength(0);
});

test('captions without pictures are told of as often as a record keeps it, and all are taken', () => {
  const captions = Array.from({ length: 200 }, (_, at) => `Caption: the ferry, picture ${at}.\n\n`).join('');
  const { blocks, warnings, taken } = readCopy(`${story}\n\n${captions}${story}`, context);
  expect(blocks.map(({ text }) => text)).toEqual([story, story]);
  expect(warnings).toHaveLength(50);
  expect(taken.filter(({ kind }) => kind === 'caption')).toHaveLength(200);
});

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { chooseFormat } from '../../../functions/ingest/formats/choose-format.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';

async function chosen(text: string, key = 'a.txt', contentType?: string): Promise<string> {
  return (await chooseFormat({ bytes: Buffer.from(text), key, contentType })).reader.name;
}

async function rejection(bytes: Uint8Array, key = 'story.txt'): Promise<Rejection> {
  try {
    await chooseFormat({ bytes, key });
  } catch (error) {
    if (error instanceof Rejection) return error;
  }
  throw new Error('the file was not rejected');
}

test.each([
  ['html', 'a page', '<!DOCTYPE html><html><body><p>x</p></body></html>', 'a.txt', 'text/plain'],
  ['html', 'a page after a comment', '<!-- saved -->\n<html><p>x</p></html>', 'a.md', undefined],
  ['html', 'a fragment in a .txt', '<p>Hello there</p>\n<p>Again</p>', 'a.txt', 'text/plain'],
  ['html', 'a fragment without a name', '<div>Hello<br>there</div>', 'upload', undefined],
  ['html', 'inline markup only, by its name', 'Hello <b>there</b>', 'a.html', undefined],
  ['html', 'markup by its type', 'Hello <b>there</b>', 'a', 'text/html; charset=utf-8'],
  ['text', 'words in a file called .html', 'Just words\n\nNo tags here', 'a.html', 'text/html'],
  ['text', 'a text with a tag', 'The tag <b> makes text bold, they say.\n\nMore.', 'a.txt', undefined],
  [
    'text',
    'a text that begins with a tag',
    '<b> is the tag for bold text.\n\nMore text about it.',
    'a.txt',
    undefined,
  ],
  [
    'text',
    'a text that quotes a block',
    'Look at this:\n\n<div class="x">Hi</div>\n\nThat was it.\n\nAnd on.',
    'a.txt',
    undefined,
  ],
  ['text', 'a text with a comparison', 'x < y and y > z\n\nMore.', 'a', undefined],
  ['text', 'a list and a hash', '# 1 in the charts\n\n- one\n- two\n', 'a.txt', undefined],
  ['text', 'rules around a paragraph', '---\nA quiet day\n---\nText.', 'a.txt', undefined],
  ['markdown', 'front matter in a .txt', '---\ntitle: A\n---\nText.', 'a.txt', undefined],
  [
    'markdown',
    'Markdown in a .txt',
    '# Title\n\nSome [link](https://example.org).\n\n## Sub\n\nText.',
    'a.txt',
    undefined,
  ],
  ['markdown', 'Markdown with HTML', 'Text\n\n<figure><img src="a"></figure>\n\nText', 'a.md', undefined],
  ['markdown', 'TOML front matter', '+++\ntitle = "A"\n+++\nText.', 'a.txt', undefined],
  ['markdown', 'JSON front matter', '{\n  "title": "A"\n}\n\nText.', 'a.txt', undefined],
  ['nitf', 'NITF in a .txt', '<nitf><body><p>Text.</p></body></nitf>', 'a.txt', 'text/plain'],
  ['newsml', 'NewsML-G2 as XML', '<?xml version="1.0"?>\n<!-- x -->\n<newsItem/>', 'a.xml', 'text/xml'],
  ['newsml', 'NewsML with a prefix', '<n:newsMessage xmlns:n="x"></n:newsMessage>', 'a', undefined],
  ['ninjs', 'ninjs by its content', '{"uri":"a","headline":"b","body_text":"c"}', 'a.txt', undefined],
  ['wire', 'an agency envelope', '\x01abc0123 4 i 100 x\r\n\x02Text\x03', 'a.txt', undefined],
  ['wire', 'typesetting marks', '^A headline^<\n^By Jane Doe^<\n   Text.', 'a.txt', undefined],
  ['eml', 'a message', 'Message-ID: <1@a>\nFrom: a@b\nSubject: x\n\nText.', 'a.txt', undefined],
  ['text', 'a text about JSON', '{ is the sign that opens an object.', 'a.txt', undefined],
  ['text', 'labels, no message', 'From: the island\nDate: none\n\nText.', 'a.txt', undefined],
  ['markdown', 'anything by its type', 'Text', 'a', 'text/markdown'],
  ['markdown', 'a name wins over a type that says nothing', 'Text', 'a.md', 'application/octet-stream'],
])('%s: %s', async (expected, _what, text, key, contentType) => {
  expect(await chosen(text, key, contentType)).toBe(expected);
});

test.each(['', '   \r\n\t', '\uFEFF \u200b\n'])('%j is empty', async text => {
  expect((await rejection(Buffer.from(text))).code).toBe('empty');
});

test.each([
  ['Word', `PK\x03\x04${'\0'.repeat(20)}[Content_Types].xml word/document.xml`],
  ['ZIP', 'PK\x03\x04\x14\0\0\0'],
  ['PNG', '\x89PNG\r\n\x1a\n\0\0'],
  ['JPEG', '\xff\xd8\xff\xe0\0'],
  ['GIF', 'GIF89a\x01\0\x01\0'],
  ['gzip', '\x1f\x8b\x08\0'],
  ['MP4', '\0\0\0\x18ftypmp42\0'],
  ['ELF', '\x7fELF\x02\x01\x01\0'],
  ['shortcut', '[InternetShortcut]\r\nURL=https://example.com/desk\r\n'],
  ['shortcut', '[{000214A0-0000-0000-C000-000000000046}]\r\nProp3=19,2\r\n[InternetShortcut]\r\n'],
  ['shortcut', '[Desktop Entry]\nType=Link\nName=The desk\n'],
])('%s is named in the sentence, whatever the file is called', async (kind, content) => {
  const { code, message } = await rejection(Buffer.from(content, 'latin1'));
  expect(code).toBe('not-text');
  expect(message).toContain(kind);
});

test('NULs and control characters are no text', async () => {
  expect((await rejection(Buffer.from('abc\0def'))).code).toBe('not-text');
  expect((await rejection(Uint8Array.from({ length: 500 }, (_, at) => (at * 37 + 11) % 256))).code).toBe(
    'not-text',
  );
});

test('UTF-16 is text although it is full of NULs; words that begin like a magic number are text', async () => {
  const wide = await chooseFormat({ bytes: Buffer.from('A story in UTF-16.', 'utf16le'), key: 'a.txt' });
  expect(wide.text).toBe('A story in UTF-16.');
  expect(await chosen('BZh is not a word, but ID3 is a tag.')).toBe('text');
  expect(await chosen('OTTO was here.')).toBe('text');
  expect(await chosen('[Desk] The harbour town voted.')).toBe('text');
});

test('any bytes and any name: a reader that reads them, or a rejection', async () => {
  const content = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: 'binary' }).map(text => Buffer.from(text)),
  );
  const key = fc.constantFrom('a.txt', 'a.md', 'a.html', 'a', 'a.docx');
  await fc.assert(
    fc.asyncProperty(content, key, async (bytes, name) => {
      try {
        expect((await chooseFormat({ bytes, key: name })).reader.name).toMatch(
          /^(text|html|markdown|wire|nitf|newsml|ninjs|eml)$/,
        );
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
      }
    }),
    { numRuns: 500 },
  );
});

test('every sample is read, each in the format and encoding it was saved in', async () => {
  const samples = readdirSync('samples', { recursive: true, withFileTypes: true }).filter(entry =>
    entry.isFile(),
  );
  const read: string[] = [];
  for (const { parentPath, name } of samples) {
    const bytes = readFileSync(path.join(parentPath, name));
    const { reader, charset } = await chooseFormat({ bytes, key: name });
    read.push(`${name}: ${reader.name}, ${charset}`);
  }
  expect(read).toContain('electric-boats.txt: text, windows-1252');
  expect(read).toContain('harbour-theatre.html: html, utf-8');
  expect(read).toContain('tidal-clock.md: markdown, utf-8');
  expect(read.filter(each => each.endsWith('text, utf-8')).length).toBeGreaterThanOrEqual(5);
});

import { parseArticle } from '../../../functions/ingest/parse.ts';
import { mailWith, wordDocument } from '../../support/documents.ts';

/** Exchange makes attachments of the texts behind a picture: `ATT00001.txt`. */

const FIRST =
  'The harbour board voted on Thursday to widen the northern basin, which residents have opposed.';
const SECOND =
  'Work will begin in March, the chairwoman said, and the fish market will move to the customs hall.';
const MAIL = { subject: 'Basin to be widened', text: FIRST };
const HTML = `<html><body><p>${FIRST}</p></body></html>`;

const split = (content: string | Uint8Array, name = 'ATT00001.txt') => ({
  name,
  type: 'text/plain',
  content,
});
const read = (...parts: Parameters<typeof mailWith>) =>
  parseArticle({ bytes: Buffer.from(mailWith(...parts)), key: 'world/a.eml' });

test.each<[string, typeof MAIL & { html?: string }, string | Uint8Array, string]>([
  ['text', MAIL, `\r\n\r\n${SECOND}\r\n`, 'ATT00001.txt'],
  [
    'text in another character set',
    MAIL,
    Buffer.from(SECOND.replace('chairwoman', 'présidente'), 'latin1'),
    'ATT00001.txt',
  ],
  ['text of an HTML mail', { ...MAIL, html: HTML }, SECOND, 'ATT00001.txt'],
  ['HTML', MAIL, `<html><body><p>${SECOND}</p></body></html>`, 'ATT00001.htm'],
])('%s behind a picture is a part of the story', async (_, mail, content, name) => {
  const { bodyText, warnings } = await read(mail, split(content, name));
  expect(bodyText.replace('présidente', 'chairwoman').split('\n')).toEqual([FIRST, SECOND]);
  expect(warnings.join()).toContain('was added to that of the mail');
});

test.each<[string, string, string]>([
  ['the text of the mail again', FIRST, 'ATT00001.txt'],
  ['an empty text', '\r\n', 'ATT00001.txt'],
  ['an empty page', '<html><body><br></body></html>', 'ATT00002.htm'],
])('%s adds nothing', async (_, content, name) => {
  const { bodyText, warnings } = await read(MAIL, split(content, name));
  expect([bodyText, warnings]).toEqual([FIRST, []]);
});

test('markup and release terms in such a text are read as in the mail itself', async () => {
  const { bodyHtml, embargoUntil } = await read(
    { ...MAIL, html: HTML },
    split(`${SECOND}\r\n\r\n1 < 2 <b>not bold</b>\r\n\r\nEMBARGOED UNTIL 3 June 2030 06:00\r\n`),
  );
  expect(bodyHtml).toContain('1 &lt; 2 &lt;b&gt;not bold');
  expect(embargoUntil).toBe('2030-06-03T06:00:00.000Z');
});

test('beside a document, such a text makes no story of the note, and is named', async () => {
  const report = wordDocument('Basin widened', FIRST, SECOND);
  const footer = Array.from(
    { length: 30 },
    (_, at) => `word${String.fromCharCode(97 + at)} of a footer`,
  ).join(' ');
  const { headline, warnings } = await read(
    { subject: 'Release', text: 'Find attached our release.' },
    { name: 'a.docx', type: 'application/octet-stream', content: report },
    split(footer),
  );
  expect(headline).toBe('Basin widened');
  expect(warnings.join()).toContain('“ATT00001.txt” was left out');
});

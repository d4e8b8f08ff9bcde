import { parseArticle } from '../../../functions/ingest/parse.ts';
import { jpeg, png } from '../../support/pictures.ts';

const STORY = 'The ferry sailed again on Monday, four years after the last boat was sold.';
const FONTS =
  '{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}{\\f2\\fcharset178 C;}{\\f3\\fcharset128 D;}{\\f4\\fcharset161 E;}{\\f5\\fcharset2 Symbol;}{\\f6\\fcharset134 F;}}';

const read = (inner: string, header = '\\ansi\\ansicpg1252') =>
  parseArticle({
    bytes: Buffer.from(`{\\rtf1${header}\\deff0${FONTS}${STORY}\\par ${inner}\\par}`, 'latin1'),
    key: 'desk/story.rtf',
  });
const body = async (inner: string, header?: string) =>
  (await read(inner, header)).bodyHtml.replace(`<p>${STORY}</p>`, '');

test.each<[what: string, inner: string, html: string]>([
  ['a font with Cyrillic letters', "\\f1 \\'cf\\'ee\\'f0\\'f2", '<p>Порт</p>'],
  ['a font with Arabic letters', "\\f2\\rtlch \\'e3\\'d1\\'cd\\'c8\\'c7", '<p>مرحبا</p>'],
  ['a font with Greek letters', "\\f4 \\'cb\\'e9\\'ec\\'dc\\'ed\\'e9", '<p>Λιμάνι</p>'],
  ['Japanese letters, also with a second byte in ASCII', "\\f3 \\'94\\'5c\\'83e", '<p>能テ</p>'],
  ['Chinese letters', "\\f6 \\'b8\\'db\\'bf\\'da", '<p>港口</p>'],
  [
    'characters of Unicode with several replacements',
    "\\uc2\\u28207\\'b8\\'db\\uc1\\u233e\\uc0\\u8364 x",
    '<p>港é€x</p>',
  ],
  ['negative numbers and surrogates', '\\u-10179?\\u-8727? and \\u-257?', '<p>🗩 and</p>'],
  ['a replacement that is a control word', '\\u8220\\ldblquote Yes\\u8221\\rdblquote', '<p>“Yes”</p>'],
  ['smart quotes of Windows', "\\'93Yes\\'94 \\'96 it\\'92s\\'85", '<p>“Yes” – it’s…</p>'],
  [
    'marks by name',
    '\\ldblquote Yes\\rdblquote\\emdash it\\rquote s 40\\~km\\_h\\-out',
    '<p>“Yes”—it’s 40\u00a0km\u2011hout</p>',
  ],
  ['escaped braces', '\\{a\\} \\\\ b', '<p>{a} \\ b</p>'],
  [
    'equal styles side by side',
    '{\\b bold }{\\b still}{\\b\\i  both}',
    '<p><strong>bold still<em> both</em></strong></p>',
  ],
  [
    'a style that is switched off',
    '\\b bold\\b0  plain \\i slanted\\plain  plain',
    '<p><strong>bold</strong> plain <em>slanted</em> plain</p>',
  ],
  ['hidden text', 'seen {\\v hidden} \\v hidden\\v0 again', '<p>seen again</p>'],
  ['deleted text with its note', 'kept{\\deleted  gone{\\footnote gone}}{\\revised  new}', '<p>kept new</p>'],
  ['unknown groups', 'a{\\*\\unknown gone {\\b gone}} b{\\unknown  kept}', '<p>a b kept</p>'],
  ['binary data', 'a{\\*\\objdata\\bin6 }}{{\\\\} b{\\pict\\bin3 {{{} c', '<p>a b c</p>'],
  ['text in two forms', '{\\upr{Caf?}{\\*\\ud{Caf\\u233 e}}}', '<p>Café</p>'],
  [
    'a link',
    '{\\field{\\*\\fldinst{HYPERLINK "https://e.example/a?b=1&c=2" \\\\t "_blank"}}{\\fldrslt{the \\b site}}}',
    '<p><a href="https://e.example/a?b=1&amp;c=2">the <strong>site</strong></a></p>',
  ],
  [
    'a link that would act',
    '{\\field{\\*\\fldinst HYPERLINK "javascript:alert(1)"}{\\fldrslt the site}}',
    '<p>the site</p>',
  ],
  ['a field that is no link', '{\\field{\\*\\fldinst PAGE}{\\fldrslt 7}} pages', '<p>7 pages</p>'],
  [
    'numbered items',
    '{\\listtext 1.\\tab}\\ls1 One\\par{\\listtext 2.\\tab}Two\\par{\\listtext 1.\\tab}New',
    '<ol><li>One</li><li>Two</li></ol><ol><li>New</li></ol>',
  ],
  ['bullets without a list', '\\bullet\\tab One\\par \\bullet\\tab Two', '<ul><li>One</li><li>Two</li></ul>'],
  [
    'bullets of a symbol font',
    "{\\pntext\\f5\\'B7\\tab}One\\par{\\pntext\\f5\\'B7\\tab}\\ilvl1 Two",
    '<ul><li>One<ul><li>Two</li></ul></li></ul>',
  ],
  [
    'a table whose cells hold paragraphs',
    '\\trowd\\cellx1\\cellx2\\pard\\intbl a\\par b\\cell c\\cell\\row\\pard after',
    '<table><tbody><tr><td><p>a</p><p>b</p></td><td>c</td></tr></tbody></table><p>after</p>',
  ],
  [
    'a table that does not end',
    '\\trowd\\pard\\intbl a\\cell b',
    '<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>',
  ],
  [
    'a heading by its level',
    '{\\pard\\outlinelevel1\\b What the sea says\\par}\\pard It is calm',
    '<h2>What the sea says</h2><p>It is calm</p>',
  ],
  ['the words of an object', '{\\object{\\*\\objdata 00ff}{\\result of the object}}', '<p>of the object</p>'],
])('%s', async (_, inner, html) => {
  expect(await body(inner)).toBe(html);
});

test.each<[what: string, header: string, inner: string, html: string]>([
  ['the code page of the document', '\\ansi\\ansicpg1251', "\\f9 \\'cf\\'ee\\'f0\\'f2", '<p>Порт</p>'],
  [
    'a font that states a Western alphabet for another one',
    '\\ansi\\ansicpg1251',
    "\\'cf\\'ee\\'f0\\'f2",
    '<p>Порт</p>',
  ],
  ['a Western word in a Cyrillic document', '\\ansi\\ansicpg1251', "caf\\'e9", '<p>café</p>'],
  ['Mac Roman', '\\mac', "\\f9 caf\\'8e", '<p>café</p>'],
  ['UTF-8 as a code page', '\\ansi\\ansicpg65001', "\\f9 caf\\'c3\\'a9", '<p>café</p>'],
  ['an unknown code page', '\\ansi\\ansicpg99', "\\f9 caf\\'e9", '<p>café</p>'],
])('%s', async (_, header, inner, html) => {
  expect(await body(inner, header)).toBe(html);
});

test('raw UTF-8, which RTF does not allow, is read', async () => {
  const bytes = Buffer.from(`{\\rtf1\\ansi ${STORY} Le café — « oui ».}`);
  expect((await parseArticle({ bytes, key: 'a.rtf' })).bodyText).toContain('Le café — « oui ».');
});

test('a document without its end says so, and its last word is not made up', async () => {
  const { bodyText, warnings } = await parseArticle({
    bytes: Buffer.from(`{\\rtf1 ${STORY} caf\\u23`),
    key: 'a.rtf',
  });
  expect(bodyText).toBe(`${STORY} caf`);
  expect(warnings).toEqual(['The end of the RTF document is missing.']);
});

test('a comment of an editor states an embargo', async () => {
  const { embargoUntil, bodyText } = await read('a{\\*\\annotation \\pard Embargo until 5 March 2099!}');
  expect(embargoUntil).toBe('2099-03-05T00:00:00.000Z');
  expect(bodyText).not.toContain('Embargo');
});

test('pictures and comments are named in warnings', async () => {
  const { warnings } = await read('a{\\*\\shppict{\\pict\\pngblip 8950}}{\\*\\annotation gone}');
  expect(warnings).toEqual([
    'Pictures in the RTF document were left out.',
    'The comments in the RTF document were left out.',
  ]);
});

test.each([
  [
    'as Word writes it',
    png(),
    (hex: string) =>
      `{\\*\\shppict{\\pict{\\*\\picprop{\\sp{\\sn a}{\\sv 1}}}\\picw9\\pngblip\\bliptag1{\\*\\blipuid 00ff}\n${hex}}}{\\nonshppict{\\pict\\wmetafile8 0100}}`,
  ],
  [
    'in a floating shape',
    jpeg(),
    (hex: string) =>
      `{\\shp{\\*\\shpinst{\\sp{\\sn pib}{\\sv {\\pict\\jpegblip ${hex}}}}}{\\shprslt{\\pict\\wmetafile8 0100}}}`,
  ],
])('a picture is shown, %s', async (_, picture, markup) => {
  const hex = picture.toString('hex').replace(/.{64}/g, '$&\r\n');
  const { bodyHtml, warnings } = await read(
    `before\\par ${markup(hex)}\\par {\\i The ferry at dawn}\\par after`,
  );
  expect(bodyHtml).toMatch(
    /<p>before<\/p><figure><img src="\.\.\/media\/[^"]+\.(?:png|jpe?g)" alt=""><figcaption><em>The ferry at dawn<\/em><\/figcaption><\/figure><p>after<\/p>/,
  );
  expect(warnings).toEqual([]);
});

test('a draft mark in the footer holds the story', async () => {
  expect((await read('{\\footer\\pard NOT FOR PUBLICATION\\par}')).hold).toBeDefined();
});

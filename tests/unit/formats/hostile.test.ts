import { deflateSync } from 'node:zlib';
import { parseArticle } from '../../../functions/ingest/parse.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/settings.ts';
import { cpuMsOf } from '../../support/cpu-time.ts';
import { makePdf, makePdfOf, partsOf } from '../../support/pdf.ts';
import { makeDocx, makeOdt, makeZip } from '../../support/zip.ts';

/** The code of the rejection, or the format of the article. */
async function fate(bytes: Uint8Array, key = 'desk/story'): Promise<string> {
  try {
    return (await parseArticle({ bytes, key })).format ?? '';
  } catch (error) {
    if (error instanceof Rejection) return error.code;
    throw error;
  }
}

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const words = (inner: string) =>
  `<?xml version="1.0"?><w:document ${W}><w:body>${inner}</w:body></w:document>`;
const paragraph = '<w:p><w:r><w:t>The ferry sailed on Monday and came back on Tuesday.</w:t></w:r></w:p>';
const ODT =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"';
const odt = (inner: string) =>
  `<?xml version="1.0"?><office:document-content ${ODT}><office:body><office:text>${inner}</office:text></office:body></office:document-content>`;
const line = '<text:p>The ferry sailed on Monday and came back on Tuesday.</text:p>';
const nitf = (inner: string) =>
  `<?xml version="1.0"?><nitf><body><body.content>${inner}</body.content></body></nitf>`;
const mail = (headers: string, body: string) =>
  `Message-ID: <1@example.org>\r\nFrom: Jane Doe <j@example.org>\r\nSubject: A ferry\r\n${headers}\r\n\r\n${body}`;

/** A PDF of one page with a packed content. */
const packedPdf = (content: Buffer, filter = '/FlateDecode') =>
  makePdfOf(partsOf([{ dictionary: `/Filter ${filter}`, data: deflateSync(content) }]));

const loopOfPages = [
  { dictionary: '/Type /Catalog /Pages 2 0 R' },
  { dictionary: '/Type /Pages /Count 2 /Kids [3 0 R]' },
  { dictionary: '/Type /Pages /Count 2 /Kids [2 0 R 3 0 R]' },
];

/** A PDF of one page whose forms show text and other forms. */
const formsPdf = (forms: readonly string[]) => {
  const names = forms.map((_, at) => `/X${at} ${7 + at} 0 R`).join(' ');
  const resources = `/XObject << ${names} >>`;
  const page = partsOf([{ dictionary: '', data: Buffer.from('/X0 Do') }], resources);
  return makePdfOf([
    ...page,
    ...forms.map(form => ({
      dictionary: `/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Resources << /Font << /F 3 0 R >> ${resources} >>`,
      data: Buffer.from(`BT /F 12 Tf 50 700 Td ${form}`),
    })),
  ]);
};

const ENTITIES = `<!DOCTYPE nitf [<!ENTITY a "ha">${Array.from({ length: 20 }, (_, at) => `<!ENTITY a${at} "${'&a;'.repeat(20)}">`).join('')}<!ENTITY x SYSTEM "file:///etc/passwd">]>`;

test.each<[what: string, expected: string, bytes: () => Uint8Array]>([
  ['a DOCX that unpacks to 13 MB', 'too-large', () => makeDocx(words(' '.repeat(13_000_000)))],
  ['a DOCX that is packed a thousandfold', 'too-large', () => makeDocx(words(' '.repeat(5_000_000)))],
  [
    'a DOCX with declared entities',
    'unreadable',
    () => makeDocx(`<!DOCTYPE w [<!ENTITY a "b">]>${words(paragraph)}`),
  ],
  [
    'a DOCX nested 30,000 deep',
    'unreadable',
    () => makeDocx(words(`${'<w:sdt><w:sdtContent>'.repeat(15_000)}`)),
  ],
  ['a DOCX without a document part that can be read', 'unreadable', () => makeDocx('<w:document')],
  ['a DOCX that is cut off', 'not-text', () => makeDocx(words(paragraph)).subarray(0, 700)],
  ['a DOCX without words', 'empty', () => makeDocx(words('<w:p/>'))],
  [
    'an encrypted DOCX',
    'unreadable',
    () =>
      makeZip([
        { name: '[Content_Types].xml', content: '<a/>', flags: 1 },
        { name: 'word/document.xml', content: '<a/>', flags: 1 },
      ]),
  ],
  [
    'a spreadsheet',
    'not-text',
    () =>
      makeZip([
        { name: '[Content_Types].xml', content: '<a/>' },
        { name: 'xl/workbook.xml', content: '<a/>' },
      ]),
  ],
  [
    'NITF with entities that multiply',
    'nitf',
    () => Buffer.from(nitf('<p>The ferry &a19; sailed &x; on.</p>').replace('<nitf>', `${ENTITIES}<nitf>`)),
  ],
  ['NITF nested 50,000 deep', 'unreadable', () => Buffer.from(nitf(`${'<block>'.repeat(50_000)}x`))],
  [
    'NITF whose DOCTYPE does not end',
    'not-text',
    () =>
      Buffer.from('<?xml version="1.0"?><!DOCTYPE nitf [ <!ENTITY a "b" <nitf><body><p>A</p></body></nitf>'),
  ],
  ['NITF of 200,000 open tags', 'unreadable', () => Buffer.from(nitf('<p><em>'.repeat(100_000)))],
  [
    'NewsML without text',
    'empty',
    () => Buffer.from('<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><itemMeta/></newsItem>'),
  ],
  [
    'ninjs without text',
    'empty',
    () => Buffer.from('{"uri":"a:1","type":"picture","headline":"x","versioncreated":"2026-10-12"}'),
  ],
  ['a PDF that is cut off in its head', 'unreadable', () => Buffer.from('%PDF-1.7\n1 0 obj')],
  ['a PDF that is not one', 'unreadable', () => Buffer.from('%PDF-1.7\nThe ferry sailed on Monday.\n')],
  ['a PDF whose page unpacks to 60 MB', 'too-large', () => packedPdf(Buffer.alloc(60_000_000, 0x20))],
  [
    'a PDF whose page is packed twice',
    'too-large',
    () => packedPdf(deflateSync(Buffer.alloc(60_000_000, 0x20)), '[/FlateDecode /FlateDecode]'),
  ],
  [
    'a PDF whose page is packed twice, with a hidden name of the packing',
    'too-large',
    () =>
      packedPdf(deflateSync(Buffer.alloc(60_000_000, 0x20)), '[/Fl#61teDecode /Fl#61teDecode] /A (1 0 obj)'),
  ],
  [
    'a PDF whose page is damaged after 60 MB',
    'too-large',
    () => {
      const packed = deflateSync(Buffer.alloc(60_000_000, 0x20));
      packed.fill(0xff, packed.length - 20);
      return makePdfOf(partsOf([{ dictionary: '/Filter /FlateDecode', data: packed }]));
    },
  ],
  [
    'a PDF of 201 pages',
    'too-large',
    () => makePdf(Array.from({ length: 201 }, () => [{ x: 50, y: 700, text: 'The ferry sailed.' }])),
  ],
  [
    'a PDF of two million letters',
    'too-large',
    () => packedPdf(Buffer.from(`BT /F 5 Tf ${`1 0 0 1 9 9 Tm (${'a'.repeat(100)}) Tj `.repeat(20_000)} ET`)),
  ],
  ['a PDF whose pages list each other', 'unreadable', () => makePdfOf(loopOfPages)],
  [
    'a PDF whose content contains itself',
    'pdf',
    () => formsPdf(['(The ferry sailed on Monday.) Tj ET /X0 Do']),
  ],
  ['a PDF without words', 'empty', () => makePdf([[]])],
  [
    'a PDF with an encryption',
    'unreadable',
    () => makePdfOf(partsOf([{ dictionary: '', data: Buffer.from('') }]), '/Encr#79pt 9 0 R'),
  ],
  ['JSON nested 100,000 deep', 'unreadable', () => Buffer.from(`{"a":${'['.repeat(100_000)}`)],
  ['JSON of another kind', 'not-text', () => Buffer.from('{"name":"copydesk","items":[1,2,3]}')],
  ['JSON that is cut off', 'unreadable', () => Buffer.from('{"uri":"a:1","headline":"The fer')],
  [
    'an RSS feed',
    'not-text',
    () => Buffer.from('<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>'),
  ],
  ['an RSS feed without a declaration', 'not-text', () => Buffer.from('<rss><channel/></rss>\n')],
  ['an empty RSS feed', 'not-text', () => Buffer.from('<rss/>')],
  ['an empty sitemap', 'not-text', () => Buffer.from('<urlset></urlset>')],
  [
    'XML of an unknown kind',
    'not-text',
    () => Buffer.from('<?xml version="1.0"?><orders><order>1</order></orders>'),
  ],
  ['an ODT that unpacks to 13 MB', 'too-large', () => makeOdt(odt(' '.repeat(13_000_000)))],
  [
    'an ODT with declared entities',
    'unreadable',
    () => makeOdt(`<!DOCTYPE x [<!ENTITY a "b">]>${odt(line)}`),
  ],
  ['an ODT nested 30,000 deep', 'unreadable', () => makeOdt(odt('<text:section>'.repeat(30_000)))],
  ['an ODT of 600,000 tags', 'too-large', () => makeOdt(odt('<text:s/>'.repeat(600_000)))],
  ['an ODT that is cut off', 'not-text', () => makeOdt(odt(line)).subarray(0, 400)],
  ['an ODT without words', 'empty', () => makeOdt(odt('<text:p/>'))],
  ['an ODT whose styles are their own parents', 'odt', () => makeOdt(odt(line), LOOP)],
  [
    'an ODT without content',
    'unreadable',
    () => makeZip([{ name: 'mimetype', content: TEXT_TYPE, stored: true }]),
  ],
  [
    'an ODT with a password',
    'unreadable',
    () => makeOdt('\x07\x13', undefined, undefined, '<manifest><encryption-data/></manifest>'),
  ],
  [
    'an OpenDocument spreadsheet',
    'not-text',
    () => makeZip([{ name: 'mimetype', content: SHEET_TYPE, stored: true }]),
  ],
  [
    'an OpenDocument spreadsheet that was packed by hand',
    'not-text',
    () => makeOdt(odt(line).replaceAll('office:text', 'office:spreadsheet')),
  ],
  [
    'a document of Pages',
    'not-text',
    () => makeZip([{ name: 'Index/Document.iwa', content: 'x', stored: true }]),
  ],
  ['an old Word document', 'not-text', () => Buffer.from('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Word', 'latin1')],
  ['RTF without words', 'empty', () => Buffer.from('{\\rtf1\\ansi{\\info{\\title A ferry}}}')],
  ['RTF nested 200,000 deep', 'unreadable', () => Buffer.from(`{\\rtf1 ${'{'.repeat(200_000)}The ferry.`)],
  ['RTF with 100,000 groups', 'rtf', () => Buffer.from(`{\\rtf1 ${'{\\b The {\\i ferry}}'.repeat(50_000)}}`)],
  [
    'RTF with as many marks',
    'rtf',
    () => Buffer.from(`{\\rtf1 The ferry ${"\\u1078\\'e6\\b".repeat(100_000)}}`),
  ],
  [
    'RTF that skips more than there is',
    'rtf',
    () => Buffer.from('{\\rtf1\\uc2000000000 The ferry sailed.\\u8364 lost\\par On\\bin2000000000 lost}'),
  ],
  [
    'RTF of cells, notes and shapes in each other',
    'rtf',
    () =>
      Buffer.from(
        `{\\rtf1 The ferry ${'\\intbl a\\cell{\\footnote b{\\shp{\\shptxt c\\cell\\row}}}'.repeat(5_000)}}`,
      ),
  ],
  ['RTF whose styles are their own parents', 'rtf', () => Buffer.from(RTF_LOOP)],
  ['a mail whose parts nest 3,000 deep', 'unreadable', () => Buffer.from(nestedMail(3_000))],
  [
    'a mail with 2 MB of headers',
    'unreadable',
    () => Buffer.from(mail('X-A: b\r\n'.repeat(250_000).trimEnd(), 'A ferry sailed.')),
  ],
  ['a mail without words', 'empty', () => Buffer.from(mail('X-Mailer: x', '   '))],
  [
    'a mail in base64 that is broken',
    'eml',
    () => Buffer.from(mail('Content-Transfer-Encoding: base64', 'VGhlIGZlcnJ5IHNhaWxlZCBvbiBNb25kYXku=!!')),
  ],
  [
    'a wire message that is cut off',
    'wire',
    () => Buffer.from('\x01coa0471 4 i 118 uk\r\n\x02Ferry crew rescued\r\n   HARWICH - Six crew'),
  ],
])('%s: %s', async (_what, expected, bytes) => {
  const ms = await cpuMsOf(async () => expect(await fate(bytes())).toBe(expected));
  expect(ms).toBeLessThan(10_000);
});

const TEXT_TYPE = 'application/vnd.oasis.opendocument.text';
const SHEET_TYPE = 'application/vnd.oasis.opendocument.spreadsheet';
const LOOP =
  '<styles><styles><style name="A" family="paragraph" parent-style-name="B"/><style name="B" family="paragraph" parent-style-name="A"/></styles></styles>';
const RTF_LOOP =
  '{\\rtf1{\\stylesheet{\\s1\\sbasedon2 A;}{\\s2\\sbasedon1 B;}{\\s3\\sbasedon3 C;}}\\s1 The ferry sailed.\\par\\s3 On Monday.}';

function nestedMail(depth: number): string {
  let inner = 'Content-Type: text/plain\r\n\r\nA ferry.';
  for (let at = 0; at < depth; at++)
    inner = `Content-Type: multipart/mixed; boundary="b${at}"\r\n\r\n--b${at}\r\n${inner}\r\n--b${at}--`;
  return `${mail('MIME-Version: 1.0', '').trimEnd()}\r\n${inner}`;
}

test.each<[format: string, build: (times: number) => Uint8Array]>([
  [
    'docx',
    times =>
      makeDocx(
        words(
          Array.from({ length: times }, (_, at) => paragraph.replace('ferry', `ferry ${at * 7919}`)).join(''),
        ),
      ),
  ],
  [
    'odt',
    times =>
      makeOdt(
        odt(Array.from({ length: times }, (_, at) => line.replace('ferry', `ferry ${at * 7919}`)).join('')),
      ),
  ],
  [
    'rtf',
    times =>
      Buffer.from(
        `{\\rtf1 ${'{\\b The ferry} sailed on Monday and came back on Tuesday.\\par\n'.repeat(times)}}`,
      ),
  ],
  [
    'eml',
    times =>
      Buffer.from(
        mail('X-Mailer: x', 'The ferry sailed on Monday and came back on Tuesday.\r\n\r\n'.repeat(times)),
      ),
  ],
  [
    'nitf',
    times => Buffer.from(nitf('<p>The ferry sailed on <em>Monday</em> and came back.</p>'.repeat(times))),
  ],
  [
    'ninjs',
    times =>
      Buffer.from(
        JSON.stringify({
          uri: 'a:1',
          headline: 'A ferry',
          body_text: 'The ferry sailed on Monday and came back on Tuesday.\n\n'.repeat(times),
        }),
      ),
  ],
  [
    'wire',
    times =>
      Buffer.from(
        `\x01coa0471 4 i 118 uk\r\n\x02${'   The ferry sailed on Monday and came\r\nback on Tuesday.\r\n'.repeat(times)}\x03`,
      ),
  ],
  [
    'eml',
    times =>
      Buffer.from(
        mail('Content-Type: text/html', '<div>The ferry sailed on <b>Monday</b>.</div>'.repeat(times)),
      ),
  ],
])('%s: ten times the copy takes about ten times as long', async (format, build) => {
  const time = async (times: number) => {
    const bytes = build(times);
    return await cpuMsOf(async () => expect(await fate(bytes)).toBe(format));
  };
  await time(200);
  const small = Math.min(await time(600), await time(600));
  const large = await time(6_000);
  expect(large).toBeLessThan(Math.max(30 * small, 2_000));
});

test('a wrong name or type does not hide what the content is', async () => {
  expect(await fate(Buffer.from(nitf('<p>The ferry sailed.</p>')), 'a.txt')).toBe('nitf');
  expect(await fate(makeDocx(words(paragraph)), 'a.txt')).toBe('docx');
  expect(await fate(Buffer.from('The ferry sailed on Monday.'), 'a.eml')).toBe('text');
  expect(await fate(Buffer.from('The ferry sailed on Monday.'), 'a.docx')).toBe('text');
  expect(await fate(Buffer.from('From: the harbour\nSubject: to change\n\nThe ferry sailed.'), 'a.txt')).toBe(
    'text',
  );
  expect(await fate(Buffer.from('From: Jane Doe\nSubject: A ferry\n\nThe ferry sailed.'), 'a.eml')).toBe(
    'eml',
  );
  expect(
    await fate(Buffer.from('<?xml version="1.0"?>\n<div><p>The ferry</p>\n<p>sailed.</p></div>'), 'a.xml'),
  ).toBe('html');
});

test('a PDF whose contents multiply a billionfold takes no longer than its budget', async () => {
  const forms = Array.from(
    { length: 10 },
    (_, at) => `(The ferry) Tj ET ${`/X${at + 1} Do `.repeat(at < 9 ? 10 : 0)}`,
  );
  const limits = { ...DEFAULT_SETTINGS.limits, parseSeconds: 1 };
  const reading = parseArticle(
    { bytes: formsPdf(forms), key: 'desk/story' },
    { ...DEFAULT_SETTINGS, limits },
  );
  await expect(reading).rejects.toMatchObject({ code: 'too-slow' });
});

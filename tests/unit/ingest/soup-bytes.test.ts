import fc from 'fast-check';
import { readMembers } from '../../../functions/ingest/zip/members.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import { expectLawful, type Soup } from '../../support/laws.ts';
import { column, makePdf } from '../../support/pdf.ts';
import { laws, prose } from '../../support/soup.ts';
import { makeDocx, makeOdt, makeZip } from '../../support/zip.ts';

test('bytes behind the beginnings of known formats', async () => {
  const beginning = fc.constantFrom(
    ...[
      '',
      '\ufeff',
      'PK\x03\x04',
      '%PDF-1.7',
      '{\\rtf1',
      '<?xml version="1.0" encoding="utf-7"?>',
      '<nitf>',
      '{"uri":"a:1","headline":',
      '---\n',
      '+++\n',
      'From: a@b\r\nSubject: x\r\n\r\n',
      '<html><meta charset=gb18030>',
      '\x01coa',
      '\x00\x00\xfe\xff',
    ],
  );
  const soup = fc
    .tuple(
      beginning,
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(
        undefined,
        'text/html',
        'text/markdown',
        'message/rfc822',
        'text/plain; charset=utf-16',
      ),
    )
    .map(([start, rest, contentType]) => ({
      bytes: Buffer.concat([Buffer.from(start, 'latin1'), rest]),
      contentType,
    }));
  await laws(soup as fc.Arbitrary<Soup>, 300);
});

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const runs = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
const document = (text: string) =>
  `<?xml version="1.0"?><w:document ${W}><w:body>${runs(text)}</w:body></w:document>`;
const flips = fc.array(fc.record({ at: fc.nat(), bit: fc.nat(7) }), { minLength: 1, maxLength: 8 });

function flipped(whole: Buffer, changes: readonly { at: number; bit: number }[]): Buffer {
  const bytes = Buffer.from(whole);
  for (const { at, bit } of changes)
    bytes.writeUInt8(bytes.readUInt8(at % bytes.length) ^ (1 << bit), at % bytes.length);
  return bytes;
}

test('DOCX: what was written, and nothing that flipped bits make of it that was not', async () => {
  const inner = fc.array(
    fc.oneof(
      prose,
      fc.constantFrom(
        '</w:t><w:tab/><w:t>',
        '</w:t><w:br/><w:t>',
        '</w:t></w:r></w:p><w:p><w:r><w:t>',
        '<w:x/>',
      ),
    ),
    { maxLength: 8 },
  );
  await laws(
    inner.map(parts => ({
      bytes: makeDocx(document(parts.join(''))),
      said: parts.join('').replace(/<[^>]*>/g, ' '),
    })),
    60,
  );
  const whole = makeDocx(document('The ferry sailed on Monday and came back on Tuesday.'));
  // A checksum guards each part: what is read at all is what was written.
  await laws(
    flips.map(changes => ({ bytes: flipped(whole, changes) })),
    100,
  );
});

const ODT =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"';
const odt = (text: string) =>
  `<?xml version="1.0"?><office:document-content ${ODT}><office:body><office:text><text:p>${text}</text:p></office:text></office:body></office:document-content>`;

test('ODT: what was written, and nothing that flipped bits make of it that was not', async () => {
  const inner = fc.array(
    fc.oneof(
      prose,
      fc.constantFrom(
        '<text:tab/>',
        '<text:line-break/>',
        '<text:s text:c="3"/>',
        '</text:p><text:p>',
        '</text:p><text:h text:outline-level="2">x</text:h><text:p>',
        '</text:p><text:list><text:list-item><text:p>y</text:p></text:list-item></text:list><text:p>',
        '<text:span text:style-name="T1">z</text:span>',
        '<text:x/>',
      ),
    ),
    { maxLength: 8 },
  );
  await laws(
    inner.map(parts => ({
      bytes: makeOdt(odt(parts.join(''))),
      said: parts.join('').replace(/<[^>]*>/g, ' '),
    })),
    60,
  );
  const whole = makeOdt(odt('The ferry sailed on Monday and came back on Tuesday.'));
  await laws(
    flips.map(changes => ({ bytes: flipped(whole, changes) })),
    100,
  );
});

test('RTF: what was written, whatever stands between', async () => {
  const words = fc.stringMatching(/^[a-z ,.]{0,20}$/);
  const mark = fc.constantFrom(
    '\\par ',
    '\\tab ',
    '\\line ',
    '\\cell ',
    '\\row ',
    '\\intbl ',
    '\\pard ',
    '\\plain ',
    '{\\b ',
    '{\\super ',
    '{',
    '}',
    '\\u8364?',
    '\\rquote ',
    '{\\*\\x lost}',
    '{\\pict 00}',
    '\\\n',
    '\\s1\\ilvl3 ',
    '{\\listtext 1.}',
    '{\\field{\\*\\fldinst HYPERLINK "javascript:x"}{\\fldrslt ',
    '{\\header ',
    '{\\fonttbl\\f1\\fcharset204 ',
    '{\\stylesheet{\\s1 Title;}',
    '\\v ',
    '\\uc0 ',
    '\\bin3 }}}',
  );
  const between = fc.array(fc.oneof(words, mark), { maxLength: 16 });
  await laws(
    between.map(parts => {
      const text = parts.join('');
      // Words in braces may be left out. Only the order of those that stay is certain.
      return { bytes: Buffer.from(`{\\rtf1\\ansi ${text}}`), said: text.replace(/\\[a-z]+\d* ?/g, ' ') };
    }),
    200,
  );
  const whole = Buffer.from(
    '{\\rtf1\\ansi{\\b The ferry} sailed on Monday\\par and {\\i came} back\\u8364? on Tuesday.}',
  );
  await laws(
    flips.map(changes => ({ bytes: flipped(whole, changes) })),
    200,
  );
});

test('an archive with flipped bits is read or rejected, and so are its members', async () => {
  const whole = makeZip([
    { name: 'world/a.txt', content: 'A bridge opens\n\nThe bridge opened on Monday, a year late.' },
    { name: 'b.md', content: '# Ferry sails\n\nThe ferry sailed on Monday.', stored: true },
    { name: 'c.html', content: '<h1>Night room</h1><p>The library has a night room.</p>' },
  ]);
  const limits = {
    members: 10,
    memberBytes: 400_000,
    mediaBytes: 400_000,
    totalBytes: 1_000_000,
    ratio: 100,
  };
  await fc.assert(
    fc.asyncProperty(flips, async changes => {
      const bytes = flipped(whole, changes);
      await expectLawful({ bytes });
      try {
        const { members } = await readMembers(bytes, limits);
        for (const member of members) await expectLawful({ bytes: member.bytes, key: member.name });
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
      }
    }),
    { numRuns: 100 },
  );
});

test('PDF: flipped bits and soup between its objects are read or rejected', async () => {
  const page = column(50, 700, [
    'The ferry sailed on Monday and came back on Tuesday,',
    'with flowers on every seat and a band on the quay.',
  ]);
  const whole = makePdf([page, page]);
  await laws(
    flips.map(changes => ({ bytes: flipped(whole, changes) })),
    200,
  );
  const piece = fc.oneof(
    prose,
    fc.constantFrom(
      '<<',
      '>>',
      '[',
      ']',
      '(',
      ')',
      '/Type /Page',
      '/Kids [2 0 R]',
      '/Contents 6 0 R',
      '1 0 obj',
      'endobj',
      'stream\n',
      '\nendstream',
      '/Filter /FlateDecode',
      '/Length 9',
      'trailer',
      'startxref\n9',
      'xref\n0 9\n',
      'BT',
      'ET',
      'Tj',
      '/F 9 Tf',
      '-1 0 0 -1 9 9 Tm',
      '1e99 0 0 0 9 9 Tm',
      '%%EOF',
      '/Encrypt 1 0 R',
      '/Root 1 0 R',
    ),
  );
  const soup = fc.tuple(fc.nat(), fc.array(piece, { maxLength: 12 })).map(([at, pieces]) => {
    const place = at % whole.length;
    const text = Buffer.from(pieces.join(' '));
    return { bytes: Buffer.concat([whole.subarray(0, place), text, whole.subarray(place)]) };
  });
  await laws(soup, 200);
});

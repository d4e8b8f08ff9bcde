import fc from 'fast-check';
import { decode } from '../../../functions/ingest/decode/decode.ts';
import { decodePlain } from '../../../functions/ingest/decode/decode-plain.ts';

const BOM = '\uFEFF';
const head = fc.constantFrom(
  '',
  BOM,
  BOM + BOM,
  '<meta charset=utf-8>',
  '<meta charset=latin1>',
  '<meta charset=klingon>',
  '<?xml version="1.0" encoding="utf-16"?>',
  '\0',
);
const contentType = fc.constantFrom(
  undefined,
  'text/plain',
  'text/plain; charset=UTF-8',
  'text/plain; charset=iso-8859-1',
);
const bytes = fc.oneof(
  fc
    .tuple(head, fc.string({ unit: 'binary', maxLength: 60 }))
    .map(([first, text]) => Buffer.from(first + text)),
  fc.uint8Array({ maxLength: 60 }).map(each => Buffer.from(each)),
  fc.string({ maxLength: 30 }).map(text => Buffer.from(text, 'utf16le')),
);

test('decodePlain and decode give the same result', () => {
  let taken = 0;
  fc.assert(
    fc.property(bytes, contentType, (file, type) => {
      const plain = decodePlain(file, type);
      if (!plain) return;
      taken++;
      expect(plain).toEqual(decode(file, { contentType: type }));
    }),
    { numRuns: 2_000 },
  );
  expect(taken).toBeGreaterThan(200);
});

test.each([
  ['text', 'Plain words.'],
  ['letters with marks', 'День був довгий.'],
  ['a mark of the order of bytes', `${BOM}Words.`],
  ['a declaration of the same', '<meta charset="utf-8"><p>Words.</p>'],
])('it takes %s', (_, text) => {
  expect(decodePlain(Buffer.from(text), undefined)?.text).toBe(text.replace(BOM, ''));
});

test.each([
  ['another encoding', Buffer.from('d\xe9j\xe0 vu', 'latin1'), undefined],
  ['a type that says another', Buffer.from('déjà vu'), 'text/plain; charset=latin1'],
  ['UTF-16', Buffer.from('Words.', 'utf16le'), undefined],
])('it leaves %s to the long way', (_, file, type) => {
  expect(decodePlain(file, type)).toBeUndefined();
});

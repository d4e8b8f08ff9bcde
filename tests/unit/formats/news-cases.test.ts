import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { parseArticle } from '../../../functions/ingest/parse.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import { caseBytes } from '../../support/format-case.ts';

// A case is a folder: the source, what is expected of it, and why.md. No test run writes an expectation.
const FIXTURES = path.resolve('tests/fixtures');
const FORMATS: [format: string, ending: string][] = [
  ['docx', 'docx'],
  ['eml', 'eml'],
  ['nitf', 'xml'],
  ['newsml', 'xml'],
  ['ninjs', 'json'],
  ['odt', 'odt'],
  ['pdf', 'pdf'],
  ['rtf', 'rtf'],
  ['wire', 'txt'],
];

const CASES = FORMATS.flatMap(([format, ending]) =>
  readdirSync(path.join(FIXTURES, format)).map(name => ({
    format,
    name: `${format}/${name}`,
    ending,
    folder: path.join(FIXTURES, format, name),
  })),
);

test.each(CASES)('$name', async ({ format, ending, folder }) => {
  // The name tells nothing: the content alone decides.
  const article = await parseArticle({ bytes: caseBytes(folder, ending), key: 'desk/upload' });
  const expected: unknown = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8'));
  expect(article.format).toBe(format);
  expect(article).toMatchObject(expected as object);
  expect(readFileSync(path.join(folder, 'why.md'), 'utf8').trim()).not.toBe('');
});

/** Damaged files of all cases together. A new case makes the law wider and the test no slower. */
const DAMAGED_FILES = 1_200;

/** Bytes changed, cut out, doubled or cut off at the end. */
const damage = fc.array(
  fc.record({
    at: fc.nat(),
    kind: fc.constantFrom('set', 'drop', 'double', 'end'),
    byte: fc.oneof(fc.nat(255), fc.constantFrom(0, 1, 2, 3, 0x22, 0x26, 0x3c, 0x3e, 0x5d, 0x7b)),
    length: fc.integer({ min: 1, max: 60 }),
  }),
  { minLength: 1, maxLength: 6 },
);

test.each(CASES)('$name, damaged at random, is an article or a rejection', async ({ ending, folder }) => {
  const whole = caseBytes(folder, ending);
  await fc.assert(
    fc.asyncProperty(damage, async changes => {
      let bytes = whole;
      for (const { at, kind, byte, length } of changes) {
        const start = at % Math.max(1, bytes.length);
        const piece = bytes.subarray(start, start + length);
        if (kind === 'set') {
          bytes = Buffer.from(bytes);
          bytes[start] = byte;
        } else if (kind === 'drop')
          bytes = Buffer.concat([bytes.subarray(0, start), bytes.subarray(start + length)]);
        else if (kind === 'double')
          bytes = Buffer.concat([bytes.subarray(0, start), piece, bytes.subarray(start)]);
        else bytes = bytes.subarray(0, start);
      }
      try {
        const { headline } = await parseArticle({ bytes, key: `desk/upload.${ending}` });
        expect(headline).not.toBe('');
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
      }
    }),
    { numRuns: Math.ceil(DAMAGED_FILES / CASES.length) },
  );
});

import { isUtf8 } from 'node:buffer';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { caseBytes } from '../../support/format-case.ts';
import { expectLawful, shownBy } from '../../support/laws.ts';

const FIXTURES = path.resolve('tests/fixtures');

/** How the text of a source is decoded by others than us: enough to know the words that are in it. */
const DECODERS: Readonly<Record<string, (source: Buffer) => string>> = {
  // Of a page that ends in its first tag that tag is all the text.
  html: source => `${shownBy(source.toString())} ${source.subarray(0, 60)}`,
  xml: source => shownBy(source.toString().replace(/<\?[^>]*>|<!DOCTYPE[^[>]*(?:\[[^\]]*\])?>/, '')) + source,
  txt: String,
  md: source => `${source}${shownBy(source.toString())}`,
  json: source => String(source).replaceAll(/<[^>]*>|\\n/g, ''),
  eml: source => `${fromQuotedPrintable(source)}${shownBy(source.toString())}`,
  docx: () => '',
};

function fromQuotedPrintable(source: Buffer): string {
  const bytes = source.toString('latin1').replace(/=\r?\n/g, '');
  const plain = bytes.replace(/=([\dA-F]{2})/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(plain, 'latin1').toString();
}

const FORMATS: [format: string, ending: string][] = [
  ['docx', 'docx'],
  ['eml', 'eml'],
  ['html', 'html'],
  ['markdown', 'md'],
  ['newsml', 'xml'],
  ['ninjs', 'json'],
  ['nitf', 'xml'],
  ['odt', 'odt'],
  ['pdf', 'pdf'],
  ['rtf', 'rtf'],
  ['text', 'txt'],
  ['wire', 'txt'],
];

const CASES = FORMATS.flatMap(([format, ending]) =>
  readdirSync(path.join(FIXTURES, format)).map(name => ({ name: `${format}/${name}`, format, ending })),
);

/** Cut files of all cases together. A new case makes the law wider and the test no slower. */
const CUT_FILES = 800;

test.each(CASES)('$name, cut off anywhere, makes no word of its own', async ({ name, format, ending }) => {
  const whole = caseBytes(path.join(FIXTURES, name), ending);
  // The encoding of raw headers is guessed from the whole mail, so a part of it can be read in another one.
  const isGuessed = format === 'eml' && !isUtf8(whole.subarray(0, whole.indexOf('\n\n')));
  const known = format === 'docx' || isGuessed ? undefined : DECODERS[ending]?.(whole);
  await fc.assert(
    fc.asyncProperty(fc.nat(whole.length), fc.boolean(), async (length, named) => {
      const bytes = whole.subarray(0, length);
      // A file that ends within its first letter beyond ASCII may be in any encoding.
      const sure = isUtf8(bytes) || /[^\0-\x7f]/.test(bytes.toString().replaceAll('\uFFFD', ''));
      const key = named ? `desk/upload.${ending}` : 'desk/upload';
      await expectLawful({ bytes, key, ...(known && sure ? { known } : {}) });
    }),
    { numRuns: Math.ceil(CUT_FILES / CASES.length) },
  );
});

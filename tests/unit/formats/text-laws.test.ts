import fc from 'fast-check';
import { writtenText } from '../../../functions/ingest/formats/text/blocks.ts';
import { readCopy } from '../../../functions/ingest/formats/text/read-copy.ts';
import { textReader } from '../../../functions/ingest/formats/text/reader.ts';
import { cheerioOf } from '../../../functions/ingest/html/tree-cheerio.ts';
import { Deadline } from '../../../functions/ingest/model/deadline.ts';
import { LocalMedia } from '../../../functions/ingest/model/local-media.ts';
import { ReleaseTerms } from '../../../functions/ingest/model/release-terms.ts';
import { parseArticle } from '../../../functions/ingest/parse.ts';
import { stripForbidden } from '../../../functions/ingest/text/characters.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/settings.ts';

const CONTEXT = { timeZone: 'Europe/Kyiv', language: 'en' };

/** Lines of the kinds that the rules look for, in any order, and lines of anything. */
const line = fc.oneof(
  { weight: 4, arbitrary: fc.lorem({ maxCount: 30 }).map(words => `${words}.`) },
  { weight: 2, arbitrary: fc.lorem({ maxCount: 12 }) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...[
        '',
        '',
        '   ',
        'Related:',
        '- A title',
        '* Another one',
        '• Punkt',
        '– Ja, – sagte er.',
        '-30-',
        '###',
        'ENDS',
      ],
      ...[
        'By Jane Doe',
        'By',
        'October 1, 2024',
        'EMBARGOED UNTIL 00:01 GMT, 3 October 2024',
        'FOR IMMEDIATE RELEASE',
      ],
      ...[
        'KYIV, Oct 1 (Reuters) — The',
        '> quoted',
        '>',
        '1. one',
        '2) two',
        '2. two',
        '    indented line',
        '\tTabbed',
      ],
      ...[
        'Headline: A bridge',
        'Tags: a, b',
        'Caption: A bridge',
        'About the line',
        'Contact: x@example.org',
        '* * *',
      ],
      ...[
        '読者の皆様へ',
        '　字下げ',
        'Читайте також: Назва',
        'Notes to editors',
        'https://example.org/a_(b)',
        '<b>&amp;',
        '---',
      ],
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
);
const copy = fc
  .array(line, { maxLength: 40 })
  .chain(lines => fc.constantFrom('\n', '\r\n', '\n\n').map(end => lines.join(end)));

/** How often each letter and digit stands in a text: joined and divided words make no difference to it. */
function letters(text: string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [letter] of text.matchAll(/[\p{L}\p{N}]/gu)) counts[letter] = (counts[letter] ?? 0) + 1;
  return counts;
}

test('every letter of the copy is in a block or was taken for something, once', () => {
  fc.assert(
    fc.property(copy, source => {
      const text = stripForbidden(source);
      const { blocks, taken } = readCopy(text, CONTEXT);
      const out = [...blocks.map(writtenText), ...taken.map(each => each.text)].join('\n');
      expect(letters(out)).toEqual(letters(text));
    }),
    {
      numRuns: 500,
      examples: [
        [
          '1. one\n\n2. two\n\nFOR IMMEDIATE RELEASE\n\nelit vestibulum nunc tempus\n\nsed tincidunt praesent rhoncus felis iaculis libero magna.\n\nsuspendisse sit ultrices ac eu nisl.',
        ],
      ],
    },
  );
});

test('what is stated was in the copy, and the body holds no tag of the copy', () => {
  fc.assert(
    fc.property(copy, source => {
      const input = { bytes: new Uint8Array(), key: 'a.txt' };
      const document = textReader.read({
        text: source,
        input,
        settings: DEFAULT_SETTINGS,
        deadline: new Deadline(20),
        terms: new ReleaseTerms(),
        local: new LocalMedia(input.key, []),
      });
      if (document instanceof Promise) throw new Error('the text reader does not wait for anything');
      const { root, stated } = document;
      const $ = cheerioOf(root);
      const words = new Set(source.match(/[\p{L}\p{N}]+/gu));
      const said = [
        stated.headline?.text,
        stated.dek,
        ...(stated.authors ?? []).map(a => a.name),
        stated.dateline?.place,
      ];
      for (const word of said.join(' ').match(/[\p{L}\p{N}]+/gu) ?? []) expect(words).toContain(word);
      expect($('body *').not('p, h2, ul, ol, li, blockquote, hr, a, br').length).toBe(0);
    }),
    { numRuns: 200 },
  );
});

test('quotation marks and dashes are kept exactly', () => {
  const marks = '“a” ‘b’ "c" \'d\' «e» „f“ – — - … ’';
  const { blocks } = readCopy(`${marks}\n\nA second paragraph.`, CONTEXT);
  expect(blocks[0]?.text).toBe(marks);
});

test('the same text gives the same copy', () => {
  fc.assert(
    fc.property(copy, text => expect(readCopy(text, CONTEXT)).toEqual(readCopy(text, CONTEXT))),
    { numRuns: 50 },
  );
});

test.each([
  ['spaces', ' '.repeat(200_000)],
  ['spaces in a line', `a${' '.repeat(200_000)}b`],
  ['dashes', '- '.repeat(100_000)],
  ['numbers', Array.from({ length: 40_000 }, (_, n) => `${n % 999}. x`).join('\n')],
  ['quotes', '>'.repeat(200_000)],
  ['labels', 'Related:\n'.repeat(20_000)],
  ['brackets', '('.repeat(200_000)],
  ['addresses', 'http://'.repeat(30_000)],
  ['closing brackets', `www.a.b${')'.repeat(200_000)}`],
  ['short lines', 'A b\n'.repeat(50_000)],
  ['items apart', '- a\n\n\n'.repeat(30_000)],
])('200 KB of %s are read without trouble', async (_name, text) => {
  const input = { bytes: new Uint8Array(), key: 'a.txt' };
  const { format } = await textReader.read({
    text,
    input,
    settings: DEFAULT_SETTINGS,
    deadline: new Deadline(20),
    terms: new ReleaseTerms(),
    local: new LocalMedia(input.key, []),
  });
  expect(format).toBe('text');
});

test.each([
  ['text', 'a.txt', 'Harbour opens\n\n- ferry\n橋\nFOR IMMEDIATE RELEASE\n'],
  ['mail', 'a.eml', 'From: Ada <ada@e.example>\r\nSubject: Go\r\n\r\n- ferry\r\n橋\r\nFOR IMMEDIATE RELEASE'],
  ['text with a number', 'a.txt', 'Harbour opens\n\n1. ferry\n2. bus\nBasin two\n12 October 2026\n'],
])('a line below a list is no dek: words keep their order (%s)', async (_, key, source) => {
  const { bodyText, dek } = await parseArticle({ bytes: Buffer.from(source), key });
  expect(dek).toBeUndefined();
  expect(bodyText).toMatch(/ferry[\s\S]*(?:橋|Basin two)/);
});

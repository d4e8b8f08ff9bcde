import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArticle } from '../../../functions/ingest/parse.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import type { ParsedArticle } from '../../../shared/model/article.ts';
import { column, makePdf, makePdfOf, type PdfWords, partsOf } from '../../support/pdf.ts';

const REFUSED = path.resolve('tests/fixtures/pdf-refused');

test.each(readdirSync(REFUSED))('%s is refused with a sentence', async name => {
  const folder = path.join(REFUSED, name);
  const bytes = readFileSync(path.join(folder, 'source.pdf'));
  const expected = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')) as {
    code: string;
    reason: string;
  };
  const error = await parseArticle({ bytes, key: 'desk/upload' }).catch((each: unknown) => each);
  expect(error).toBeInstanceOf(Rejection);
  expect({ code: (error as Rejection).code, reason: (error as Rejection).message }).toEqual(expected);
  expect(readFileSync(path.join(folder, 'why.md'), 'utf8').trim()).not.toBe('');
});

async function read(...pages: PdfWords[][]): Promise<ParsedArticle> {
  return parseArticle({ bytes: makePdf(pages), key: 'desk/upload' });
}

const title = (text: string): PdfWords => ({ x: 50, y: 740, text, size: 18, isBold: true });

const STORY = [
  'The ferry sailed again on Monday after a year in dock, and the first passengers',
  'found flowers on every seat. All places had been sold within an hour of the news,',
  'which nobody on the quay had expected after such a long and quiet winter.',
];
const SECOND = [
  'The new engine uses half as much fuel as the old one. It was built in the yard at',
  'Lower Sallow, where forty people work, and it was tested for nine weeks.',
];
const joined = (lines: readonly string[]) => `<p>${lines.join(' ')}</p>`;

test('gaps, indents and short last lines end a paragraph', async () => {
  const gap = await read([title('Ferry sails'), ...column(50, 700, STORY), ...column(50, 656, SECOND)]);
  const indent = await read([
    title('Ferry sails'),
    ...column(50, 700, STORY).map((line, at) => (at === 0 ? { ...line, x: 64 } : line)),
    ...column(50, 664, SECOND).map((line, at) => (at === 0 ? { ...line, x: 64 } : line)),
  ]);
  const solid = await read([title('Ferry sails'), ...column(50, 700, [...STORY, ...SECOND])]);
  const spaced = await read([title('Ferry sails'), ...column(50, 700, [...STORY, ...SECOND], 24)]);
  for (const { headline, bodyHtml } of [gap, indent, solid, spaced]) {
    expect(headline).toBe('Ferry sails');
    expect(bodyHtml).toBe(joined(STORY) + joined(SECOND));
  }
});

const NARROW_LEFT = [
  'The ferry sailed again on Monday after a',
  'year in dock, and the first passengers',
  'found flowers on every seat. The band of',
  'the harbour played until the evening, and',
  'nobody went home before it was dark. The',
];
const NARROW_RIGHT = [
  'captain made a speech about the weather.',
  'It was short, because it began to rain in',
  'the middle of it, and the people laughed.',
  'The old ferry becomes a museum beside the',
  'lighthouse, with a room for the children.',
];

test('columns are read one after the other, below a headline and above a line that cross them', async () => {
  const foot =
    'This line stands below both columns and goes across the whole page from side to side, as notes do in papers.';
  const { headline, bodyHtml } = await read([
    { ...title('A headline that is so long that it goes across both columns') },
    ...column(50, 700, NARROW_LEFT),
    ...column(300, 700, NARROW_RIGHT),
    ...column(50, 620, [foot]),
  ]);
  expect(headline).toBe('A headline that is so long that it goes across both columns');
  expect(bodyHtml).toBe(`<p>${[...NARROW_LEFT, ...NARROW_RIGHT].join(' ')}</p><p>${foot}</p>`);
});

test('a table is read by its rows', async () => {
  const { bodyText } = await read([
    title('Ferry sails'),
    ...column(50, 700, STORY),
    ...column(50, 640, ['Monday', 'Tuesday', 'Wednesday', 'Thursday'], 14),
    ...column(300, 640, ['six crossings', 'seven', 'eight crossings', 'nine'], 14),
  ]);
  expect(bodyText).toMatch(
    /Monday six crossings\s+Tuesday seven\s+Wednesday eight crossings\s+Thursday nine/,
  );
});

const head = (text: string): PdfWords => ({ x: 50, y: 780, text, size: 8 });
const foot = (text: string): PdfWords => ({ x: 280, y: 20, text, size: 8 });

test('running heads are left out with a warning, page numbers and “more” without', async () => {
  const { bodyHtml, warnings } = await read(
    [
      head('Harbour Trust'),
      title('Ferry sails'),
      ...column(50, 700, STORY.slice(0, 2)),
      foot('- 1 -'),
      { x: 280, y: 40, text: '-more-' },
    ],
    [head('Harbour Trust'), ...column(50, 740, ['which nobody had expected.', ...SECOND]), foot('- 2 -')],
  );
  expect(bodyHtml).toBe(joined([...STORY.slice(0, 2), 'which nobody had expected.']) + joined(SECOND));
  expect(warnings).toEqual(['Running heads and feet of the PDF were left out: “Harbour Trust”.']);
});

test('a line that is repeated elsewhere on the page stays', async () => {
  const { bodyText } = await read(
    [title('Ferry sails'), ...column(50, 500, [...STORY, 'The bell rang twice.'])],
    [...column(50, 500, [...SECOND, 'The bell rang twice.'])],
  );
  expect(bodyText.match(/The bell rang twice/g)).toHaveLength(2);
});

const story = [title('Ferry sails'), ...column(50, 700, STORY)];

test.each<[string, PdfWords[][]]>([
  ['the first line', [[{ x: 50, y: 770, text: 'EMBARGOED UNTIL 00:01 GMT, 3 October 2031' }, ...story]]],
  ['the head of a single page', [[head('EMBARGOED UNTIL 00:01 GMT, 3 October 2031'), ...story]]],
  [
    'a head beside other words',
    [[head('Harbour Trust | EMBARGOED UNTIL 00:01 GMT, 3 October 2031'), ...story]],
  ],
  [
    'the foot of all pages',
    [
      [...story, foot('Embargo: 3 October 2031, 00:01 GMT')],
      [...column(50, 700, SECOND), foot('Embargo: 3 October 2031, 00:01 GMT')],
    ],
  ],
  [
    'a watermark',
    [[...story, { x: 100, y: 200, text: 'EMBARGOED UNTIL 00:01 GMT, 3 October 2031', size: 30, turn: 45 }]],
  ],
])('an embargo in %s is obeyed', async (_where, pages) => {
  const { embargoUntil, hold, bodyText } = await read(...pages);
  expect({ embargoUntil, hold }).toEqual({ embargoUntil: '2031-10-03T00:01:00.000Z' });
  expect(bodyText).not.toMatch(/embargo/i);
});

test.each(['DRAFT', 'EMBARGOED', 'NOT FOR PUBLICATION'])('the watermark %s holds the story', async text => {
  const { hold } = await read([...story, { x: 100, y: 200, text, size: 60, turn: 45 }]);
  expect(hold).toContain(text);
});

test('a page that is set sideways is read', async () => {
  const lines = STORY.map((text, at) => ({ x: 100 + 12 * at, y: 50, text, turn: 90 }));
  const { bodyText } = await read([{ x: 60, y: 50, text: 'Ferry sails', size: 18, turn: 90 }, ...lines]);
  expect(bodyText).toBe(STORY.join(' '));
});

test('a heading is larger than the text, or short and in another font above text', async () => {
  const { bodyHtml } = await read([
    ...story,
    { x: 50, y: 640, text: 'The engine', size: 13 },
    ...column(50, 620, SECOND),
    { x: 50, y: 580, text: 'The crew', isBold: true },
    ...column(50, 560, SECOND),
  ]);
  expect(bodyHtml.match(/<h\d>[^<]*/g)).toEqual(['<h2>The engine', '<h3>The crew']);
});

test('lists have items, and their lines are joined', async () => {
  const { bodyHtml } = await read([
    ...story,
    { x: 50, y: 640, text: '\x95' },
    ...column(60, 640, [
      'a lift between the decks, which carries two wheelchairs and was the',
      'first wish of the passengers',
    ]),
    { x: 50, y: 616, text: '\x95 a quiet room' },
    ...column(50, 590, ['1. The first ferry sails at six.', '2. The second ferry sails at seven.']),
  ]);
  expect(bodyHtml).toContain(
    '<ul><li>a lift between the decks, which carries two wheelchairs and was the first wish of the passengers</li><li>a quiet room</li></ul>',
  );
  expect(bodyHtml).toContain(
    '<ol><li>The first ferry sails at six.</li><li>The second ferry sails at seven.</li></ol>',
  );
});

test('a label such as “Press release” above the headline is left out', async () => {
  const { headline, bodyHtml } = await read([{ x: 50, y: 770, text: 'PRESS RELEASE', size: 26 }, ...story]);
  expect(headline).toBe('Ferry sails');
  expect(bodyHtml).toBe(joined(STORY));
});

test('text that is set twice, which looks bold, is read once', async () => {
  const { headline } = await read([...story, { ...title('Ferry sails'), x: 50.3 }]);
  expect(headline).toBe('Ferry sails');
});

/** A PDF with one more font, in which the byte 1 is a private character. */
function privatePdf(text: string): Buffer {
  const parts = partsOf([
    { dictionary: '', data: Buffer.from(`BT /B 10 Tf 50 700 Td (${text}) Tj ET`, 'latin1') },
  ]);
  const map = `/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange
    2 beginbfchar <01> <e123> <02> <f0b7> endbfchar 1 beginbfrange <20> <7e> <0020> endbfrange endcmap end`;
  const fonts = parts.map((part, at) =>
    at === 3
      ? {
          dictionary: part.dictionary.replace(
            '/WinAnsiEncoding',
            `<< /Differences [1 /g1 /g2] >> /ToUnicode ${parts.length + 1} 0 R`,
          ),
        }
      : part,
  );
  return makePdfOf([...fonts, { dictionary: '', data: Buffer.from(map) }]);
}

test('letters without a known meaning are left out with a warning, and a file of them is refused', async () => {
  const { bodyText, warnings } = await parseArticle({
    bytes: privatePdf('\x02 The price of the ticket is \x01 two crowns in summer and in winter.'),
    key: 'desk/upload',
  });
  expect(bodyText).toBe('The price of the ticket is two crowns in summer and in winter.');
  expect(warnings).toContain('1 characters of the PDF have no known letter and were left out.');
  await expect(
    parseArticle({ bytes: privatePdf('\x01 \x01\x01 '.repeat(30)), key: 'desk/upload' }),
  ).rejects.toThrow('do not say which letters they show');
});

test('two equal pages are not all head', async () => {
  const { headline, bodyText } = await read(story, story);
  expect(headline).toBe('Ferry sails');
  expect(bodyText).toContain(STORY.join(' '));
});

test('bytes before the signature do not matter', async () => {
  const bytes = Buffer.concat([Buffer.from('\0\0junk\r\n', 'latin1'), makePdf([story])]);
  expect((await parseArticle({ bytes, key: 'desk/a.pdf' })).format).toBe('pdf');
});

import { parseArticle } from '../../../functions/ingest/parse.ts';
import { makeDocx } from '../../support/zip.ts';

const LEDE =
  'Der Stadtrat hat am Dienstag beschlossen, die Fähre bis Ende März fahren zu lassen, trotz der Kosten.';
const NEXT = 'Neun Mitglieder stimmten dafür, vier dagegen, und zwei verließen den Saal vor der Abstimmung.';
const RETURN = '<w:r><w:br/></w:r>';
const SAVED = '2026-10-20T10:00:00Z';

const run = (text: string) => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const paragraph = (...runs: string[]) => `<w:p>${runs.join('')}</w:p>`;

async function read(...paragraphs: string[]) {
  const document = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraphs.join('')}</w:body></w:document>`;
  const core = `<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dcterms="http://purl.org/dc/terms/"><dcterms:created>${SAVED}</dcterms:created><dcterms:modified>${SAVED}</dcterms:modified></cp:coreProperties>`;
  return parseArticle({ bytes: makeDocx(document, undefined, core), key: 'desk/story.docx' });
}

test('a story that is one paragraph with single soft returns has its parts', async () => {
  const parts = ['Winterfähre gerettet', 'Von Anna Brandt', LEDE, NEXT];
  const article = await read(paragraph(...parts.flatMap(part => [run(part), RETURN])));
  expect(article.headline).toBe('Winterfähre gerettet');
  expect(article.authors).toEqual([{ name: 'Anna Brandt' }]);
  expect(article.bodyHtml).toBe(`<p>${LEDE}</p><p>${NEXT}</p>`);
});

test('an embargo between soft returns counts', async () => {
  const parts = ['EMBARGOED UNTIL 00:01 GMT, 3 October 2026', 'Winterfähre gerettet', LEDE, NEXT];
  const article = await read(paragraph(...parts.flatMap(part => [run(part), RETURN])));
  expect(article.embargoUntil).toBe('2026-10-03T00:01:00.000Z');
  expect(article.bodyText).not.toContain('EMBARGOED');
});

test('two soft returns end a paragraph, and a single one stays in a verse', async () => {
  const article = await read(
    paragraph(run('Winterfähre gerettet')),
    paragraph(run('Von Anna Brandt')),
    paragraph(run(LEDE), RETURN, RETURN, run('Der Kran schwingt tief,'), RETURN, run('die Möwe schreit.')),
    paragraph(run(NEXT)),
  );
  expect(article.bodyHtml).toBe(
    `<p>${LEDE}</p><p>Der Kran schwingt tief,<br>die Möwe schreit.</p><p>${NEXT}</p>`,
  );
});

test.each([
  ['with its year, before the dates of the file', 'Hamburg, 6. Oktober 2026 – ', '2026-10-06T00:00:00.000Z'],
  ['without a year, not before them', 'HAMBURG, 6. Oktober – ', '2026-10-20T10:00:00.000Z'],
])('the day of the dateline counts %s', async (_, dateline, published) => {
  const article = await read(
    paragraph(run('Winterfähre gerettet')),
    paragraph(run(dateline + LEDE)),
    paragraph(run(NEXT)),
  );
  expect(article.publishedAt).toBe(published);
});

test('an end mark in capitals ends the story, and a word that is no mark does not', async () => {
  const story = [
    paragraph(run('Winterfähre gerettet')),
    paragraph(run('Von Anna Brandt')),
    paragraph(run(LEDE)),
  ];
  const after = paragraph(run('130 Wörter'));
  const ended = await read(...story, paragraph(run(NEXT)), paragraph(run('ENDE')), after);
  expect(ended.bodyText).not.toMatch(/ENDE|130/);
  expect(ended.warnings).toEqual(['The text after the end of the story was left out: “130 Wörter”.']);
  expect((await read(...story, paragraph(run('Ende')), paragraph(run(NEXT)))).bodyText).toContain(NEXT);
});

test.each([
  ['Embargo until 5 March 2099!', '2099-03-05T00:00:00.000Z'],
  ['The embargo in the third paragraph ended on 5 March 2099, I think', undefined],
])('a comment of an editor states an embargo: %s', async (words, at) => {
  const document = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraph(run(LEDE))}</w:body></w:document>`;
  const comments = `<w:comments xmlns:w="urn:w"><w:comment w:id="1">${paragraph(run(words))}</w:comment></w:comments>`;
  const bytes = makeDocx(document, undefined, undefined, comments);
  expect((await parseArticle({ bytes, key: 'desk/story.docx' })).embargoUntil).toBe(at);
});

test('a property that a newsroom has defined states an embargo', async () => {
  const document = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraph(run(LEDE))}</w:body></w:document>`;
  const custom =
    '<Properties xmlns:vt="urn:vt"><property name="Embargo"><vt:lpwstr>2099-03-05</vt:lpwstr></property><property name="Client"><vt:lpwstr>Hold Ltd</vt:lpwstr></property><property name="Classification"><vt:lpwstr>Internal</vt:lpwstr></property></Properties>';
  const bytes = makeDocx(document, undefined, undefined, undefined, custom);
  const { embargoUntil, hold } = await parseArticle({ bytes, key: 'desk/story.docx' });
  expect([embargoUntil, hold]).toEqual(['2099-03-05T00:00:00.000Z', undefined]);
});

test('a warning names comments', async () => {
  const document = `<?xml version="1.0"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>${paragraph(run(LEDE))}</w:body></w:document>`;
  const comments = '<w:comments xmlns:w="urn:w"><w:comment w:id="1"/></w:comments>';
  const bytes = makeDocx(document, undefined, undefined, comments);
  const { warnings } = await parseArticle({ bytes, key: 'desk/story.docx' });
  expect(warnings).toEqual(['The comments in the Word document were left out.']);
});

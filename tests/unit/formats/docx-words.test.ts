import { keepDocxWords } from '../../../functions/ingest/formats/office/docx-markup.ts';
import { parseArticle } from '../../../functions/ingest/parse.ts';
import { makeDocx } from '../../support/zip.ts';

const NS =
  'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"';
const r = (t: string) => `<w:r><w:t xml:space="preserve">${t}</w:t></w:r>`;
const p = (x: string) => `<w:p>${x}</w:p>`;
const doc = (x: string, ns = NS) =>
  `<?xml version="1.0"?><w:document ${ns}><w:body>${p(r('The board widened the northern basin of the harbour on Friday.'))}${x}${p(r('It was a long day for all of them, the chairwoman said.'))}</w:body></w:document>`;
const S = (inner: string) => p(r('The board voted, ') + inner + r(', to widen the basin.'));
const box = (t: string) => `<w:txbxContent>${p(r(t))}</w:txbxContent>`;
const CASES: [name: string, markup: string, said: string][] = [
  [
    'fldSimple',
    S(`<w:fldSimple w:instr=" DOCPROPERTY x > 1 ">${r('nine against two')}</w:fldSimple>`),
    'voted, nine against two, to',
  ],
  [
    'a field in the instruction of a field',
    S(
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> IF </w:instrText></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> MERGEFIELD Sex </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${r('gone')}<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:instrText xml:space="preserve"> = &quot;m&quot; </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${r('nine against two')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
    ),
    'voted, nine against two, to',
  ],
  [
    'fldSimple nested',
    S(
      `<w:fldSimple w:instr="REF a"><w:fldSimple w:instr="REF b">${r('nine against two')}</w:fldSimple></w:fldSimple>`,
    ),
    'voted, nine against two, to',
  ],
  [
    'fldSimple around hyperlink',
    S(
      `<w:hyperlink w:anchor="x"><w:fldSimple w:instr="REF b">${r('nine against two')}</w:fldSimple></w:hyperlink>`,
    ),
    'voted, nine against two, to',
  ],
  [
    'sdt',
    S(`<w:sdt><w:sdtPr/><w:sdtContent>${r('nine against two')}</w:sdtContent></w:sdt>`),
    'voted, nine against two, to',
  ],
  [
    'sdt block',
    `<w:sdt><w:sdtContent>${S(r('nine against two'))}</w:sdtContent></w:sdt>`,
    'voted, nine against two, to',
  ],
  ['ins', S(`<w:ins w:id="1" w:author="x">${r('nine against two')}</w:ins>`), 'voted, nine against two, to'],
  [
    'moveTo',
    S(`<w:moveTo w:id="1" w:author="x">${r('nine against two')}</w:moveTo>`),
    'voted, nine against two, to',
  ],
  [
    'smartTag',
    S(`<w:smartTag w:uri="x" w:element="place">${r('nine against two')}</w:smartTag>`),
    'voted, nine against two, to',
  ],
  [
    'customXml',
    S(`<w:customXml w:uri="x" w:element="place">${r('nine against two')}</w:customXml>`),
    'voted, nine against two, to',
  ],
  ['hyperlink none', S(`<w:hyperlink>${r('nine against two')}</w:hyperlink>`), 'voted, nine against two, to'],
  [
    'hyperlink lost',
    S(`<w:hyperlink r:id="rId99">${r('nine against two')}</w:hyperlink>`),
    'voted, nine against two, to',
  ],
  ['dir', S(`<w:dir w:val="rtl">${r('nine against two')}</w:dir>`), 'voted, nine against two, to'],
  ['bdo', S(`<w:bdo w:val="rtl">${r('nine against two')}</w:bdo>`), 'voted, nine against two, to'],
  [
    'ruby',
    p(
      `<w:r><w:ruby><w:rubyPr><w:hps w:val="1"/></w:rubyPr><w:rt>${r('みなと')}</w:rt><w:rubyBase>${r('港')}</w:rubyBase></w:ruby></w:r>` +
        r('が大きくなります。'),
    ),
    '港が大きくなります。',
  ],
  [
    'complex',
    S(
      `<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>${r('nine against two')}<w:r><w:fldChar w:fldCharType="end"/></w:r>`,
    ),
    'voted, nine against two, to',
  ],
  ['math', S(`<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>`), 'voted, x=1, to'],
  [
    'mathpara',
    p(
      `<m:oMathPara><m:oMath><m:sSup><m:sSupPr><m:ctrlPr/></m:sSupPr><m:e><m:r><m:t>mc</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath></m:oMathPara>`,
    ),
    'mc2',
  ],
  [
    'ac choice only run',
    S(
      `<mc:AlternateContent><mc:Choice Requires="wps">${r('nine against two')}</mc:Choice></mc:AlternateContent>`,
    ),
    'voted, nine against two, to',
  ],
  [
    'ac both',
    S(
      `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>${box('Nine against two.')}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>${box('Nine against two.')}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>`,
    ),
    'Nine against two.',
  ],
  [
    'ac choice box',
    S(
      `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>${box('Nine against two.')}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice></mc:AlternateContent></w:r>`,
    ),
    'Nine against two.',
  ],
  [
    'ac choice box empty fallback',
    S(
      `<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>${box('Nine against two.')}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent></w:r>`,
    ),
    'Nine against two.',
  ],
  [
    'drawing box',
    S(
      `<w:r><w:drawing><wp:inline><a:graphic><a:graphicData><wps:wsp><wps:txbx>${box('Nine against two.')}${box('And more.')}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`,
    ),
    'Nine against two.',
  ],
  [
    'oval',
    S(`<w:r><w:pict><v:oval><v:textbox>${box('Nine against two.')}</v:textbox></v:oval></w:pict></w:r>`),
    'Nine against two.',
  ],
  [
    'group',
    S(
      `<w:r><w:pict><v:group><v:oval><v:textbox>${box('Nine against two.')}</v:textbox></v:oval></v:group></w:pict></w:r>`,
    ),
    'Nine against two.',
  ],
  [
    'del',
    S(`<w:del w:id="1"><w:r><w:delText>SECRET</w:delText></w:r></w:del>${r('nine')}`),
    'voted, nine, to',
  ],
  ['moveFrom', S(`<w:moveFrom w:id="1">${r('SECRET')}</w:moveFrom>${r('nine')}`), 'voted, nine, to'],
  [
    'del fld',
    S(
      `<w:del w:id="1"><w:fldSimple w:instr="x"><w:r><w:delText>SECRET</w:delText></w:r></w:fldSimple></w:del><w:fldSimple w:instr="x"><w:del><w:r><w:delText>SECRET</w:delText></w:r></w:del>${r('nine')}</w:fldSimple>`,
    ),
    'voted, nine, to',
  ],
  [
    'sdt row',
    `<w:tbl><w:sdt><w:sdtContent><w:tr><w:sdt><w:sdtContent><w:tc>${p(r('nine against two'))}</w:tc></w:sdtContent></w:sdt><w:tc>${p(r('b'))}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>`,
    'nine against two',
  ],
  [
    'object',
    S(
      `<w:r><w:object><v:shape><v:textbox>${box('Nine against two.')}</v:textbox></v:shape></w:object></w:r>`,
    ),
    'Nine against two.',
  ],
  [
    'subdoc permission',
    S(`<w:permStart w:id="1"/>${r('nine against two')}<w:permEnd w:id="1"/>`),
    'voted, nine against two, to',
  ],
];

const read = (document: string) => parseArticle({ bytes: makeDocx(document), key: 'desk/story.docx' });

test.each(CASES)('the words of %s are kept once', async (_, markup, said) => {
  const { bodyText } = await read(doc(markup));
  expect(bodyText.split(said)).toHaveLength(2);
  expect(bodyText).not.toMatch(/SECRET|みなと/);
});

test('the prefixes of namespaces may be any', async () => {
  const markup = doc(S(`<w:fldSimple w:instr="x">${r('nine against two')}</w:fldSimple>`));
  const other = markup.replaceAll('w:', 'x:').replace('xmlns:w=', 'xmlns:x=');
  expect((await read(other)).bodyText).toContain('voted, nine against two, to');
});

test('markup that is not well-formed stays as it is', () => {
  for (const xml of ['<w:p>', '<w:p></w:r>', '<w:p a="', '<!-- x', 'text'])
    expect(keepDocxWords(xml).xml).toBe(xml);
});

test('text boxes within text boxes stay as large as they were', () => {
  const depth = 60;
  const nested =
    '<w:drawing><w:txbxContent>'.repeat(depth) + r('in') + '</w:txbxContent></w:drawing>'.repeat(depth);
  const xml = `<w:document ${NS}>${nested}</w:document>`;
  const { length } = keepDocxWords(xml).xml;
  expect(length).toBeLessThan(2 * xml.length);
});

describe('hidden text is left out, with a warning', () => {
  const secret = 'The witness lives in Mill Lane.';
  const hidden = (mark: string) => `<w:r><w:rPr>${mark}</w:rPr><w:t>${secret}</w:t></w:r>`;
  const styles = `<?xml version="1.0"?><w:styles ${NS}><w:style w:type="character" w:styleId="Base"><w:name w:val="Base"/><w:rPr><w:vanish/></w:rPr></w:style><w:style w:type="character" w:styleId="Note"><w:name w:val="Note"/><w:basedOn w:val="Base"/></w:style><w:style w:type="paragraph" w:styleId="Desk"><w:name w:val="Desk"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>`;
  test.each([
    ['a mark', S(hidden('<w:vanish/>'))],
    ['a mark with a value', S(hidden('<w:b/><w:vanish w:val="true"/>'))],
    ['a style that is based on a hidden one', S(hidden('<w:rStyle w:val="Note"/>'))],
    ['the style of its paragraph', `<w:p><w:pPr><w:pStyle w:val="Desk"/></w:pPr>${r(secret)}</w:p>`],
    ['a mark in a link', S(`<w:hyperlink w:anchor="x">${hidden('<w:vanish/>')}</w:hyperlink>`)],
  ])('by %s', async (_, markup) => {
    const bytes = makeDocx(doc(markup), styles);
    const { bodyText, warnings } = await parseArticle({ bytes, key: 'world/a.docx' });
    expect(bodyText).not.toContain('witness');
    expect(bodyText).toContain('It was a long day');
    expect(warnings).toEqual(['The hidden text in the Word document was left out.']);
  });

  test.each([
    ['a mark that is off', S(hidden('<w:vanish w:val="0"/>'))],
    ['a hidden end of a paragraph', `<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>${r(secret)}</w:p>`],
    ['a mark that is off in a hidden style', S(hidden('<w:rStyle w:val="Note"/><w:vanish w:val="false"/>'))],
  ])('but not by %s', async (_, markup) => {
    const bytes = makeDocx(doc(markup), styles);
    expect((await parseArticle({ bytes, key: 'world/a.docx' })).bodyText).toContain('witness');
  });
});

const fieldChar = (type: string) => `<w:r><w:fldChar w:fldCharType="${type}"/></w:r>`;
const quoted = (text: string) => text.replaceAll('"', '&quot;');
const field = (instruction: string, result: string) =>
  `${fieldChar('begin')}<w:r><w:instrText xml:space="preserve">${quoted(instruction)}</w:instrText></w:r>${fieldChar('separate')}${result}${fieldChar('end')}`;
const simple = (instruction: string, result: string) =>
  `<w:fldSimple w:instr="${quoted(instruction)}">${result}</w:fldSimple>`;

const PLAN = 'https://example.org/plan';

describe.each([
  ['a field', field],
  ['a simple field', simple],
])('a link in %s', (_, write) => {
  test.each([
    [`HYPERLINK "${PLAN}"`, PLAN],
    [` HYPERLINK "${PLAN}" \\o "Tip" `, PLAN],
    [` HYPERLINK \\o "The plan of the city" "${PLAN}" `, PLAN],
    [`HYPERLINK "${PLAN}" \\t "_blank" \\o "Tip"`, PLAN],
    [`HYPERLINK \\n "${PLAN}" \\m`, PLAN],
    [`HYPERLINK ${PLAN} \\o Tip`, PLAN],
    [`hyperlink "${PLAN}?a=1&amp;b=2" \\o "Tip"`, `${PLAN}?a=1&amp;b=2`],
    [`HYPERLINK "${PLAN}" \\l "costs" \\o "Tip"`, `${PLAN}#costs`],
  ])('has its address: %s', async (instruction, address) => {
    const { bodyHtml, bodyText } = await read(doc(S(write(instruction, r('nine against two')))));
    expect(bodyHtml).toContain(`voted, <a href="${address}">nine against two</a>, to`);
    expect(bodyText).not.toMatch(/HYPERLINK|Tip/i);
  });
});

test('the instruction of a link can stand in several runs', async () => {
  const parts = ['HYPERLINK "https://exam', 'ple.org/plan" \\o', ' "Tip"'];
  const instruction = parts.map(part => `<w:r><w:instrText>${quoted(part)}</w:instrText></w:r>`).join('');
  const link = `${fieldChar('begin')}${instruction}${fieldChar('separate')}${r('nine against two')}${fieldChar('end')}`;
  expect((await read(doc(S(link)))).bodyHtml).toContain(`<a href="${PLAN}">nine against two</a>`);
});

const styled = (style: string, inner: string) =>
  `<w:p><w:pPr><w:pStyle w:val="${style}"/></w:pPr>${inner}</w:p>`;
const entry = (text: string) => `${r(text)}<w:r><w:tab/></w:r>${field(' PAGEREF _Toc1 \\h ', r('2'))}`;
const named = (id: string, name: string) =>
  `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`;

describe('a table of contents is left out', () => {
  test.each([
    ['by the style TOC1', '', styled('TOC1', entry('Costs'))],
    ['by an id in German', named('Verz1', 'toc 1'), styled('Verz1', entry('Costs'))],
    ['by a name in French', named('P7', 'TM 2'), styled('P7', r('Costs 2'))],
    ['by an id without a style', '', styled('Verzeichnis1', r('Costs 2'))],
    ['with its heading', named('TH', 'TOC Heading'), styled('TH', r('Costs and contents'))],
    [
      'by its field',
      '',
      p(
        `${fieldChar('begin')}<w:r><w:instrText> TOC \\o &quot;1-3&quot; \\h </w:instrText></w:r>${fieldChar('separate')}${entry('Costs')}`,
      ) +
        p(`<w:hyperlink w:anchor="_Toc2">${r('Costs again 3')}</w:hyperlink>`) +
        p(fieldChar('end')),
    ],
  ])('%s', async (_, styles, markup) => {
    const bytes = makeDocx(doc(markup), `<?xml version="1.0"?><w:styles ${NS}>${styles}</w:styles>`);
    const { bodyText, warnings } = await parseArticle({ bytes, key: 'world/a.docx' });
    expect(bodyText).not.toContain('Costs');
    expect(warnings).toEqual(['The table of contents of the Word document was left out.']);
    expect(bodyText).toContain('It was a long day');
  });

  test.each([
    [
      'a field without an end',
      p(
        `${fieldChar('begin')}<w:r><w:instrText> TOC \\h </w:instrText></w:r>${fieldChar('separate')}${entry('Contents')}`,
      ) + p(r('The costs are high.')),
    ],
    ['prose with the style', styled('TOC1', r(`The costs are high.${' They rise every year.'.repeat(10)}`))],
    [
      'a reference to a page',
      p(r('The costs are high. See page ') + field(' PAGEREF costs \\h ', r('7')) + r('.')),
    ],
    ['another style', styled('Tocsin1', r('The costs are high.'))],
  ])('but not %s', async (_, markup) => {
    expect((await read(doc(markup))).bodyText).toContain('The costs are high.');
  });
});

test.each([
  r('Página ') + field(' PAGE ', r('3')) + r(' de ') + field(' NUMPAGES ', r('9')),
  r('Seite ') + simple('PAGE \\* MERGEFORMAT', r('3')) + r(' von ') + simple('NUMPAGES', r('9')),
  r('– ') + field('PAGE', r('3')) + r(' –'),
  r('Strona ') +
    `${fieldChar('begin')}<w:r><w:instrText>PAGE</w:instrText></w:r>${fieldChar('end')}` +
    r(' z ') +
    field('SECTIONPAGES', r('9')),
])('a paragraph of page numbers is left out: %#', async markup => {
  const { bodyHtml } = await read(doc(p(markup)));
  expect(bodyHtml).toBe(
    '<p>The board widened the northern basin of the harbour on Friday.</p><p>It was a long day for all of them, the chairwoman said.</p>',
  );
});

test.each([
  r('The report of the board has ') + field('NUMPAGES', r('nine')) + r(' pages'),
  r('Page ') + field('PAGE', r('nine')) + r(' lists the costs of the basin'),
  r('See page ') + field('PAGE', r('nine')) + r('.'),
])('a sentence with the number of a page stays: %#', async markup => {
  expect((await read(doc(p(markup)))).bodyText).toContain('nine');
});

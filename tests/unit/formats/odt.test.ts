import { parseArticle } from '../../../functions/ingest/parse.ts';
import { png } from '../../support/pictures.ts';
import { makeOdt, makeZip } from '../../support/zip.ts';

const STORY = 'The ferry sailed again on Monday, four years after the last boat was sold.';
const NS =
  'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"';
const AUTO = `<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="N" style:family="text"><style:text-properties fo:font-weight="normal"/></style:style>
<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="PB" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="P5" style:family="paragraph" style:parent-style-name="Heading_20_3"/>
<style:style style:name="S" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="U" style:family="text"><style:text-properties style:text-position="-33% 58%" style:text-line-through-style="solid"/></style:style>
<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1"/></text:list-style>`;
const content = (inner: string) =>
  `<?xml version="1.0"?><office:document-content ${NS}><office:automatic-styles>${AUTO}</office:automatic-styles><office:body><office:text><text:p>${STORY}</text:p>${inner}</office:text></office:body></office:document-content>`;
const read = (inner: string) => parseArticle({ bytes: makeOdt(content(inner)), key: 'desk/story.odt' });
const p = (inner: string) => `<text:p>${inner}</text:p>`;
const span = (style: string, inner: string) => `<text:span text:style-name="${style}">${inner}</text:span>`;
const item = (inner: string) => `<text:list-item>${inner}</text:list-item>`;
const list = (inner: string, attributes = 'text:style-name="L"') =>
  `<text:list ${attributes}>${inner}</text:list>`;
const frame = (inner: string) => `<draw:frame>${inner}</draw:frame>`;

test.each<[what: string, inner: string, html: string]>([
  [
    'equal styles side by side',
    p(`${span('B', 'bold ')}${span('B', 'still')} plain`),
    '<p><strong>bold still</strong> plain</p>',
  ],
  [
    'a style of the paragraph, and words without it',
    `<text:p text:style-name="PB">bold ${span('N', 'plain')}</text:p>`,
    '<p><strong>bold </strong>plain</p>',
  ],
  [
    'raised, lowered and struck words',
    p(`x${span('S', '2')}${span('U', '3')}`),
    '<p>x<sup>2</sup><s><sub>3</sub></s></p>',
  ],
  ['hidden words', p(`seen${span('H', ' hidden')} again`), '<p>seen again</p>'],
  [
    'a heading by the parent of its style',
    '<text:p text:style-name="P5">What the sea says</text:p>',
    '<h3>What the sea says</h3>',
  ],
  [
    'a numbered heading',
    list(item('<text:h text:outline-level="2">What the sea says</text:h>')),
    '<h2>What the sea says</h2>',
  ],
  ['spaces, tabs and lines', p('a<text:s/>b<text:tab/>c<text:line-break/>d\n  e'), '<p>a b c<br>d e</p>'],
  [
    'a list in a list, without a style of its own',
    list(item(p('One') + list(item(p('Two')), ''))),
    '<ol><li>One<ol><li>Two</li></ol></li></ol>',
  ],
  [
    'an item of two paragraphs',
    list(item(p('One') + p('more')) + item(p('Two'))),
    '<ol><li><p>One</p><p>more</p></li><li>Two</li></ol>',
  ],
  [
    'a list that starts again, and one that goes on',
    list(item(p('One'))) +
      list(item(p('New'))) +
      list(item(p('Next')), 'text:style-name="L" text:continue-numbering="true"'),
    '<ol><li>One</li></ol><ol><li>New</li><li>Next</li></ol>',
  ],
  [
    'cells that span columns',
    '<table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>a</text:p></table:table-cell><table:covered-table-cell/></table:table-row><table:table-row><table:table-cell><text:p>b</text:p></table:table-cell><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>',
    '<table><tbody><tr><td colspan="2">a</td></tr><tr><td>b</td><td>c</td></tr></tbody></table>',
  ],
  [
    'fields',
    p('Seite <text:page-number>7</text:page-number> von <text:author-name>Ann Lee</text:author-name>'),
    '<p>Seite 7 von Ann Lee</p>',
  ],
  [
    'a shape with words inside a group',
    p(`before<draw:g><draw:custom-shape>${p('of the shape')}</draw:custom-shape></draw:g>`),
    '<p>before</p><p>of the shape</p>',
  ],
  [
    'a frame between paragraphs',
    frame(`<draw:text-box>${p('of the box')}</draw:text-box>`),
    '<p>of the box</p>',
  ],
  [
    'a table of contents',
    `<text:table-of-content><text:index-body>${p('Contents 1')}</text:index-body></text:table-of-content>${p('after')}`,
    '<p>after</p>',
  ],
  [
    'a link that would act',
    p('<text:a xlink:href="javascript:alert(1)">the site</text:a>'),
    '<p>the site</p>',
  ],
])('%s', async (_, inner, html) => {
  expect((await read(inner)).bodyHtml.replace(`<p>${STORY}</p>`, '')).toBe(html);
});

test('a comment of an editor states an embargo', async () => {
  const inner = p(`<office:annotation>${p('Embargo until 5 March 2099!')}</office:annotation>`);
  expect(await read(inner)).toMatchObject({ bodyText: STORY, embargoUntil: '2099-03-05T00:00:00.000Z' });
});

test('pictures, charts and comments are named in warnings', async () => {
  const inner = p(
    `${frame('<draw:image xlink:href="Pictures/a.png"/>')}${frame('<draw:object xlink:href="./Object 1"/><draw:image xlink:href="./ObjectReplacements/Object 1"/>')}<office:annotation>${p('gone')}</office:annotation>`,
  );
  const { warnings, bodyText } = await read(inner);
  expect(bodyText).toBe(STORY);
  expect(warnings).toEqual([
    'The charts, formulas and other objects of the OpenDocument text were left out.',
    'The comments in the OpenDocument text were left out.',
    'Pictures of the OpenDocument text were left out: “a.png” is not in the file.',
  ]);
});

const IMAGE = '<draw:image xlink:href="Pictures/a.png"/>';

test.each<[what: string, inner: string, html: string]>([
  [
    'a picture with its description goes before the words around it',
    p(`before ${frame(`${IMAGE}<svg:title>Name</svg:title><svg:desc>The ferry at dawn</svg:desc>`)} after`),
    '<figure><img src="ADDRESS" alt="The ferry at dawn"></figure><p>before after</p>',
  ],
  [
    'a caption in the box of the picture, as LibreOffice writes it',
    p(
      frame(
        `<draw:text-box><text:p text:style-name="Illustration">${frame(IMAGE)}The ferry at dawn</text:p></draw:text-box>`,
      ),
    ),
    '<figure><img src="ADDRESS" alt=""><figcaption>The ferry at dawn</figcaption></figure>',
  ],
])('%s', async (_, inner, html) => {
  const bytes = makeZip([
    { name: 'mimetype', content: 'application/vnd.oasis.opendocument.text', stored: true },
    { name: 'content.xml', content: content(inner) },
    { name: 'META-INF/manifest.xml', content: '<manifest/>' },
    { name: 'Pictures/a.png', content: png() },
  ]);
  const { bodyHtml, warnings } = await parseArticle({ bytes, key: 'desk/story.odt' });
  const found = bodyHtml.replace(`<p>${STORY}</p>`, '');
  expect(found.replace(/\.\.\/media\/[a-z2-7]{16}\/a-[\da-f]{12}\.png/, 'ADDRESS')).toBe(html);
  expect(warnings).toEqual([]);
});

test('a picture in a single XML file is shown', async () => {
  const image = `<draw:image><office:binary-data>${png().toString('base64')}</office:binary-data></draw:image>`;
  const flat = content(p(frame(image)))
    .replaceAll('document-content', 'document')
    .replace(
      '<office:document ',
      '<office:document office:mimetype="application/vnd.oasis.opendocument.text" ',
    );
  const { bodyHtml } = await parseArticle({ bytes: Buffer.from(flat), key: 'desk/story.fodt' });
  expect(bodyHtml).toMatch(/<img src="\.\.\/media\/[^"]+\.png"/);
});

test('a single XML file is read too', async () => {
  const flat = content('')
    .replaceAll('document-content', 'document')
    .replace(
      '<office:document ',
      '<office:document office:mimetype="application/vnd.oasis.opendocument.text" ',
    );
  const { format, bodyText } = await parseArticle({ bytes: Buffer.from(flat), key: 'desk/story.fodt' });
  expect([format, bodyText]).toEqual(['odt', STORY]);
});

test('a document that was packed by hand is known by its parts', async () => {
  const bytes = makeZip([
    { name: 'META-INF/manifest.xml', content: '<manifest/>' },
    { name: 'content.xml', content: content('') },
  ]);
  expect((await parseArticle({ bytes, key: 'desk/story' })).format).toBe('odt');
});

test.each([
  ['application/vnd.oasis.opendocument.spreadsheet', 'OpenDocument spreadsheet'],
  ['application/vnd.oasis.opendocument.presentation', 'OpenDocument presentation'],
  ['application/epub+zip', 'EPUB'],
])('%s is refused by its name', async (type, name) => {
  const bytes = makeZip([{ name: 'mimetype', content: type, stored: true }]);
  await expect(parseArticle({ bytes, key: 'desk/story.odt' })).rejects.toThrow(
    new RegExp(`${name}.*Save it as`),
  );
});

test('a password is named in the rejection', async () => {
  const bytes = makeOdt('\x07', undefined, undefined, '<manifest><encryption-data/></manifest>');
  await expect(parseArticle({ bytes, key: 'desk/story.odt' })).rejects.toMatchObject({
    code: 'unreadable',
    message: 'The OpenDocument text is encrypted. Save it without a password.',
  });
});

import { parseArticle } from '../../../functions/ingest/parse.ts';

const LEDE =
  'Rada města schválila ve čtvrtek rozšíření severního přístavu, proti kterému obyvatelé protestovali.';
const SECOND = 'Práce začnou v březnu, uvedla předsedkyně rady po tříhodinové debatě.';

interface Facts {
  headline?: string;
  authors: string[];
  place: string | undefined;
  bodyHtml: string;
}

async function read(text: string): Promise<Facts> {
  const article = await parseArticle({ bytes: Buffer.from(text), key: 'wire/item' });
  return {
    authors: article.authors.map(({ name }) => name),
    place: article.dateline?.place,
    bodyHtml: article.bodyHtml,
  };
}

/** A NewsML-G2 item. */
function g2(content: string, meta = ''): string {
  return `<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:1" version="1"><itemMeta><versionCreated>2026-03-05T16:00:00Z</versionCreated></itemMeta><contentMeta><headline>Přístav se rozšíří</headline>${meta}</contentMeta><contentSet>${content}</contentSet></newsItem>`;
}

const xhtml = (body: string) =>
  `<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>${body}</body></html></inlineXML>`;
const nitf = (body: string) =>
  `<nitf><head><title>Přístav se rozšíří</title></head><body><body.content>${body}</body.content></body></nitf>`;
const ninjs = (body: object) =>
  JSON.stringify({ uri: 'urn:1', headline: 'Přístav se rozšíří', type: 'text', ...body });

const TWO = `<p>${LEDE}</p><p>${SECOND}</p>`;
const WRAPPED = `   Jana Nová
   SOLNÁ, 5. března (HN) - Rada města schválila ve čtvrtek
rozšíření severního přístavu, proti kterému obyvatelé protestovali
několik let.
   Práce začnou v březnu, uvedla předsedkyně rady po tříhodinové
debatě.
   Rozpočet je jedenáct milionů.`;
const UNWRAPPED =
  '<p>SOLNÁ, 5. března (HN) - Rada města schválila ve čtvrtek rozšíření severního přístavu, proti kterému obyvatelé protestovali několik let.</p><p>Práce začnou v březnu, uvedla předsedkyně rady po tříhodinové debatě.</p><p>Rozpočet je jedenáct milionů.</p>';

test.each<[what: string, text: string, expected: Partial<Facts>]>([
  [
    'HTML in CDATA that is declared as HTML',
    g2(`<inlineData contenttype="text/html"><![CDATA[${TWO}]]></inlineData>`),
    { bodyHtml: TWO },
  ],
  [
    'HTML in CDATA that is declared as text',
    g2(`<inlineData contenttype="text/plain"><![CDATA[\n${TWO}]]></inlineData>`),
    { bodyHtml: TWO },
  ],
  ['escaped HTML in NITF', nitf(`<![CDATA[${TWO}]]>`), { bodyHtml: TWO }],
  ['HTML in a text field of ninjs', ninjs({ body_text: TWO }), { bodyHtml: TWO }],
  [
    'text about tags is no HTML',
    ninjs({ body_text: `The tag <p> is forty years old.\n\n${SECOND}` }),
    { bodyHtml: `<p>The tag &lt;p&gt; is forty years old.</p><p>${SECOND}</p>` },
  ],
  [
    'wrapped lines in one paragraph',
    g2(xhtml(`<p>${WRAPPED.replace('Jana', 'Autor: Jana')}</p>`)),
    { bodyHtml: UNWRAPPED, authors: ['Jana Nová'] },
  ],
  [
    'wrapped lines in pre',
    nitf(`<pre>${WRAPPED.replace('Jana', 'By Jana')}</pre>`),
    { bodyHtml: UNWRAPPED, authors: ['Jana Nová'] },
  ],
  [
    'wrapped lines in a field of HTML',
    ninjs({ body_html: `<p>${WRAPPED.replace('Jana', 'By Jana')}</p>` }),
    { bodyHtml: UNWRAPPED, place: 'SOLNÁ' },
  ],
  [
    'one long paragraph stays one',
    g2(xhtml(`<p>${LEDE}\n${SECOND}</p>`)),
    { bodyHtml: `<p>${LEDE} ${SECOND}</p>` },
  ],
  [
    'a header with lines for editors',
    g2(
      xhtml(
        `<header><p>wirtschaft</p><ul><li>Hafen</li></ul><time>05.03.2026</time><h1>Přístav se rozšíří</h1></header>${TWO}<footer><p>hn ab</p></footer>`,
      ),
    ),
    { bodyHtml: TWO },
  ],
  [
    'a byline in the header',
    g2(xhtml(`<header><h1>X y z</h1><p class="byline">Von Jana Nová, hn</p></header>${TWO}`)),
    { authors: ['Jana Nová'], bodyHtml: TWO },
  ],
  [
    'a sentence in the header',
    g2(xhtml(`<header><p>${LEDE}</p></header><p>${SECOND}</p>`)),
    { bodyHtml: TWO },
  ],
  [
    'a byline before a line break',
    g2(xhtml(`<p>Par Anne Quai<br/>${LEDE}</p><p>${SECOND}</p>`)),
    { authors: ['Anne Quai'], bodyHtml: TWO },
  ],
  [
    'a line break without a byline',
    g2(xhtml(`<p>Byl čtvrtek.<br/>${LEDE}</p>`)),
    { authors: [], bodyHtml: `<p>Byl čtvrtek.<br>${LEDE}</p>` },
  ],
  [
    'a byline in the text wins over a creator',
    g2(xhtml(`<p>Por Ana Ribera</p>${TWO}`), '<creator><name>Bo Pier</name></creator>'),
    { authors: ['Ana Ribera'], bodyHtml: TWO },
  ],
  [
    'a creator with a name',
    g2(xhtml(TWO), '<creator><name>Bo Pier</name></creator>'),
    { authors: ['Bo Pier'] },
  ],
  [
    'an account',
    g2(xhtml(TWO), '<creator><name>npier2</name></creator><creator><name>PIER.BO</name></creator>'),
    { authors: [] },
  ],
  [
    'the place in the text',
    g2(xhtml(`<p>MARROW, 5 MAR (HN) — ${LEDE}</p>`), '<located><name>Praha</name></located>'),
    { place: 'MARROW' },
  ],
  [
    'the place after the agency',
    g2(xhtml(`<p>(HN) - MARROW, 5 MAR - ${LEDE}</p>`), '<located><name>Praha</name></located>'),
    { place: 'MARROW' },
  ],
  [
    'the place of the field, if the text has none',
    g2(xhtml(TWO), '<located><name>N/A</name></located><located><name>Praha</name></located>'),
    { place: 'Praha' },
  ],
  ['no place', g2(xhtml(TWO), '<located><name>No-Data-Available</name></located>'), { place: undefined }],
])('%s', async (_, text, expected) => {
  expect(await read(text)).toMatchObject(expected);
});

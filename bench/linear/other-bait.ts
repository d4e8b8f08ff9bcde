import { docx, mail, nitf, zip } from './filed.ts';
import { type Kind, kind, paragraph } from './kind.ts';

const text = (name: string, part: Kind['part'], before = `${paragraph(0)}\n\n`, after = ''): Kind =>
  kind(`text bait: ${name}`, 'a.txt', part, before, after);

const markdown = (name: string, part: Kind['part'], before = `${paragraph(0)}\n\n`, after = ''): Kind =>
  kind(`markdown bait: ${name}`, 'a.md', part, before, after);

/** Files of all other formats made to be slow. */
export const OTHER_BAIT: readonly Kind[] = [
  text('white space', () => '   \n', paragraph(0), paragraph(1)),
  text('one line', () => 'word ', paragraph(0)),
  text('one word', () => 'abcdefgh', `${paragraph(0)}\n`),
  text('short lines', () => 'a\n', `${paragraph(0)}\n`),
  text('lines of a few words', number => `Row ${number} it is\n`),
  text('quotes', () => '> > '),
  text('quoted lines', () => '> a\n'),
  text('addresses', number => `http://e.example/${number}( a@b.example `),
  text('marks', () => '- * • 1. '),
  text('dashes', number => (number % 2 ? '- a b\n' : '— c d\n')),
  text('numbers', number => `${(number % 99) + 1}. a\n`),
  text('end marks', number => (number % 3 ? `word ${number}\n` : '-30-\n')),
  text('captions', number => `Caption: somebody ${number}\n\n`),
  text('related', number => `Read also:\n- title ${number}\n\n`),
  text('broken lines', number => `${'the river and the town '.repeat(3)}${number}\n`),
  text('wide characters', () => '河の町、'),
  text('soft hyphens', () => 'a\u00ad\n'),
  markdown('inline elements in one block', number => `*word* ${number} **more** `),
  markdown('emphasis', () => '*a **b _c '),
  markdown('brackets', () => '[a]('),
  markdown('nested brackets', () => '[!['),
  markdown('backticks', number => `${'`'.repeat((number % 50) + 1)} `),
  markdown('nested quotes', () => '> '),
  markdown('nested lists', number => `${'  '.repeat(number % 60)}- x\n`),
  markdown('tables', () => '|a|b|\n', `${paragraph(0)}\n\n|a|b|\n|-|-|\n`),
  markdown('short paragraphs', () => 'a\n\n'),
  markdown('references', number => `[a${number}]: /b\n`),
  markdown('HTML', () => '<b>x <!-- '),
  markdown('addresses', number => `https://e.example/${number}( `),
  markdown('YAML', number => `k${number}: &a${number} [*a${number - 1}]\n`, '---\na: 1\n', '---\ntext'),
  markdown('TOML', number => `[[a${number}]]\nb.c.d = [[1]]\n`, '+++\na = 1\n', '+++\ntext'),
  mail(
    'e-mail bait: inline elements in one block',
    'text/html',
    number => `<b>word</b> ${number} <i>more</i> `,
    '<html><body><div>\r\n',
    '</div></body></html>\r\n',
  ),
  mail('e-mail bait: quotes', 'text/plain', () => '> > a\r\n', `${paragraph(0)}\r\n\r\n`),
  mail(
    'e-mail bait: quoted HTML',
    'text/html',
    () => '<blockquote type=cite class=gmail_quote>a</blockquote>',
    `<p>${paragraph(0)}</p>`,
  ),
  mail(
    'e-mail bait: signatures',
    'text/html',
    () => '<p class=moz-signature>a</p>',
    `<p>${paragraph(0)}</p><b>x</b>`,
  ),
  kind(
    'e-mail bait: parts',
    'a.eml',
    () => '--x\r\nContent-Type: text/plain\r\n\r\na\r\n',
    'From: a@e.example\r\nSubject: Bridge\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n',
    '--x--\r\n',
  ),
  kind(
    'e-mail bait: headers',
    'a.eml',
    number => `X-A: =?utf-8?q?a${number}?=\r\n`,
    'From: a@e.example\r\nSubject: Bridge\r\n',
    `\r\n${paragraph(0)}\r\n`,
  ),
  nitf('nitf bait: open elements', () => '<p>x'),
  nitf('nitf bait: entities', () => '&amp;&lt;&a;'),
  nitf('nitf bait: pictures', () => '<media media-type="image"/>'),
  nitf('nitf bait: short paragraphs', () => '<p>a</p>'),
  kind(
    'newsml bait: items',
    'a.xml',
    number => `<newsItem guid="${number}"><contentSet><inlineData>a b</inlineData></contentSet></newsItem>`,
    '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">',
    '</newsMessage>',
  ),
  kind(
    'newsml bait: nested items',
    'a.xml',
    () => '<newsItem><contentSet>',
    '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/">',
    '</newsMessage>',
  ),
  kind(
    'ninjs bait: keywords',
    'a.json',
    number => `"k${number}",`,
    `{"uri":"urn:x:1","headline":"Bridge","body_text":"${paragraph(0)}","keywords":[`,
    '"k"]}',
  ),
  kind(
    'ninjs bait: nested',
    'a.json',
    () => '[',
    `{"uri":"urn:x:1","headline":"Bridge","body_text":"${paragraph(0)}","x":`,
  ),
  kind('wire bait: marks', 'a.txt', () => '^a^<\r\n', '\x01a0123\x1frxbt-\r\n\x02'),
  kind('wire bait: controls', 'a.txt', () => 'a\x03\x01', '\x01coa0471 4 i 118 uk\r\n\x02'),
  docx('docx bait: runs', number => `<w:r><w:t>${number} </w:t></w:r>`, '<w:p>', '</w:p>'),
  docx('docx bait: short paragraphs', number => `<w:p><w:r><w:t>${number}</w:t></w:r></w:p>`),
  docx(
    'docx bait: alternatives and boxes',
    number =>
      `<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>${number}</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice></mc:AlternateContent></w:r></w:p>`,
  ),
  docx('docx bait: unclosed values', () => '<w:p a="'),
  docx('docx bait: open elements', () => '<w:p>'),
  docx('docx bait: white space', () => '          ', '<w:p><w:r><w:t>', '</w:t></w:r></w:p>'),
  docx('docx bait: list items', number => {
    const level = `<w:numPr><w:ilvl w:val="${number % 9}"/><w:numId w:val="1"/></w:numPr>`;
    return `<w:p><w:pPr>${level}</w:pPr><w:r><w:t>item ${number}</w:t></w:r></w:p>`;
  }),
  zip('zip bait: small files', number => `${paragraph(number)}\n`, 250),
  zip('zip bait: packed', () => '          ', 1_000_000),
  zip('zip bait: many files', number => `${number}`, 1),
];

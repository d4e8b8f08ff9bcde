import { makeDocx, makeZip } from '../../tests/support/zip.ts';
import { type Kind, kind, paragraph, sentence } from './kind.ts';

const HTML_START = `<!doctype html><html lang="en"><head><title>Bridge</title></head><body><article><h1>Bridge</h1><p>${paragraph(0)}</p><p>${paragraph(1)}</p>`;
const HTML_END = '</article></body></html>';

/** A page with a story, and the parts in the middle of it. */
export const page = (name: string, part: Kind['part'], before = '', after = ''): Kind =>
  kind(name, 'page.html', part, HTML_START + before, after + HTML_END);

const MAIL =
  'From: Desk <desk@e.example>\r\nSubject: Bridge\r\nDate: Fri, 01 Mar 2024 08:00:00 +0000\r\nMIME-Version: 1.0\r\n';

/** An e-mail with one part of this type. */
export const mail = (name: string, type: string, part: Kind['part'], before = '', after = ''): Kind =>
  kind(
    name,
    'a.eml',
    part,
    `${MAIL}Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${before}`,
    after,
  );

/** A NITF file with the parts as its body. */
export const nitf = (name: string, part: Kind['part'], after = ''): Kind =>
  kind(
    name,
    'a.xml',
    part,
    `<?xml version="1.0" encoding="UTF-8"?><nitf><head><title>Bridge</title></head><body><body.head><hedline><hl1>Bridge</hl1></hedline></body.head><body.content><p>${paragraph(0)}</p>`,
    `${after}</body.content></body></nitf>`,
  );

const G2_START =
  '<?xml version="1.0" encoding="UTF-8"?><newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:e.example:1" version="1" standard="NewsML-G2"><itemMeta><itemClass qcode="ninat:text"/><versionCreated>2026-10-12T09:30:00+02:00</versionCreated></itemMeta><contentMeta><headline>Bridge</headline></contentMeta><contentSet>';
const G2_END = '</contentSet></newsItem>';

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';

/** A Word document with the parts as its body. */
export const docx = (name: string, part: Kind['part'], before = '', after = ''): Kind => ({
  ...kind(
    name,
    'a.docx',
    part,
    `<?xml version="1.0"?><w:document ${W}><w:body><w:p><w:r><w:t>${paragraph(0)}</w:t></w:r></w:p>${before}`,
    `${after}</w:body></w:document>`,
  ),
  pack: text => makeDocx(text),
});

/** An archive of text files, each of so many bytes at least, 400 at most. */
export const zip = (name: string, part: Kind['part'], bytes = 10_000): Kind => ({
  ...kind(name, 'a.zip', part),
  pack: text => {
    const length = Math.max(bytes, Math.ceil(text.length / 400));
    const count = Math.ceil(text.length / length);
    return makeZip(
      Array.from({ length: count }, (_, at) => ({
        name: `desk/story-${at}.txt`,
        content: text.slice(at * length, (at + 1) * length),
      })),
    );
  },
});

/** What people and agencies file. Of each format the first is what the others are compared with. */
export const FILED: readonly Kind[] = [
  page('html: plain', number => `<p>${paragraph(number)}</p>\n`),
  page('html: as on the web', number =>
    number % 4 === 0
      ? `<div class="row ad-slot" id="r${number}" data-x="1"><a href="/story/${number}">More</a><script>var x = ${number};</script></div>\n`
      : `<p class="text">${paragraph(number)} <a href="/a?b=${number}&amp;c=d">a link</a>, <em>and more</em>.</p>\n`,
  ),
  kind('text: plain', 'a.txt', number => `${paragraph(number)}\n`),
  kind('text: wrapped', 'a.txt', number => `${paragraph(number).replace(/(.{50,60}) /g, '$1\n')}\n\n`),
  kind('text: lists', 'a.txt', number => `${number % 4 ? '- ' : '\n'}${sentence(number)}\n`),
  kind('markdown: plain', 'a.md', number =>
    number % 6 === 0
      ? `## Part ${number}\n\n- *one*\n- [two](https://e.example/${number})\n\n`
      : `${paragraph(number)}\n\n`,
  ),
  kind(
    'markdown: YAML front matter',
    'a.md',
    number => `${paragraph(number)}\n\n`,
    '---\ntitle: Bridge\nauthor: [Jane Doe, John Roe]\ndate: 2026-10-12T09:30:00Z\ntags:\n  - river\n  - works\n---\n',
  ),
  kind(
    'markdown: TOML front matter',
    'a.md',
    number => `${paragraph(number)}\n\n`,
    '+++\ntitle = "Bridge"\ndate = 2026-10-12T09:30:00Z\ntags = ["river", "works"]\n+++\n',
  ),
  mail('e-mail: plain', 'text/plain', number => `${paragraph(number)}\r\n\r\n`),
  mail(
    'e-mail: HTML',
    'text/html',
    number => `<p>${paragraph(number)}</p>\r\n`,
    '<html><body><h1>Bridge</h1>\r\n',
    '</body></html>\r\n',
  ),
  nitf('nitf: plain', number => `<p>${paragraph(number)}</p>`),
  kind(
    'newsml: plain',
    'a.xml',
    number => `<p>${paragraph(number)}</p>`,
    `${G2_START}<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><body>`,
    `</body></html></inlineXML>${G2_END}`,
  ),
  kind(
    'newsml: text',
    'a.xml',
    number => `${paragraph(number)}\n`,
    `${G2_START}<inlineData contenttype="text/plain">`,
    `</inlineData>${G2_END}`,
  ),
  kind(
    'ninjs: plain',
    'a.json',
    number => `<p>${paragraph(number)}</p>`,
    '{"uri":"urn:x:1","headline":"Bridge","body_html":"',
    '"}',
  ),
  kind(
    'ninjs: text',
    'a.json',
    number => `${paragraph(number)}\\n`,
    '{"uri":"urn:x:1","headline":"Bridge","body_text":"',
    '"}',
  ),
  kind(
    'wire: IPTC 7901',
    'a.txt',
    number => `   ${paragraph(number).replace(/(.{50,60}) /g, '$1\r\n')}\r\n`,
    '\x16\x16\x01coa0471 4 i 118 uk-bridge\r\nUK-BRIDGE\r\n\x02Bridge to be built\r\n',
    '\x03121045 GMT Oct 26\r\n\x04',
  ),
  kind(
    'wire: ANPA 1312',
    'a.txt',
    number => `   ${paragraph(number)}\r\n`,
    '\x16\x16\x01a0123\x1frxbt-\r\nr i \x13BC-Bridge   \x1110-12 0118\r\n\x02\x02BC-Bridge,118<\r\n^Bridge to be built^<\r\n^By RUTH PALMER^<\r\n',
    'AP-NY-10-12-26 0645EDT<\r\n\x03\r\n\x04',
  ),
  docx('docx: plain', number => `<w:p><w:r><w:t>${paragraph(number)}</w:t></w:r></w:p>`),
  zip('zip: plain', number => `${paragraph(number)}\n`),
];

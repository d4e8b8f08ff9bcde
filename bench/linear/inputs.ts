/** A kind of file that can be made in any size. */
export interface Kind {
  name: string;
  key: string;
  /** What stands before and behind the part that is repeated. */
  before: string;
  after: string;
  /** The part; it gets its number, so that no two need be equal. */
  part(number: number): string;
}

const SENTENCES = [
  'The council met on Monday, as it does each week, and voted for the new bridge.',
  'It will be built in spring, the mayor said, if the river allows it.',
  'Nobody opposed the plan, though some asked what would become of the ferry.',
  'The works will cost about forty million, half of which the region pays.',
];

const paragraph = (number: number) =>
  `${[0, 1, 2].map(offset => SENTENCES[(number + offset) % SENTENCES.length]).join(' ')} (${number})`;

const page = (name: string, part: Kind['part'], [before, after] = ['', '']): Kind => ({
  name,
  key: 'page.html',
  before: `<!doctype html><html lang="en"><head><title>Bridge</title></head><body><article><h1>Bridge</h1><p>${paragraph(0)}</p><p>${paragraph(1)}</p>${before}`,
  after: `${after}</article></body></html>`,
  part,
});

const plain = (name: string, key: string, part: Kind['part'], before = '', after = ''): Kind => ({
  name,
  key,
  before,
  after,
  part,
});

/** The first is what the others are compared with. */
export const KINDS: readonly Kind[] = [
  page('html: plain', number => `<p>${paragraph(number)}</p>\n`),
  page('html: as on the web', number =>
    number % 4 === 0
      ? `<div class="row ad-slot" id="r${number}" data-x="1"><a href="/story/${number}">More</a><script>var x = ${number};</script></div>\n`
      : `<p class="text">${paragraph(number)} <a href="/a?b=${number}&amp;c=d">a link</a>, <em>and more</em>.</p>\n`,
  ),
  plain('text: a paragraph a line', 'a.txt', number => `${paragraph(number)}\n`),
  plain('text: wrapped', 'a.txt', number => `${paragraph(number).replace(/(.{50,60}) /g, '$1\n')}\n\n`),
  plain('markdown', 'a.md', number =>
    number % 6 === 0
      ? `## Part ${number}\n\n- *one*\n- [two](https://e.example/${number})\n\n`
      : `${paragraph(number)}\n\n`,
  ),
  plain(
    'e-mail',
    'a.eml',
    number => `${paragraph(number)}\r\n\r\n`,
    'From: Desk <desk@e.example>\r\nSubject: Bridge\r\nDate: Fri, 01 Mar 2024 08:00:00 +0000\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n',
  ),
  plain(
    'nitf',
    'a.xml',
    number => `<p>${paragraph(number)}</p>`,
    '<?xml version="1.0" encoding="UTF-8"?><nitf><head><title>Bridge</title></head><body><body.head><hedline><hl1>Bridge</hl1></hedline></body.head><body.content>',
    '</body.content></body></nitf>',
  ),
  plain(
    'ninjs',
    'a.json',
    number => `<p>${paragraph(number)}</p>`,
    '{"uri":"urn:x:1","headline":"Bridge","body_html":"',
    '"}',
  ),
  page('bait: nested boxes', () => '<div>'),
  page('bait: nested lists', () => '<ul><li>x'),
  page('bait: nested tables', () => '<table><tr><td>x'),
  page('bait: attributes of one tag', number => ` a${number}=b`, ['<p', '>x</p>']),
  page('bait: attributes', number => `<p a=1 b='2' c="3" d e f g h i=${number}>x`),
  page('bait: entities', () => '&amp;&lt;&notin;&#8212;&am'),
  page('bait: mis-nested', number => `<b id=${number}><p>x`),
  page('bait: mis-nested links', number => `<a href=${number}><div>x`),
  page('bait: formatting in a table', number => `<b>${number}<tr>x`, ['<table>', '</table>']),
  page('bait: unclosed paragraphs', () => '<p><i>a '),
  page('bait: end tags', () => '</x></p></b>'),
  page('bait: white space', () => ' \n\t', ['<p>a', 'b</p>']),
  page('bait: white space in tags', () => '   ', ['<p ', '>b</p>']),
  page('bait: brackets', () => '<<a<', ['<p>', '</p>']),
  page('bait: comments', () => '<!-- -- a ->', ['', '-->']),
  page('bait: unclosed comments', () => '<!-'),
  page('bait: scripts', () => '<script><!--<script>', ['', '']),
  page('bait: one long word', () => 'abcdefgh', ['<p>', '</p>']),
  page('bait: commas', () => ', ', ['<p>x', 'y</p>']),
  page('bait: links', number => `<a href="/${number}">x</a> `),
  page('bait: line breaks', () => 'x<br>'),
  page(
    'bait: classes',
    number => `<p class="ad-${number} story-body_x related share">${SENTENCES[number % 4]}</p>`,
  ),
  page('bait: linked data', () => '{"@graph":[', ['<script type="application/ld+json">', '</script>']),
  page('bait: times', number => `<time datetime="2024-01-0${number % 9}">1 Jan</time>`),
  plain('text bait: white space', 'a.txt', () => '   \n', paragraph(0), paragraph(1)),
  plain('text bait: one line', 'a.txt', () => 'word ', paragraph(0)),
  plain('text bait: one word', 'a.txt', () => 'abcdefgh', `${paragraph(0)}\n`),
  plain('text bait: short lines', 'a.txt', () => 'a\n', `${paragraph(0)}\n`),
  plain('text bait: quotes', 'a.txt', () => '> > ', `${paragraph(0)}\n\n`),
  plain(
    'text bait: addresses',
    'a.txt',
    number => `http://e.example/${number}( a@b.example `,
    `${paragraph(0)}\n\n`,
  ),
  plain('text bait: marks', 'a.txt', () => '- * • 1. ', `${paragraph(0)}\n\n`),
  plain('markdown bait: emphasis', 'a.md', () => '*a **b _c ', `${paragraph(0)}\n\n`),
  plain('markdown bait: brackets', 'a.md', () => '[a](', `${paragraph(0)}\n\n`),
  plain('markdown bait: nested brackets', 'a.md', () => '[![', `${paragraph(0)}\n\n`),
  plain(
    'markdown bait: backticks',
    'a.md',
    number => `${'`'.repeat((number % 50) + 1)} `,
    `${paragraph(0)}\n\n`,
  ),
  plain('markdown bait: nested quotes', 'a.md', () => '> ', `${paragraph(0)}\n\n`),
  plain(
    'markdown bait: nested lists',
    'a.md',
    number => `${'  '.repeat(number % 60)}- x\n`,
    `${paragraph(0)}\n\n`,
  ),
  plain('markdown bait: tables', 'a.md', () => '|a|b|\n', `${paragraph(0)}\n\n|a|b|\n|-|-|\n`),
  plain(
    'markdown bait: front matter',
    'a.md',
    number => `k${number}: &a${number} [*a${number - 1}]\n`,
    '---\na: 1\n',
    '---\ntext',
  ),
];

/** A file of this kind, of `size` bytes or a few less. */
export function make(kind: Kind, size: number): Uint8Array {
  const parts = [kind.before];
  let length = Buffer.byteLength(kind.before + kind.after);
  for (let number = 0; ; number += 1) {
    const part = kind.part(number);
    length += Buffer.byteLength(part);
    if (length > size) break;
    parts.push(part);
  }
  parts.push(kind.after);
  return Buffer.from(parts.join(''));
}

import fc from 'fast-check';
import { readMembers } from '../../../functions/ingest/archive-members.ts';
import { Rejection } from '../../../shared/rejection.ts';
import { expectLawful, type Soup, shownBy } from '../../support/laws.ts';
import { makeDocx, makeZip } from '../../support/zip.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const word = fc.constantFrom(
  ...[
    'ferry',
    'harbour',
    'Kyiv',
    'naïve',
    'São',
    'пором',
    'міст',
    '渡輪',
    '橋',
    'フェリー',
    'عبّارة',
    'גשר',
    'पुल',
    'สะพาน',
    '42',
    '1,000',
    '\u{1f6a2}',
  ],
);
const prose = fc
  .array(word, { minLength: 1, maxLength: 18 })
  .chain(words => fc.constantFrom('', '.', '?', '”', ':', '。').map(end => words.join(' ') + end));

/** A piece of a file: how it is written, and what of that is said to readers. */
interface Piece {
  written: string;
  said: string;
}
const same = (text: string): Piece => ({ written: text, said: text });
const unsaid = (...texts: string[]) => texts.map(written => ({ written, said: '' }));

const laws = async (soup: fc.Arbitrary<Soup>, numRuns: number): Promise<void> => {
  await fc.assert(
    fc.asyncProperty(soup, async each => {
      await expectLawful(each);
    }),
    { numRuns },
  );
};

/** Where a piece may be text as it is written: it may say either. */
const either = ({ written, said }: Piece): Piece => ({ written, said: `${said} ${written}` });

const joined = (pieces: readonly Piece[], by = ''): Piece => ({
  written: pieces.map(({ written }) => written).join(by),
  said: pieces.map(({ said }) => said).join(' '),
});

const escaped = prose.chain(text =>
  fc.constantFrom(
    { written: text, said: text },
    { written: `&lt;${text}&gt; &amp;amp; &#x41;&#98;&nbsp;`, said: `${text} amp Ab` },
    { written: `<b>${text}</b>`, said: text },
    { written: `<!-- hidden -->${text}`, said: text },
  ),
);

const furniture = fc.constantFrom(
  ...unsaid(
    ...[
      '<p>',
      '</p>',
      '<div class="article-body">',
      '</div>',
      '<article>',
      '</article>',
      '<main>',
      '<br>',
      '<br><br>',
      '<hr>',
    ],
    ...[
      '<ul><li>',
      '</li><li>',
      '</ul>',
      '<table><tr><td>',
      '</td><td>',
      '</table>',
      '<blockquote>',
      '</blockquote>',
      '<h1>',
      '</h1>',
      '<h3>',
    ],
    ...[
      '<div class="byline">',
      '<div class="related">',
      '<div class="caption">',
      '<aside>',
      '</aside>',
      '<nav>',
      '</nav>',
      '<form>',
      '<footer>',
    ],
    ...[
      '<figure><img src="https://e.example/a.jpg" alt="">',
      '<figcaption>',
      '</figcaption></figure>',
      '<img src=x onerror=go()>',
    ],
    ...[
      '<a href="javascript:go()">',
      '<a href=" java\nscript:go()">',
      '<a href="data:text/html,go">',
      '<a href="/b" onclick="go()">',
      '</a>',
    ],
    ...[
      '<script>go()</script>',
      '<style>p{go:1}</style>',
      '<svg><script>go()</script></svg>',
      '<iframe srcdoc="go"></iframe>',
      '<math><mi>',
    ],
    ...[
      '<noscript>',
      '</noscript>',
      '<template>',
      '</template>',
      '<b><i></b></i>',
      '<p style="go:1">',
      '<details><summary>',
      '<select><option>',
    ],
    ...[
      '<meta property="og:title" content="Go">',
      '<base href="javascript:go()//">',
      '<script type="application/ld+json">{"@type":"NewsArticle","headline":"Go","articleBody":"Go"}</script>',
    ],
    ...[
      '<title>',
      '</title>',
      '<textarea>',
      '</textarea>',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      '<pre>',
      '</pre>',
      '<ruby>',
      '<rt>',
      '</ruby>',
    ],
  ),
);
const labels = fc.constantFrom(
  ...[
    'By Ada Quill',
    'Related:',
    'Read also',
    'Photo: Ada Quill',
    '3 November 2026',
    'Share',
    'Читайте також:',
    '関連記事',
  ].map(same),
);
const markup = fc.array(
  fc.oneof({ weight: 3, arbitrary: escaped }, { weight: 4, arbitrary: furniture }, labels),
  {
    maxLength: 30,
  },
);

test('HTML', async () => {
  const soup = fc.tuple(markup, fc.boolean()).map(([pieces, page]) => {
    const { written } = joined(pieces);
    // A paragraph in front: what has no tag at all would be plain text, and its marks be said.
    const bytes = bytesOf(
      page ? `<!doctype html><html><head><title>Go</title></head><body>${written}` : `<p></p>${written}`,
    );
    return { bytes, said: shownBy(written), contentType: 'text/html' };
  });
  await laws(soup, 200);
});

const lines = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: prose },
    prose.map(text => `    ${text}`),
    prose.map(text => `\t${text}`),
    prose.map(text => `　${text}`),
    fc
      .tuple(fc.constantFrom('- ', '* ', '• ', '– ', '1. ', '2) ', '> ', '>> ', '    * ', '      '), prose)
      .map(pair => pair.join('')),
    fc
      .tuple(
        fc.constantFrom(
          'Related: ',
          'Caption: ',
          'Tags: ',
          'EMBARGO: ',
          'Headline: ',
          'By ',
          'Читайте також: ',
          'Contact: ',
        ),
        prose,
      )
      .map(pair => pair.join('')),
    fc.constantFrom(
      '',
      '',
      ' ',
      '-30-',
      '###',
      'ENDS',
      '* * *',
      '---',
      'Related:',
      'FOR IMMEDIATE RELEASE',
      'About the line',
      '1 October 2026',
    ),
    fc.constantFrom(
      'KYIV, Oct 1 (Reuters) — The',
      'https://e.example/a_(b)?c=<d>',
      'ada@e.example',
      '<script>go()</script>',
      '<b>&amp;</b>',
    ),
  ),
  { maxLength: 40 },
);

test('plain text', async () => {
  const soup = fc
    .tuple(lines, fc.constantFrom('\n', '\r\n', '\r', '\n\n', '\n\n\n'))
    .map(([all, end]) => ({ bytes: bytesOf(all.join(end)), said: all.join('\n') }));
  await laws(soup, 200);
});

const frontMatter = fc
  .tuple(
    fc.constantFrom(
      ['---\n', '---\n'],
      ['+++\n', '+++\n'],
      ['---yaml\n', '---\n'],
      ['---js\n', '---\n'],
      ['{', '}\n'],
      ['---\n', ''],
    ),
    fc.array(
      fc.constantFrom(
        ...[
          'title: Go',
          'title: Go: again',
          'title = "Go"',
          '"title": "Go",',
          'date: 2026-13-45',
          'date: yesterday',
          'author: [Go',
          'tags: {a: [b]}',
        ],
        ...[
          'a: &a [x]',
          'b: [*a, *a]',
          '? x',
          '!!js/function go',
          '- item',
          '\ttab: x',
          'embargo: Go',
          'image: javascript:go()',
          'lang: <b>',
          'draft: true',
          '%YAML 9',
        ],
      ),
      { maxLength: 6 },
    ),
  )
  .map(([[open = '', close = ''], rows]) => ({
    written: `${open}${rows.join('\n')}\n${close}`,
    said: open + rows.join('\n'),
  }));

test('Markdown', async () => {
  const block = fc.oneof(
    { weight: 3, arbitrary: prose.map(same) },
    fc
      .tuple(
        fc.constantFrom(
          '# ',
          '## ',
          '- ',
          '1. ',
          '> ',
          '    ',
          '```\n',
          '| a | b |\n|---|---|\n| ',
          '[^1]: ',
          '~~~',
          '===\n',
        ),
        prose,
      )
      .map(([mark, text]) => same(`${mark}${text}`)),
    prose.map(text => ({
      written: `*${text}* __${text}__ \`${text}\` [${text}](javascript:go()) ![](data:text/html,go)`,
      said: `${text} ${text} ${text} ${text} javascript go data text html go`,
    })),
    fc.constantFrom(
      ...unsaid(
        '<script>go()</script>',
        '<img src=x onerror=go()>',
        '<div onclick="go()">',
        '***',
        '---',
        '**_*',
      ),
    ),
    fc.constantFrom(same('<https://e.example/a>'), same('[a]: https://e.example "b"'), same('[a][a]'), {
      written: '&#65;&copy;&zwj;',
      said: 'A ©',
    }),
  );
  const soup = fc
    .tuple(
      fc.option(frontMatter, { nil: same('') }),
      fc.array(block, { maxLength: 20 }),
      fc.constantFrom('\n', '\n\n'),
    )
    .map(([head, blocks, end]) => {
      const written = joined(blocks, end).written;
      // In code, and where front matter does not end, marks are text.
      const body = joined(blocks.map(either));
      return {
        bytes: bytesOf(`${head.written}${written}`),
        key: 'desk/a.md',
        said: `${head.said} ${body.said}`,
      };
    });
  await laws(soup, 200);
});

test('e-mail', async () => {
  const part = fc
    .tuple(
      fc.constantFrom('7bit', 'quoted-printable', 'base64', 'x-go'),
      fc.constantFrom('text/plain', 'text/html', 'application/x-go', 'multipart/mixed; boundary="c"'),
      lines,
    )
    .map(([encoding, type, all]) => {
      const text = type === 'text/html' ? all.map(line => `<p>${line}</p>`).join('\r\n') : all.join('\r\n');
      const body =
        encoding === 'base64'
          ? Buffer.from(text).toString('base64')
          : encoding === 'quoted-printable'
            ? [...Buffer.from(text)]
                .map(byte => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)
                .join('')
            : text;
      return {
        written: `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`,
        said: `${text} ${body}`,
      };
    });
  const header = fc.constantFrom(
    ...[
      'Subject: Go',
      'Subject: =?utf-8?B?4pyT?=',
      'Subject: =?x?Q?=',
      'From: Ada <ada@e.example>',
      'From: a@b, c@d',
      'Date: Go',
      'Date: Thu, 15 Oct 2026 06:30:00 +0100',
    ],
    ...['Message-ID: <1@e.example>', 'MIME-Version: 1.0', ' folded', 'X-Go: 1', 'In-Reply-To: <2@e.example>'],
  );
  const soup = fc
    .tuple(fc.array(header, { maxLength: 6 }), fc.array(part, { minLength: 1, maxLength: 3 }), fc.boolean())
    .map(([headers, parts, mixed]) => {
      const first = parts[0]?.written ?? '';
      const body = mixed
        ? `Content-Type: multipart/alternative; boundary="b"\r\n\r\n${parts.map(({ written }) => `--b\r\n${written}\r\n`).join('')}--b--`
        : first;
      const written = `From: Ada <ada@e.example>\r\nSubject: Go\r\n${headers.map(each => `${each}\r\n`).join('')}${body}`;
      // Where the headers are broken, they are text like the rest.
      return { bytes: bytesOf(written), key: 'desk/a.eml', said: `${written} ${joined(parts).said}` };
    });
  await laws(soup, 150);
});

const xmlPiece = fc.oneof(
  { weight: 3, arbitrary: escaped },
  fc.constantFrom(
    ...unsaid(
      ...[
        '<p>',
        '</p>',
        '<hl1>',
        '</hl1>',
        '<hl2>',
        '<block>',
        '</block>',
        '<media media-type="image"><media-reference source="javascript:go()"/>',
        '</media>',
      ],
      ...[
        '<byline>',
        '</byline>',
        '<dateline>',
        '<body.head>',
        '</body.head>',
        '<table><tr><td>',
        '</table>',
        '<bq>',
        '<note>',
        '<em>',
        '</em>',
        '<a href="javascript:go()">',
      ],
      ...[
        '<headline>',
        '<by>',
        '<inlineXML>',
        '<DataContent>',
        '<contentSet>',
        '<html><body>',
        '<script>',
        '</script>',
        '<x:y z="1">',
        '<?pi go?>',
        '<!DOCTYPE x>',
        '&undeclared;',
        '<',
      ],
    ),
  ),
);
const shells = fc.constantFrom(
  ['<nitf><body><body.content>', '</body.content></body></nitf>'],
  [
    '<?xml version="1.0"?><nitf><head/><body><body.head><hedline><hl1>Go</hl1></hedline></body.head><body.content>',
    '</body.content></body></nitf>',
  ],
  [
    '<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/"><contentMeta><headline>Go</headline></contentMeta><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml"><body>',
    '</body></html></inlineXML></contentSet></newsItem>',
  ],
  [
    '<NewsML><NewsItem><NewsComponent><ContentItem><DataContent>',
    '</DataContent></ContentItem></NewsComponent></NewsItem></NewsML>',
  ],
);

test('NITF and NewsML', async () => {
  const soup = fc
    .tuple(shells, fc.array(xmlPiece, { maxLength: 20 }))
    .map(([[open = '', close = ''], pieces]) => {
      const { written } = joined(pieces);
      // What is no markup for one of the readers is text for another.
      const { said } = joined(pieces.map(either));
      return { bytes: bytesOf(`${open}${written}${close}`), said: `Go ${said}` };
    });
  await laws(soup, 200);
});

test('ninjs', async () => {
  const value = fc.oneof(
    { weight: 3, arbitrary: prose },
    markup.map(pieces => joined(pieces).written),
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom(
      '2026-10-12T09:30:00Z',
      'canceled',
      'https://e.example/a',
      'javascript:go()',
      '__proto__',
    ),
  );
  const keys =
    'uri guid type headline headlines body_text body_html bodies byline by located language versioncreated pubstatus subject associations renditions embargoed __proto__ constructor'.split(
      ' ',
    );
  const soup = fc.array(fc.tuple(fc.constantFrom(...keys), value), { maxLength: 12 }).map(rows => {
    const written = JSON.stringify(Object.fromEntries([['uri', 'a:1'], ['type', 'text'], ...rows]));
    return { bytes: bytesOf(written) };
  });
  await laws(soup, 150);
  const told = prose.map(text => ({
    bytes: bytesOf(JSON.stringify({ uri: 'a:1', type: 'text', headline: 'Go', body_text: text })),
    said: text,
  }));
  await laws(told, 50);
});

test('agency copy', async () => {
  const line = fc.oneof(
    { weight: 3, arbitrary: prose.map(text => `   ${text}`) },
    prose.map(text => `^${text}^<`),
    fc.constantFrom(
      '\x01coa0471 4 i 118 uk\r',
      '\x16\x16\x01',
      '\x02',
      '\x03',
      '\x04',
      '^By Ada Quill^<',
      'a0123rxbt-',
      'r i BC-Ferry 10-12 0118',
      'MORE',
      '121045 GMT Oct 26',
      '=',
      '\t',
      '\x1f\x0f',
    ),
  );
  const soup = fc.array(line, { maxLength: 25 }).map(all => {
    const written = `\x01coa0471 4 i 118 uk\r\n\x02${all.join('\r\n')}\x03`;
    return { bytes: bytesOf(written), said: written };
  });
  await laws(soup, 150);
});

test('bytes behind the beginnings of known formats', async () => {
  const beginning = fc.constantFrom(
    ...[
      '',
      '\ufeff',
      'PK\x03\x04',
      '%PDF-1.7',
      '{\\rtf1',
      '<?xml version="1.0" encoding="utf-7"?>',
      '<nitf>',
      '{"uri":"a:1","headline":',
      '---\n',
      '+++\n',
      'From: a@b\r\nSubject: x\r\n\r\n',
      '<html><meta charset=gb18030>',
      '\x01coa',
      '\x00\x00\xfe\xff',
    ],
  );
  const soup = fc
    .tuple(
      beginning,
      fc.uint8Array({ maxLength: 200 }),
      fc.constantFrom(
        undefined,
        'text/html',
        'text/markdown',
        'message/rfc822',
        'text/plain; charset=utf-16',
      ),
    )
    .map(([start, rest, contentType]) => ({
      bytes: Buffer.concat([Buffer.from(start, 'latin1'), rest]),
      contentType,
    }));
  await laws(soup as fc.Arbitrary<Soup>, 300);
});

const W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const runs = (text: string) => `<w:p><w:r><w:t>${text}</w:t></w:r></w:p>`;
const document = (text: string) =>
  `<?xml version="1.0"?><w:document ${W}><w:body>${runs(text)}</w:body></w:document>`;
const flips = fc.array(fc.record({ at: fc.nat(), bit: fc.nat(7) }), { minLength: 1, maxLength: 8 });

function flipped(whole: Buffer, changes: readonly { at: number; bit: number }[]): Buffer {
  const bytes = Buffer.from(whole);
  for (const { at, bit } of changes)
    bytes.writeUInt8(bytes.readUInt8(at % bytes.length) ^ (1 << bit), at % bytes.length);
  return bytes;
}

test('DOCX: what was written, and nothing that flipped bits make of it that was not', async () => {
  const inner = fc.array(
    fc.oneof(
      prose,
      fc.constantFrom(
        '</w:t><w:tab/><w:t>',
        '</w:t><w:br/><w:t>',
        '</w:t></w:r></w:p><w:p><w:r><w:t>',
        '<w:x/>',
      ),
    ),
    { maxLength: 8 },
  );
  await laws(
    inner.map(parts => ({
      bytes: makeDocx(document(parts.join(''))),
      said: parts.join('').replace(/<[^>]*>/g, ' '),
    })),
    60,
  );
  const whole = makeDocx(document('The ferry sailed on Monday and came back on Tuesday.'));
  // A checksum guards each part: what is read at all is what was written.
  await laws(
    flips.map(changes => ({ bytes: flipped(whole, changes) })),
    100,
  );
});

test('an archive with flipped bits is read or rejected, and so are its members', async () => {
  const whole = makeZip([
    { name: 'world/a.txt', content: 'A bridge opens\n\nThe bridge opened on Monday, a year late.' },
    { name: 'b.md', content: '# Ferry sails\n\nThe ferry sailed on Monday.', stored: true },
    { name: 'c.html', content: '<h1>Night room</h1><p>The library has a night room.</p>' },
  ]);
  const limits = { members: 10, memberBytes: 400_000, totalBytes: 1_000_000, ratio: 100 };
  await fc.assert(
    fc.asyncProperty(flips, async changes => {
      const bytes = flipped(whole, changes);
      await expectLawful({ bytes });
      try {
        const { members } = await readMembers(bytes, limits);
        for (const member of members) await expectLawful({ bytes: member.bytes, key: member.name });
      } catch (error) {
        if (!(error instanceof Rejection)) throw error;
      }
    }),
    { numRuns: 100 },
  );
});

import fc from 'fast-check';
import { bytesOf, either, joined, laws, prose, same, unsaid } from '../../support/soup.ts';

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

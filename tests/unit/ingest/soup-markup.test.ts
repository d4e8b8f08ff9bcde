import fc from 'fast-check';
import { shownBy } from '../../support/laws.ts';
import { bytesOf, either, escaped, joined, laws, markup, prose, unsaid } from '../../support/soup.ts';

/** A comment without an end is read as if it were none: the words behind it are kept. */
function closed(html: string): string {
  const last = html.lastIndexOf('-->') + 1;
  return html.slice(0, last) + html.slice(last).replaceAll('<!--', '');
}

test('HTML', async () => {
  const soup = fc.tuple(markup, fc.boolean()).map(([pieces, page]) => {
    const { written } = joined(pieces);
    // A paragraph in front: what has no tag at all would be plain text, and its marks be said.
    const bytes = bytesOf(
      page ? `<!doctype html><html><head><title>Go</title></head><body>${written}` : `<p></p>${written}`,
    );
    return { bytes, said: shownBy(closed(written)), contentType: 'text/html' };
  });
  await laws(soup, 200);
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

import fc from 'fast-check';
import { Parser } from 'parse5';
import type { NodeMap } from '../../../functions/ingest/html/nodes.ts';
import { parseHtml } from '../../../functions/ingest/html/tree.ts';
import { treeAdapter } from '../../../functions/ingest/html/tree-adapter.ts';
import { cheerioOf } from '../../../functions/ingest/html/tree-cheerio.ts';
import { parseFlat } from '../../../functions/ingest/html/tree-flat.ts';
import { Deadline } from '../../../functions/ingest/model/deadline.ts';
import type { DomNode } from '../../../functions/ingest/model/dom.ts';

/** Returns a tree as nested lists with everything that a walk can see. */
function outline(node: DomNode): unknown {
  if (node.type === 'text') return node.data;
  const children = node.children ?? [];
  for (const child of children) expect(child.parent).toBe(node);
  return [node.name ?? node.type, Object.entries(node.attribs ?? {}), ...children.map(outline)];
}

/** Parses with our tokenizer by the standard, without repairs. */
function asBrowsers(source: string): DomNode {
  return parseHtml(source, new Deadline(20), { repairs: false }).root;
}

/** Parses with parse5's own tokenizer, which is the reference. */
function reference(source: string): DomNode {
  const deadline = new Deadline(20);
  const parser = new Parser<NodeMap>({ treeAdapter: treeAdapter(10_000, deadline) });
  parser.tokenizer.write(source, true);
  return parser.document;
}

const PIECES = [
  ...'p div b i a table tr td th tbody caption colgroup col select option ul li dl dt pre textarea title script style noscript svg math mi foreignObject desc template form input button h1 body html head iframe xmp plaintext br br/ image nobr'
    .split(' ')
    .flatMap(name => [`<${name}>`, `</${name}>`, `<${name.toUpperCase()} `]),
  ...[
    '<',
    '</',
    '>',
    '/>',
    '=',
    '"',
    "'",
    ' ',
    '\n',
    '\r\n',
    '\r',
    '\t',
    '\f',
    '/',
    '!',
    '?',
    '-',
    '--',
    '&',
    ';',
  ],
  ...['<!--', '-->', '--!>', '<!-->', '<!--->', '<!x>', '<?xml?>', '<![CDATA[', ']]>', '</ x>', '</>', '<3'],
  ...[
    '<!doctype html>',
    '<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.0//EN" "a>',
    '<!doctype',
    '<!doctype x SYSTEM>',
  ],
  ...[
    '&amp;',
    '&amp',
    '&lt;b&gt;',
    '&notit;',
    '&#10;',
    '&#32;x',
    '&#x80;',
    '&#0;',
    '&#xD800;',
    '&nbsp;',
    '&am',
  ],
  ...[
    ' a',
    ' a=b',
    ' A="B&amp;c&copy=d&copy"',
    " b='c>d'",
    ' =x',
    ' a=b a=c',
    ' c=d/',
    ' /e',
    ' é=ü',
    ' href=?a&lt=1',
  ],
  ...[
    'word',
    'Wörter und 漢字',
    '\u{1f600}',
    '\u00a0',
    '\ufeff',
    'x',
    'constructor',
    ' __proto__=1',
    ' constructor=2',
  ],
  ...[
    '<script><!--',
    '<script',
    '</script',
    '</SCRIPT >',
    '</script/x>',
    '</scripty>',
    '</textarea',
    '</title a=b>',
  ],
];
/** Number of generated pages per test run. `TREE_RUNS=100000` is for a long run. */
const RUNS = Number(process.env.TREE_RUNS ?? 1_500);

const soup = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map(parts => parts.join(''));

it('makes the trees that parse5 makes with its own tokenizer', () => {
  fc.assert(
    fc.property(soup, source => {
      expect(outline(asBrowsers(source))).toEqual(outline(reference(source)));
    }),
    { numRuns: RUNS },
  );
});

it.each([
  [
    'attributes',
    `<p${' a=b'.repeat(20)} ${Array.from({ length: 40 }, (_, at) => `n${at % 30}=v${at}`).join(' ')}>x`,
  ],
  ['foster parents', '<table>a<tr>b<td>c</td>d<b>e</table>f'],
  ['a script in a comment in a script', '<script><!--<script></script>a--></script>b'],
  ['a cut tag', 'a<p class="b'],
  ['a cut name', 'a<p'],
  ['a cut end tag', 'a</p'],
  ['a cut comment', 'a<!-- b'],
  ['a tag cut after its name', 'a</'],
])('%s', (_, source) => {
  expect(outline(asBrowsers(source))).toEqual(outline(reference(source)));
});

it('ignores NULs', () => {
  expect(outline(parseHtml('<p\0>a\0b').root)).toEqual(outline(parseHtml('<p>ab').root));
});

it('the flat parser accepts any source', () => {
  fc.assert(
    fc.property(soup, source => {
      expect(() => outline(parseFlat(source, new Deadline(20)).root)).not.toThrow();
    }),
    { numRuns: 500 },
  );
  expect(
    outline(parseFlat('<p>a<p>b<ul><li>c<li>d</ul><script><p></script>e', new Deadline(20)).root),
  ).toEqual([
    'root',
    [],
    ['p', [], 'a'],
    ['p', [], 'b'],
    ['ul', [], ['li', [], 'c'], ['li', [], 'd']],
    ['script', [], '<p>'],
    'e',
  ]);
});

it('gives cheerio a tree that it can walk and change', () => {
  const $ = cheerioOf(parseHtml('<ul><li id=a>one<li>two</ul><p>').root);
  expect($('li').first().next().text()).toBe('two');
  $('p').append('<b>new</b>').attr('class', 'x');
  $('#a').remove();
  expect($('body').html()).toBe('<ul><li>two</li></ul><p class="x"><b>new</b></p>');
});

it('refuses too many elements', () => {
  const refusal = expect.objectContaining({ code: 'too-large' });
  expect(() => parseHtml('<p>x'.repeat(300_000))).toThrow(refusal);
  expect(() => parseFlat('<p>x'.repeat(300_000), new Deadline(20))).toThrow(refusal);
});

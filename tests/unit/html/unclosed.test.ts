import { parseFlat } from '../../../functions/ingest/html/tree-flat.ts';
import { Deadline } from '../../../functions/ingest/model/deadline.ts';
import type { DomNode } from '../../../functions/ingest/model/dom.ts';
import { parseArticle } from '../../../functions/ingest/parse.ts';

const PARAGRAPHS = [
  'The council of the harbour town voted on Tuesday to restore the ferry line, which had been closed for two years.',
  'Fares will stay as they were, at four euros for a grown-up and two for a child, until the end of the season.',
  '“We won.”',
  'The first boat leaves at six in the morning, and the last one comes back at ten in the evening, the council said.',
];
const STORY = PARAGRAPHS.map(text => `<p>${text}</p>`).join('\n');
const INTRO =
  '<p>The ferry between the harbour and the island sails again from Friday, the council decided.</p>';

const page = (body: string, head = '<title>Ferry sails again</title>') =>
  `<!doctype html><html lang="en"><head>${head}</head><body><article><h1>Ferry sails again</h1>
${body}
</article></body></html>`;
const read = (html: string) =>
  parseArticle({ bytes: Buffer.from(html), key: 'desk/story.html', contentType: 'text/html' });

const UNCLOSED: [name: string, html: string][] = [
  ['an anchor with a name', page(`${INTRO}<a name="more">${STORY}`)],
  ['an anchor as XHTML writes it', page(`<a name="top"/>${INTRO}${STORY}`)],
  ['an anchor in each paragraph', page(STORY.replaceAll('<p>', '<p><a id="x">'))],
  ['a link around blocks', page(`${INTRO}<a href="/more">${STORY}`)],
  ['a link in a paragraph', page(`<p>Fares are <a href="/fares">on a page of their own.</p>${STORY}`)],
  ['a link closed by a typo', page(`<p>See the <a href="/fares">fares<a>.</p>${STORY}`)],
  ['a link closed with a space', page(`<p>See the <a href="/fares">fares</ a>.</p>${STORY}`)],
  ['a link in a fragment', `<h1>Ferry sails again</h1>${INTRO}<a name="more">${STORY}`],
  ['a comment', page(`${INTRO}<!-- advertisement${STORY}`)],
  ['a comment closed by a typo', page(`${INTRO}<!-- advertisement ->${STORY}`)],
  ['a mistyped comment before another', page(`${INTRO}<!-- advertisement ->${STORY}<!-- end -->`)],
  ['a comment in a fragment', `<h1>Ferry sails again</h1>${INTRO}<!-- more ${STORY}`],
  ['the last quotation mark', page(`<p>See <a href="https://e.example/x>here</a>.</p>${STORY}`)],
  [
    'a quotation mark before others',
    page(`<img src="/a.jpg" alt="A ferry>${STORY}<p class="end">So <i>be</i> it.</p>`),
  ],
  ['a quotation mark before an empty value', page(`<a href="/x>here</a>${STORY}<p class="">So be it.</p>`)],
  ['an apostrophe', page(`<p class='lede>One more thing is sure.</p>${STORY}<p class='end'>So be it.</p>`)],
  ['a title', page(STORY, '<title>Ferry sails again')],
  [
    'a title before that of a drawing',
    page(`${STORY}<svg><title>x</title></svg>`, '<title>Ferry sails again\n<meta name="x">'),
  ],
  ['a style sheet', page(STORY, '<title>Ferry sails again</title><style>p { color: red }')],
  ['a style sheet before another', page(`${STORY}<style>p {}</style>`, '<style>p { color: red }')],
  ['a script', page(`${INTRO}<script>var narrow = width < 2;\n${STORY}`)],
  ['a script with an address', page(`${INTRO}<script src="/a.js">${STORY}`)],
  ...[
    'textarea',
    'iframe',
    'noscript',
    'xmp',
    'button',
    'video',
    'audio',
    'object',
    'canvas',
    'template',
    'select',
    'map',
  ].map((name): [string, string] => [`<${name}>`, page(`${INTRO}<${name}>${STORY}`)]),
  ['a picture with its caption', page(`${INTRO}<figure><img src="/a.jpg"><figcaption>A ferry${STORY}`)],
];

test.each(UNCLOSED)('%s without an end takes no words of the story', async (_, html) => {
  const { bodyText, headline } = await read(html);
  for (const paragraph of PARAGRAPHS) expect(bodyText).toContain(paragraph);
  expect(headline).toBe(html.startsWith('<!doctype') ? 'Ferry sails again' : headline);
  expect(bodyText).not.toMatch(/advertisement|color: red|var narrow/);
});

test('warns about the kinds of unclosed markup', async () => {
  const { warnings } = await read(page(`${INTRO}<!-- advertisement${STORY}`));
  expect(warnings).toEqual([expect.stringMatching(/no end \(comment\)/)]);
});

const MEANT: [name: string, html: string, body: string][] = [
  ['a commented block', `${INTRO}<!-- <p>Old words.</p> -->`, INTRO],
  [
    'words for one browser',
    `${INTRO}<!--[if IE]> <p>Old words.</p> <!-- x --><p>New.</p>`,
    `${INTRO}<p>New.</p>`,
  ],
  ['markup in a value', `<p title="<b>Old</b> words">New words.</p>`, '<p>New words.</p>'],
  [
    'a question in an address',
    '<p><a href="https://e.example/?a=&gt;&b=">New</a> words.</p>',
    '<p><a href="https://e.example/?a=%3E&amp;b=">New</a> words.</p>',
  ],
  ['markup that a script writes', `<p>New.</p><script>write("<p>Old words.</p>")</script>`, '<p>New.</p>'],
  ['a script that the file ends in', `<p>New.</p><script>write("<p>Old words.</p>")`, '<p>New.</p>'],
  ['a text field', `<p>New words.</p><textarea><p>Old words.</p></textarea>`, '<p>New words.</p>'],
  [
    'a link around blocks',
    '<a href="https://e.example/x"><p>New</p><p>words</p></a>',
    '<p><a href="https://e.example/x">New</a></p><p><a href="https://e.example/x">words</a></p>',
  ],
  [
    'a link over two elements',
    '<p><b>See <a href="https://e.example/x">new</b> words</a>.</p>',
    '<p><strong>See <a href="https://e.example/x">new</a></strong><a href="https://e.example/x"> words</a>.</p>',
  ],
  [
    'a link that the next one ends',
    '<p><a href="https://e.example/x">New<a href="https://e.example/y">words</a></p>',
    '<p><a href="https://e.example/x">New</a><a href="https://e.example/y">words</a></p>',
  ],
];

test.each(MEANT)('%s stays as it was meant', async (_, html, body) => {
  expect((await read(`<h1>Ferry sails again</h1>${html}`)).bodyHtml).toBe(body);
});

test('the flat parser closes links too', () => {
  const hrefs = (node: DomNode): unknown[] => [
    ...(node.name === 'a' ? [node.attribs?.href] : []),
    ...(node.children ?? []).flatMap(hrefs),
  ];
  const { root } = parseFlat(`<a href=x>${STORY}<a href=y>short</a>`, new Deadline(20));
  expect(hrefs(root)).toEqual([undefined, 'y']);
});

import { readThemeFile } from '../../../functions/ingest/theme/read-theme.ts';
import { png } from '../../support/pictures.ts';

const read = async (key: string, body: string | Uint8Array, icon?: string) => {
  try {
    return (await readThemeFile(Buffer.from(body), key, icon)).type;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === undefined) throw error;
    return `${code}: ${message}`;
  }
};

describe('a style sheet', () => {
  test.each([
    ['nothing', ''],
    ['rules', '.masthead { border: 0 } /* } */ a[href="x)"]::after { content: "}" }'],
    [
      'nested rules and variables',
      ':root { --edge: { a: b } } @media (min-width: 40rem) { .a { &:hover { color: red } } }',
    ],
    ['a rule without a block', '@layer own; .a { color: red }'],
    [
      'a file of the theme',
      ".a { background: url(theme/paper.png) } .b { background: url( 'theme/b.svg' ) }",
    ],
    ['a function with words', '.a { width: calc(1px + (2px * 3)); background: image-set("theme/a.png" 1x) }'],
    ['a string that is no address', '.a::before { content: "https://other.example/" }'],
  ])('with %s is taken', async (_, css) => {
    expect(await read('theme.css', css)).toBe('text/css');
  });

  test.each([
    ['@import', '@import "theme/b.css";'],
    ['@import in other letters', '@IMPORT url(theme/b.css);'],
    ['@import with an escape', '@\\69mport "theme/b.css";'],
    ['@charset', '@charset "utf-8";'],
    ['an address of another host', '.a { background: url(https://other.example/a.png) }'],
    ['an address with an escape', '.a { background: \\75rl("https://other.example/a.png") }'],
    ['an address without a scheme', '.a { background: url(//other.example/a.png) }'],
    ['an address in quotation marks', ".a { background: url('http://other.example/a.png') }"],
    ['a picture of a set', '.a { background: image-set("https://other.example/a.png" 1x) }'],
    ['a picture deep in functions', '.a { background: cross-fade(image-set((url("//x.example/a")) 1x)) }'],
    ['an address in a variable', ':root { --a: url(https://other.example/a.png) }'],
    ['an address out of the folder', '.a { background: url(theme/../../secret.png) }'],
    ['data', '.a { background: url(data:image/png;base64,AA) }'],
    ['a block that does not end', '.a { color: red'],
    ['a bracket that does not end', '.a { width: calc(1px; }'],
    ['a brace too many', '.a { color: red } }'],
    ['brackets in disorder', '.a { width: (1px} )'],
    ['a comment that does not end', '.a { color: red } /* end'],
    ['a string that does not end', '.a::before { content: "x\n }'],
    ['words that are no rule', 'This is our style sheet.'],
    ['words after the rules', '.a { color: red } and more'],
  ])('with %s is refused, and the sentence names the line', async (_, css) => {
    expect(await read('theme.css', `.first { color: red }\n\n${css}`)).toMatch(
      /^unreadable: Line [34] of the style sheet /,
    );
  });

  test('that is large, or in another encoding, is refused', async () => {
    expect(await read('theme.css', '/**/'.repeat(25_001))).toMatch(
      /^too-large: .* 101 KB; the limit is 100 KB\.$/,
    );
    expect(await read('theme.css', Buffer.from('.a { content: "\xe4" }', 'latin1'))).toBe(
      'unreadable: The style sheet is not UTF-8.',
    );
  });
});

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">';

test.each([
  ['theme/logo.svg', `${SVG}<defs><path id="a" d="M0 0h9"/></defs><use href="#a"/></svg>`, 'image/svg+xml'],
  ['theme/logo.png', png(), 'image/png'],
  ['theme/text.woff2', 'wOF2\0\x01', 'font/woff2'],
])('%s is taken', async (key, body, type) => {
  expect(await read(key, body)).toBe(type);
});

test.each([
  ['theme/logo.svg', `${SVG}<script>alert(1)</script></svg>`, 'unreadable: The SVG has a <script>'],
  ['theme/logo.svg', `${SVG}<g><foreignObject/></g></svg>`, 'unreadable: The SVG has a <foreignobject>'],
  ['theme/logo.svg', `${SVG}<path OnLoad="alert(1)"/></svg>`, 'unreadable: The SVG has the attribute onload'],
  [
    'theme/logo.svg',
    `${SVG}<use xlink:href="https://x.example/a.svg#b"/></svg>`,
    'unreadable: The SVG refers to',
  ],
  ['theme/logo.svg', `${SVG}<a href="javascript:alert(1)"/></svg>`, 'unreadable: The SVG refers to'],
  ['theme/logo.svg', '<svg/>', 'unreadable: The SVG has no viewBox'],
  ['theme/logo.svg', '<p/>', 'unreadable: The file is no SVG'],
  ['theme/logo.png', 'GIF89a', 'not-text: The file is no PNG'],
  ['theme/text.woff2', 'wOFF', 'not-text: The file is no WOFF2'],
  ['theme/readme.md', 'How we made it', 'not-text: The folder theme/ holds'],
  ['theme/fonts/text.woff2', 'wOF2', 'bad-key: '],
  ['theme/our logo.svg', SVG, 'bad-key: '],
])('%s with %j is refused', async (key, body, sentence) => {
  expect(await read(key, body)).toMatch(new RegExp(`^${sentence}`));
});

test('the icon of the site must be a square that devices can show, and other pictures need not', async () => {
  const icon = 'theme/icon.png';
  expect(await read(icon, png(), icon)).toMatch(
    /^unreadable: The icon of the site must be a square of 180 to 1024/,
  );
  expect(await read(icon, png(), 'theme/other.png')).toBe('image/png');
});

import fc from 'fast-check';
import { expectLawful, type Soup } from './laws.ts';

/** Files made of pieces at random, of which it is known what they say. */

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

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
export const prose = fc
  .array(word, { minLength: 1, maxLength: 18 })
  .chain(words => fc.constantFrom('', '.', '?', '”', ':', '。').map(end => words.join(' ') + end));

/** A piece of a file: how it is written, and what of that is said to readers. */
interface Piece {
  written: string;
  said: string;
}
export const same = (text: string): Piece => ({ written: text, said: text });
export const unsaid = (...texts: string[]) => texts.map(written => ({ written, said: '' }));

export const laws = async (soup: fc.Arbitrary<Soup>, numRuns: number): Promise<void> => {
  await fc.assert(
    fc.asyncProperty(soup, async each => {
      await expectLawful(each);
    }),
    { numRuns },
  );
};

/** Where a piece may be text as it is written: it may say either. */
export const either = ({ written, said }: Piece): Piece => ({ written, said: `${said} ${written}` });

export const joined = (pieces: readonly Piece[], by = ''): Piece => ({
  written: pieces.map(({ written }) => written).join(by),
  said: pieces.map(({ said }) => said).join(' '),
});

export const escaped = prose.chain(text =>
  fc.constantFrom(
    { written: text, said: text },
    { written: `&lt;${text}&gt; &amp;amp; &#x41;&#98;&nbsp;`, said: `${text} amp Ab` },
    { written: `<b>${text}</b>`, said: text },
    { written: `<!-- hidden -->${text}`, said: text },
  ),
);

const boilerplate = fc.constantFrom(
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
export const markup = fc.array(
  fc.oneof({ weight: 3, arbitrary: escaped }, { weight: 4, arbitrary: boilerplate }, labels),
  {
    maxLength: 30,
  },
);

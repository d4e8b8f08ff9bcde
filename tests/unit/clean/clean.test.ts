import { clean, cleanHtml } from '../../../functions/ingest/clean/clean.ts';
import { parseHtml } from '../../../functions/ingest/html/tree.ts';
import { Deadline } from '../../../functions/ingest/model/deadline.ts';

const base = { baseUrl: 'https://e.example/dir/page' };

describe('the allowlist', () => {
  it.each([
    ['paragraphs from boxes', '<div>one<div>two</div>three</div>', '<p>one</p><p>two</p><p>three</p>'],
    ['two line breaks part paragraphs', 'one<br><br>two<br>three', '<p>one</p><p>two<br>three</p>'],
    [
      'formatting',
      '<p><b>a</b> <i>b</i> <code>c</code></p>',
      '<p><strong>a</strong> <em>b</em> <code>c</code></p>',
    ],
    [
      'a link around blocks',
      '<a href="/x"><h3>t</h3><p>p</p></a>',
      '<h3><a href="https://e.example/x">t</a></h3><p><a href="https://e.example/x">p</a></p>',
    ],
    ['nested lists', '<ul><li>a<ul><li>b</ul><li>c</ul>', '<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>'],
    ['the start of a list', '<ol start="3"><li>a</ol>', '<ol start="3"><li>a</li></ol>'],
    [
      'tables of data',
      '<table><tr><th>a<th>b<tr><td colspan=2>c</table>',
      '<table><tbody><tr><th>a</th><th>b</th></tr><tr><td colspan="2">c</td></tr></tbody></table>',
    ],
    [
      'the alignment of cells',
      '<table><tr><th align=RIGHT>a<th style="color:red; text-align: center">b<th class=x>c<th align=left>d<tr><td style="text-align:end">1<td class="right">2<td style="vertical-align:right">3<td class="right big">4</table>',
      '<table><tbody><tr><th class="right">a</th><th class="center">b</th><th>c</th><th>d</th></tr><tr><td class="right">1</td><td class="right">2</td><td>3</td><td>4</td></tr></tbody></table>',
    ],
    ['preformatted text', '<pre>\n\n a\n  b\n\n</pre>', '<pre> a\n  b</pre>'],
    ['quotations', '<blockquote>said</blockquote>', '<blockquote><p>said</p></blockquote>'],
    [
      'pictures with captions',
      '<figure><a href="/big"><img src="a.jpg" alt="A"></a><figcaption>c</figcaption></figure>',
      '<figure><img src="https://e.example/dir/a.jpg" alt="A"><figcaption>c</figcaption></figure>',
    ],
    [
      'lazy pictures',
      '<img src="data:image/gif;base64,x" data-src="/a.jpg">',
      '<figure><img src="https://e.example/a.jpg" alt=""></figure>',
    ],
    [
      'mail addresses',
      '<p><a href="mailto:a@e.example">write</a></p>',
      '<p><a href="mailto:a@e.example">write</a></p>',
    ],
    ['no h1: the headline is that', '<h1>t</h1>', '<h2>t</h2>'],
    ['no table for layout', '<table><tr><td>a</td></tr><tr><td>b</td></tr></table>', '<p>a</p><p>b</p>'],
    ['no empty paragraphs', '<p> &nbsp; </p><p><b></b></p><ul><li></li></ul><p>x</p>', '<p>x</p>'],
    ['no counters', '<img src="/c.gif" width="1" height="1">x', '<p>x</p>'],
    [
      'no caption of a film that is gone',
      '<figure><canvas></canvas><figcaption>c</figcaption></figure>x',
      '<p>x</p>',
    ],
  ])('%s', (_, html, expected) => {
    expect(cleanHtml(html, base)).toBe(expected);
  });

  it.each([
    [
      'a player is a link to its video',
      '<iframe src="//www.youtube.com/embed/0123456789a?rel=0" title="Tour of the light"></iframe>',
      '<p><a href="https://www.youtube.com/watch?v=0123456789a">Tour of the light</a></p>',
    ],
    [
      'a title that a player gives to every video is left out',
      'a<iframe data-src="https://player.vimeo.com/video/12" title="vimeo-player"></iframe>b',
      '<p>a</p><p><a href="https://vimeo.com/12">vimeo.com/12</a></p><p>b</p>',
    ],
    [
      'the caption is the words of the link',
      '<figure><iframe src="https://maps.example/m"></iframe><figcaption>The <b>harbour</b></figcaption></figure>',
      '<p><a href="https://maps.example/m">The harbour</a></p>',
    ],
    [
      'a film elsewhere is a link to its file, once',
      '<video><source src="/f.mp4"></video><video src="/f.mp4"></video>',
      '<p><a href="https://e.example/f.mp4">e.example/f.mp4</a></p>',
    ],
    [
      'the address of a post is in the query of its frame',
      '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fp%2F1"></iframe>',
      '<p><a href="https://www.facebook.com/p/1">facebook.com/p/1</a></p>',
    ],
    [
      'an encoded address is no words',
      '<iframe src="https://a.example/?q=%22x%22"></iframe>',
      '<p><a href="https://a.example/?q=%22x%22">a.example</a></p>',
    ],
    ['no frames of advertising', 'x<iframe src="https://ads.example/1" title="Sale"></iframe>', '<p>x</p>'],
    ['no counters in frames', 'x<iframe src="https://a.example/" width="1" height="1"></iframe>', '<p>x</p>'],
    ['no hidden frames', 'x<iframe src="https://a.example/" style="display: none"></iframe>', '<p>x</p>'],
    ['no other schemes', 'x<iframe src="javascript:1"></iframe><iframe src="data:text/html,y">', '<p>x</p>'],
  ])('embeds: %s', (_, html, expected) => {
    const cleaned = cleanHtml(html, base);
    expect(cleaned).toBe(expected);
    expect(cleanHtml(cleaned)).toBe(expected);
  });

  it('a link to an embed is no text of the story', () => {
    const { root } = parseHtml(
      '<p>x</p><iframe src="https://maps.example/m" title="Map"></iframe>',
      new Deadline(20),
    );
    expect(clean([root])).toMatchObject({ text: 'x', embeds: 1, lostLetters: 0 });
  });

  // Browsers build such trees if a cell or a marquee lies between the two elements.
  it.each([
    [
      'a',
      '<a href="https://e.example/x">one <marquee>two <a href="https://e.example/y">three</a></marquee></a>',
    ],
    [
      'a',
      '<table><tr><td>0<td><a href="https://e.example/x">one <table><tr><td>two <a href="https://e.example/y">three</a><td>4</table></a></table>',
    ],
    ['strong', '<p><b>one <i>two <b>three</b></i></b></p>'],
  ])('puts no %s within another', (name, html) => {
    const { root } = parseHtml(html, new Deadline(20), { repairs: false });
    const { html: cleaned } = clean([root]);
    expect(cleaned).toContain(`<${name}`);
    expect(cleaned).not.toMatch(new RegExp(`<${name}[ >](?:(?!</${name}>).)*<${name}[ >]`));
    for (const word of ['one', 'two', 'three']) expect(cleaned.split(word)).toHaveLength(2);
    expect(cleanHtml(cleaned)).toBe(cleaned);
  });

  it('keeps the words of a link that leads nowhere', () => {
    expect(cleanHtml('<p><a href="/x">words</a> <a href="#n">1</a></p>')).toBe('<p>words 1</p>');
  });
});

describe('hostile markup', () => {
  it.each([
    '<svg><style><img src=x onerror=alert(1)></style></svg>',
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    '<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=alert(1) src>">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    '<template><img src=x onerror=alert(1)></template>',
    '<a href="java\nscript:alert(1)">x</a>',
    '<a href="&#106;avascript:alert(1)">x</a>',
    '<a href=" \u0001javascript:alert(1)">x</a>',
    '<a href="vbscript:x">x</a><a href="data:text/html,<script>alert(1)</script>">y</a>',
    '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
    '<img srcset="javascript:alert(1) 2x" src="javascript:alert(1)">',
    '<base href="javascript:alert(1)//"><a href="x">y</a>',
    '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
    '<p style="background:url(javascript:alert(1))" onmouseover=alert(1)>x</p>',
    '<img alt="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;" src="https://e.example/a.jpg">',
    '<a href="https://e.example/&quot; onclick=&quot;alert(1)">x</a>',
    '<style>@import "x"</style><link rel=stylesheet href=x><object data=x></object><embed src=x>',
    '<textarea><script>alert(1)</script></textarea><title><script>alert(1)</script></title>',
    '<xmp><script>alert(1)</script></xmp><plaintext><script>alert(1)</script>',
    '<svg><foreignObject><p onclick=alert(1)>x</p></foreignObject></svg>',
    '<button formaction="javascript:alert(1)">x</button><input onfocus=alert(1) autofocus>',
    '<select><option><script>alert(1)</script></option></select>',
  ])('%s', html => {
    const cleaned = cleanHtml(html, base);
    const tags = cleaned.match(/<[^>]*>/g) ?? [];
    for (const tag of tags)
      expect(tag).toMatch(
        /^<(?:\/?(?:p|a|figure|img)|a href="https:[^"<>]*"|img src="https:[^"<>]*" alt="[^"<>]*")>$/,
      );
    expect(cleanHtml(cleaned, base)).toBe(cleaned);
  });

  it('control characters do not come back as references', () => {
    expect(cleanHtml('<p>a&#1;b&#x80;c&#xfffe;d\u0085e\ud800f</p>')).toBe('<p>ab€cdef</p>');
  });
});

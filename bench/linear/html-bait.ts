import { page } from './filed.ts';
import { type Kind, sentence } from './kind.ts';

/** Pages made to be slow. */
export const HTML_BAIT: readonly Kind[] = [
  page('html bait: nested boxes', () => '<div>'),
  page('html bait: nested lists', () => '<ul><li>x'),
  page('html bait: nested tables', () => '<table><tr><td>x'),
  page('html bait: attributes of one tag', number => ` a${number}=b`, '<p', '>x</p>'),
  page('html bait: attributes', number => `<p a=1 b='2' c="3" d e f g h i=${number}>x`),
  page('html bait: entities', () => '&amp;&lt;&notin;&#8212;&am'),
  page('html bait: mis-nested', number => `<b id=${number}><p>x`),
  page('html bait: mis-nested links', number => `<a href=${number}><div>x`),
  page('html bait: formatting in a table', number => `<b>${number}<tr>x`, '<table>', '</table>'),
  page('html bait: unclosed paragraphs', () => '<p><i>a '),
  page('html bait: end tags', () => '</x></p></b>'),
  page('html bait: white space', () => ' \n\t', '<p>a', 'b</p>'),
  page('html bait: white space in tags', () => '   ', '<p ', '>b</p>'),
  page('html bait: brackets', () => '<<a<', '<p>', '</p>'),
  page('html bait: comments', () => '<!-- -- a ->', '', '-->'),
  page('html bait: unclosed comments', () => '<!-'),
  page('html bait: scripts', () => '<script><!--<script>'),
  page('html bait: one long word', () => 'abcdefgh', '<p>', '</p>'),
  page('html bait: commas', () => ', ', '<p>x', 'y</p>'),
  page('html bait: links', number => `<a href="/${number}">x</a> `),
  page('html bait: line breaks', () => 'x<br>'),
  page(
    'html bait: classes',
    number => `<p class="ad-${number} story-body_x related share">${sentence(number)}</p>`,
  ),
  page('html bait: linked data', () => '{"@graph":[', '<script type="application/ld+json">', '</script>'),
  page('html bait: times', number => `<time datetime="2024-01-0${number % 9}">1 Jan</time>`),
];

import { parseArticle } from '../../../functions/ingest/parse.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/settings.ts';

/** The body of a Markdown file, without the folders of its pictures. */
async function bodyOf(markdown: string): Promise<string> {
  const bytes = Buffer.from(`# The ferry returns\n\n${markdown}\n`);
  const { bodyHtml } = await parseArticle({ bytes, key: 'city/ferry.md' }, DEFAULT_SETTINGS);
  return bodyHtml.replace(/\.\.\/media\/\w+\//g, '');
}

const figure = (name: string, caption: string) =>
  `<figure><img src="${name}.jpg" alt="${name}"><figcaption>${caption}</figcaption></figure>`;

test.each([
  [
    'alone',
    'Text.\n\n![a](a.jpg "At *dawn* & later")',
    `<p>Text.</p>${figure('a', 'At *dawn* &amp; later')}`,
  ],
  ['in a link', 'Text.\n\n[![a](a.jpg "At dawn")](b.html)', `<p>Text.</p>${figure('a', 'At dawn')}`],
  [
    'among others, before the words of their paragraph',
    '![a](a.jpg "A")\n![b](b.jpg)\n![c](c.jpg "C")\nText.',
    `${figure('a', 'A')}<figure><img src="b.jpg" alt="b"></figure>${figure('c', 'C')}<p>Text.</p>`,
  ],
  ['after them', 'Text. ![a](a.jpg "At dawn")', `<p>Text.</p>${figure('a', 'At dawn')}`],
  [
    'in a list',
    'Text.\n\n- ![a](a.jpg "At dawn")',
    `<p>Text.</p><ul><li>${figure('a', 'At dawn')}</li></ul>`,
  ],
])('the title of a picture is its caption: %s', async (_, markdown, html) => {
  expect(await bodyOf(markdown)).toBe(html);
});

test.each([
  ['between words', 'On ![a](a.jpg "At dawn") Monday.', '<p>On <img src="a.jpg" alt="a"> Monday.</p>'],
  ['in a heading', 'Text.\n\n## On ![a](a.jpg "At dawn")', '<p>Text.</p><h2>On</h2>'],
  ['blank', 'Text.\n\n![a](a.jpg " ")', '<p>Text.</p><figure><img src="a.jpg" alt="a"></figure>'],
  [
    'in a figure that has a caption',
    'Text.\n\n<figure><img src="a.jpg" alt="a" title="IMG_1"><figcaption>At dawn</figcaption></figure>',
    `<p>Text.</p>${figure('a', 'At dawn')}`,
  ],
])('the title of a picture is no caption: %s', async (_, markdown, html) => {
  expect(await bodyOf(markdown)).toBe(html);
});

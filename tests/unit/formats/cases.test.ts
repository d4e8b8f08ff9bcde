import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CheerioAPI } from 'cheerio';
import { markdownReader } from '../../../functions/ingest/formats/markdown.ts';
import { textReader } from '../../../functions/ingest/formats/text/reader.ts';
import { cheerioOf } from '../../../functions/ingest/html/tree-cheerio.ts';
import { Deadline } from '../../../functions/ingest/model/deadline.ts';
import type { FormatReader } from '../../../functions/ingest/model/format-reader.ts';
import { LocalMedia } from '../../../functions/ingest/model/local-media.ts';
import { ReleaseTerms } from '../../../functions/ingest/model/release-terms.ts';
import { DEFAULT_SETTINGS } from '../../../shared/settings/settings.ts';

// A case is a folder: the source, what is expected of it, and why.md. No test run writes an expectation.
const FIXTURES = path.resolve('tests/fixtures');
const READERS: [FormatReader, string][] = [
  [textReader, 'txt'],
  [markdownReader, 'md'],
];

for (const [reader, ending] of READERS) {
  describe(`${reader.name} cases`, () => {
    const folder = path.join(FIXTURES, reader.name);
    for (const name of readdirSync(folder)) {
      test(name, async () => {
        const source = readFileSync(path.join(folder, name, `source.${ending}`), 'utf8');
        const expected: unknown = JSON.parse(readFileSync(path.join(folder, name, 'expected.json'), 'utf8'));
        const input = { bytes: Buffer.from(source), key: `${name}.${ending}` };
        const terms = new ReleaseTerms();
        const { root, stated, warnings } = await reader.read({
          text: source,
          input,
          settings: DEFAULT_SETTINGS,
          deadline: new Deadline(20),
          local: new LocalMedia(input.key, []),
          terms,
        });
        expect({
          blocks: outline(cheerioOf(root)),
          stated: { ...stated, ...terms.state(false) },
          warnings,
        }).toEqual(expected);
        expect(readFileSync(path.join(folder, name, 'why.md'), 'utf8').trim()).not.toBe('');
      });
    }
  });
}

/** A line for each innermost block: the lists and quotes around it, its element, its text with ` / ` at line breaks. */
function outline($: CheerioAPI): string[] {
  return $('body')
    .find('p, h1, h2, h3, li, hr, pre, td, th, img')
    .filter((_, element) => $(element).find('p, li').length === 0)
    .map((_, element) => {
      const around = $(element)
        .parents('ul, ol, blockquote')
        .map((_index, parent) => parent.tagName)
        .get()
        .reverse();
      const copy = $(element).clone();
      copy.find('br').replaceWith(' / ');
      return `${[...around, element.tagName].join(' ')}: ${copy.text().replace(/\s+/g, ' ').trim()}`;
    })
    .get();
}

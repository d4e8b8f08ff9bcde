import mammoth from 'mammoth';
import { readForeign } from '../../decode/foreign-reader.ts';
import { allOf, at, attributeOf, parseXml, wordsOf } from '../../html/xml.ts';
import type { FormatReader } from '../../model/format-reader.ts';
import { keyOf } from '../../release/keys.ts';
import { CAPTION_STYLES, HEADING_STYLES, SUBTITLE_STYLES, TITLE_STYLES } from '../../words/office-styles.ts';
import { contentsStylesOf, hiddenStylesOf, keepDocxWords } from './docx-markup.ts';
import { EmbeddedPictures } from './embedded-pictures.ts';
import { readMarkupParts } from './markup-parts.ts';
import { type DocumentProperties, readOfficeStory } from './office-story.ts';

/** Reads Word documents (ECMA-376) with mammoth. Pictures become media of the article. */
export const docxReader: FormatReader = {
  name: 'docx',
  async read(source) {
    const { input, deadline } = source;
    const parts = await readMarkupParts(
      input.bytes,
      'Word document',
      name => /\.(?:xml|rels)$/i.test(name) && !name.startsWith('customXml/'),
    );
    deadline.check();
    const pictures = new EmbeddedPictures(source);
    const { html, shown, hasHidden, hasContents } = await toHtml(parts, pictures);
    deadline.check();
    const margins = [...marginsOf(parts), ...propertyLinesOf(parts.get('docProps/custom.xml'))];
    const properties = propertiesOf(parts.get('docProps/core.xml'));
    const hidden = hasHidden ? ['The hidden text in the Word document was left out.'] : [];
    const contents = hasContents ? ['The table of contents of the Word document was left out.'] : [];
    const warnings = [...warningsOf(parts), ...hidden, ...contents, ...pictures.warnings('Word document')];
    return readOfficeStory(
      { format: 'docx', html, shown, margins, comments: commentsOf(parts), properties, warnings },
      source,
    );
  },
};

/** The lines in headers and footers of pages, and the watermarks. */
function marginsOf(parts: ReadonlyMap<string, Uint8Array>): string[] {
  return [...parts].flatMap(([name, part]) => {
    if (!/^word\/(?:header|footer)\d{0,3}\.xml$/.test(name)) return [];
    const root = parseXml(new TextDecoder().decode(part));
    return [
      ...allOf(root, 'p').map(wordsOf),
      ...allOf(root, 'textpath').map(element => attributeOf(element, 'string')),
    ].filter(line => line !== undefined);
  });
}

/** The lines of the comments of editors. */
function commentsOf(parts: ReadonlyMap<string, Uint8Array>): string[] {
  const part = parts.get('word/comments.xml');
  if (!part) return [];
  return allOf(parseXml(new TextDecoder().decode(part)), 'p')
    .map(wordsOf)
    .filter(line => line !== undefined);
}

/** Kinds of release keys that count in a property. Programs of offices set a status and a classification. */
const RELEASE_PROPERTIES: ReadonlySet<string> = new Set([
  'embargo',
  'start',
  'hold',
  'forbidden',
  'withdraw',
  'expires',
]);

/** The properties about the release that a newsroom has defined, as labelled lines. */
function propertyLinesOf(part: Uint8Array | undefined): string[] {
  if (!part) return [];
  return allOf(parseXml(new TextDecoder().decode(part)), 'property').flatMap(property => {
    const [name = '', words] = [attributeOf(property, 'name'), wordsOf(property)];
    const isTerm = words !== undefined && RELEASE_PROPERTIES.has(keyOf(name) ?? 'status');
    return isTerm ? [`${name}: ${words}`] : [];
  });
}

function propertiesOf(part: Uint8Array | undefined): DocumentProperties {
  if (!part) return {};
  const core = parseXml(new TextDecoder().decode(part));
  const value = (name: string) => wordsOf(at(core, name));
  return {
    title: value('title'),
    creator: value('creator'),
    keywords: value('keywords'),
    status: value('contentstatus'),
    created: value('created'),
    modified: value('modified'),
  };
}

/** Converts the document to HTML. Also returns the words of its markup. */
async function toHtml(
  parts: ReadonlyMap<string, Uint8Array>,
  pictures: EmbeddedPictures,
): Promise<{ html: string; shown: string; hasHidden: boolean; hasContents: boolean }> {
  const nameOf = (name: string) => name.replace(/^\//, '');
  const textOf = (name: string) => new TextDecoder().decode(parts.get(nameOf(name)));
  const shown: string[] = [];
  const styles = textOf('word/styles.xml');
  const [hiddenStyles, contentsStyles] = [hiddenStylesOf(styles), contentsStylesOf(styles)];
  let hasHidden = false;
  let hasContents = false;
  // Mammoth gets a zip that is already open, because it would unpack a file without a limit.
  const file = {
    exists: (name: string) => parts.has(nameOf(name)),
    read: async (name: string, encoding?: string) => {
      // Mammoth gets the name of a picture in place of its bytes, because it would unpack them without a limit.
      if (!encoding) return parts.get(nameOf(name)) ?? Buffer.from(nameOf(name));
      if (!TEXT_PART.test(name)) return textOf(name);
      const kept = keepDocxWords(textOf(name), textOf(relationshipsOf(name)), hiddenStyles, contentsStyles);
      shown.push(kept.text);
      hasHidden ||= kept.hasHidden;
      hasContents ||= kept.hasContents;
      return kept.xml;
    },
  };
  const input = { file } as unknown as Parameters<typeof mammoth.convertToHtml>[0];
  const { value } = await readForeign('The Word document is damaged', () =>
    mammoth.convertToHtml(input, {
      styleMap: STYLES,
      includeEmbeddedStyleMap: false,
      externalFileAccess: false,
      convertImage: mammoth.images.imgElement(async image => ({
        src: await pictures.embed((await image.readAsBuffer()).toString()),
      })),
    }),
  );
  return { html: value, shown: shown.join('\n'), hasHidden, hasContents };
}

/** Names what a Word document has and an article does not show. */
function warningsOf(parts: ReadonlyMap<string, Uint8Array>): string[] {
  const warnings: string[] = [];
  const names = [...parts.keys()];
  if (names.some(name => /^word\/(?:charts|diagrams)\//.test(name)))
    warnings.push('The charts and diagrams of the Word document were left out.');
  if (Buffer.from(parts.get('word/comments.xml') ?? []).includes('<w:comment '))
    warnings.push('The comments in the Word document were left out.');
  return warnings;
}

/** The part that names the targets of another part's links. */
function relationshipsOf(part: string): string {
  return part.replace(/([^/]*)$/, '_rels/$1.rels');
}

/** The parts that hold text of the story. */
const TEXT_PART = /\/(?:document|footnotes|endnotes)\d*\.xml$/i;

const STYLES = [
  ...TITLE_STYLES.map(name => `p[style-name='${name}'] => h1.headline:fresh`),
  ...SUBTITLE_STYLES.map(name => `p[style-name='${name}'] => p.dek:fresh`),
  ...HEADING_STYLES.flatMap(name =>
    [1, 2, 3, 4].map(level => `p[style-name='${name} ${level}'] => h${level}:fresh`),
  ),
  ...CAPTION_STYLES.map(name => `p[style-name='${name}'] => p.caption:fresh`),
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
];

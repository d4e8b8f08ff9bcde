import { parseHtml } from '../html/tree.ts';
import {
  contextOf,
  type FormatReader,
  type SourceDocument,
  type SourceText,
} from '../model/format-reader.ts';
import { type FrontMatter, splitHeader } from './front-matter.ts';
import { readFiledText } from './text/filed-text.ts';
import { textReader } from './text/reader.ts';

/** Reads plain text, with a header of another program above it if there is one. */
export const plainTextReader: FormatReader = {
  name: 'text',
  async read(source) {
    const header = await splitHeader(source.text);
    return header ? readBelow(header, source) : textReader.read(source);
  },
};

/** Reads the copy below a header. Facts of the header win. */
async function readBelow(header: FrontMatter, source: SourceText): Promise<SourceDocument> {
  const { input, deadline, local, terms } = source;
  const context = contextOf(source);
  // Few texts have a header.
  const { statedBy } = await import('./front-matter-stated.ts');
  const given = statedBy(header.fields, context, input.url, local, terms);
  const filed = readFiledText(header.body, context, given.stated.headline?.text, deadline, terms);
  return {
    format: 'text',
    root: parseHtml(filed.html, deadline).root,
    layout: 'copy',
    stated: { ...filed.stated, ...given.stated },
    warnings: [...header.warnings, ...given.warnings, ...filed.warnings],
    shown: header.body,
  };
}

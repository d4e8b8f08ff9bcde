import { parseHtml } from '../../html/tree.ts';
import { contextOf, type FormatReader } from '../../model/format-reader.ts';
import { stripForbidden } from '../../text/characters.ts';
import { blocksToHtml } from './blocks-to-html.ts';
import { readCopy } from './read-copy.ts';

/** Reads plain text. The layout of the whole file shows its paragraphs, sub-headings, lists and quotes. */
export const textReader: FormatReader = {
  name: 'text',
  read(source) {
    const { text, deadline, terms } = source;
    const { blocks, stated, warnings, shown } = readCopy(
      stripForbidden(text.replace(/\r\n?|[\f\v\u0085]/g, '\n')),
      contextOf(source),
      deadline,
      terms,
    );
    const { root } = parseHtml(blocksToHtml(blocks), deadline);
    return {
      format: 'text',
      root,
      layout: 'copy',
      stated,
      warnings,
      ...(shown === undefined ? {} : { shown }),
    };
  },
};

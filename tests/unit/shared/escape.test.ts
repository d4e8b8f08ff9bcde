import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { escapeAttribute, escapeText, unescapeAttribute } from '../../../shared/text/escape.ts';

// A parser of HTML turns other line breaks into line feeds, and takes NUL for nothing.
const anyText = fc.string({ unit: 'grapheme' }).map(text => text.replace(/[\r\0]/g, ''));
const poison = fc.oneof(anyText, fc.string({ unit: fc.constantFrom(...'<>&"\'#;/a '.split('')) }));

test('a parser of HTML reads escaped text as it was', () => {
  fc.assert(
    fc.property(poison, text => {
      const [paragraph] = parseFragment(`<p>${escapeText(text)}</p>`).childNodes;
      expect(paragraphText(paragraph)).toBe(text);
    }),
  );
});

test('a parser of HTML reads an escaped attribute as it was', () => {
  fc.assert(
    fc.property(poison, text => {
      const [paragraph] = parseFragment(`<p title="${escapeAttribute(text)}">x</p>`).childNodes;
      expect(paragraph).toMatchObject({ attrs: [{ name: 'title', value: text }] });
      expect(paragraphText(paragraph)).toBe('x');
    }),
  );
});

test('what was escaped is unescaped', () => {
  fc.assert(fc.property(poison, text => expect(unescapeAttribute(escapeAttribute(text))).toBe(text)));
});

function paragraphText(node: unknown): string {
  const { childNodes } = node as { childNodes: { nodeName: string; value?: string }[] };
  return childNodes.map(({ nodeName, value }) => (nodeName === '#text' ? value : `<${nodeName}>`)).join('');
}

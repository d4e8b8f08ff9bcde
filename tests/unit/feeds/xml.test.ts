import fc from 'fast-check';
import { cssInstruction, element, plainElement, xmlDocument } from '../../../functions/publish/feeds/xml.ts';
import { anyText, publishable } from './poison.ts';
import { readXml } from './read-xml.ts';

test('any text in an element or an attribute is read back, less what XML forbids', () => {
  fc.assert(
    fc.property(anyText(), anyText(), (text, attribute) => {
      const document = element('root', { a: attribute }, [
        element('text', {}, text),
        plainElement('plain', text),
      ]);
      const { attributes, children } = readXml(xmlDocument(document, [cssInstruction(attribute)]));
      expect(attributes.a).toBe(publishable(attribute));
      expect(children.map(child => child.text)).toEqual([publishable(text), publishable(text)]);
    }),
  );
});

test('elements are written one a line, absent attributes not at all', () => {
  const document = element('a', { one: 1, none: undefined }, [
    element('b', { two: '"2"' }),
    element('c', {}, ' x '),
  ]);
  expect(xmlDocument(document)).toBe(
    '<?xml version="1.0" encoding="utf-8"?>\n<a one="1">\n  <b two="&quot;2&quot;"/>\n  <c> x </c>\n</a>\n',
  );
});

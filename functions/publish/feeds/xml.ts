import { escapeAttribute, escapeText } from '../../../shared/text/escape.ts';
import { printable } from '../content/text.ts';

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element. Its content is a list of elements, or text that `escaped` escapes. */
export interface XmlElement {
  name: string;
  attributes: Attributes;
  content: string | readonly XmlElement[];
  escaped: (text: string) => string;
}

export function element(
  name: string,
  attributes: Attributes = {},
  content: string | readonly XmlElement[] = '',
): XmlElement {
  return { name, attributes, content, escaped: escapeText };
}

/**
 * An element of plain text with hexadecimal character references, which most readers decode correctly (RSS Best
 * Practices Profile, "Character Data").
 */
export function plainElement(name: string, text: string, attributes: Attributes = {}): XmlElement {
  return { name, attributes, content: text, escaped: escapeHexadecimally };
}

/** An XML document in UTF-8, with an indentation of two spaces. */
export function xmlDocument(root: XmlElement, instructions: readonly string[] = []): string {
  const lines = ['<?xml version="1.0" encoding="utf-8"?>', ...instructions];
  writeElement(root, '', lines);
  return `${lines.join('\n')}\n`;
}

/** The processing instruction for a style sheet (W3C xml-stylesheet, 1.0). */
export function cssInstruction(address: string): string {
  return `<?xml-stylesheet type="text/css" href="${attributeValue(address)}"?>`;
}

function writeElement(
  { name, attributes, content, escaped }: XmlElement,
  indent: string,
  lines: string[],
): void {
  let tag = `${indent}<${name}`;
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined) tag += ` ${attribute}="${attributeValue(String(value))}"`;
  }
  if (content.length === 0) {
    lines.push(`${tag}/>`);
  } else if (typeof content === 'string') {
    lines.push(`${tag}>${escaped(printable(content))}</${name}>`);
  } else {
    lines.push(`${tag}>`);
    for (const child of content) writeElement(child, `${indent}  `, lines);
    lines.push(`${indent}</${name}>`);
  }
}

/** An escaped attribute value. A parser would read a raw tab or line feed as a space (XML 1.0, section 3.3.3). */
function attributeValue(text: string): string {
  return escapeAttribute(printable(text)).replaceAll('\t', '&#9;').replaceAll('\n', '&#10;');
}

function escapeHexadecimally(text: string): string {
  return text.replaceAll('&', '&#x26;').replaceAll('<', '&#x3C;').replaceAll('>', '&#x3E;');
}

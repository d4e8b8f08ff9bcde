import { escapeAttribute, escapeText } from '../../../shared/text/escape.ts';
import { printable } from '../content/text.ts';

export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element: its content is text, other elements, or markup that is escaped as its writer wants it. */
export interface XmlElement {
  name: string;
  attributes: Attributes;
  content: string | readonly XmlElement[];
  escaped: (text: string) => string;
}

/** An element of plain text or of elements; text is escaped when it is written. */
export function element(
  name: string,
  attributes: Attributes = {},
  content: string | readonly XmlElement[] = '',
): XmlElement {
  return { name, attributes, content, escaped: escapeText };
}

/**
 * An element of text that is escaped by hexadecimal references: what the RSS Advisory Board's profile asks
 * for in plain-text elements (RSS Best Practices Profile, "Character Data"), because most readers get it right.
 */
export function plainElement(name: string, text: string): XmlElement {
  return { name, attributes: {}, content: text, escaped: escapeHexadecimally };
}

/** A document of UTF-8, two spaces a level, each element on a line; no CDATA, no white space around text. */
export function xmlDocument(root: XmlElement, instructions: readonly string[] = []): string {
  const lines = ['<?xml version="1.0" encoding="utf-8"?>', ...instructions];
  writeElement(root, '', lines);
  return `${lines.join('\n')}\n`;
}

/** The processing instruction that names a style sheet (W3C xml-stylesheet, 1.0). */
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

/** Tab and line feed too: a parser would read them as spaces (XML 1.0, section 3.3.3). */
function attributeValue(text: string): string {
  return escapeAttribute(printable(text)).replaceAll('\t', '&#9;').replaceAll('\n', '&#10;');
}

function escapeHexadecimally(text: string): string {
  return text.replaceAll('&', '&#x26;').replaceAll('<', '&#x3C;').replaceAll('>', '&#x3E;');
}

import { load } from 'cheerio/slim';
import { Rejection } from '../../../shared/errors/rejection.ts';
import { escapeAttribute, escapeText } from '../../../shared/text/escape.ts';
import { type DomNode, type Element, isElement, rootOf } from '../model/dom.ts';
import { oneLine } from '../text/characters.ts';

/** Maximum depth of elements. News markup nests about twenty deep. Deeper markup is an attack. */
const MAX_XML_DEPTH = 200;

/** Maximum number of tags, start and end tags together. */
const MAX_TAGS = 500_000;

/** Maximum number of open tags by a rough count. HTML inside CDATA can leave some tags open. */
const MAX_OPEN_TAGS = 4_000;

/**
 * Parses an XML file and returns its document element. Entities except XML's own five are never resolved, and
 * the declarations of a document type are dropped.
 * @throws Rejection `unreadable` for no element or too deep nesting, `too-large` for too many tags
 */
export function parseXml(text: string): Element {
  refuseTags(text);
  // The parser takes quadratic time for tags that are never closed.
  if (depthOf(text) > MAX_OPEN_TAGS) throw tooDeep();
  const document = rootOf(load(withoutDeclaredEntities(text), { xml: { decodeEntities: true } }));
  const root = document.children?.find(isElement);
  if (!root) throw new Rejection('unreadable', 'The XML file holds no element.');
  if (isDeeperThan(root, MAX_XML_DEPTH)) throw tooDeep();
  return root;
}

function tooDeep(): Rejection {
  return new Rejection('unreadable', `The XML file nests its elements more than ${MAX_XML_DEPTH} deep.`);
}

/** Removes the internal subset of a DOCTYPE. It can hold markup that is not part of the document. */
function withoutDeclaredEntities(text: string): string {
  const start = text.search(/<!DOCTYPE\b/i);
  if (start < 0 || start > 4_096) return text;
  const bracket = text.indexOf('[', start);
  const close = text.indexOf('>', start);
  if (bracket < 0 || bracket > close) return text;
  const end = text.slice(bracket).search(/\]\s{0,100}>/);
  if (end < 0) throw new Rejection('unreadable', 'The DOCTYPE of the XML file does not end.');
  return text.slice(0, start) + text.slice(text.indexOf('>', bracket + end) + 1);
}

/** Returns the maximum number of open tags. Tags in comments and CDATA are counted too. */
export function depthOf(xml: string): number {
  let depth = 0;
  let deepest = 0;
  for (let open = xml.indexOf('<'); open >= 0; ) {
    const close = xml.indexOf('>', open);
    if (close < 0) break;
    const next = xml.charAt(open + 1);
    if (next === '/') depth--;
    else if (next !== '?' && next !== '!' && xml.charAt(close - 1) !== '/')
      deepest = Math.max(deepest, ++depth);
    open = xml.indexOf('<', close);
  }
  return deepest;
}

function isDeeperThan(root: Element, maxDepth: number): boolean {
  let level: DomNode[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return true;
    const next: DomNode[] = [];
    for (const node of level) for (const child of node.children ?? []) if (child.children) next.push(child);
    level = next;
  }
  return false;
}

/**
 * Counts the tags before the parser takes memory for them. @throws Rejection `too-large` for too many tags
 */
function refuseTags(xml: string): void {
  let tags = 0;
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at + 1)) tags += 1;
  if (tags > MAX_TAGS)
    throw new Rejection('too-large', `The XML file has ${tags} tags; the limit is ${MAX_TAGS}.`);
}

/** Returns the name of an element without its namespace prefix, in lower case. */
export function localName(node: DomNode): string {
  const name = node.name ?? '';
  return name.slice(name.indexOf(':') + 1).toLowerCase();
}

/** Returns an attribute by its name without prefix. Case is ignored. A blank attribute is undefined. */
export function attributeOf(element: DomNode | undefined, name: string): string | undefined {
  for (const [key, value] of Object.entries(element?.attribs ?? {}))
    if (key.slice(key.indexOf(':') + 1).toLowerCase() === name.toLowerCase())
      return oneLine(value ?? '') || undefined;
  return undefined;
}

/** Returns the child elements with one of these names. */
export function childrenOf(element: DomNode | undefined, ...names: string[]): Element[] {
  return (element?.children ?? []).filter(isElement).filter(child => names.includes(localName(child)));
}

/** Follows a path of child names and returns the first element at its end. */
export function at(element: DomNode | undefined, ...path: string[]): Element | undefined {
  let found = element;
  for (const name of path) found = childrenOf(found, name)[0];
  return found as Element | undefined;
}

/** Returns all descendants with one of these names, in document order. */
export function allOf(element: DomNode | undefined, ...names: string[]): Element[] {
  const found: Element[] = [];
  const stack: DomNode[] = [...(element?.children ?? [])].reverse();
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (isElement(node) && names.includes(localName(node))) found.push(node);
    for (let index = (node.children?.length ?? 0) - 1; index >= 0; index--) {
      const child = node.children?.[index];
      if (child) stack.push(child);
    }
  }
  return found;
}

/** Returns the text of an element as one line, or undefined if it is empty. */
export function wordsOf(element: DomNode | undefined): string | undefined {
  const words = element && oneLine(rawText(element, ' '));
  return words || undefined;
}

/**
 * Returns the text of an element with its line breaks.
 * @param between text to insert before each block
 */
export function rawText(element: DomNode, between = ''): string {
  const parts: string[] = [];
  const stack: DomNode[] = [element];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node.type === 'text') parts.push(node.data ?? '');
    else if (node !== element && localName(node) === 'br') parts.push('\n');
    else if (between && node !== element && BLOCK_NAMES.has(localName(node))) parts.push(between);
    for (let index = (node.children?.length ?? 0) - 1; index >= 0; index--) {
      const child = node.children?.[index];
      if (child) stack.push(child);
    }
  }
  return parts.join('');
}

const BLOCK_NAMES = new Set(['p', 'hl1', 'hl2', 'li', 'td', 'th', 'tr', 'block', 'div', 'br']);

/** The output for an element: an HTML element, only its children, nothing, or given HTML. */
export type XmlRule =
  | { as: string; attributes?: Record<string, string | undefined> }
  | 'inner'
  | 'drop'
  | { html: string };

/**
 * Writes the children of an element as HTML. Text is escaped. Only elements that a rule names become tags.
 */
export function writeHtml(element: DomNode, ruleOf: (element: Element) => XmlRule): string {
  const parts: string[] = [];
  const stack: (DomNode | string)[] = [...(element.children ?? [])].reverse();
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (typeof node === 'string') parts.push(node);
    else if (node.type === 'text') parts.push(escapeText(node.data ?? ''));
    else if (node.type === 'cdata') stack.push(...[...(node.children ?? [])].reverse());
    else if (isElement(node)) {
      const rule = ruleOf(node);
      if (rule === 'drop') continue;
      if (typeof rule === 'object' && 'html' in rule) {
        parts.push(rule.html);
        continue;
      }
      if (rule !== 'inner') {
        parts.push(openTag(rule.as, rule.attributes ?? {}));
        if (VOID_ELEMENTS.has(rule.as)) continue;
        stack.push(`</${rule.as}>`);
      }
      for (let index = node.children.length - 1; index >= 0; index--) {
        const child = node.children[index];
        if (child) stack.push(child);
      }
    }
  }
  return parts.join('');
}

const VOID_ELEMENTS = new Set(['br', 'hr', 'img']);

function openTag(name: string, attributes: Record<string, string | undefined>): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeAttribute(value)}"`],
  );
  return `<${name}${written.join('')}>`;
}

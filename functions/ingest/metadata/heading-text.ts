import { type Element, isElement, OPAQUE, textOf } from '../model/dom.ts';

/** The text of a heading as readers see it. */
export interface HeadingText {
  /** The text with a blank between elements that touch. */
  whole: string;
  /** The text without a kicker. */
  text: string;
  /** The texts of the elements in the heading. Empty if the heading is one text. */
  parts: readonly string[];
}

/** Matches class names of a kicker, which is a line above the headline. */
const KICKER_CLASSES =
  /(?:^|[\s_-])(?:kicker|overline|eyebrow|topline|(?:top|pre|super|over)-?(?:title|head|headline)|category|section|rubrik|dachzeile|spitzmarke|surtitre|antetitulo|occhiello)(?:$|[\s_-])/i;

/** Maximum number of parts that a heading is divided into. */
const MAX_PARTS = 12;

/** Returns the text of a heading. A kicker that has an element of its own at the beginning is left out. */
export function headingText(heading: Element): HeadingText {
  const whole = textOf(heading);
  const nodes = innermostBox(heading).children.filter(node => !OPAQUE.has(node.name ?? ''));
  if (nodes.length < 2 || nodes.length > MAX_PARTS) return { whole, text: whole, parts: [] };
  const parts: string[] = [];
  let text = '';
  let end = 0;
  let kicker = 0;
  let last: { length: number; element: boolean } | undefined;
  for (const node of nodes) {
    const part = textOf(node);
    const at = part === '' ? -1 : whole.indexOf(part, end);
    if (at < 0) continue;
    const element = isElement(node);
    const apart = last && at === end && standApart(whole, at, last, { length: part.length, element });
    text += whole.slice(end, at) + (apart ? ' ' : '') + part;
    end = at + part.length;
    // A colon makes the kicker a part of the headline.
    if (parts.length === 0 && element && KICKER_CLASSES.test(node.attribs.class ?? '') && !/:\s*$/.test(part))
      kicker = text.length;
    parts.push(part);
    last = { length: part.length, element };
  }
  text += whole.slice(end);
  const rest = parts.length > 1 ? text.slice(kicker).replace(/^[\s|/–—-]+/u, '') : text;
  return { whole: text, text: rest.startsWith(':') ? text : rest, parts };
}

/** Returns the heading, or the element inside it that holds all of its nodes. */
function innermostBox(heading: Element): Element {
  let box = heading;
  for (;;) {
    const nodes = box.children.filter(node => node.children || node.data?.trim());
    const [only] = nodes;
    if (nodes.length !== 1 || !only || !isElement(only)) return box;
    box = only;
  }
}

/** A part of a heading that touches another part without a blank. */
interface HeadingPart {
  length: number;
  element: boolean;
}

/**
 * True for parts that are words of their own: two elements, or a small letter or a mark before a capital. A part of
 * one letter is an initial.
 */
function standApart(text: string, at: number, before: HeadingPart, after: HeadingPart): boolean {
  if (before.length < 2 || after.length < 2) return false;
  const between = text.slice(at - 1, at + 1);
  if (!/^[\p{L}\p{N}\p{Po}][\p{L}\p{N}]$/u.test(between)) return false;
  return (before.element && after.element) || /^[\p{Ll}\p{N}:;.!?][\p{Lu}]$/u.test(between);
}

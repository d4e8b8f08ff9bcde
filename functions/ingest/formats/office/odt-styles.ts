import { allOf, attributeOf, localName } from '../../html/xml.ts';
import { type Element, isElement } from '../../model/dom.ts';
import type { RunStyle } from './story-writer.ts';
import { headingOf, roleOfStyle, type StyleRole } from './style-role.ts';

/** Maximum number of styles from which a style takes its properties. Real chains have some five. */
const MAX_PARENTS = 20;

/** Number of levels that a list style can define (section 19.880). */
const MAX_LEVELS = 10;

/** Weights of fonts from which text counts as bold. */
const MIN_BOLD_WEIGHT = 600;

/** Names of styles of characters that need no definition in the file. */
const BOLD_STYLES = new Set(['Strong', 'Strong Emphasis']);
const ITALIC_STYLES = new Set(['Emphasis', 'Citation']);

/** What a style says about text. An undefined field leaves what is around it. */
export interface OdtStyle extends Omit<RunStyle, 'href'> {
  role?: StyleRole | undefined;
  isHidden?: boolean | undefined;
}

/** The styles of an OpenDocument text (OASIS OpenDocument 1.3, part 3, section 16). */
export class OdtStyles {
  readonly #styles = new Map<string, Element>();
  readonly #known = new Map<string, OdtStyle>();
  /** For each list style, its levels, and whether they are numbered. */
  readonly #lists = new Map<string, Map<number, boolean>>();

  /** @param boxes elements that hold styles. The first definition of a name counts. */
  constructor(boxes: readonly (Element | undefined)[]) {
    for (const element of boxes.flatMap(box => (box?.children ?? []).filter(isElement))) {
      const name = attributeOf(element, 'name') ?? '';
      if (localName(element) === 'style') {
        const key = `${attributeOf(element, 'family')} ${name}`;
        if (!this.#styles.has(key)) this.#styles.set(key, element);
      } else if (localName(element) === 'list-style' && !this.#lists.has(name)) {
        const levels = new Map<number, boolean>();
        for (const level of element.children.filter(isElement))
          levels.set(Number(attributeOf(level, 'level')) - 1, attributeOf(level, 'num-format') !== undefined);
        this.#lists.set(name, levels);
      }
    }
  }

  /** Whether the items of a level are numbered. The outermost level is 0. */
  isOrdered(listStyle: string | undefined, level: number): boolean {
    const levels = this.#lists.get(listStyle ?? '');
    // Pandoc defines only the first level of a style, and uses it for inner lists too.
    for (let at = Math.min(level, MAX_LEVELS); levels && at >= 0; at -= 1) {
      const isNumbered = levels.get(at);
      if (isNumbered !== undefined) return isNumbered;
    }
    return false;
  }

  styleOf(family: 'paragraph' | 'text' | 'section', name: string | undefined): OdtStyle {
    if (name === undefined) return {};
    const key = `${family} ${name}`;
    const known = this.#known.get(key);
    if (known) return known;
    const style: OdtStyle = {};
    let next: string | undefined = name;
    for (let count = 0; next !== undefined && count < MAX_PARENTS; count += 1) {
      const element = this.#styles.get(`${family} ${next}`);
      addStyle(style, family, next, element);
      next = attributeOf(element, 'parent-style-name');
    }
    this.#known.set(key, style);
    return style;
  }
}

/** Adds what one style of a chain says. What a nearer style says stays. */
function addStyle(style: OdtStyle, family: string, name: string, element: Element | undefined): void {
  const shown = attributeOf(element, 'display-name') ?? nameOf(name);
  if (family === 'paragraph')
    style.role ??=
      roleOfStyle(shown) ??
      roleOfStyle(nameOf(name)) ??
      headingOf(Number(attributeOf(element, 'default-outline-level') ?? 0));
  else if (BOLD_STYLES.has(shown)) style.isBold ??= true;
  else if (ITALIC_STYLES.has(shown)) style.isItalic ??= true;
  for (const properties of element ? allOf(element, 'text-properties', 'section-properties') : []) {
    const value = (name: string) => attributeOf(properties, name);
    const weight = value('font-weight');
    if (weight) style.isBold ??= weight === 'bold' || Number(weight) >= MIN_BOLD_WEIGHT;
    const slant = value('font-style');
    if (slant) style.isItalic ??= slant === 'italic' || slant === 'oblique';
    const line = value('text-line-through-style');
    if (line) style.isStruck ??= line !== 'none';
    const position = value('text-position');
    if (position && !/^0%/.test(position)) style.raised ??= /^(?:sub|-)/.test(position) ? 'sub' : 'sup';
    const display = value('display');
    if (display) style.isHidden ??= display === 'none';
  }
}

/** Decodes the name of a style: `Heading_20_1` is `Heading 1` (section 19.502). */
function nameOf(written: string): string {
  return written.replace(/_([0-9a-f]{1,4})_/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

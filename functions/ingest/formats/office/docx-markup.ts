import { decodeXML } from 'entities/decode';
import { hasWords } from '../../text/characters.ts';

/** The usual prefix of each namespace. Source: ECMA-376, transitional and strict forms. */
const PREFIXES = new Map([
  ['http://schemas.openxmlformats.org/wordprocessingml/2006/main', 'w'],
  ['http://purl.oclc.org/ooxml/wordprocessingml/main', 'w'],
  ['http://schemas.openxmlformats.org/officeDocument/2006/math', 'm'],
  ['http://purl.oclc.org/ooxml/officeDocument/math', 'm'],
  ['http://schemas.openxmlformats.org/markup-compatibility/2006', 'mc'],
  ['urn:schemas-microsoft-com:vml', 'v'],
]);

/** Maximum length of the first tag, which declares the namespaces, in UTF-16 units. */
const MAX_FIRST_TAG_CHARS = 20_000;

/** Elements around text that mammoth does not know. Mammoth drops the text in them. */
const WRAPPERS = new Set(
  'w:fldSimple w:dir w:bdo w:ruby w:rubyBase v:oval v:line v:polyline v:arc v:curve'.split(' '),
);

/** Elements that must not become text: readings of East Asian words. */
const DROPPED = new Set(['w:rt', 'w:rubyPr']);

/** Elements of deleted text, and of text that was moved to another position. */
const DELETED = new Set(['w:del', 'w:moveFrom']);

/** Elements of formulas, and the elements of runs that replace them. */
const RENAMED = new Map([
  ['m:r', 'r'],
  ['m:t', 't'],
]);

interface Frame {
  name: string;
  /** Numbers of pieces: those before the start tag, and those up to its end. */
  start: number;
  inside: number;
  hasWords: boolean;
  /** Whether the tags are left out and the content is kept. */
  isUnwrapped: boolean;
  /** Number of pieces of the text before the element. */
  text: number;
  /** Whether a run or a paragraph is hidden, by its own mark or by its style. The mark wins. */
  isHidden?: boolean;
  isHiddenByStyle?: boolean;
  /**
   * For alternative content: the pieces of the first alternative with words, and whether the fallback has
   * words.
   */
  alternative?: string;
  fallbackHasWords?: boolean;
  /** For a drawing: its text boxes. */
  boxes?: string[];
}

/** A part of a Word document that mammoth can read completely, and its words. */
export interface DocxMarkup {
  xml: string;
  /** One line per paragraph, without deleted and hidden text. */
  text: string;
  /** Whether hidden text was left out. Word shows it only to those who ask for it. */
  hasHidden: boolean;
}

/**
 * Rewrites a part of a Word document so that mammoth keeps all its words. Mammoth drops simple fields, text with a
 * stated direction, ruby (text with its pronunciation), formulas, text boxes of drawings, links without a target, and
 * alternate content without a fallback. The time is linear. Markup that is not well-formed is returned unchanged.
 * @param relationships the part that names the targets of links
 * @param hiddenStyles ids of the styles whose text is hidden: {@link hiddenStylesOf}
 */
export function keepDocxWords(
  xml: string,
  relationships = '',
  hiddenStyles: ReadonlySet<string> = new Set(),
): DocxMarkup {
  return new Rewriter(xml, relationships, hiddenStyles).rewrite() ?? { xml, text: '', hasHidden: false };
}

/** Ids of the styles whose text is hidden, also by a style that they are based on. */
export function hiddenStylesOf(styles: string): Set<string> {
  const bases = new Map<string, string | undefined>();
  const hidden = new Set<string>();
  for (const [, attributes = '', content = ''] of styles.matchAll(STYLE)) {
    const id = /:styleId\s*=\s*["']([^"'<>]*)["']/.exec(attributes)?.[1];
    if (id === undefined) continue;
    bases.set(id, /:basedOn\s[^<>]*?:val\s*=\s*["']([^"'<>]*)["']/.exec(content)?.[1]);
    const vanish = /<[\w.-]+:vanish\b[^<>]*>/.exec(content)?.[0];
    if (vanish !== undefined && isOn(vanish)) hidden.add(id);
    else if (vanish !== undefined) bases.delete(id);
  }
  // Chains of styles are short. The limit ends a ring.
  for (let depth = 0; depth < MAX_STYLE_DEPTH; depth++)
    for (const [id, base] of bases) if (base !== undefined && hidden.has(base)) hidden.add(id);
  return hidden;
}

/** Maximum number of styles that are based on each other. */
const MAX_STYLE_DEPTH = 10;

const STYLE = /<[\w.-]+:style\s([^<>]*)>([\s\S]*?)<\/[\w.-]+:style>/g;

/** Whether a toggle of Word is on. It is on without a value. */
function isOn(markup: string): boolean {
  return !/:val\s*=\s*["'](?:0|false|off)["']/i.test(markup);
}

class Rewriter {
  readonly #xml: string;
  readonly #relationships: string;
  readonly #prefixes = new Map<string, string>();
  #wordPrefix = '';
  readonly #pieces: string[] = [];
  readonly #open: Frame[] = [];
  readonly #text: string[] = [];
  #deleted = 0;
  /** The open fields. Each has the words of the fields inside it. */
  readonly #fields: {
    isResult: boolean;
    words: { piece: number; written: string; text: number; words: string }[];
  }[] = [];
  readonly #hiddenStyles: ReadonlySet<string>;
  #hasHidden = false;

  constructor(xml: string, relationships: string, hiddenStyles: ReadonlySet<string>) {
    this.#xml = xml;
    this.#hiddenStyles = hiddenStyles;
    this.#relationships = relationships;
    for (const [, prefix = '', address = ''] of xml.slice(0, MAX_FIRST_TAG_CHARS).matchAll(DECLARATION)) {
      const known = PREFIXES.get(address);
      if (known) this.#prefixes.set(prefix, known);
      if (known === 'w') this.#wordPrefix = prefix ? `${prefix}:` : '';
    }
  }

  rewrite(): DocxMarkup | undefined {
    const xml = this.#xml;
    for (let at = 0; at < xml.length; ) {
      const open = xml.indexOf('<', at);
      this.#words(xml.slice(at, open < 0 ? xml.length : open));
      if (open < 0) break;
      const end = endOfMarkup(xml, open);
      if (end === undefined) return undefined;
      const markup = xml.slice(open, end);
      at = end;
      if (markup.startsWith('<!') || markup.startsWith('<?')) this.#pieces.push(markup);
      else if (!this.#tag(markup)) return undefined;
    }
    if (this.#open.length > 0) return undefined;
    return { xml: this.#pieces.join(''), text: this.#text.join(''), hasHidden: this.#hasHidden };
  }

  #words(text: string): void {
    if (text === '') return;
    this.#pieces.push(text);
    const top = this.#open.at(-1);
    if (!top || !TEXTS.has(top.name) || this.#deleted > 0) return;
    const words = decodeXML(text);
    const outer = this.#fields.at(-2);
    if (outer && !outer.isResult)
      outer.words.push({ piece: this.#pieces.length - 1, written: text, text: this.#text.length, words });
    this.#text.push(words);
    top.hasWords ||= hasWords(words);
  }

  /** Returns false if the tag has no matching tag. */
  #tag(markup: string): boolean {
    const isEnd = markup.startsWith('</');
    const isWhole = markup.endsWith('/>');
    const written = NAME.exec(markup)?.[1] ?? '';
    const name = this.#nameOf(written);
    if (isEnd) {
      const frame = this.#open.pop();
      if (frame?.name !== name) return false;
      this.#close(frame, markup);
    } else if (isWhole) {
      if (name === 'w:fldChar') this.#field(markup);
      this.#readHiding(name, markup);
      if (SPACES.has(name)) this.#text.push(' ');
      if (!this.#isUnwrapped(name, markup) && !DROPPED.has(name)) this.#pieces.push(markup);
    } else {
      if (name === 'w:fldChar') this.#field(markup);
      const start = this.#pieces.length;
      const isUnwrapped = this.#isUnwrapped(name, markup);
      if (!isUnwrapped) this.#pieces.push(this.#renamed(name, markup, '<'));
      if (DELETED.has(name)) this.#deleted += 1;
      const text = this.#text.length;
      this.#open.push({ name, start, inside: this.#pieces.length, isUnwrapped, text, hasWords: false });
      this.#readHiding(name, markup);
    }
    return true;
  }

  /**
   * Follows the fields. The result of a field within the instruction of another one, such as `IF { MERGEFIELD Sex } = "m"`,
   * is shown by no program. Mammoth shows it.
   */
  #field(markup: string): void {
    const type = /:fldCharType\s*=\s*["'](\w+)/.exec(markup)?.[1];
    if (type === 'begin') this.#fields.push({ words: [], isResult: false });
    else if (type === 'separate') {
      const field = this.#fields.at(-1);
      for (const { piece, written, text, words } of field?.words ?? [])
        if (this.#pieces[piece] === written && this.#text[text] === words) {
          this.#pieces[piece] = '';
          this.#text[text] = '';
        }
      if (field) field.isResult = true;
    } else if (type === 'end') this.#fields.pop();
  }

  /** Reads marks and styles of hidden text in the properties of a run, and styles of a paragraph. */
  #readHiding(name: string, markup: string): void {
    if (name !== 'w:vanish' && name !== 'w:rStyle' && name !== 'w:pStyle') return;
    const at = this.#open.findLastIndex(frame => frame.name === (name === 'w:pStyle' ? 'w:pPr' : 'w:rPr'));
    // The properties of the mark that ends a paragraph are inside those of the paragraph. They hide no words.
    const owner = this.#open[at - 1];
    if (owner?.name !== (name === 'w:pStyle' ? 'w:p' : 'w:r')) return;
    if (name === 'w:vanish') owner.isHidden = isOn(markup);
    else if (this.#hiddenStyles.has(/:val\s*=\s*["']([^"'<>]*)["']/.exec(markup)?.[1] ?? ''))
      owner.isHiddenByStyle = true;
  }

  #nameOf(written: string): string {
    const colon = written.indexOf(':');
    const prefix = this.#prefixes.get(colon < 0 ? '' : written.slice(0, colon));
    return prefix ? `${prefix}:${written.slice(colon + 1)}` : written;
  }

  #isUnwrapped(name: string, markup: string): boolean {
    if (WRAPPERS.has(name) || (name.startsWith('m:') && !RENAMED.has(name))) return true;
    if (name !== 'w:hyperlink') return false;
    const target = TARGET.exec(markup)?.[1];
    return target !== undefined && !this.#relationships.includes(`"${target}"`);
  }

  #renamed(name: string, markup: string, open: '<' | '</'): string {
    const renamed = RENAMED.get(name);
    return renamed ? `${open}${this.#wordPrefix}${renamed}>` : markup;
  }

  #close(frame: Frame, markup: string): void {
    const { name, start, inside } = frame;
    const parent = this.#open.at(-1);
    if (DELETED.has(name)) this.#deleted -= 1;
    if (name === 'w:p') this.#text.push('\n');
    // A run without words can be a part of a field, which must stay whole.
    if (frame.hasWords && (frame.isHidden ?? frame.isHiddenByStyle)) {
      this.#hasHidden = true;
      this.#text.splice(frame.text);
      this.#cut(start);
      return;
    }
    if (parent) parent.hasWords ||= frame.hasWords;
    if (DROPPED.has(name)) {
      this.#cut(start);
      return;
    }
    const drawing = name === 'w:txbxContent' ? this.#drawing() : undefined;
    if (drawing) {
      // The boxes go after the paragraph. Mammoth puts the boxes of older drawings there too.
      drawing.boxes = [...(drawing.boxes ?? []), this.#cut(start) + markup];
      return;
    }
    if (parent?.name === 'mc:AlternateContent') {
      if (name === 'mc:Fallback') parent.fallbackHasWords = frame.hasWords;
      else if (frame.hasWords) parent.alternative ??= this.#cut(inside);
    }
    if (name === 'mc:AlternateContent' && frame.alternative !== undefined && !frame.fallbackHasWords) {
      this.#cut(start);
      this.#pieces.push(frame.alternative);
      return;
    }
    if (!frame.isUnwrapped) this.#pieces.push(this.#renamed(name, markup, '</'));
    const word = this.#wordPrefix;
    for (const box of frame.boxes ?? []) this.#pieces.push(`<${word}pict>`, box, `</${word}pict>`);
  }

  /**
   * The drawing around the element that was just closed. Undefined if an older drawing, which mammoth reads,
   * is nearer.
   */
  #drawing(): Frame | undefined {
    const frame = this.#open.findLast(({ name }) => name === 'w:drawing' || name === 'w:pict');
    return frame?.name === 'w:drawing' ? frame : undefined;
  }

  /** Removes the last pieces and returns them. */
  #cut(start: number): string {
    let cut = '';
    for (const piece of this.#pieces.splice(start)) cut += piece;
    return cut;
  }
}

const DECLARATION = /\sxmlns(?::([\w.-]+))?\s*=\s*["']([^"'<>]*)["']/g;
const TARGET = /\s[\w.-]+:id\s*=\s*["']([^"']*)["']/;
const NAME = /^<\/?([^\s/>]+)/;
const TEXTS = new Set(['w:t', 'm:t']);
const SPACES = new Set(['w:tab', 'w:br', 'w:cr']);

/** The position after the tag, comment or instruction that begins at `open`. Undefined if it has no end. */
function endOfMarkup(xml: string, open: number): number | undefined {
  const [mark] = CLOSED_BY.find(([, start]) => xml.startsWith(start, open)) ?? [];
  if (mark) {
    const end = xml.indexOf(mark, open);
    return end < 0 ? undefined : end + mark.length;
  }
  let quote = '';
  for (let at = open + 1; at < xml.length; at += 1) {
    const character = xml.charAt(at);
    if (quote) quote = character === quote ? '' : quote;
    else if (character === '>') return at + 1;
    else if (character === '"' || character === "'") quote = character;
  }
  return undefined;
}

const CLOSED_BY = [
  ['-->', '<!--'],
  [']]>', '<![CDATA['],
  ['?>', '<?'],
] as const;

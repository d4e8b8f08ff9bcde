import { decodeXML } from 'entities/decode';
import { escapeText } from '../../../../shared/text/escape.ts';
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
  /** For a simple field: its kind, such as `PAGE`. */
  kind?: string | undefined;
  /** For a simple field that is a link: the markup of its end. */
  after?: string | undefined;
  /** For a paragraph: the kinds of the fields in it, and its words outside fields of page numbers. */
  kinds?: Set<string>;
  outside?: string;
  /** Whether the style of a paragraph is one of a table of contents. */
  isEntry?: boolean;
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
  /** Whether a table of contents was left out. */
  hasContents: boolean;
}

/**
 * Rewrites a part of a Word document so that mammoth keeps all its words. Mammoth drops simple fields, text with a
 * stated direction, ruby (text with its pronunciation), formulas, text boxes of drawings, links without a target, and
 * alternate content without a fallback. It takes the switches of a link for its address. Tables of contents and page
 * numbers are left out. The time is linear. Markup that is not well-formed is returned unchanged.
 * @param relationships the part that names the targets of links
 * @param hiddenStyles ids of the styles whose text is hidden: {@link hiddenStylesOf}
 * @param contentsStyles ids of the styles of tables of contents: {@link contentsStylesOf}
 */
export function keepDocxWords(
  xml: string,
  relationships = '',
  hiddenStyles: ReadonlySet<string> = new Set(),
  contentsStyles: ReadonlySet<string> = new Set(),
): DocxMarkup {
  const rewriter = new Rewriter(xml, relationships, hiddenStyles, contentsStyles);
  return rewriter.rewrite() ?? { xml, text: '', hasHidden: false, hasContents: false };
}

/** Ids of the styles of tables of contents. Word names them `toc 1` in every language, other programs translate. */
export function contentsStylesOf(styles: string): Set<string> {
  return new Set(
    [...styles.matchAll(STYLE)].flatMap(([, attributes = '', content = '']) => {
      const name = /:name\s[^<>]*?:val\s*=\s*["']([^"'<>]*)["']/.exec(content)?.[1] ?? '';
      return CONTENTS_STYLE.test(name)
        ? [/:styleId\s*=\s*["']([^"'<>]*)["']/.exec(attributes)?.[1] ?? '']
        : [];
    }),
  );
}

/** Names and ids of the styles of tables of contents: `toc 1`, `TOC Heading`, `Verzeichnis1`, `TM 2`. */
const CONTENTS_STYLE =
  /^(?:(?:toc|contents|verzeichnis|tm|tdc|sommario|inhopg|innehåll|innehll|innh|indholdsfortegnelse|sisluet|spis ?treści|spistreci|obsah|sumário|índice|оглавление|目录|目次|목차)\s?\d|(?:toc|contents)\s?heading)$/i;

/** Maximum length of an entry of a table of contents, in characters. */
const MAX_ENTRY_CHARS = 200;

/** Fields of page numbers, and the number of other words beside each: “Page 3 of 9”. */
const PAGE_FIELDS = new Map([
  ['PAGE', 1],
  ['NUMPAGES', 2],
  ['SECTIONPAGES', 2],
]);

const FIELD_TOKEN = /"([^"]*)"|[^\s"]+/g;

/** The name of a field in its instruction, in capitals. */
function kindOfField(instruction: string): string {
  return /^\s*(\w+)/.exec(instruction)?.[1]?.toUpperCase() ?? '';
}

/**
 * The instruction of a link with only what mammoth understands: an address, or an anchor behind `\\l`. The switches
 * `\\o` and `\\t` have a value, `\\m` and `\\n` have none.
 */
function linkOf(instruction: string): string {
  let [address, anchor, key] = ['', '', ''];
  for (const [token, quoted] of [...instruction.matchAll(FIELD_TOKEN)].slice(1)) {
    if (quoted === undefined && /^\\\w$/.test(token)) key = /[lot]/i.test(token) ? token.toLowerCase() : '';
    else {
      if (key === '\\l') anchor = quoted ?? token;
      else if (key === '') address ||= quoted ?? token;
      key = '';
    }
  }
  if (address === '') return anchor && ` HYPERLINK \\l "${anchor}" `;
  return ` HYPERLINK "${address}${anchor && `#${anchor}`}" `;
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
    kind: string;
    instruction: { piece: number; written: string }[];
    words: { piece: number; written: string; text: number; words: string }[];
  }[] = [];
  readonly #hiddenStyles: ReadonlySet<string>;
  readonly #contentsStyles: ReadonlySet<string>;
  #hasHidden = false;
  #hasContents = false;

  constructor(
    xml: string,
    relationships: string,
    hiddenStyles: ReadonlySet<string>,
    contentsStyles: ReadonlySet<string>,
  ) {
    this.#xml = xml;
    this.#hiddenStyles = hiddenStyles;
    this.#contentsStyles = contentsStyles;
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
    const [kept, text] = [this.#pieces.join(''), this.#text.join('')];
    return { xml: kept, text, hasHidden: this.#hasHidden, hasContents: this.#hasContents };
  }

  #words(text: string): void {
    if (text === '') return;
    this.#pieces.push(text);
    const top = this.#open.at(-1);
    if (top?.name === 'w:instrText')
      this.#fields.at(-1)?.instruction.push({ piece: this.#pieces.length - 1, written: text });
    if (!top || !TEXTS.has(top.name) || this.#deleted > 0) return;
    const words = decodeXML(text);
    const outer = this.#fields.at(-2);
    if (outer && !outer.isResult)
      outer.words.push({ piece: this.#pieces.length - 1, written: text, text: this.#text.length, words });
    this.#text.push(words);
    const paragraph = this.#paragraph();
    const isPage =
      this.#fields.some(({ isResult, kind }) => isResult && PAGE_FIELDS.has(kind)) ||
      this.#open.some(({ kind }) => PAGE_FIELDS.has(kind ?? ''));
    if (paragraph && !isPage) paragraph.outside = (paragraph.outside ?? '') + words;
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
      const simple =
        name === 'w:fldSimple' ? decodeXML(INSTRUCTION.exec(markup)?.slice(1).join('') ?? '') : '';
      const after = this.#openLink(simple);
      if (!isUnwrapped) this.#pieces.push(this.#renamed(name, markup, '<'));
      if (DELETED.has(name)) this.#deleted += 1;
      const text = this.#text.length;
      const kind = simple && kindOfField(simple);
      if (kind) this.#paragraph()?.kinds?.add(kind);
      if (name === 'w:hyperlink' && ANCHOR.test(markup)) this.#paragraph()?.kinds?.add('PAGEREF');
      const frame = {
        name,
        start,
        inside: this.#pieces.length,
        isUnwrapped,
        text,
        hasWords: false,
        kind,
        after,
      };
      this.#open.push(name === 'w:p' ? { ...frame, kinds: new Set(this.#contents()) } : frame);
      this.#readHiding(name, markup);
    }
    return true;
  }

  #paragraph(): Frame | undefined {
    return this.#open.findLast(({ name }) => name === 'w:p');
  }

  /** `TOC` if the position is in the result of a table of contents. */
  #contents(): string[] {
    return this.#fields.filter(({ isResult, kind }) => isResult && kind === 'TOC').map(({ kind }) => kind);
  }

  /** Writes a simple field that is a link as a field that mammoth knows. Returns the markup of its end. */
  #openLink(instruction: string): string | undefined {
    const word = this.#wordPrefix;
    const link = kindOfField(instruction) === 'HYPERLINK' ? linkOf(instruction) : '';
    // Attributes without a prefix have no namespace.
    if (link === '' || word === '') return undefined;
    const mark = (type: string) => `<${word}r><${word}fldChar ${word}fldCharType="${type}"/></${word}r>`;
    const written = `<${word}r><${word}instrText>${escapeText(link)}</${word}instrText></${word}r>`;
    this.#pieces.push(mark('begin'), written, mark('separate'));
    return mark('end');
  }

  /** Reads the instruction of a field when it is complete, and writes that of a link again. */
  #instruct(): void {
    const field = this.#fields.at(-1);
    if (field?.kind !== '') return;
    const pieces = field.instruction.filter(({ piece, written }) => this.#pieces[piece] === written);
    const instruction = decodeXML(pieces.map(({ written }) => written).join(''));
    field.kind = kindOfField(instruction);
    this.#paragraph()?.kinds?.add(field.kind);
    if (field.kind !== 'HYPERLINK') return;
    for (const { piece } of pieces) this.#pieces[piece] = '';
    const [first] = pieces;
    if (first) this.#pieces[first.piece] = escapeText(linkOf(instruction));
  }

  /**
   * Follows the fields. The result of a field within the instruction of another one, such as `IF { MERGEFIELD Sex } = "m"`,
   * is shown by no program. Mammoth shows it.
   */
  #field(markup: string): void {
    const type = /:fldCharType\s*=\s*["'](\w+)/.exec(markup)?.[1];
    if (type === 'begin') this.#fields.push({ words: [], isResult: false, kind: '', instruction: [] });
    else if (type === 'separate') {
      this.#instruct();
      const field = this.#fields.at(-1);
      for (const { piece, written, text, words } of field?.words ?? [])
        if (this.#pieces[piece] === written && this.#text[text] === words) {
          this.#pieces[piece] = '';
          this.#text[text] = '';
        }
      if (field) field.isResult = true;
    } else if (type === 'end') {
      this.#instruct();
      this.#fields.pop();
    }
  }

  /** Reads marks and styles of hidden text in the properties of a run, and styles of a paragraph. */
  #readHiding(name: string, markup: string): void {
    if (name !== 'w:vanish' && name !== 'w:rStyle' && name !== 'w:pStyle') return;
    const at = this.#open.findLastIndex(frame => frame.name === (name === 'w:pStyle' ? 'w:pPr' : 'w:rPr'));
    // The properties of the mark that ends a paragraph are inside those of the paragraph. They hide no words.
    const owner = this.#open[at - 1];
    if (owner?.name !== (name === 'w:pStyle' ? 'w:p' : 'w:r')) return;
    const style = /:val\s*=\s*["']([^"'<>]*)["']/.exec(markup)?.[1] ?? '';
    if (name === 'w:vanish') owner.isHidden = isOn(markup);
    else if (this.#hiddenStyles.has(style)) owner.isHiddenByStyle = true;
    if (name === 'w:pStyle') owner.isEntry = this.#contentsStyles.has(style) || CONTENTS_STYLE.test(style);
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
    if (name === 'w:p' && frame.hasWords && (isListed(frame) || isPageNumber(frame))) {
      this.#hasContents ||= isListed(frame);
      // The marks of fields stay, because a field can end in another paragraph.
      for (let at = inside; at < this.#pieces.length; at++)
        if (!this.#pieces[at]?.startsWith('<')) this.#pieces[at] = '';
      this.#text.splice(frame.text);
      frame.hasWords = false;
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
    if (frame.after !== undefined) this.#pieces.push(frame.after);
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

/** Whether a paragraph is an entry of a table of contents. */
function isListed({ isEntry, outside = '', kinds }: Frame): boolean {
  return (
    (isEntry || (kinds?.has('TOC') && kinds.has('PAGEREF'))) === true && outside.length <= MAX_ENTRY_CHARS
  );
}

/** Whether a paragraph is a page number with the words beside it. */
function isPageNumber({ outside = '', kinds }: Frame): boolean {
  const allowed = [...PAGE_FIELDS].reduce((sum, [kind, words]) => sum + (kinds?.has(kind) ? words : 0), 0);
  const words = outside.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
  return allowed > 0 && words <= allowed && !/[.!?。]\s*$/.test(outside);
}

const DECLARATION = /\sxmlns(?::([\w.-]+))?\s*=\s*["']([^"'<>]*)["']/g;
const INSTRUCTION = /\s[\w.-]+:instr\s*=\s*(?:"([^"]*)"|'([^']*)')/;
const ANCHOR = /\s[\w.-]+:anchor\s*=/;
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

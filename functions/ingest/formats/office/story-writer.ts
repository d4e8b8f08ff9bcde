import { escapeAttribute, escapeText } from '../../../../shared/text/escape.ts';
import type { StyleRole } from './style-role.ts';

/** The style of a run of text. */
export interface RunStyle {
  isBold?: boolean | undefined;
  isItalic?: boolean | undefined;
  isStruck?: boolean | undefined;
  raised?: 'sup' | 'sub' | undefined;
  href?: string | undefined;
}

/** The position of a paragraph in a list. */
export interface ListPosition {
  /** 0 for an item of the outermost list. */
  level: number;
  isOrdered: boolean;
  /** Whether a new numbered list begins with this item. */
  isFirst?: boolean;
  /** Whether the paragraph belongs to the item before it. */
  isContinued?: boolean;
}

/** What all writers of one document share. */
interface Whole {
  notes: string[];
  shown: string[];
}

/**
 * Writes paragraphs, lists, tables and notes as HTML, in the form that mammoth gives Word documents. Equal styles of
 * neighbouring runs are joined.
 */
export class StoryWriter {
  readonly #whole: Whole;
  readonly #blocks: string[] = [];
  #line: string[] = [];
  #hasContent = false;
  /** Tags that are open in the line. */
  #tags: string[] = [];
  /** Pictures that stand in the line. They go before the paragraph, so that a caption is below them. */
  #pictures: string[] = [];
  /** Blocks that stand in the line, such as text boxes. They go after the paragraph. */
  #boxes: string[] = [];
  #lists: ('ul' | 'ol')[] = [];
  #isQuoting = false;
  #rows: string[] = [];
  #cells: string[] = [];

  constructor(whole: Whole = { notes: [], shown: [] }) {
    this.#whole = whole;
  }

  /** A writer for the content of a note, a cell or a text box of the same document. */
  inner(): StoryWriter {
    return new StoryWriter(this.#whole);
  }

  /** Whether the paragraph has no words yet. */
  get isEmpty(): boolean {
    return !this.#hasContent;
  }

  /** Adds words to the paragraph. */
  text(text: string, style: RunStyle = {}): void {
    if (text === '') return;
    this.#whole.shown.push(text);
    this.#run(escapeText(text), tagsOf(style));
    this.#hasContent ||= /\S/.test(text);
  }

  /** Adds a line break to the paragraph. */
  lineBreak(): void {
    this.#whole.shown.push('\n');
    this.#run('<br>', this.#tags);
  }

  /** Adds markup to the paragraph. */
  inline(html: string): void {
    this.#run(html, []);
    this.#hasContent = true;
  }

  /** Adds a note and a reference to it. */
  note(html: string): void {
    const { notes } = this.#whole;
    const number = notes.length + 1;
    notes.push(`<li id="footnote-${number}">${html}</li>`);
    this.inline(`<sup><a href="#footnote-${number}" id="footnote-ref-${number}">[${number}]</a></sup>`);
  }

  /** Adds a picture that goes before the paragraph. */
  picture(address: string, alt: string): void {
    this.#pictures.push(`<p><img src="${escapeAttribute(address)}" alt="${escapeAttribute(alt)}"></p>`);
  }

  /** Adds a block that goes after the paragraph. */
  box(html: string): void {
    if (html !== '') this.#boxes.push(html);
  }

  /** Ends the paragraph. An empty paragraph is left out. */
  endParagraph(role?: StyleRole, list?: ListPosition): void {
    this.#run('', []);
    const html = this.#line.join('');
    const boxes = this.#boxes;
    const { shown } = this.#whole;
    if (shown.length > 0 && shown.at(-1) !== '\n') shown.push('\n');
    this.#line = [];
    this.#boxes = [];
    if (this.#pictures.length > 0) this.#block(this.#pictures.splice(0).join(''));
    if (this.#hasContent) this.#paragraph(html, role, list);
    this.#hasContent = false;
    if (boxes.length > 0) this.#block(boxes.join(''));
  }

  /** Adds a cell to the row. */
  cell(
    html: string,
    name: 'td' | 'th' = 'td',
    spans: Readonly<Record<string, string | undefined>> = {},
  ): void {
    const attributes = Object.entries(spans).map(([key, value]) =>
      value ? ` ${key}="${escapeAttribute(value)}"` : '',
    );
    this.#cells.push(`<${name}${attributes.join('')}>${html}</${name}>`);
  }

  /** Ends the row. A row after another one belongs to the same table. */
  endRow(): void {
    if (this.#cells.length > 0) this.#rows.push(`<tr>${this.#cells.join('')}</tr>`);
    this.#cells = [];
  }

  /** Ends the table, if there is one. */
  endTable(): void {
    this.endRow();
    const rows = this.#rows;
    this.#rows = [];
    if (rows.length > 0) this.#block(`<table><tbody>${rows.join('')}</tbody></table>`);
  }

  /** The whole document as HTML, with its notes at the end. */
  document(): { html: string; shown: string } {
    const html = this.content();
    const { notes, shown } = this.#whole;
    const list = notes.length > 0 ? `<ol>${notes.join('')}</ol>` : '';
    return { html: html + list, shown: shown.join('') };
  }

  /** The content as HTML, without the notes. */
  content(): string {
    this.endParagraph();
    this.endTable();
    this.#leave();
    return this.#blocks.join('');
  }

  #run(html: string, tags: readonly string[]): void {
    let same = 0;
    while (same < tags.length && this.#tags[same] === tags[same]) same += 1;
    for (const tag of this.#tags.splice(same).reverse()) this.#line.push(`</${tag.split(' ', 1)[0]}>`);
    for (const tag of tags.slice(same)) this.#line.push(`<${tag}>`);
    this.#tags = [...tags];
    this.#line.push(html);
  }

  #paragraph(html: string, role: StyleRole | undefined, list: ListPosition | undefined): void {
    if (role === 'headline') this.#block(`<h1 class="headline">${html}</h1>`);
    else if (role === 'dek' || role === 'caption') this.#block(`<p class="${role}">${html}</p>`);
    else if (role === 'quote') {
      if (!this.#isQuoting) this.#block('<blockquote>');
      this.#isQuoting = true;
      this.#blocks.push(`<p>${html}</p>`);
    } else if (role) this.#block(`<${role}>${html}</${role}>`);
    else if (list) this.#item(html, list);
    else this.#block(`<p>${html}</p>`);
  }

  #item(html: string, { level, isOrdered, isFirst = false, isContinued = false }: ListPosition): void {
    const name = isOrdered ? 'ol' : 'ul';
    if (this.#lists.length === 0) this.#leave();
    this.#leaveLists(level + 1);
    const isOpen = this.#lists.length === level + 1;
    if (isOpen && isContinued) {
      this.#blocks.push(`<p>${html}</p>`);
      return;
    }
    if (isOpen && (this.#lists[level] !== name || (isFirst && isOrdered))) this.#leaveLists(level);
    if (this.#lists.length === level + 1) this.#blocks.push('</li><li>', html);
    else {
      // A list is never more than one level deeper than the item before it.
      this.#lists.push(name);
      this.#blocks.push(`<${name}><li>`, html);
    }
  }

  #leaveLists(depth: number): void {
    for (const name of this.#lists.splice(depth).reverse()) this.#blocks.push(`</li></${name}>`);
  }

  #block(html: string): void {
    this.#leave();
    this.#blocks.push(html);
  }

  /** Ends the lists and the quotation. */
  #leave(): void {
    this.#leaveLists(0);
    if (this.#isQuoting) this.#blocks.push('</blockquote>');
    this.#isQuoting = false;
  }
}

function tagsOf({ isBold, isItalic, isStruck, raised, href }: RunStyle): string[] {
  return [
    href ? `a href="${escapeAttribute(href)}"` : '',
    isBold ? 'strong' : '',
    isItalic ? 'em' : '',
    isStruck ? 's' : '',
    raised ?? '',
  ].filter(Boolean);
}

/** The content of a cell without its paragraph, if it has only one. */
export function withoutParagraph(html: string): string {
  const inner = /^<p>(.*)<\/p>$/s.exec(html)?.[1];
  return inner === undefined || inner.includes('</p>') ? html : inner;
}

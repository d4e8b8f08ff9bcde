import { isAscii, isUtf8 } from 'node:buffer';
import { Rejection } from '../../../../shared/errors/rejection.ts';
import { embeddedName } from '../../media/embeddable.ts';
import type { Deadline } from '../../model/deadline.ts';
import type { FormatReader, SourceText } from '../../model/format-reader.ts';
import type { LocalMedia } from '../../model/local-media.ts';
import {
  RTF_CHARACTERS,
  RTF_MARGINS,
  RTF_PARAGRAPH_ENDS,
  RTF_SKIPPED,
  RTF_WRAPPERS,
} from '../../words/rtf-words.ts';
import { type DocumentProperties, readOfficeStory } from './office-story.ts';
import { RtfDecoder } from './rtf-decoder.ts';
import {
  type Collected,
  endCell,
  endTable,
  type Flow,
  type Group,
  newGroup,
  newStyle,
  PLAIN_PARAGRAPH,
  PLAIN_RUN,
  type Style,
} from './rtf-group.ts';
import { type ListPosition, type RunStyle, StoryWriter } from './story-writer.ts';
import { headingOf, isHeadingRole, roleOfStyle, type StyleRole } from './style-role.ts';

/** Maximum depth of groups. Word's files nest some thirty deep. */
const MAX_DEPTH = 1_000;

/** Maximum number of styles from which a style takes its role. */
const MAX_PARENTS = 20;

/** Number of levels of lists (RTF 1.9.1, `\ilvl`). */
const LIST_LEVELS = 9;

/** Maximum number of pictures of one document. An article shows 50. */
const MAX_PICTURES = 200;

/** Groups with properties of the file. */
const PROPERTIES = new Set(['title', 'author', 'keywords', 'creatim', 'revtim']);

/** A group, a control word with its number, a byte in hexadecimal, a control symbol, or plain characters. */
const TOKEN = /([{}])|\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([\da-f]{2})|\\([^a-z])|[^\\{}]+/giy;

/** Reads RTF 1.9.1, as Word, WordPad, TextEdit and LibreOffice write it. Pictures become media of the article. */
export const rtfReader: FormatReader = {
  name: 'rtf',
  read(source) {
    const story = new RtfStory(source).read();
    return readOfficeStory({ format: 'rtf', ...story }, source);
  },
};

class RtfStory {
  readonly #bytes: Uint8Array;
  readonly #local: LocalMedia;
  readonly #deadline: Deadline;
  readonly #decoder = new RtfDecoder();
  readonly #writer = new StoryWriter();
  readonly #outer: Group[] = [];
  readonly #styles = new Map<number, Style>();
  readonly #info = new Map<string, Collected>();
  readonly #margins: string[] = [];
  #group: Group;
  #pending = '';
  /** Number of characters to leave out, because they replace a character of Unicode. */
  #replaced = 0;
  #defaultFont: number | undefined;
  /** The font and the style that are defined. */
  #newFont = 0;
  #newStyle: Style = newStyle();
  #pictures = 0;
  #leftOut = 0;
  #comments = 0;

  constructor({ input, local, deadline }: Pick<SourceText, 'input' | 'local' | 'deadline'>) {
    this.#bytes = input.bytes;
    this.#local = local;
    this.#deadline = deadline;
    this.#group = newGroup(this.#writer);
  }

  read() {
    const bytes = Buffer.from(this.#bytes.buffer, this.#bytes.byteOffset, this.#bytes.byteLength);
    const isUnicode = !isAscii(bytes) && isUtf8(bytes);
    const source = bytes.toString('latin1');
    const token = new RegExp(TOKEN);
    token.lastIndex = Math.max(0, source.indexOf('{'));
    let isWhole = false;
    for (let found = token.exec(source); found && !isWhole; found = token.exec(source)) {
      this.#deadline.tick();
      const [all, brace, word, number, hex, symbol] = found;
      // A number at the end of a file that was cut off can be a part of a number.
      if (word !== undefined && token.lastIndex === source.length) break;
      if (hex !== undefined) this.#byte(String.fromCharCode(Number.parseInt(hex, 16)));
      else if (brace === '{') this.#open();
      else if (brace === '}') isWhole = this.#close();
      else if (word === 'bin') token.lastIndex += Math.max(0, Number(number ?? 0));
      else if (word !== undefined || symbol !== undefined)
        this.#control(word ?? symbol ?? '', number === undefined ? undefined : Number(number));
      else this.#characters(all, isUnicode);
    }
    this.#flush();
    while (this.#outer.length > 0) this.#close();
    endTable(this.#group.flow);
    const { html, shown } = this.#writer.document();
    const warnings = [
      isWhole ? '' : 'The end of the RTF document is missing.',
      this.#leftOut > 0 ? 'Pictures in the RTF document were left out.' : '',
      this.#comments > 0 ? 'The comments in the RTF document were left out.' : '',
    ].filter(Boolean);
    return { html, shown, margins: this.#margins, properties: this.#properties(), warnings };
  }

  #properties(): DocumentProperties {
    const [title, creator, keywords, created, modified] = [...PROPERTIES].map(
      name => this.#info.get(name)?.text,
    );
    return { title, creator, keywords, created, modified };
  }

  #open(): void {
    this.#flush();
    if (this.#outer.length >= MAX_DEPTH)
      throw new Rejection('unreadable', `The RTF document nests its groups more than ${MAX_DEPTH} deep.`);
    this.#outer.push(this.#group);
    this.#group = { ...this.#group, onClose: undefined, isStarred: false };
    if (this.#group.kind === 'styles') this.#beginStyle();
  }

  /** Returns true at the end of the document. */
  #close(): boolean {
    this.#flush();
    const { onClose } = this.#group;
    const outer = this.#outer.pop();
    if (outer) this.#group = outer;
    onClose?.();
    return this.#outer.length === 0;
  }

  #characters(written: string, isUnicode: boolean): void {
    const text = written.replace(/[\r\n\0]+/g, '');
    const left = text.slice(this.#replaced);
    this.#replaced = Math.max(0, this.#replaced - text.length);
    if (!isUnicode || isAscii(Buffer.from(left, 'latin1'))) this.#pending += left;
    else {
      this.#flush();
      this.#words(Buffer.from(left, 'latin1').toString());
    }
  }

  #byte(byte: string): void {
    if (this.#replaced > 0) this.#replaced -= 1;
    else this.#pending += byte;
  }

  /** Decodes the bytes since the last control word. A character can have two bytes. */
  #flush(): void {
    this.#replaced = 0;
    if (this.#pending === '') return;
    const { isRtl, rtlFont, font } = this.#group;
    const text = this.#decoder.decode(this.#pending, isRtl ? (rtlFont ?? font) : font);
    this.#pending = '';
    this.#words(text);
  }

  #words(text: string): void {
    const group = this.#group;
    if (group.kind === 'collected') group.collected.text += text;
    if (group.kind !== 'story' || group.isHidden || group.isDeleted || text === '') return;
    const { flow, isRtl, isRtlBold, isRtlItalic, isStruck, raised, field } = group;
    const writer = this.#writerOf(group);
    let words = text;
    if (writer.isEmpty && /^\s*•/.test(text)) {
      flow.label = '•';
      words = text.replace(/^\s*•/, '');
    }
    const role = this.#roleOf(group);
    const isPlain = isHeadingRole(role);
    const style: RunStyle = isPlain
      ? { href: field?.href }
      : {
          isBold: isRtl ? (isRtlBold ?? group.isBold) : group.isBold,
          isItalic: isRtl ? (isRtlItalic ?? group.isItalic) : group.isItalic,
          isStruck,
          raised,
          href: field?.href,
        };
    writer.text(words, style);
  }

  #writerOf({ flow, isInTable }: Group): StoryWriter {
    if (isInTable) {
      if (!flow.writer.isEmpty) flow.writer.endParagraph();
      flow.cell ??= flow.writer.inner();
      return flow.cell;
    }
    endTable(flow);
    return flow.writer;
  }

  #roleOf({ style, outline }: Group): StyleRole | undefined {
    let level = outline;
    let next: number | undefined = style;
    for (let count = 0; next !== undefined && count < MAX_PARENTS; count += 1) {
      const found: Style | undefined = this.#styles.get(next);
      const role = roleOfStyle(found?.name ?? '');
      if (role) return role;
      level ??= found?.outline;
      next = found?.base;
    }
    return level !== undefined && level < LIST_LEVELS ? headingOf(level + 1) : undefined;
  }

  #endParagraph(): void {
    const group = this.#group;
    if (group.kind !== 'story') return;
    const { flow, level } = group;
    const label = flow.label.trim();
    const list: ListPosition | undefined = label
      ? {
          level,
          isOrdered: /^\(?[\p{L}\p{N}]{1,6}[.):\]-]|^\d{1,3}$/u.test(label),
          isFirst: /^\(?[1a][.):\]-]/i.test(label),
        }
      : undefined;
    // An empty paragraph does not end a table.
    const writer = !group.isInTable && flow.writer.isEmpty ? flow.writer : this.#writerOf(group);
    writer.endParagraph(this.#roleOf(group), list);
    flow.label = '';
  }

  #endCell(): void {
    const { flow, kind } = this.#group;
    if (kind !== 'story') return;
    flow.cell ??= flow.writer.inner();
    const { isInTable } = this.#group;
    this.#group.isInTable = true;
    this.#endParagraph();
    this.#group.isInTable = isInTable;
    endCell(flow);
  }

  #control(word: string, number: number | undefined): void {
    const character = RTF_CHARACTERS.get(word);
    if (character !== undefined && this.#replaced > 0) {
      this.#replaced -= 1;
      return;
    }
    if (word === 'u') {
      this.#flush();
      // The number has a sign, because it was stored in 16 bits.
      this.#words(this.#decoder.character((number ?? 0x3f) & 0xffff));
      this.#replaced = this.#group.replacements;
      return;
    }
    this.#flush();
    if (character !== undefined) this.#words(character);
    else if (word === '*') this.#group.isStarred = true;
    else if (this.#destination(word)) this.#group.isStarred = false;
    else if (this.#group.isStarred) {
      this.#group.kind = 'skipped';
      this.#group.isStarred = false;
    } else if (RTF_PARAGRAPH_ENDS.has(word)) this.#endParagraph();
    else this.#property(word, number);
  }

  /** Returns true if the word begins a group of its own kind. */
  #destination(word: string): boolean {
    const group = this.#group;
    const { kind } = group;
    if (kind === 'skipped') return false;
    if (kind === 'wrapper') {
      const writer = this.#writerOf(group);
      if (word === 'shptxt' || word === 'dptxbxtext') this.#inner(html => writer.box(html));
      else if (word === 'pict') this.#picture();
      else if (word === 'ud') group.kind = 'story';
      else if (RTF_SKIPPED.has(word)) group.kind = 'skipped';
      return group.kind !== 'wrapper' || RTF_WRAPPERS.has(word);
    }
    if (kind === 'info') {
      if (!PROPERTIES.has(word)) return word === 'upr' || word === 'ud';
      const collected = { text: '' };
      this.#info.set(word, collected);
      this.#collect(collected);
      return true;
    }
    if (RTF_SKIPPED.has(word)) group.kind = 'skipped';
    else if (RTF_WRAPPERS.has(word)) group.kind = 'wrapper';
    else if (RTF_MARGINS.has(word)) this.#margin();
    else if (!this.#named(word)) return false;
    return true;
  }

  #named(word: string): boolean {
    const group = this.#group;
    const { flow } = group;
    switch (word) {
      case 'fonttbl':
        group.kind = 'fonts';
        return true;
      case 'stylesheet':
        group.kind = 'styles';
        return true;
      case 'info':
        group.kind = 'info';
        return true;
      case 'shppict':
        return true;
      case 'pict':
        this.#picture();
        return true;
      case 'annotation':
        this.#comments += 1;
        group.kind = 'skipped';
        return true;
      case 'listtext':
      case 'pntext': {
        const label = { text: '' };
        this.#collect(label, () => {
          flow.label = label.text;
        });
        return true;
      }
      case 'footnote': {
        const writer = this.#writerOf(group);
        if (group.isHidden || group.isDeleted) group.kind = 'skipped';
        else this.#inner(html => writer.note(html));
        return true;
      }
      case 'field':
        group.field = { href: group.field?.href };
        return true;
      case 'fldinst': {
        const instruction = { text: '' };
        const { field } = group;
        this.#collect(instruction, () => {
          const href = /^\s*HYPERLINK\s+"?([^"\s\\]{1,2000})/i.exec(instruction.text)?.[1];
          if (field && href) field.href = href;
        });
        return true;
      }
      default:
        return false;
    }
  }

  #collect(collected: Collected, onClose?: () => void): void {
    this.#group.kind = 'collected';
    this.#group.collected = collected;
    this.#group.onClose = onClose;
  }

  /** Begins a note or a text box. */
  #inner(use: (html: string) => void): void {
    const group = this.#group;
    const flow: Flow = { writer: group.flow.writer.inner(), label: '' };
    Object.assign(group, newGroup(flow.writer), {
      flow,
      font: group.font,
      replacements: group.replacements,
      onClose: () => {
        endTable(flow);
        use(flow.writer.content());
      },
    } satisfies Partial<Group>);
  }

  #margin(): void {
    const writer = new StoryWriter();
    this.#group.kind = 'story';
    this.#group.flow = { writer, label: '' };
    this.#group.onClose = () => {
      this.#margins.push(...writer.document().shown.split('\n'));
    };
  }

  #picture(): void {
    const group = this.#group;
    const hex = { text: '' };
    this.#collect(hex, () => {
      const bytes = Buffer.from(hex.text.replaceAll(' ', ''), 'hex');
      const name = embeddedName(`picture-${this.#pictures + 1}`, bytes);
      if (name === undefined || group.isHidden || group.isDeleted || this.#pictures >= MAX_PICTURES)
        this.#leftOut += 1;
      else {
        this.#pictures += 1;
        this.#writerOf(group).picture(this.#local.embed(name, bytes), '');
      }
    });
  }

  #beginStyle(): void {
    const group = this.#group;
    const style = newStyle();
    const name = { text: '' };
    this.#newStyle = style;
    this.#collect(name, () => {
      // Styles of characters and tables are skipped. A style can have several names.
      if (group.kind === 'skipped') return;
      this.#styles.set(style.number, { ...style, name: name.text.replace(/[,;].*$/s, '') });
    });
  }

  #property(word: string, number: number | undefined): void {
    const group = this.#group;
    const isOn = number !== 0;
    switch (word) {
      case 'cell':
        this.#endCell();
        break;
      case 'row':
        if (group.kind === 'story') group.flow.writer.endRow();
        break;
      case 'line':
      case 'softline':
        if (group.kind === 'story') this.#writerOf(group).lineBreak();
        break;
      case 'pard':
        Object.assign(group, PLAIN_PARAGRAPH);
        break;
      case 'plain':
        Object.assign(group, PLAIN_RUN, { font: this.#defaultFont });
        break;
      case 's':
        this.#newStyle.number = number ?? 0;
        group.style = number ?? 0;
        break;
      case 'sbasedon':
        this.#newStyle.base = number;
        break;
      case 'outlinelevel':
        this.#newStyle.outline = number ?? 0;
        group.outline = number ?? 0;
        break;
      case 'ilvl':
        group.level = Math.min(Math.max(number ?? 0, 0), LIST_LEVELS - 1);
        break;
      case 'intbl':
        group.isInTable = isOn;
        break;
      case 'b':
        group.isBold = isOn;
        break;
      case 'i':
        group.isItalic = isOn;
        break;
      case 'ab':
        group.isRtlBold = isOn;
        break;
      case 'ai':
        group.isRtlItalic = isOn;
        break;
      case 'strike':
      case 'striked':
        group.isStruck = isOn;
        break;
      case 'super':
        group.raised = isOn ? 'sup' : undefined;
        break;
      case 'sub':
        group.raised = isOn ? 'sub' : undefined;
        break;
      case 'nosupersub':
        group.raised = undefined;
        break;
      case 'v':
        group.isHidden = isOn;
        break;
      case 'deleted':
        group.isDeleted = isOn;
        break;
      case 'rtlch':
        group.isRtl = true;
        break;
      case 'ltrch':
        group.isRtl = false;
        break;
      case 'uc':
        group.replacements = Math.max(0, number ?? 1);
        break;
      default:
        if (group.kind === 'collected') group.collected.text += datePart(word, number ?? 0);
        else this.#fontProperty(word, number ?? 0);
    }
  }

  #fontProperty(word: string, number: number): void {
    const group = this.#group;
    const isDefinition = group.kind === 'fonts';
    if (word === 'f' && isDefinition) this.#newFont = number;
    else if (word === 'fcharset' && isDefinition) this.#decoder.setCharset(this.#newFont, number);
    else if (word === 'cpg' && isDefinition) this.#decoder.setPage(this.#newFont, number);
    else if (word === 'f') group.font = number;
    else if (word === 'af') group.rtlFont = number;
    else if (word === 'deff') group.font = this.#defaultFont = number;
    else if (word === 'ansicpg') this.#decoder.page = number;
    else if (word === 'mac') this.#decoder.page = 10_000;
    else if (word === 'pc') this.#decoder.page = 437;
    else if (word === 'pca') this.#decoder.page = 850;
  }
}

/** A part of a date in the properties, which has a control word for each part. */
function datePart(word: string, number: number): string {
  const digits = String(number).padStart(2, '0');
  switch (word) {
    case 'yr':
      return digits;
    case 'mo':
    case 'dy':
      return `-${digits}`;
    case 'hr':
      return `T${digits}`;
    case 'min':
      return `:${digits}`;
    default:
      return '';
  }
}

import { isAscii, isUtf8 } from 'node:buffer';
import { Rejection } from '../../../../shared/errors/rejection.ts';
import type { Deadline } from '../../model/deadline.ts';
import type { FormatReader, SourceText } from '../../model/format-reader.ts';
import { RTF_CHARACTERS, RTF_PARAGRAPH_ENDS } from '../../words/rtf-words.ts';
import { readOfficeStory } from './office-story.ts';
import { RtfDecoder } from './rtf-decoder.ts';
import { type Aside, beginDestination, collect, propertiesIn } from './rtf-destinations.ts';
import { endCell, endTable, type Group, newGroup, newStyle, type Style, writerOf } from './rtf-group.ts';
import { datePart, GROUP_PROPERTIES, LIST_LEVELS } from './rtf-properties.ts';
import { type ListPosition, type RunStyle, StoryWriter } from './story-writer.ts';
import { headingOf, isHeadingRole, roleOfStyle, type StyleRole } from './style-role.ts';

/** Maximum depth of groups. Word's files nest some thirty deep. */
const MAX_DEPTH = 1_000;

/** Maximum number of styles from which a style takes its role. */
const MAX_PARENTS = 20;

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
  readonly #deadline: Deadline;
  readonly #decoder = new RtfDecoder();
  readonly #writer = new StoryWriter();
  readonly #outer: Group[] = [];
  readonly #styles = new Map<number, Style>();
  readonly #aside: Aside;
  #group: Group;
  #pending = '';
  /** Number of characters to leave out, because they replace a character of Unicode. */
  #replaced = 0;
  #defaultFont: number | undefined;
  /** The font and the style that are defined. */
  #newFont = 0;
  #newStyle: Style = newStyle();

  constructor({ input, local, deadline }: Pick<SourceText, 'input' | 'local' | 'deadline'>) {
    this.#bytes = input.bytes;
    this.#aside = { local, properties: new Map(), margins: [], pictures: 0, leftOut: 0, comments: [] };
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
    const { margins, properties, leftOut, comments } = this.#aside;
    const warnings = [
      isWhole ? '' : 'The end of the RTF document is missing.',
      leftOut > 0 ? 'Pictures in the RTF document were left out.' : '',
      comments.length > 0 ? 'The comments in the RTF document were left out.' : '',
    ].filter(Boolean);
    return { html, shown, margins, comments, properties: propertiesIn(properties), warnings };
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
    const writer = writerOf(group);
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
    const writer = !group.isInTable && flow.writer.isEmpty ? flow.writer : writerOf(group);
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
    else if (beginDestination(word, this.#group, this.#aside)) this.#group.isStarred = false;
    else if (this.#group.isStarred) {
      this.#group.kind = 'skipped';
      this.#group.isStarred = false;
    } else if (RTF_PARAGRAPH_ENDS.has(word)) this.#endParagraph();
    else this.#property(word, number);
  }

  #beginStyle(): void {
    const group = this.#group;
    const style = newStyle();
    const name = { text: '' };
    this.#newStyle = style;
    collect(group, name, () => {
      // Styles of characters and tables are skipped. A style can have several names.
      if (group.kind === 'skipped') return;
      this.#styles.set(style.number, { ...style, name: name.text.replace(/[,;].*$/s, '') });
    });
  }

  #property(word: string, number: number | undefined): void {
    const group = this.#group;
    const change = GROUP_PROPERTIES.get(word);
    if (change) Object.assign(group, change(number));
    switch (word) {
      case 'cell':
        this.#endCell();
        break;
      case 'row':
        if (group.kind === 'story') group.flow.writer.endRow();
        break;
      case 'line':
      case 'softline':
        if (group.kind === 'story') writerOf(group).lineBreak();
        break;
      case 'plain':
        group.font = this.#defaultFont;
        break;
      case 's':
        this.#newStyle.number = group.style;
        break;
      case 'sbasedon':
        this.#newStyle.base = number;
        break;
      case 'outlinelevel':
        this.#newStyle.outline = group.outline;
        break;
      default:
        if (change) return;
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

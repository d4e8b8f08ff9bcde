import { type StoryWriter, withoutParagraph } from './story-writer.ts';

/** Where the words of a group go. */
export interface Flow {
  writer: StoryWriter;
  /** The open cell of a table. */
  cell?: StoryWriter | undefined;
  /** The bullet or number of the paragraph. */
  label: string;
}

/** A text that a group states: a name, a property or the instruction of a field. */
export interface Collected {
  text: string;
}

/** The state of a group. Groups inside it begin with a copy. */
export interface Group {
  /**
   * What the words are: of the story, of something that is collected, or of nothing. In a wrapper some groups are read,
   * in a skipped group none.
   */
  kind: 'story' | 'collected' | 'fonts' | 'styles' | 'info' | 'wrapper' | 'skipped';
  flow: Flow;
  collected: Collected;
  onClose: (() => void) | undefined;
  /** Whether the group began with `\*`: a reader skips it if it does not know the next word. */
  isStarred: boolean;
  /** Number of characters after `\u` that are its replacement for old readers. */
  replacements: number;
  font: number | undefined;
  /** Font, weight and slant of runs from right to left. */
  rtlFont: number | undefined;
  isRtlBold: boolean | undefined;
  isRtlItalic: boolean | undefined;
  isRtl: boolean;
  isBold: boolean;
  isItalic: boolean;
  isStruck: boolean;
  isHidden: boolean;
  isDeleted: boolean;
  raised: 'sup' | 'sub' | undefined;
  field: { href?: string | undefined } | undefined;
  style: number;
  outline: number | undefined;
  level: number;
  isInTable: boolean;
}

export interface Style {
  number: number;
  name: string;
  base: number | undefined;
  outline: number | undefined;
}

export function endCell(flow: Flow): void {
  if (flow.cell) flow.writer.cell(withoutParagraph(flow.cell.content()));
  flow.cell = undefined;
}

/** Ends the table, and a cell without an end. */
export function endTable(flow: Flow): void {
  endCell(flow);
  flow.writer.endTable();
}

/** The writer for the words of a group. Outside of a table, this ends the table before. */
export function writerOf({ flow, isInTable }: Group): StoryWriter {
  if (isInTable) {
    if (!flow.writer.isEmpty) flow.writer.endParagraph();
    flow.cell ??= flow.writer.inner();
    return flow.cell;
  }
  endTable(flow);
  return flow.writer;
}

export const PLAIN_PARAGRAPH = {
  style: 0,
  outline: undefined,
  level: 0,
  isInTable: false,
} satisfies Partial<Group>;

export const PLAIN_RUN = {
  rtlFont: undefined,
  isRtlBold: undefined,
  isRtlItalic: undefined,
  isRtl: false,
  isBold: false,
  isItalic: false,
  isStruck: false,
  isHidden: false,
  isDeleted: false,
  raised: undefined,
} satisfies Partial<Group>;

export function newGroup(writer: StoryWriter): Group {
  return {
    kind: 'story',
    flow: { writer, label: '' },
    collected: { text: '' },
    onClose: undefined,
    isStarred: false,
    replacements: 1,
    font: undefined,
    field: undefined,
    ...PLAIN_RUN,
    ...PLAIN_PARAGRAPH,
  };
}

export function newStyle(): Style {
  return { number: 0, name: '', base: undefined, outline: undefined };
}

import { type Group, PLAIN_PARAGRAPH, PLAIN_RUN } from './rtf-group.ts';

/** Number of levels of lists (RTF 1.9.1, `\ilvl`). */
export const LIST_LEVELS = 9;

/** What the control words of runs and paragraphs change in their group. The number `0` switches a property off. */
export const GROUP_PROPERTIES: ReadonlyMap<string, (number: number | undefined) => Partial<Group>> = new Map<
  string,
  (number: number | undefined) => Partial<Group>
>([
  ['pard', () => PLAIN_PARAGRAPH],
  ['s', number => ({ style: number ?? 0 })],
  ['outlinelevel', number => ({ outline: number ?? 0 })],
  ['ilvl', number => ({ level: Math.min(Math.max(number ?? 0, 0), LIST_LEVELS - 1) })],
  ['intbl', number => ({ isInTable: number !== 0 })],
  ['plain', () => PLAIN_RUN],
  ['b', number => ({ isBold: number !== 0 })],
  ['i', number => ({ isItalic: number !== 0 })],
  ['ab', number => ({ isRtlBold: number !== 0 })],
  ['ai', number => ({ isRtlItalic: number !== 0 })],
  ['strike', number => ({ isStruck: number !== 0 })],
  ['striked', number => ({ isStruck: number !== 0 })],
  ['super', number => ({ raised: number === 0 ? undefined : 'sup' })],
  ['sub', number => ({ raised: number === 0 ? undefined : 'sub' })],
  ['nosupersub', () => ({ raised: undefined })],
  ['v', number => ({ isHidden: number !== 0 })],
  ['deleted', number => ({ isDeleted: number !== 0 })],
  ['rtlch', () => ({ isRtl: true })],
  ['ltrch', () => ({ isRtl: false })],
  ['uc', number => ({ replacements: Math.max(0, number ?? 1) })],
]);

/** A part of a date in the properties of the file, which has a control word for each part. */
export function datePart(word: string, number: number): string {
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

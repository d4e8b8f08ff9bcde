import {
  CAPTION_STYLES,
  HEADING_STYLES,
  QUOTE_STYLES,
  SUBTITLE_STYLES,
  TITLE_STYLES,
} from '../../words/office-styles.ts';

/** What the style of a paragraph says about it. */
export type StyleRole = 'headline' | 'dek' | 'quote' | 'caption' | 'h1' | 'h2' | 'h3' | 'h4' | 'h5' | 'h6';

const HEADINGS = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'] as const;

const lowered = (names: readonly string[]) => new Set(names.map(name => name.toLowerCase()));
const TITLES = lowered(TITLE_STYLES);
const SUBTITLES = lowered(SUBTITLE_STYLES);
const HEADING_NAMES = lowered(['Heading', ...HEADING_STYLES]);
const QUOTES = lowered(QUOTE_STYLES);
const CAPTIONS = lowered(CAPTION_STYLES);

/** The role of a paragraph by the name of its style: `Title`, `heading 2`, `Überschrift 1`. */
export function roleOfStyle(name: string): StyleRole | undefined {
  const known = name.trim().toLowerCase();
  if (TITLES.has(known)) return 'headline';
  if (SUBTITLES.has(known)) return 'dek';
  if (QUOTES.has(known)) return 'quote';
  if (CAPTIONS.has(known)) return 'caption';
  const [, words = '', level = ''] = /^(\D{2,30}?)\s?(\d)$/.exec(known) ?? [];
  return HEADING_NAMES.has(words) ? headingOf(Number(level)) : undefined;
}

/** Whether a paragraph is a title or a heading. Its words are bold by its style. */
export function isHeadingRole(role: StyleRole | undefined): boolean {
  return role !== undefined && role !== 'quote' && role !== 'caption';
}

/**
 * The heading of an outline level.
 * @param level 1 for the highest
 */
export function headingOf(level: number): StyleRole | undefined {
  return level >= 1 ? (HEADINGS[level - 1] ?? 'h6') : undefined;
}

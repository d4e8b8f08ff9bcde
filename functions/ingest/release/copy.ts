import type { Term, TermContext } from '../model/release-terms.ts';
import { FRONT_MATTER_KEYS, plainKey, SILENT_KEYS } from '../words/front-matter-keys.ts';
import { STORY_LABEL, WORK_LABEL } from '../words/release-words.ts';
import { isWeekday, readReleaseInstant } from './instants.ts';
import { readKeyed } from './keyed.ts';
import { keyOf } from './keys.ts';
import { type LineTerm, readTermLine } from './line.ts';
import { splitTerms } from './split-terms.ts';
import { hashtagsOf, termsOfTags } from './tags.ts';
import { has, isShouted } from './term-words.ts';
import { releaseVocabulary } from './vocabulary.ts';

/** A line of a story: a paragraph, a heading, a table row, or the text between two line breaks. */
export interface StoryLine {
  text: string;
  isHeading?: boolean;
  /** Whether the line is prose. Default: the length of the line decides. */
  isProse?: boolean;
  /** The cells, if the line is a row of a table. */
  cells?: readonly string[];
}

/** Lines that hold release terms. */
export interface FoundTerms {
  /** Index of the first line. */
  from: number;
  /** Index of the last line. */
  to: number;
  terms: Term[];
  /** The text of the first line without the term. */
  rest?: string;
  /** Whether the line stays in the story because it can be a sentence of the story. */
  isKept?: boolean;
}

/** Minimum length of a line of prose, in characters. */
const MIN_PROSE_CHARS = 80;

/**
 * Number of characters that a Chinese, Japanese or Korean character counts as, because prose in these scripts
 * has fewer characters.
 */
const CJK_CHAR_WEIGHT = 2.5;

/** Number of the first paragraph after the head of a story, counted from the start. */
const HEAD_PARAGRAPHS = 4;

/** Number of the last paragraph before the foot of a story, counted from the end. */
const FOOT_PARAGRAPHS = 2;

/** Maximum number of lines in the head. */
const MAX_HEAD_LINES = 40;

/** Maximum number of lines in the foot. */
const MAX_FOOT_LINES = 15;

/** Maximum number of lines below a term that can hold its date. */
const MAX_DATE_LINES = 3;

/** Maximum length of a line that is only a date, in characters. */
const MAX_DATE_CHARS = 60;

/**
 * Finds the release terms at the head and the foot of a story. In the middle of a story, words of release terms
 * are quotations.
 * @param isPage whether the lines belong to a page with boilerplate, where single words and tables are not
 *   terms
 */
export function findTerms(lines: readonly StoryLine[], context: TermContext, isPage = false): FoundTerms[] {
  const prose = lines.flatMap((line, at) => ((line.isProse ?? isProse(line.text)) ? [at] : []));
  const headEnd = Math.min(prose[HEAD_PARAGRAPHS - 1] ?? lines.length, MAX_HEAD_LINES);
  const footStart = Math.max(headEnd, (prose.at(-FOOT_PARAGRAPHS) ?? -1) + 1, lines.length - MAX_FOOT_LINES);
  const [firstProse = lines.length, secondProse = lines.length] = prose;
  const lastProse = prose.at(-1) ?? -1;
  const found: FoundTerms[] = [];
  const isOutside = (at: number) => at < firstProse || at > lastProse;
  for (let at = 0; at < lines.length; at = at === headEnd - 1 ? Math.max(footStart, headEnd) : at + 1) {
    const line = lines[at];
    if (!line) continue;
    const table = readColumns(lines, at, context);
    if (table) {
      found.push(table);
      at = table.to;
      continue;
    }
    if (isTableHead(lines, at)) continue;
    const term = readTermLine(line.text, context);
    if (term && prose.length > 0 && at > lastProse && isData(lines, at, term)) continue;
    const tags = term ? undefined : hashtagsOf(line.text);
    if (tags) {
      const others = lines.map(({ text }, index) => (index === at ? '' : text)).join('\n');
      const terms = termsOfTags(tags, others);
      if (terms.length > 0) found.push({ from: at, to: at, terms });
      continue;
    }
    if (!term && at === 0 && prose.length === 0 && isCancellation(line.text)) {
      found.push({ from: at, to: at, terms: [{ kind: 'hold', quote: line.text, why: 'unclear' }] });
      continue;
    }
    const counts =
      term?.sureness === 'sure' ||
      (term?.sureness === 'bare' &&
        !isPage &&
        isOutside(at) &&
        !isSubheading(lines, at) &&
        // “Kein Embargo” directly above the story is its headline.
        !(term.terms.length === 0 && at === 0 && firstProse === 1) &&
        !isOfWork(lines, at)) ||
      (term?.sureness === 'unclear' && (at < secondProse || at > lastProse));
    // “KILL: Minister resigns” contains the headline. If the headline stands above, the whole line is the
    // term.
    const split =
      (at <= secondProse || (at > lastProse && !isPage)) &&
      term?.sureness !== 'sure' &&
      !(term && counts && at > 0 && !line.isHeading)
        ? splitTerms(line.text, context)
        : undefined;
    if (split) found.push({ from: at, to: at, terms: split.terms, rest: split.text });
    else if (term && counts) {
      const dated = withDate(lines, at, term, context);
      found.push(term.isSentence ? { ...dated, isKept: true } : dated);
      at = dated.to;
    }
  }
  return found;
}

/** Number of lines on each side in which the other labels of a film, an album or a game are searched. */
const MAX_BOX_LINES = 6;

/** Whether a labelled line belongs to the data of a film, an album or a game: “Release date: 5 March”. */
function isOfWork(lines: readonly StoryLine[], at: number): boolean {
  return (
    /[:：|]/.test(lines[at]?.text ?? '') &&
    lines.slice(Math.max(0, at - MAX_BOX_LINES), at + MAX_BOX_LINES).some(({ text }) => WORK_LABEL.test(text))
  );
}

/** A label at the start of a line, a list item or a table row. */
const LABEL = /^[\s*_|•–-]*([\p{L}\p{M}][\p{L}\p{M}\p{N} .'’-]{0,30}?)[*_]*\s?[:：|]/u;

/**
 * Whether a labelled line below the story is data of the story: “Status: cancelled” above “Route: 7”. The other labels
 * beside it are then no labels of a story.
 */
function isData(lines: readonly StoryLine[], at: number, { terms }: LineTerm): boolean {
  const label = (index: number) => {
    const [, found] = LABEL.exec(lines[index]?.text ?? '') ?? [];
    return found;
  };
  const own = label(at);
  const key = own && keyOf(own);
  if (!key || !/^(?:status|start|publication|switch|withdraw|draft|hold)$/.test(key)) return false;
  // “Hold: yes” is understood, and “Hold: 3 lanes” is not.
  const isOrder = terms.some(term => term.kind === 'hold' && term.why !== 'unclear');
  if (isOrder && key !== 'status') return false;
  const others: string[] = [];
  for (const step of [-1, 1])
    for (let next = at + step; Math.abs(next - at) <= MAX_BOX_LINES; next += step) {
      const other = label(next);
      if (other === undefined) break;
      others.push(other);
    }
  const isOfStory = (other: string) => {
    const plain = plainKey(other);
    return (
      FRONT_MATTER_KEYS.has(plain) ||
      SILENT_KEYS.has(plain) ||
      STORY_LABEL.test(other) ||
      keyOf(other) !== undefined
    );
  };
  return others.length >= (key === 'status' ? 2 : 1) && !others.some(isOfStory);
}

/** Whether a line is only a cancellation: “ANNULATION”. Above prose, such a line can be the headline. */
function isCancellation(line: string): boolean {
  const words = releaseVocabulary().read(line);
  return isShouted(line) && has(words, 'cancel') && words.every(({ meanings }) => meanings !== undefined);
}

/** A line between the head and the rows of a table. */
const TABLE_RULE = /^[|\s:+=-]+$/;

/** Reads a table of two rows, whose first row has the labels and whose second row has the values. */
function readColumns(
  lines: readonly StoryLine[],
  from: number,
  context: TermContext,
): FoundTerms | undefined {
  const labels = cellsOf(lines[from]);
  const to = nextRow(lines, from);
  const values = cellsOf(lines[to]);
  if (labels.length < 2 || values.length !== labels.length || isTableHead(lines, from)) return undefined;
  // “Film” and “Release date” are labels of data. “Slug” and “Publish at” are labels of a story.
  const isMetadata = labels
    .map(label => label.toLowerCase())
    .some(label => FRONT_MATTER_KEYS.has(label) || SILENT_KEYS.has(label));
  const terms = labels
    .filter(label => isMetadata || keyOf(label) !== 'start')
    .flatMap(label => readKeyed(label, values[labels.indexOf(label)], context, true))
    .filter(term => isMetadata || !(term.kind === 'hold' && term.why === 'unclear'));
  return terms.length > 0 ? { from, to, terms } : undefined;
}

/** Whether a line is the first row of a table with more than two rows. Such a table is data of the story. */
function isTableHead(lines: readonly StoryLine[], at: number): boolean {
  const { length } = cellsOf(lines[at]);
  const second = nextRow(lines, at);
  return length > 2 && [second, second + 1].every(row => cellsOf(lines[row]).length === length);
}

function nextRow(lines: readonly StoryLine[], at: number): number {
  return TABLE_RULE.test(lines[at + 1]?.text ?? '') ? at + 2 : at + 1;
}

function cellsOf(line: StoryLine | undefined): readonly string[] {
  if (!line) return [];
  return (
    line.cells ??
    line.text
      .replace(/^\s*\||\|\s*$/g, '')
      .split(/\s*\|\s*|\t|\s{3,}/)
      .map(cell => cell.trim())
  );
}

/** Whether a line is a heading within the story. “Draft” above another heading is a term. */
function isSubheading(lines: readonly StoryLine[], at: number): boolean {
  return lines[at]?.isHeading === true && !(at === 0 && lines[1]?.isHeading);
}

/** Adds the lines below a term that hold only its date. */
function withDate(
  lines: readonly StoryLine[],
  from: number,
  { terms }: LineTerm,
  context: TermContext,
): FoundTerms {
  const alone = { from, to: from, terms };
  if (!terms.some(({ kind }) => kind === 'hold')) return alone;
  let text = lines[from]?.text ?? '';
  for (let to = from + 1; to <= from + MAX_DATE_LINES; to++) {
    const next = lines[to]?.text ?? '';
    if (!isDate(next, context)) break;
    text += ` ${next}`;
    const joined = readTermLine(text, context);
    if (joined?.terms.some(({ kind }) => kind === 'until')) return { from, to, terms: joined.terms };
  }
  return alone;
}

function isDate(text: string, context: TermContext): boolean {
  if (text.length > MAX_DATE_CHARS || !/\d/.test(text))
    return /^\p{L}{3,20}$/u.test(text) && isWeekday(text.toLowerCase());
  const { at, left } = readReleaseInstant(text, context);
  const isOther = (left.match(/\p{L}{4,}/gu) ?? []).some(word => !isWeekday(word));
  return at !== undefined ? !isOther : /\d[:.h]\d\d|\d ?[ap]\.?m/iu.test(text);
}

function isProse(text: string): boolean {
  if (text.length >= MIN_PROSE_CHARS) return true;
  const dense =
    text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
  return text.length + dense * (CJK_CHAR_WEIGHT - 1) >= MIN_PROSE_CHARS;
}

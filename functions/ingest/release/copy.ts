import type { Term, TermContext } from '../model/release-terms.ts';
import { isWeekday, readReleaseInstant } from './instants.ts';
import { type LineTerm, readTermLine, splitTerms } from './line.ts';

/** A line of copy: a paragraph, a heading, a row of a table, or what stands between two line breaks. */
export interface CopyLine {
  text: string;
  isHeading?: boolean;
  /** Overrides what the length says. */
  isProse?: boolean;
}

/** Lines that are release terms: from the first to the last, or the text that stays of the first. */
export interface FoundTerms {
  from: number;
  to: number;
  terms: Term[];
  /** What the line says besides the term. */
  rest?: string;
  /** Whether the line stays in the story, since it may be a sentence of it. */
  isKept?: boolean;
}

/** Characters of a line from which on it is prose; what Chinese, Japanese and Korean write is shorter by this factor. */
const PROSE_CHARS = 80;
const DENSE = 2.5;

/** The head of a story ends before this paragraph, and its foot begins behind this one from the end. */
const HEAD_PARAGRAPHS = 4;
const FOOT_PARAGRAPHS = 2;

/** Lines of the head and of the foot that are looked at. */
const MAX_HEAD_LINES = 40;
const MAX_FOOT_LINES = 15;

/** Lines below a term that can hold its date. */
const MAX_DATE_LINES = 3;

/**
 * The release terms among the lines of a story. A term stands by itself, at the head or at the foot: within a story, it is
 * what somebody is quoted with.
 * @param isPage whether the lines are those of a page with boilerplate, which has single words and tables of its own
 */
export function findTerms(lines: readonly CopyLine[], context: TermContext, isPage = false): FoundTerms[] {
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
    const term = readTermLine(line.text, context);
    const counts =
      term?.sureness === 'sure' ||
      (term?.sureness === 'bare' && !isPage && isOutside(at) && !isSubheading(lines, at)) ||
      (term?.sureness === 'unclear' && (at < secondProse || at > lastProse));
    // “KILL: Minister resigns” has a headline; below the headline, the words belong to the term.
    const split =
      at <= secondProse && term?.sureness !== 'sure' && !(term && counts && at > 0 && !line.isHeading)
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

/** Whether a line is a heading of the story: “Draft” above another heading is none. */
function isSubheading(lines: readonly CopyLine[], at: number): boolean {
  return lines[at]?.isHeading === true && !(at === 0 && lines[1]?.isHeading);
}

/** The lines below that hold nothing but the date belong to a term that has none. */
function withDate(
  lines: readonly CopyLine[],
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
  if (text.length > 60 || !/\d/.test(text))
    return /^\p{L}{3,20}$/u.test(text) && isWeekday(text.toLowerCase());
  const { at, left } = readReleaseInstant(text, context);
  return at !== undefined ? !/\p{L}{4}/u.test(left) : /\d[:.h]\d\d|\d ?[ap]\.?m/iu.test(text);
}

function isProse(text: string): boolean {
  if (text.length >= PROSE_CHARS) return true;
  const dense =
    text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
  return text.length + dense * (DENSE - 1) >= PROSE_CHARS;
}

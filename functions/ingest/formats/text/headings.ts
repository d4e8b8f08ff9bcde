import { parseByline } from '../../text/byline.ts';
import type { Block } from './blocks.ts';
import { endsWithColon, endsWithStop, startsLower } from './lines.ts';

/** Maximum width of a sub-heading, in columns. */
const MAX_HEADING_COLUMNS = 96;

/** Maximum length of a sub-heading, in words. */
const MAX_HEADING_WORDS = 16;

/** Maximum length, in words, of a question that is a sub-heading. */
const MAX_QUESTION_WORDS = 9;

/** Maximum width, in columns, of a sub-heading that does not begin with a capital. */
const MAX_UNCAPITALISED_COLUMNS = 44;

/** Minimum width, in columns, of body text below a heading. Narrower text counts if it is wider than the heading. */
const MIN_BODY_COLUMNS = 60;

/** Minimum number of questions of an interview. Fewer may be sub-headings. */
const MIN_QUESTIONS = 3;

/** Maximum number of paragraphs to a question of an interview. A section below a sub-heading has more. */
const MAX_ANSWERS = 3;

const QUESTION = /\?["'”’»]?$/;

/** Number of headings in succession above which the lines are a list. */
const MAX_HEADINGS_IN_SUCCESSION = 3;

/** Maximum length, in characters, of a line such as “Step 1”. */
const MAX_STEP_CHARS = 12;

/** `Q: …`, `Mole: …`, `Referee: …` */
const LABELLED = /^\p{L}[\p{L}\p{M}\p{N} .'’-]{0,30}[:：]\s?\S/u;

/**
 * Turns paragraphs into headings if their form and the blocks around them show a sub-heading. An uncertain line stays
 * a paragraph.
 */
export function findHeadings(blocks: Block[]): void {
  const seen = countTexts(blocks);
  const isLabelled = (block: Block | undefined) => block?.kind === 'paragraph' && LABELLED.test(block.text);
  const looks = blocks.map(
    (block, at) =>
      block.kind === 'paragraph' &&
      looksLikeHeading(block) &&
      seen.get(folded(block.text)) === 1 &&
      // An interview or a list of facts has a label on each line.
      !(isLabelled(block) && (isLabelled(blocks[at - 1]) || isLabelled(blocks[at + 1]))),
  );
  const candidates = blocks.filter((_, at) => looks[at]);
  const questions = candidates.filter(({ text }) => QUESTION.test(text));
  const answers = blocks.filter(({ kind }, at) => kind === 'paragraph' && !looks[at]);
  const isInterview =
    questions.length >= MIN_QUESTIONS &&
    questions.length >= candidates.length / 2 &&
    answers.length <= MAX_ANSWERS * questions.length;
  let announced = false;
  for (const [at, block] of blocks.entries()) {
    if (isInterview && QUESTION.test(block.text)) continue;
    // Short lines below a line with a colon at its end are a list: names, quotations, sums.
    announced = looks[at] === true && (announced || isAnnounced(blocks, at));
    const isHeading = looks[at] && !announced && !isOfList(looks, at) && leads(blocks, looks, at);
    if (isHeading) block.kind = 'heading';
  }
}

/** Whether so many lines in succession look like headings that they are a list. */
function isOfList(looks: readonly boolean[], at: number): boolean {
  let from = at;
  let to = at;
  while (looks[from - 1] && at - from <= MAX_HEADINGS_IN_SUCCESSION) from -= 1;
  while (looks[to + 1] && to - at <= MAX_HEADINGS_IN_SUCCESSION) to += 1;
  return to - from >= MAX_HEADINGS_IN_SUCCESSION;
}

function countTexts(blocks: readonly Block[]): Map<string, number> {
  const seen = new Map<string, number>();
  // A table of contents lists the headings of the story.
  for (const { kind, text } of blocks)
    if (kind !== 'item') seen.set(folded(text), (seen.get(folded(text)) ?? 0) + 1);
  return seen;
}

/** Short lines that differ only in a number are steps or dates: “Step 1”, “1:39 PM ET”. */
function folded(text: string): string {
  return text.length <= MAX_STEP_CHARS ? text.replace(/\d+/g, '0') : text;
}

function looksLikeHeading({ text, width, lines }: Block): boolean {
  if (lines > 2 || width > MAX_HEADING_COLUMNS || !/\p{L}{2}/u.test(text)) return false;
  const words = text.split(/\s+/).length;
  if (words > MAX_HEADING_WORDS) return false;
  // A line that does not begin with a capital must be short.
  if (
    !/^[«“"'‘„¿¡]?[\p{Lu}\p{Lt}\p{N}]/u.test(text) &&
    (startsLower(text) || width > MAX_UNCAPITALISED_COLUMNS)
  )
    return false;
  if (/^[([{【<>–—*#©@…]/u.test(text) || /[,;、，；)\]}>›»–—-]$/u.test(text) || endsWithColon(text))
    return false;
  if (QUESTION.test(text)) return words <= MAX_QUESTION_WORDS && !/[.!?;]\s/.test(text);
  if (endsWithStop(text) || /[。．︱|]/.test(text) || NOT_A_HEADING.test(text) || parseByline(text))
    return false;
  if (/["”]$/.test(text) && !/^["“„«]/.test(text)) return false;
  return !/https?:|www\.|\S@\S|^\d[\d\s:/.,]*\s?(?:[ap]m|[A-Z]{2})?\b[^\p{L}]*$/u.test(text);
}

/** A row of a table, a line that begins with a time, a score. */
const NOT_A_HEADING = /\t|\s{3}|^\d{1,2}[:.]\d{2}\b|(?<!\d)\d{1,2}\s?[–:-]\s?\d{1,2}(?!\d)/;

/** Whether body text, a list, or another heading with body text follows. */
function leads(blocks: readonly Block[], looks: readonly boolean[], at: number): boolean {
  const block = blocks[at];
  const next = blocks[at + 1];
  if (!block || !next || next.kind === 'separator' || startsLower(next.text)) return false;
  // “Serves 4” above the ingredients is a fact.
  if (next.kind === 'lines') return !/(?<!\d)\d{1,2}(?!\d)/.test(block.text);
  if (next.kind !== 'paragraph') return true;
  if (looks[at + 1]) {
    const after = blocks[at + 2];
    return !!after && !startsLower(after.text) && (!looks[at + 2] || !!blocks[at + 3]) && isBody(after, next);
  }
  return isBody(next, block);
}

function isBody(next: Block, heading: Block): boolean {
  return (
    next.kind !== 'paragraph' ||
    next.width >= MIN_BODY_COLUMNS ||
    next.width > 1.2 * heading.width ||
    endsWithStop(next.text)
  );
}

function isAnnounced(blocks: readonly Block[], at: number): boolean {
  const before = blocks[at - 1];
  return before?.kind === 'paragraph' && endsWithColon(before.text) && blocks[at + 1]?.kind !== 'item';
}

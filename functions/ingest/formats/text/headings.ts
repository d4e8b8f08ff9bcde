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

/** Turns paragraphs into headings if their form and the blocks around them show a sub-heading. */
export function findHeadings(blocks: Block[]): void {
  const seen = countTexts(blocks);
  const looks = blocks.map(
    block => block.kind === 'paragraph' && looksLikeHeading(block) && seen.get(block.text) === 1,
  );
  let announced = false;
  for (const [at, block] of blocks.entries()) {
    // Short lines below a line with a colon at its end are a list: names, quotations, sums.
    announced = looks[at] === true && (announced || isAnnounced(blocks, at));
    if (looks[at] && !announced && leads(blocks, looks, at)) block.kind = 'heading';
  }
}

function countTexts(blocks: readonly Block[]): Map<string, number> {
  const seen = new Map<string, number>();
  for (const { text } of blocks) seen.set(text, (seen.get(text) ?? 0) + 1);
  return seen;
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
  if (/\?["'”’]?$/.test(text)) return words <= MAX_QUESTION_WORDS && !/[.!?;]\s/.test(text);
  if (endsWithStop(text) || /[。．]/.test(text)) return false;
  if (/["”]$/.test(text) && !/^["“„«]/.test(text)) return false;
  return !/https?:|www\.|\S@\S|^\d[\d\s:/.,]*\s?(?:[ap]m|[A-Z]{2})?\b[^\p{L}]*$/u.test(text);
}

/** Whether body text, a list, or another heading with body text follows. */
function leads(blocks: readonly Block[], looks: readonly boolean[], at: number): boolean {
  const block = blocks[at];
  const next = blocks[at + 1];
  if (!block || !next || next.kind === 'separator' || startsLower(next.text)) return false;
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

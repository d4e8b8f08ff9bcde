import type { Block } from './blocks.ts';
import { endsWithColon, endsWithStop, startsLower } from './lines.ts';

/** Longest sub-heading, in columns and in words. */
const MAX_WIDTH = 96;
const MAX_WORDS = 16;

/** Longest question that is a sub-heading, in words. */
const MAX_QUESTION_WORDS = 9;

/** What a sub-heading stands above is at least this wide, or longer than the heading itself. */
const BODY_WIDTH = 60;

/** Turns paragraphs that are sub-headings into headings, by their own look and by what stands around them. */
export function findHeadings(blocks: Block[]): void {
  const seen = countTexts(blocks);
  const looks = blocks.map(
    block => block.kind === 'paragraph' && looksLikeHeading(block) && seen.get(block.text) === 1,
  );
  let announced = false;
  for (const [at, block] of blocks.entries()) {
    // Short lines after one that announces them are what it announced: names, quotations, sums.
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
  if (lines > 2 || width > MAX_WIDTH || !/\p{L}{2}/u.test(text)) return false;
  const words = text.split(/\s+/).length;
  if (words > MAX_WORDS) return false;
  // Without capitals to go by, only a short line counts.
  if (!/^[«“"'‘„¿¡]?[\p{Lu}\p{Lt}\p{N}]/u.test(text) && (startsLower(text) || width > 44)) return false;
  if (/^[([{【<>–—*#©@…]/u.test(text) || /[,;、，；)\]}>›»–—-]$/u.test(text) || endsWithColon(text))
    return false;
  if (/\?["'”’]?$/.test(text)) return words <= MAX_QUESTION_WORDS && !/[.!?;]\s/.test(text);
  if (endsWithStop(text) || /[。．]/.test(text)) return false;
  if (/["”]$/.test(text) && !/^["“„«]/.test(text)) return false;
  return !/https?:|www\.|\S@\S|^\d[\d\s:/.,]*\s?(?:[ap]m|[A-Z]{2})?\b[^\p{L}]*$/u.test(text);
}

/** Whether what follows is what headings stand above: a paragraph, a list, or one more heading that does. */
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
    next.width >= BODY_WIDTH ||
    next.width > 1.2 * heading.width ||
    endsWithStop(next.text)
  );
}

function isAnnounced(blocks: readonly Block[], at: number): boolean {
  const before = blocks[at - 1];
  return before?.kind === 'paragraph' && endsWithColon(before.text) && blocks[at + 1]?.kind !== 'item';
}

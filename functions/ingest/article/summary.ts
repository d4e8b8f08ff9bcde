import { type CleanBlock, lineText } from '../clean/blocks.ts';
import { writeText } from '../clean/write.ts';
import { fold, hasWords, head, information, oneLine } from '../text/characters.ts';
import { withoutDateline } from '../text/dateline.ts';
import { sentencesOf, wholeGraphemes } from '../text/sentences.ts';
import { KEY_POINT_LABELS } from '../words/html/clauses.ts';

/** Maximum length of a summary with two sentences, in characters of an alphabet ({@link information}). */
const MAX_TWO_SENTENCES_CHARS = 320;

/** Maximum length of a summary with one sentence, in UTF-16 units. A longer sentence is cut. */
const MAX_SENTENCE_CHARS = 500;

/** Minimum length, in characters of an alphabet, of a first sentence that is a summary without a second sentence. */
const MIN_ALONE_CHARS = 120;

/** Minimum length, in characters of an alphabet, of a sentence without an end mark. A shorter line is a label. */
const MIN_UNMARKED_SENTENCE_CHARS = 60;

/** Minimum length, in UTF-16 units, of a sentence that is cut at a clause. */
const MIN_CLAUSE_CHARS = 80;

/** The end of a sentence of a script that has no space after it. */
const UNSPACED_END = /(?:[。！？．｡][\p{Pe}\p{Pf}]{0,3}|[」』])$/u;

/** Maximum number of paragraphs and sentences that are read for the summary. */
const MAX_PARAGRAPHS = 4;

/** The first paragraphs of a body in order, without quotations. Each is one line of plain text. */
export function firstParagraphsOf(blocks: readonly CleanBlock[]): string[] {
  const paragraphs: string[] = [];
  for (const block of blocks) {
    if (block.name !== 'p' || block.isEmbed) continue;
    const text = oneLine(lineText(block.line));
    if (hasWords(text)) paragraphs.push(text);
    if (paragraphs.length === MAX_PARAGRAPHS) break;
  }
  return paragraphs;
}

/** Makes a summary of one or two whole sentences from the beginning of a story, without its dateline. */
export function summarize(paragraphs: readonly string[], language: string): string {
  const found: string[] = [];
  for (const [index, paragraph] of paragraphs.slice(0, MAX_PARAGRAPHS).entries()) {
    const text = head(paragraph, 3_000);
    found.push(...sentencesOf(index === 0 ? withoutDateline(text) : text, language));
    if (found.length >= MAX_PARAGRAPHS) break;
  }
  const [first = '', second = ''] = withoutLabel(found);
  if (first.length > MAX_SENTENCE_CHARS) return clause(first);
  if (
    second &&
    isWhole(first) &&
    information(first) < MIN_ALONE_CHARS &&
    information(first) + information(second) < MAX_TWO_SENTENCES_CHARS
  )
    return first + (UNSPACED_END.test(first) ? '' : ' ') + second;
  return first;
}

/** Removes lines before the first sentence that are not sentences, such as a place name or a kicker. */
function withoutLabel(sentences: readonly string[]): readonly string[] {
  const [first = ''] = sentences;
  const whole = sentences.findIndex(isWhole);
  return whole > 0 && !isWhole(first) && information(first) < MIN_UNMARKED_SENTENCE_CHARS
    ? sentences.slice(whole)
    : sentences;
}

/** Whether a text ends with the end mark of a sentence. */
function isWhole(text: string): boolean {
  return /[\p{Sentence_Terminal}…][\p{Pf}\p{Pe}"'“]{0,3}$/u.test(text);
}

function clause(sentence: string): string {
  let cut = 0;
  for (const match of sentence.slice(0, MAX_SENTENCE_CHARS).matchAll(/[,;:—–]\s|[、，；：،؛၊፣፤]/gu))
    cut = match.index;
  if (cut < MIN_CLAUSE_CHARS)
    for (const match of sentence.slice(0, MAX_SENTENCE_CHARS).matchAll(/\s/g)) cut = match.index;
  return wholeGraphemes(sentence, cut || MAX_SENTENCE_CHARS);
}

/** The items of the list before the story that is labelled as its key points. */
export function keyPointsOf(blocks: readonly CleanBlock[]): string[] {
  const start = blocks.slice(0, 6).findIndex(block =>
    KEY_POINT_LABELS.has(
      oneLine(lineText(block.line))
        .toLowerCase()
        .replace(/[:：]$/, ''),
    ),
  );
  const list = start >= 0 ? blocks[start + 1] : undefined;
  if (list?.name !== 'ul' && list?.name !== 'ol') return [];
  return list.children.map(item => oneLine(writeText([item]))).filter(hasWords);
}

/** Trims tags and drops repetitions, also in another case. Returns at most 30 tags. */
export function tidyTags(tags: readonly string[]): string[] {
  const byName = new Map<string, string>();
  for (const tag of tags) {
    const name = oneLine(tag).replace(/^#/, '');
    if (hasWords(name) && name.length <= 60 && !byName.has(fold(name))) byName.set(fold(name), name);
  }
  return [...byName.values()].slice(0, 30);
}

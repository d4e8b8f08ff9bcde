import { type CleanBlock, lineText } from '../clean/blocks.ts';
import { writeText } from '../clean/write.ts';
import { fold, hasWords, head, oneLine } from '../text/characters.ts';
import { withoutDateline } from '../text/dateline.ts';
import { sentencesOf, wholeGraphemes } from '../text/sentences.ts';
import { KEY_POINT_LABELS } from '../words/html-clauses.ts';

/** A second sentence is added up to this length, in UTF-16 units. */
const COMFORTABLE = 320;

/** Only a single sentence longer than this is cut. */
const LONGEST = 500;

/** A first sentence shorter than this says too little alone. */
const SHORT = 120;

/** A line shorter than this without an end mark is no sentence. */
const LABEL = 60;

/** So many paragraphs make the summary. */
const FIRST = 4;

/** The first paragraphs of a body, quotations apart, in order: plain text, one line each. */
export function firstParagraphsOf(blocks: readonly CleanBlock[]): string[] {
  const paragraphs: string[] = [];
  for (const block of blocks) {
    if (block.name !== 'p') continue;
    const text = oneLine(lineText(block.line));
    if (hasWords(text)) paragraphs.push(text);
    if (paragraphs.length === FIRST) break;
  }
  return paragraphs;
}

/** One or two whole sentences from the beginning of a story, without its dateline. */
export function summarize(paragraphs: readonly string[], language: string): string {
  const found: string[] = [];
  for (const [index, paragraph] of paragraphs.slice(0, FIRST).entries()) {
    const text = head(paragraph, 3_000);
    found.push(...sentencesOf(index === 0 ? withoutDateline(text) : text, language));
    if (found.length >= FIRST) break;
  }
  const [first = '', second = ''] = withoutLabel(found);
  if (first.length > LONGEST) return clause(first);
  if (second && isWhole(first) && first.length < SHORT && first.length + second.length < COMFORTABLE)
    return first + (/[。！？．｡」』]$/.test(first) ? '' : ' ') + second;
  return first;
}

/** Without a line before the first sentence that is none: the name of a place, a kicker. */
function withoutLabel(sentences: readonly string[]): readonly string[] {
  const [first = ''] = sentences;
  const whole = sentences.findIndex(isWhole);
  return whole > 0 && !isWhole(first) && first.length < LABEL ? sentences.slice(whole) : sentences;
}

/** True where a text ends as sentences do: without a mark, what is joined to it would run on. */
function isWhole(text: string): boolean {
  return /[\p{Sentence_Terminal}…][\p{Pf}\p{Pe}"'“]{0,3}$/u.test(text);
}

function clause(sentence: string): string {
  let cut = 0;
  for (const match of sentence.slice(0, LONGEST).matchAll(/[,;:—–]\s|[、，；：،؛၊፣፤]/gu)) cut = match.index;
  if (cut < 80) for (const match of sentence.slice(0, LONGEST).matchAll(/\s/g)) cut = match.index;
  return wholeGraphemes(sentence, cut || LONGEST);
}

/** Items of a list before the story that is labelled as its key points. */
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

/** Tags trimmed, unique without regard to case, thirty at most. */
export function tidyTags(tags: readonly string[]): string[] {
  const byName = new Map<string, string>();
  for (const tag of tags) {
    const name = oneLine(tag).replace(/^#/, '');
    if (hasWords(name) && name.length <= 60 && !byName.has(fold(name))) byName.set(fold(name), name);
  }
  return [...byName.values()].slice(0, 30);
}

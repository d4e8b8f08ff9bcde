import type { Author, Related } from '../../../../shared/model/article.ts';
import { parseByline } from '../../text/byline.ts';
import { fold, information } from '../../text/characters.ts';
import type { MeasuredPage, PageBox } from '../boxes/measure.ts';
import type { LineJudge } from './line-judge.ts';
import type { BodyLine } from './lines.ts';
import { keepRelated } from './related.ts';
import { endsInCredit, isInvitation, isNoise, isRelatedLabel, pointerStart } from './wording.ts';

/** The input and the results of the steps over the lines of a story. */
export interface StoryState {
  page: MeasuredPage;
  lines: readonly BodyLine[];
  headline?: string | undefined;
  /** Names of the authors that the page states. */
  authors: readonly string[];
  baseUrl?: string | undefined;
  /** Parses a line that holds only a date, as RFC 3339. Returns undefined for any other line. */
  dateOf: (text: string) => string | undefined;
  related: Related[];
  byline?: Author[] | undefined;
  /** The first date above the story, RFC 3339. */
  date?: string | undefined;
  /** Scores of the lines. A later attempt does without. */
  judge?: LineJudge | undefined;
}

/** Minimum length of a line of prose. */
const MIN_PROSE_CHARS = 80;

/** Maximum length of a caption. */
const MAX_CAPTION_CHARS = 400;

/** Minimum linked share, 0 to 1, of a line that counts as a link only. */
const MIN_LINK_LINE_SHARE = 0.85;

function isProse(line: BodyLine): boolean {
  return line.size >= MIN_PROSE_CHARS && line.linked < 0.5 && line.kind !== 'heading';
}

/** Matches the end of a sentence that states something, in any script. */
const STATEMENT_END = /[.。।։።။]["'”’»›」』）)\]]*$/u;

/** Minimum length of a sentence. A shorter line with a full stop is a label. */
const MIN_SENTENCE_CHARS = 35;

/** True for a sentence. Words alone never remove it. */
function isSentence({ text, size }: BodyLine): boolean {
  return size >= MIN_SENTENCE_CHARS && STATEMENT_END.test(text) && !text.includes('©');
}

function drop(story: StoryState, line: BodyLine, step: string, why: string): void {
  line.dropped = true;
  story.page.drop(line.nodes, step, why);
}

function keptLines(story: StoryState): BodyLine[] {
  return story.lines.filter(line => !line.dropped);
}

/**
 * Drops the headline, kicker, byline, date and reading time above the story. It records the byline and the
 * date.
 */
export function dropHeadMatter(story: StoryState): void {
  const headline = fold(story.headline ?? '');
  let hasBegun = false;
  for (const line of keptLines(story)) {
    const folded = fold(line.text);
    const repeats =
      information(headline) > MIN_HEADLINE_CHARS &&
      (folded === headline ||
        (line.kind === 'heading' && information(folded) > MIN_HEADLINE_CHARS && headline.startsWith(folded)));
    if (repeats) {
      drop(story, line, 'head-matter', 'headline repeated');
      continue;
    }
    if (isProse(line)) break;
    hasBegun ||= line.kind === 'text' && line.linked < 0.3 && (isSentence(line) || isIntroduction(line));
    if (line.kind === 'heading' && line.size > 20) continue;
    const authors = line.size <= 160 ? parseByline(line.text) : undefined;
    if (authors) {
      story.byline ??= authors;
      drop(story, line, 'head-matter', 'byline');
    } else if (READING_TIME.test(line.text.slice(0, 120)) && line.size < 120) {
      drop(story, line, 'head-matter', 'reading time');
    } else if (story.dateOf(line.text)) {
      story.date ??= story.dateOf(line.text);
      drop(story, line, 'head-matter', 'date');
    } else if (line.linked >= MIN_LINK_LINE_SHARE && !hasBegun && !isSentence(line)) {
      drop(story, line, 'head-matter', 'links above the story');
    }
  }
}

/** Minimum length of a headline that can be told from a word of the text. */
const MIN_HEADLINE_CHARS = 8;

const READING_TIME =
  /^\D{0,30}\d{1,3}\s?(?:-|–)?\s?(?:min|mins|minute|minutes|minuten|minutos|minuti|minut|мин|хв|分|phút)\b.{0,20}$/iu;

/**
 * Drops date lines before the first and after the last line of prose. Date lines between them belong to the
 * story.
 */
export function dropDateLines(story: StoryState): void {
  const lines = keptLines(story);
  const first = lines.findIndex(isProse);
  const last = lines.findLastIndex(isProse);
  for (const [index, line] of lines.entries()) {
    if (index > first && index < last) continue;
    if (line.kind !== 'text' || line.size > 80) continue;
    if (story.dateOf(line.text)) drop(story, line, 'date-lines', 'date');
  }
}

/** Moves the titles of labelled lists of other stories to `related` and drops the labels. */
export function takeRelatedLists(story: StoryState): void {
  const lines = keptLines(story);
  for (let index = 0; index < lines.length; index += 1) {
    const label = lines[index];
    if (!label || label.size > 60 || !isRelatedLabel(label.lower)) continue;
    let next = index + 1;
    for (; next < lines.length; next += 1) {
      const line = lines[next];
      if (!line || !isTitleOfAnother(line, label)) break;
    }
    if (next === index + 1 && label.kind === 'item') continue;
    drop(story, label, 'related', 'label of a related list');
    for (const line of lines.slice(index + 1, next)) {
      keepRelated(story, line.nodes, line.text);
      drop(story, line, 'related', 'title of another story');
    }
    index = next - 1;
  }
}

function isTitleOfAnother(line: BodyLine, label: BodyLine): boolean {
  if (line.linked >= 0.5) return true;
  // Without links only list items are titles. An item that ends with a full stop is a sentence of the story.
  return line.kind === 'item' && label.kind !== 'item' && line.size < 160 && !/[.!?]$/.test(line.text);
}

/** Moves lines such as `Read more: …` to `related`. */
export function takePointers(story: StoryState): void {
  for (const line of keptLines(story)) {
    const start = pointerStart(line.lower);
    if (!start) continue;
    const colon =
      start.endsWith(':') ||
      line.lower.endsWith(':') ||
      /^\s{0,2}[:：|]/.test(line.lower.slice(line.lower.indexOf(start) + start.length));
    if (line.linked < 0.3 && !(colon && line.size < 160 && !isSentence(line))) continue;
    keepRelated(story, line.nodes, line.text);
    drop(story, line, 'pointers', `begins with "${start}"`);
  }
}

/** Drops lines that hold only links. A list is dropped only if all of its items hold only links. */
export function dropLinkLines(story: StoryState): void {
  const lines = keptLines(story);
  const lists = new Map<PageBox, boolean>([...introducedLists(lines)].map(list => [list, false]));
  for (const line of lines) {
    const list = listOf(line);
    if (list) lists.set(list, (lists.get(list) ?? true) && line.linked >= MIN_LINK_LINE_SHARE);
  }
  for (const line of lines) {
    if (line.linked < MIN_LINK_LINE_SHARE || line.kind === 'heading' || line.kind === 'cell') continue;
    const list = listOf(line);
    if (list && lists.get(list) === false) continue;
    if (line.kind === 'quote' || isSentence(line)) continue;
    drop(story, line, 'link-lines', list ? 'list of links' : 'only a link');
  }
}

/** Returns the lists that a sentence announces. */
function introducedLists(lines: readonly BodyLine[]): Set<PageBox> {
  const seen = new Set<PageBox>();
  const introduced = new Set<PageBox>();
  for (const [index, line] of lines.entries()) {
    const list = listOf(line);
    if (list && !seen.has(list) && isIntroduction(lines[index - 1])) introduced.add(list);
    if (list) seen.add(list);
  }
  return introduced;
}

/** True for a sentence that announces the list after it, such as `Seven books that we liked:`. */
function isIntroduction(line: BodyLine | undefined): boolean {
  return (
    line?.kind === 'text' && line.linked < 0.3 && line.size >= MIN_SENTENCE_CHARS && /[:：]$/.test(line.text)
  );
}

function listOf(line: BodyLine): PageBox | undefined {
  for (let box: PageBox | undefined = line.owner; box; box = box.parent)
    if (box.name === 'ul' || box.name === 'ol' || box.name === 'dl') return box;
  return undefined;
}

/** Drops lines whose wording marks advertising, invitations or remarks about the page. */
export function dropNoise(story: StoryState): void {
  const lines = keptLines(story);
  const kindOf = (line: BodyLine, isEdge: boolean) =>
    line.linked >= 0.3 || !isSentence(line) ? 'label' : isEdge ? 'edge' : 'sentence';
  const isNoiseAtEdge = (line: BodyLine) => isNoise(line.lower, kindOf(line, true));
  const first = lines.findIndex(line => isProse(line) && !isNoiseAtEdge(line));
  const last = lines.findLastIndex(line => isProse(line) && !isNoiseAtEdge(line));
  for (const [index, line] of lines.entries()) {
    if (isNoise(line.lower, kindOf(line, index < first || index > last)))
      drop(story, line, 'noise', 'wording');
  }
}

/** Matches the counter of a slide, such as `2 of 5 |`. */
const COUNTER = /^\d{1,3}\s?(?:\/|\p{L}{1,5})\s?(\d{1,3})\s?\|?$/u;

/** Maximum length of a slide with its caption. */
const MAX_SLIDE_CHARS = 900;

/** Drops the slides of a carousel: two or more boxes with counters that have the same total. */
export function dropSlides(story: StoryState): void {
  const counters = keptLines(story).filter(({ text }) => COUNTER.test(text));
  const totalOf = ({ text }: BodyLine) => COUNTER.exec(text)?.[1];
  for (const counter of counters) {
    const others = counters.filter(other => other !== counter && totalOf(other) === totalOf(counter));
    if (others.length === 0) continue;
    let slide = counter.owner;
    const isShared = (box: PageBox) =>
      others.some(({ owner }) => owner.index >= box.index && owner.index < box.end);
    while (slide.parent && !isShared(slide.parent) && slide.parent.text <= MAX_SLIDE_CHARS)
      slide = slide.parent;
    const inside = keptLines(story).filter(
      ({ owner }) => owner.index >= slide.index && owner.index < slide.end,
    );
    for (const line of isShared(slide) ? [counter] : inside)
      drop(story, line, 'slides', 'slide of a carousel');
  }
}

/** Number of last lines that can belong to the page and not to the story. */
const TAIL_LINES = 5;

/** Drops last lines that invite readers to social networks or describe an author. */
export function dropTail(story: StoryState): void {
  const lines = keptLines(story).slice(-TAIL_LINES);
  for (const line of lines.slice(lines.length < TAIL_LINES ? 1 : 0)) {
    if (isInvitation(line.lower)) drop(story, line, 'tail', 'invites elsewhere');
    else if (isAboutAuthor(line, story.authors)) drop(story, line, 'tail', 'about the author');
  }
}

/**
 * True for a line such as `Jane Roe is a reporter…`. An interview answer such as `Jane Roe: …` is not one.
 */
function isAboutAuthor(line: BodyLine, authors: readonly string[]): boolean {
  if (line.size > 600 || line.kind === 'heading') return false;
  return authors.some(name => name.includes(' ') && line.text.startsWith(`${name} `));
}

/** Drops captions that have no caption markup. They are short lines that end in a credit. */
export function dropCredits(story: StoryState): void {
  for (const line of keptLines(story)) {
    if (line.size > MAX_CAPTION_CHARS || (line.kind !== 'text' && line.kind !== 'cell')) continue;
    if (endsInCredit(line.lower)) drop(story, line, 'credits', 'ends in a credit');
  }
}

/** Minimum length of a repeated line. A shorter line can occur twice in a story. */
const MIN_REPEATED_CHARS = 40;

/** Minimum length of a repeated paragraph, and of one that cannot be a refrain. */
const MIN_COPY_CHARS = 90;
const MAX_REFRAIN_CHARS = 160;

/**
 * Drops paragraphs that stand twice word for word, and the lines beside them that belong to the same copy. A refrain
 * is short and stands more often.
 */
export function dropRepeats(story: StoryState): void {
  const lines = keptLines(story).filter(({ kind, size }) => kind !== 'cell' && size >= MIN_REPEATED_CHARS);
  const places = new Map<string, number[]>();
  const texts = lines.map(({ lower }) => lower.replace(NO_LETTERS, ''));
  for (const [index, text] of texts.entries()) {
    const known = places.get(text);
    if (known) known.push(index);
    else places.set(text, [index]);
  }
  const isCopy = texts.map((text, index) => {
    const known = places.get(text) ?? [];
    const { size, kind } = lines[index] ?? { size: 0, kind: 'item' };
    if (known[0] === index || size < MIN_COPY_CHARS) return false;
    return size > MAX_REFRAIN_CHARS || (known.length === 2 && kind !== 'item');
  });
  for (const [index, line] of lines.entries()) {
    const isBeside = isCopy[index - 1] || isCopy[index + 1];
    if (isCopy[index] || (isBeside && places.get(texts[index] ?? '')?.[0] !== index))
      drop(story, line, 'repeats', 'said before');
  }
}

const NO_LETTERS = /[^\p{L}\p{N}]+/gu;

/** Drops lines that by their place, boxes and neighbours are unlike the lines of stories. */
export function dropUnlikely(story: StoryState): void {
  const lines = keptLines(story);
  const introduced = introducedLists(lines);
  for (const line of lines) {
    if (!story.judge?.isUnlikely(line.nodes)) continue;
    const list = listOf(line);
    if (!list || !introduced.has(list)) drop(story, line, 'unlikely', 'unlike the lines of a story');
  }
}

/** Drops the headings at the end of the story. No text follows them. */
export function dropBareHeadings(story: StoryState): void {
  const lines = keptLines(story);
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index];
    if (line?.kind !== 'heading' || (line.size > 50 && /[.!?…]["”»]?$/.test(line.text))) break;
    drop(story, line, 'bare-headings', 'nothing follows');
  }
}

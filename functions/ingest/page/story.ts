import type { Author, Related } from '../../../shared/model/article.ts';
import { parseByline } from '../text/byline.ts';
import { countLetters, fold } from '../text/characters.ts';
import type { Line } from './lines.ts';
import type { Box, Page } from './measure.ts';
import { keepRelated } from './related.ts';
import { endsInCredit, isInvitation, isNoise, isRelatedLabel, pointerStart } from './wording.ts';

/** What steps over lines know and find. */
export interface Story {
  page: Page;
  lines: readonly Line[];
  headline?: string | undefined;
  /** Names of the authors that the page states. */
  authors: readonly string[];
  baseUrl?: string | undefined;
  /** Reads a line that is nothing but a date, as RFC 3339; undefined for any other line. */
  dateOf: (text: string) => string | undefined;
  related: Related[];
  byline?: Author[] | undefined;
  /** The first date above the story, RFC 3339. */
  date?: string | undefined;
}

/** A line of so many characters that are no links is prose. */
const PROSE = 80;

/** Longer lines are no captions. */
const MAX_CAPTION = 400;

/** Linked parts above this make a line a link. */
const LINK_ONLY = 0.85;

function isProse(line: Line): boolean {
  return line.text.length >= PROSE && line.linked < 0.5 && line.kind !== 'heading';
}

function drop(story: Story, line: Line, step: string, why: string): void {
  line.dropped = true;
  story.page.drop(line.nodes, step, why);
}

function live(story: Story): Line[] {
  return story.lines.filter(line => !line.dropped);
}

/** The headline and what stands with it above the story: kicker, byline, date, reading time. */
export function dropHeadMatter(story: Story): void {
  const headline = fold(story.headline ?? '');
  for (const line of live(story)) {
    const folded = fold(line.text);
    const repeats =
      headline.length > 8 &&
      (folded === headline || (line.kind === 'heading' && folded.length > 8 && headline.startsWith(folded)));
    if (repeats) {
      drop(story, line, 'head-matter', 'headline repeated');
      continue;
    }
    if (isProse(line)) break;
    if (line.kind === 'heading' && line.text.length > 20) continue;
    const authors = line.text.length <= 160 ? parseByline(line.text) : undefined;
    if (authors) {
      story.byline ??= authors;
      drop(story, line, 'head-matter', 'byline');
    } else if (READING_TIME.test(line.text.slice(0, 120)) && line.text.length < 120) {
      drop(story, line, 'head-matter', 'reading time');
    } else if (story.dateOf(line.text)) {
      story.date ??= story.dateOf(line.text);
      drop(story, line, 'head-matter', 'date');
    } else if (line.linked >= LINK_ONLY) {
      drop(story, line, 'head-matter', 'links above the story');
    }
  }
}

const READING_TIME =
  /^\D{0,30}\d{1,3}\s?(?:-|–)?\s?(?:min|mins|minute|minutes|minuten|minutos|minuti|minut|мин|хв|分|phút)\b.{0,20}$/iu;

/** Dates that stand on lines of their own beside the story, not within it: those belong to it. */
export function dropDateLines(story: Story): void {
  const lines = live(story);
  const first = lines.findIndex(isProse);
  const last = lines.findLastIndex(isProse);
  for (const [index, line] of lines.entries()) {
    if (index > first && index < last) continue;
    if (line.kind !== 'text' || line.text.length > 80 || isQuoted(line)) continue;
    if (story.dateOf(line.text)) drop(story, line, 'date-lines', 'date');
  }
}

function isQuoted(line: Line): boolean {
  for (let box: Box | undefined = line.owner; box; box = box.parent)
    if (box.name === 'blockquote') return true;
  return false;
}

/** Lists of other stories under their label go to `related`, the label with them. */
export function takeRelatedLists(story: Story): void {
  const lines = live(story);
  for (let index = 0; index < lines.length; index += 1) {
    const label = lines[index];
    if (!label || label.text.length > 60 || !isRelatedLabel(label.lower)) continue;
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

function isTitleOfAnother(line: Line, label: Line): boolean {
  if (line.linked >= 0.5) return true;
  // Without links only a list says where the titles end; a sentence of the story ends with a full stop.
  return line.kind === 'item' && label.kind !== 'item' && line.text.length < 160 && !/[.!?]$/.test(line.text);
}

/** `Read more: …` and the like. */
export function takePointers(story: Story): void {
  for (const line of live(story)) {
    const start = pointerStart(line.lower);
    if (!start) continue;
    const colon =
      start.endsWith(':') ||
      line.lower.endsWith(':') ||
      /^\s{0,2}[:：|]/.test(line.lower.slice(line.lower.indexOf(start) + start.length));
    if (line.linked < 0.3 && !(colon && line.text.length < 160)) continue;
    keepRelated(story, line.nodes, line.text);
    drop(story, line, 'pointers', `begins with "${start}"`);
  }
}

/** Lines that are links and nothing else; lists only where each of their items is. */
export function dropLinkLines(story: Story): void {
  const lists = new Map<Box, boolean>();
  const lines = live(story);
  for (const line of lines) {
    const list = listOf(line);
    if (list) lists.set(list, (lists.get(list) ?? true) && line.linked >= LINK_ONLY);
  }
  for (const line of lines) {
    if (line.linked < LINK_ONLY || line.kind === 'heading' || line.kind === 'cell') continue;
    const list = listOf(line);
    if (list && lists.get(list) === false) continue;
    if (line.kind === 'quote') continue;
    drop(story, line, 'link-lines', list ? 'list of links' : 'only a link');
  }
}

function listOf(line: Line): Box | undefined {
  for (let box: Box | undefined = line.owner; box; box = box.parent)
    if (box.name === 'ul' || box.name === 'ol' || box.name === 'dl') return box;
  return undefined;
}

/** Lines that sell, invite, or speak of the page itself, known by their wording. */
export function dropNoise(story: Story): void {
  for (const line of live(story)) {
    if (isNoise(line.lower)) drop(story, line, 'noise', 'wording');
  }
}

/** How many of the last lines may be the page's own. */
const TAIL = 5;

/** What pages say behind a story: whom to follow, and who wrote it. */
export function dropTail(story: Story): void {
  const lines = live(story).slice(-TAIL);
  for (const line of lines.slice(lines.length < TAIL ? 1 : 0)) {
    if (isInvitation(line.lower)) drop(story, line, 'tail', 'invites elsewhere');
    else if (isAboutAuthor(line, story.authors)) drop(story, line, 'tail', 'about the author');
  }
}

/** `Jane Roe is a reporter…`: a line that begins with the name of an author, and is no answer in an interview. */
function isAboutAuthor(line: Line, authors: readonly string[]): boolean {
  if (line.text.length > 600 || line.kind === 'heading') return false;
  return authors.some(name => name.includes(' ') && line.text.startsWith(`${name} `));
}

/** Captions without any markup that says so: short lines that end in a credit. */
export function dropCredits(story: Story): void {
  for (const line of live(story)) {
    if (line.text.length > MAX_CAPTION || (line.kind !== 'text' && line.kind !== 'cell')) continue;
    if (endsInCredit(line.lower)) drop(story, line, 'credits', 'ends in a credit');
  }
}

/** Shorter blocks may well be said twice. */
const REPEATED = 40;

/** Blocks said before, word for word. */
export function dropRepeats(story: Story): void {
  // To fold a text takes long, to count its letters does not: only texts of equal count are compared.
  const byLetters = new Map<number, Line[]>();
  for (const line of live(story)) {
    if (line.kind === 'cell' || line.text.length < REPEATED) continue;
    const letters = countLetters(line.text);
    const alike = byLetters.get(letters);
    if (alike) alike.push(line);
    else byLetters.set(letters, [line]);
  }
  for (const alike of byLetters.values()) {
    if (alike.length < 2) continue;
    const seen = new Set<string>();
    for (const line of alike) {
      const folded = fold(line.text);
      if (folded.length < REPEATED) continue;
      if (seen.has(folded)) drop(story, line, 'repeats', 'said before');
      seen.add(folded);
    }
  }
}

/** Headings that nothing follows any more, or another heading of the same level. */
export function dropBareHeadings(story: Story): void {
  const lines = live(story);
  for (let index = lines.length - 1; index >= 0; index -= 1) {
    const line = lines[index];
    if (line?.kind !== 'heading' || (line.text.length > 50 && /[.!?…]["”»]?$/.test(line.text))) break;
    drop(story, line, 'bare-headings', 'nothing follows');
  }
}

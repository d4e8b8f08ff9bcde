import type { Dateline } from '../../../../shared/model/article.ts';
import type { Stated } from '../../model/stated.ts';
import { parseByline, parseNames, withoutBylinePrefix } from '../../text/byline.ts';
import type { DateContext } from '../../text/dates.ts';
import { findInstant } from '../../text/dates.ts';
import { type Block, writtenText } from './blocks.ts';
import { endsWithColon, endsWithStop } from './lines.ts';
import type { Role, Roles } from './roles.ts';
import { startsShortLines } from './short-lines.ts';

/** Text that was taken out of the body, and its role. */
interface Taken {
  kind: string;
  text: string;
}

/** Copy while it is read. Each step takes blocks out of it and adds facts to `stated`. */
export interface Copy {
  blocks: Block[];
  stated: Stated;
  taken: Taken[];
  warnings: string[];
  /** The words of a pasted chat, without its times and names. */
  shown?: string;
}

/** Maximum length, in characters, of a headline with a byline or a date below it. */
const MAX_HEADLINE_CHARS = 220;

/** Maximum length, in characters, of a headline without a byline or a date below it. */
const MAX_BARE_HEADLINE_CHARS = 130;

/** Minimum indent, in columns, of a line that continues the byline above it. */
const MIN_CONTINUED_INDENT = 8;

/** Minimum width, in columns, of the paragraph below a headline that has no byline. */
const MIN_LEDE_COLUMNS = 70;

/** Maximum width, in columns, of a line of a letterhead, which names the sender of a press release. */
const MAX_LETTERHEAD_COLUMNS = 60;

/** Number of blocks between a bare headline and its lede, if a blank line follows the headline. */
const MAX_BLOCKS_BEFORE_LEDE = 30;

/** Takes headline, dek, byline, date, embargo and labelled fields from the top of filed copy. */
export function readHead(copy: Copy, { roles, headEnd }: Roles, context: DateContext): void {
  const head = copy.blocks.filter(block => block.at < headEnd);
  const rest = copy.blocks.filter(block => block.at >= headEnd);
  const labelled = head.some(block => roles.get(block.at)?.kind === 'field');
  const kept: Block[] = [];
  const release = head.find(block => roles.get(block.at)?.kind === 'release');
  const hasLetterhead = release !== undefined && isBareHeadline(rest);
  for (const block of head) {
    const role = roles.get(block.at);
    if (role) state(copy, block, role, context);
    else if (hasLetterhead && block.at < release.at && block.width <= MAX_LETTERHEAD_COLUMNS) {
      take(copy, 'letterhead', writtenText(block));
      copy.warnings.push(`A line above the press release was left out: “${block.text}”.`);
    }
    // A line below a block of the story is not a title, because moving it to the top would change the order of
    // the words.
    else if (kept.some(holdsStory) || !takeTitle(copy, block, labelled)) kept.push(block);
  }
  copy.blocks = [...kept, ...rest];
  if (!copy.stated.headline && isBareHeadline(copy.blocks))
    takeTitle(copy, copy.blocks.shift() as Block, false);
}

function holdsStory({ kind }: Block): boolean {
  return kind !== 'heading' && kind !== 'separator';
}

function takeTitle(copy: Copy, block: Block, labelled: boolean): boolean {
  const { stated } = copy;
  if (block.kind !== 'paragraph' || block.text.length > 2 * MAX_HEADLINE_CHARS) return false;
  if (!stated.headline && !labelled && block.text.length <= MAX_HEADLINE_CHARS) {
    stated.headline = { text: block.text, from: 'text' };
    return take(copy, 'headline', block.text);
  }
  if (!stated.headline || stated.dek || labelled) return false;
  stated.dek = block.text;
  return take(copy, 'dek', block.text);
}

function take(copy: Copy, kind: string, text: string): true {
  copy.taken.push({ kind, text });
  return true;
}

function state(copy: Copy, block: Block, role: Role, context: DateContext): void {
  const { stated, warnings } = copy;
  take(copy, role.kind, writtenText(block));
  if (role.kind === 'byline') {
    const names = role.names ?? block.text;
    const filed = withoutBylinePrefix(names) ?? names;
    if (role.published) stated.published ??= { at: role.published, from: 'date-line' };
    if (filed) stated.byline = [stated.byline, filed].filter(Boolean).join(', ');
    if (role.authors) stated.authors = [...(stated.authors ?? []), ...role.authors];
    else if (/\p{L}{3}/u.test(block.text))
      warnings.push(`No name could be read from the byline “${block.text}”. The line was left out.`);
  } else if (role.kind === 'date') {
    if (role.published) stated.published ??= { at: role.published, from: 'date-line' };
    if (role.modified) stated.modified ??= { at: role.modified, from: 'date-line' };
    if (role.place) stated.dateline ??= { place: role.place };
    if (block.indent >= MIN_CONTINUED_INDENT) continueByline(copy, block);
  } else if (role.kind === 'credit') {
    continueByline(copy, block);
    warnings.push(`The line below the byline was left out of the body: “${block.text}”.`);
  } else if (role.kind === 'field') {
    stateField(copy, role.field, block, context);
  }
}

/** Adds a line below the names, such as the name of the paper, to the byline as filed. */
function continueByline({ stated, taken }: Copy, block: Block): void {
  if (stated.byline && taken.at(-2)?.kind === 'byline') stated.byline += ` ${block.text}`;
}

function stateField({ stated, warnings }: Copy, field: string, block: Block, context: DateContext): void {
  const value = block.text.slice(block.text.search(/[:：]/) + 1).trim();
  if (field === 'headline') stated.headline = { text: value, from: 'text' };
  else if (field === 'dek') stated.dek = value;
  else if (field === 'summary') stated.summary = value;
  else if (field === 'section') stated.section = value;
  else if (field === 'tags')
    stated.tags = value
      .split(/[,;、，]/)
      .map(tag => tag.trim().replace(/^#/, ''))
      .filter(Boolean);
  else if (field === 'byline') stated.authors = parseByline(value) ?? parseNames(value) ?? [];
  else if (field === 'date' || field === 'updated') {
    const found = findInstant(value, context);
    if (!found) warnings.push(`The date “${value}” could not be read.`);
    else if (field === 'date') stated.published = { at: found.at, from: 'date-line' };
    else stated.modified = { at: found.at, from: 'date-line' };
  }
}

/** Three words, or six characters of a script without spaces, such as Han and kana. */
const SENTENCE = /\s\S+\s|(?:[\p{Ideographic}\p{sc=Hira}\p{sc=Kana}ー]\P{L}?){6}/u;

/** Whether the first block is a headline, judged without a byline or a date: a title, then a story. */
function isBareHeadline([first, second, ...others]: readonly Block[]): boolean {
  if (!first || !second || first.kind !== 'paragraph' || first.text.length > MAX_BARE_HEADLINE_CHARS)
    return false;
  const { text } = first;
  const words = text.split(/\s+/).length;
  const wordy =
    words >= 2 || (/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(text) && text.length >= 5);
  const end = text.replace(/\s\([\d\s–-]{4,12}\)$/, '');
  if (!wordy || /^[([{@#<]|[,;)\]}—–]$|https?:|\S@\S/u.test(end) || endsWithColon(text)) return false;
  if (/[.。．।]["'”’»]?$/u.test(text) && !/\p{Lu}\.$/u.test(text)) return false;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  // The headline of an obituary has years: “Ada Quill, 1938–2026”.
  const digits = text.replace(/\b\d{4}\b/g, '').match(/\p{N}/gu)?.length ?? 0;
  if (letters < 4 || digits > letters || others.some(block => block.text === text)) return false;
  if (second.kind !== 'paragraph') return false;
  if (first.blankAfter && startsShortLines([second, ...others], 0)) return true;
  // The shortest story consists of a title, a blank line and a sentence.
  const { text: next, width } = second;
  if (first.blankAfter && endsWithStop(next) && SENTENCE.test(next) && width > first.width) return true;
  // If a blank line follows the headline, contents or credits may stand between it and the lede.
  const near = [second, ...others.slice(0, first.blankAfter ? MAX_BLOCKS_BEFORE_LEDE : 2)];
  const lede = near.find(block => block.kind === 'paragraph' && block.width >= MIN_LEDE_COLUMNS);
  return (
    lede !== undefined &&
    lede.width > first.width &&
    (endsWithStop(lede.text) || lede.width > 2 * first.width)
  );
}

/**
 * Reads the dateline at the start of a first paragraph: `KYIV, Oct 1 (Reuters) —`. The dateline stays in the
 * text. The place must be in capitals, or an agency or a date must follow it.
 */
export function parseDateline(text: string, context: DateContext): Dateline | undefined {
  const dash = text.slice(0, 120).search(/\s?(?:--|[—–])\s?|\s-\s/);
  if (dash < 3) return undefined;
  const head = text.slice(0, dash).trim();
  const agency = /\s?\(([^)]{2,40})\)$/.exec(head);
  const [place = '', ...others] = (agency ? head.slice(0, agency.index) : head)
    .split(',')
    .map(part => part.trim());
  const dated = others.filter(part => /\p{N}/u.test(part)).join(', ');
  const region = others.filter(part => part && !/\p{N}/u.test(part));
  const capitals = place.length > 2 && place === place.toUpperCase() && place !== place.toLowerCase();
  const named = /^\p{Lu}/u.test(place) && place.split(' ').length <= 3;
  if (!/^[\p{L}\p{M}\s.'’/-]{2,40}$/u.test(place) || region.length > 1) return undefined;
  if (!(capitals || (named && (agency || dated)))) return undefined;
  if (region.some(part => !/^[\p{L}\p{M}\s.'’-]{2,30}$/u.test(part))) return undefined;
  const full = dated && findInstant(dated, { ...context, timeZone: 'UTC' });
  return {
    place: [place, ...region].join(', '),
    ...(dated ? { date: full ? full.at.slice(0, 10) : dated } : {}),
  };
}

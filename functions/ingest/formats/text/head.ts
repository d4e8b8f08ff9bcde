import type { Dateline } from '../../../../shared/model/article.ts';
import type { Stated } from '../../model/stated.ts';
import { parseByline, parseNames, withoutBylinePrefix } from '../../text/byline.ts';
import type { DateContext } from '../../text/dates.ts';
import { findInstant } from '../../text/dates.ts';
import { type Block, writtenText } from './blocks.ts';
import { endsWithColon, endsWithStop } from './lines.ts';
import type { Role, Roles } from './roles.ts';

/** What was taken out of the body, and what it was taken for. */
interface Taken {
  as: string;
  text: string;
}

/** Copy while it is being read: each step takes blocks away and states what it understood. */
export interface Copy {
  blocks: Block[];
  stated: Stated;
  taken: Taken[];
  warnings: string[];
}

/** Longest headline in characters: with a byline or a date below it, and without. */
const HEADLINE_LENGTH = 220;
const BARE_HEADLINE_LENGTH = 130;

/** Columns before a line that goes on where the byline above it ended. */
const CONTINUED = 8;

/** A headline without a byline stands above a paragraph at least this wide. */
const LEDE_WIDTH = 70;

/** Takes headline, dek, byline, date, embargo and labelled fields from the top of filed copy. */
export function readHead(copy: Copy, { roles, headEnd }: Roles, context: DateContext): void {
  const head = copy.blocks.filter(block => block.at < headEnd);
  const rest = copy.blocks.filter(block => block.at >= headEnd);
  const labelled = head.some(block => roles.get(block.at)?.is === 'field');
  const kept: Block[] = [];
  for (const block of head) {
    const role = roles.get(block.at);
    if (role) state(copy, block, role, context);
    // Below a block of the story a line is no title: titles go to the top, and words would change places.
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
  if (block.kind !== 'paragraph' || block.text.length > 2 * HEADLINE_LENGTH) return false;
  if (!stated.headline && !labelled && block.text.length <= HEADLINE_LENGTH) {
    stated.headline = { text: block.text, from: 'text' };
    return take(copy, 'headline', block.text);
  }
  if (!stated.headline || stated.dek || labelled) return false;
  stated.dek = block.text;
  return take(copy, 'dek', block.text);
}

function take(copy: Copy, as: string, text: string): true {
  copy.taken.push({ as, text });
  return true;
}

function state(copy: Copy, block: Block, role: Role, context: DateContext): void {
  const { stated, warnings } = copy;
  take(copy, role.is, writtenText(block));
  if (role.is === 'byline') {
    const filed = withoutBylinePrefix(block.text) ?? block.text;
    if (filed) stated.byline = [stated.byline, filed].filter(Boolean).join(', ');
    if (role.authors) stated.authors = [...(stated.authors ?? []), ...role.authors];
    else if (/\p{L}{3}/u.test(block.text))
      warnings.push(`The byline “${block.text}” names nobody for certain; it was left out.`);
  } else if (role.is === 'date') {
    if (role.published) stated.published ??= { at: role.published, from: 'date-line' };
    if (role.modified) stated.modified ??= { at: role.modified, from: 'date-line' };
    if (role.place) stated.dateline ??= { place: role.place };
    if (block.indent >= CONTINUED) continueByline(copy, block);
  } else if (role.is === 'credit') {
    continueByline(copy, block);
    warnings.push(`“${block.text}”, below the byline, was left out of the body.`);
  } else if (role.is === 'field') {
    stateField(copy, role.field, block, context);
  }
}

/** A line below the names, such as the paper's, is part of the byline as it was filed. */
function continueByline({ stated, taken }: Copy, block: Block): void {
  if (stated.byline && taken.at(-2)?.as === 'byline') stated.byline += ` ${block.text}`;
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

/** Whether the first block is a headline although no byline or date says so: a title, then a story. */
function isBareHeadline([first, second, ...others]: readonly Block[]): boolean {
  if (!first || !second || first.kind !== 'paragraph' || first.text.length > BARE_HEADLINE_LENGTH)
    return false;
  const { text } = first;
  const words = text.split(/\s+/).length;
  const wordy =
    words >= 2 || (/\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}/u.test(text) && text.length >= 5);
  if (!wordy || /^[([{@#<]|[,;)\]}—–]$|https?:|\S@\S/u.test(text) || endsWithColon(text)) return false;
  if (/[.。．।]["'”’»]?$/u.test(text) && !/\p{Lu}\.$/u.test(text)) return false;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const digits = text.match(/\p{N}/gu)?.length ?? 0;
  if (letters < 4 || digits > letters || others.some(block => block.text === text)) return false;
  if (second.kind !== 'paragraph') return false;
  // A title, a blank line, and a sentence: the shortest story that anybody types.
  const { text: next, width } = second;
  if (first.blankAfter && endsWithStop(next) && /\s\S+\s/u.test(next) && width > first.width) return true;
  // Contents or credits may stand between the two where blank lines set the headline apart.
  const near = [second, ...others.slice(0, first.blankAfter ? 30 : 2)];
  const lede = near.find(block => block.kind === 'paragraph' && block.width >= LEDE_WIDTH);
  return (
    lede !== undefined &&
    lede.width > first.width &&
    (endsWithStop(lede.text) || lede.width > 2 * first.width)
  );
}

/**
 * The dateline that a first paragraph begins with: `KYIV, Oct 1 (Reuters) —`. It stays in the text; the place
 * is in capitals, or an agency or a date beside it shows what it is.
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

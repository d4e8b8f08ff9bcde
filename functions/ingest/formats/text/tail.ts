import type { Related } from '../../../../shared/model/article.ts';
import { parseByline } from '../../text/byline.ts';
import { type Block, writtenText } from './blocks.ts';
import type { Copy } from './head.ts';
import { endsWithColon, endsWithStop } from './lines.ts';
import { type Role, type Roles, splitLabel } from './roles.ts';

/** Maximum length of a title of another story, in characters. */
const MAX_TITLE_CHARS = 200;

/**
 * Minimum length, in characters, of a sentence with a full stop. A shorter text with a full stop may be a
 * title.
 */
const MIN_SENTENCE_CHARS = 90;

/** Share of a story's blocks, from the start, in which an end mark is an ornament and does not count. */
const MIN_END_SHARE = 0.5;

/**
 * Maximum number of times that an end mark occurs. A mark that occurs more often separates parts of the
 * story.
 */
const MAX_END_MARKS = 2;

/** Maximum number of titles below a label that have no list marks. */
const MAX_UNLISTED_TITLES = 8;

/** Maximum number of warnings about captions. A record keeps no more warnings. */
const MAX_CAPTION_WARNINGS = 50;

/** Maximum number of characters that a warning quotes. */
const MAX_QUOTE_CHARS = 80;

/** Moves lists of other stories from the body into `stated.related`. */
export function takeRelated(copy: Copy, { roles }: Roles): void {
  const kept: Block[] = [];
  const related: Related[] = [];
  const { blocks } = copy;
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at];
    if (!block) continue;
    const role = roles.get(block.at);
    const titles = role?.kind === 'related' ? titlesOf(blocks, at, role, roles) : [];
    if (titles.length === 0) {
      kept.push(block);
      continue;
    }
    const below = titles[0] === block ? titles.length - 1 : titles.length;
    for (const taken of blocks.slice(at, at + below + 1))
      copy.taken.push({ kind: 'related', text: writtenText(taken) });
    for (const title of titles)
      addTitle(related, title === block ? splitLabel(block.text).value : title.text);
    at += below;
  }
  copy.blocks = kept;
  if (related.length > 0) copy.stated.related = related;
}

/**
 * The blocks that hold titles: the label's own block if a title follows on the same line, else the blocks
 * below the label.
 */
function titlesOf(
  blocks: readonly Block[],
  label: number,
  role: Role & { kind: 'related' },
  roles: Map<number, Role>,
): Block[] {
  const own = blocks[label];
  if (role.title && own)
    return role.title.length <= MAX_TITLE_CHARS && role.colon && !isSentence(role.title) ? [own] : [];
  return own ? titlesBelow(blocks, label, role.colon, roles) : [];
}

function titlesBelow(
  blocks: readonly Block[],
  label: number,
  colon: boolean,
  roles: Map<number, Role>,
): Block[] {
  const titles: Block[] = [];
  const listed = blocks[label + 1]?.kind === 'item';
  if (!listed && !colon) return titles;
  for (let at = label + 1; at < blocks.length; at++) {
    const block = blocks[at];
    if (!block || roles.has(block.at) || (block.kind === 'item') !== listed) break;
    if (block.kind !== 'item' && block.kind !== 'paragraph') break;
    if (block.text.length > MAX_TITLE_CHARS || isSentence(block.text)) break;
    titles.push(block);
    // Titles without list marks end at the first blank line.
    if (!listed && (titles.length === MAX_UNLISTED_TITLES || block.blankAfter)) {
      const next = blocks[at + 1];
      if (!next || next.lines > 1 || isSentence(next.text) || titles.length === MAX_UNLISTED_TITLES) break;
    }
  }
  return titles;
}

/**
 * Whether a text is prose and not a title. A title may end with a question mark, with dots or with a full
 * stop.
 */
function isSentence(text: string): boolean {
  return endsWithColon(text) || (/[.。]["'”’»)]{0,2}$/.test(text) && text.length > MIN_SENTENCE_CHARS);
}

/** Adds a title with the address beside it. An address alone on its line belongs to the title above it. */
function addTitle(related: Related[], text: string): void {
  const markdown = /^\[([^\]]{1,300})\]\((https?:\/\/[^)\s]{1,2000})\)$/.exec(text);
  if (markdown?.[1] && markdown[2]) {
    related.push({ title: markdown[1], url: markdown[2] });
    return;
  }
  const at = text.search(/https?:\/\//);
  const url = at < 0 ? undefined : text.slice(at).split(/[\s<>")\]]/)[0];
  const whole = at >= 0 && url !== undefined && text.slice(at + url.length).replace(/[)\]>\s]/g, '') === '';
  if (!url || !whole || !URL.canParse(url)) {
    related.push({ title: text });
    return;
  }
  const title = text.slice(0, at).replace(/[\s:([<|–—-]{1,8}$/, '');
  const last = related.at(-1);
  if (title) related.push({ title, url });
  else if (last && !last.url) last.url = url;
  else related.push({ title: url, url });
}

/** Removes the end mark and everything after it. Contacts and notes to editors are not part of the story. */
export function takeEnd(copy: Copy, { roles }: Roles): void {
  const { blocks } = copy;
  const roleOf = (block: Block) => roles.get(block.at);
  const release = copy.taken.some(({ kind }) => kind === 'release');
  const counts = new Map<string, number>();
  for (const { text } of blocks) counts.set(text, (counts.get(text) ?? 0) + 1);
  const mark = blocks.findIndex((block, at) => {
    const role = roleOf(block);
    if (role?.kind !== 'end' || at === 0 || (counts.get(block.text) ?? 0) > MAX_END_MARKS) return false;
    return (
      onlyNotes(blocks.slice(at + 1, at + 2), roles) || (role.sure && at >= MIN_END_SHARE * blocks.length)
    );
  });
  const notes = release ? blocks.findIndex((block, at) => at > 0 && isNotes(block, roles)) : -1;
  const end = notes >= 0 && (mark < 0 || notes < mark) ? notes : mark;
  if (end < 0) return;
  const isMark = (block: Block) => roleOf(block)?.kind === 'end';
  const after = blocks.slice(end).filter(block => !isMark(block));
  for (const block of blocks.slice(end))
    copy.taken.push({ kind: isMark(block) ? 'end' : 'notes', text: writtenText(block) });
  copy.blocks = blocks.slice(0, end);
  const first = after[0];
  if (first) {
    const what =
      after.length === 1
        ? `“${first.text.slice(0, MAX_QUOTE_CHARS)}”`
        : `${after.length} lines from “${first.text.slice(0, MAX_QUOTE_CHARS)}” on`;
    copy.warnings.push(`The text after the end of the story was left out: ${what}.`);
  }
}

function onlyNotes(after: readonly Block[], roles: Map<number, Role>): boolean {
  const first = after[0];
  return !first || isNotes(first, roles);
}

function isNotes(block: Block, roles: Map<number, Role>): boolean {
  return (
    roles.get(block.at)?.kind === 'notes' ||
    (block.text.length < 60 && /^about\s\p{Lu}/iu.test(block.text) && !endsWithStop(block.text))
  );
}

/** Takes a byline that stands alone at the end of the story, if the head names no author: `Interview by Ada Quill`. */
export function takeFootByline(copy: Copy): void {
  const { blocks, stated } = copy;
  const last = blocks.at(-1);
  if (!last || blocks.length < 3 || stated.authors || stated.byline) return;
  if (last.kind !== 'paragraph' || !last.blankBefore || last.text.length > MAX_QUOTE_CHARS) return;
  const authors = /\p{L}$/u.test(last.text) ? parseByline(last.text) : undefined;
  if (!authors) return;
  stated.authors = authors;
  copy.taken.push({ kind: 'byline', text: last.text });
  copy.blocks = blocks.slice(0, -1);
}

/** Removes captions with a label, because plain text has no pictures. */
export function takeCaptions(copy: Copy, { roles }: Roles): void {
  const isCaption = (block: Block) => roles.get(block.at)?.kind === 'caption';
  const captions = copy.blocks.filter(isCaption);
  if (captions.length === 0) return;
  copy.blocks = copy.blocks.filter(block => !isCaption(block));
  for (const caption of captions) copy.taken.push({ kind: 'caption', text: writtenText(caption) });
  for (const caption of captions.slice(0, MAX_CAPTION_WARNINGS))
    copy.warnings.push(
      `A caption without a picture was left out: “${caption.text.slice(0, MAX_QUOTE_CHARS)}”.`,
    );
}

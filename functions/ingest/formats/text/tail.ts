import type { Related } from '../../../../shared/model/article.ts';
import { type Block, writtenText } from './blocks.ts';
import type { Copy } from './head.ts';
import { endsWithColon, endsWithStop } from './lines.ts';
import { type Role, type Roles, splitLabel } from './roles.ts';

/** Longest title of another story, in characters. */
const TITLE_LENGTH = 200;

/** An end mark counts in this last part of a story; before it, it is an ornament. */
const LAST_PART = 0.5;

/** What stands there more often is an ornament between the parts. */
const MOST_MARKS = 2;

/** Most titles below a label that are not marked as a list. */
const BARE_TITLES = 8;

/** A record keeps so many warnings. */
const CAPTIONS_TOLD = 50;

/** Takes lists of other stories out of the body, wherever they stand. */
export function takeRelated(copy: Copy, { roles }: Roles): void {
  const kept: Block[] = [];
  const related: Related[] = [];
  const { blocks } = copy;
  for (let at = 0; at < blocks.length; at++) {
    const block = blocks[at];
    if (!block) continue;
    const role = roles.get(block.at);
    const titles = role?.is === 'related' ? titlesOf(blocks, at, role, roles) : [];
    if (titles.length === 0) {
      kept.push(block);
      continue;
    }
    const below = titles[0] === block ? titles.length - 1 : titles.length;
    for (const taken of blocks.slice(at, at + below + 1))
      copy.taken.push({ as: 'related', text: writtenText(taken) });
    for (const title of titles)
      addTitle(related, title === block ? splitLabel(block.text).value : title.text);
    at += below;
  }
  copy.blocks = kept;
  if (related.length > 0) copy.stated.related = related;
}

/** The blocks that hold titles: the label's own where one stands beside it, else the list or lines below it. */
function titlesOf(
  blocks: readonly Block[],
  label: number,
  role: Role & { is: 'related' },
  roles: Map<number, Role>,
): Block[] {
  const own = blocks[label];
  if (role.title && own)
    return role.title.length <= TITLE_LENGTH && role.colon && !isSentence(role.title) ? [own] : [];
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
    if (block.text.length > TITLE_LENGTH || isSentence(block.text)) break;
    titles.push(block);
    // Lines without marks are titles only as far as they stand together.
    if (!listed && (titles.length === BARE_TITLES || block.blankAfter)) {
      const next = blocks[at + 1];
      if (!next || next.lines > 1 || isSentence(next.text) || titles.length === BARE_TITLES) break;
    }
  }
  return titles;
}

/** Titles may end with a question mark or several dots, and some with one full stop; prose is longer too. */
function isSentence(text: string): boolean {
  return endsWithColon(text) || (/[.。]["'”’»)]{0,2}$/.test(text) && text.length > 90);
}

/** A title with the address beside it; an address alone belongs to the title above it. */
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

/** Takes the end mark and what follows it: contacts and notes to editors are no part of the story. */
export function takeEnd(copy: Copy, { roles }: Roles): void {
  const { blocks } = copy;
  const roleOf = (block: Block) => roles.get(block.at);
  const release = copy.taken.some(({ as }) => as === 'release');
  const counts = new Map<string, number>();
  for (const { text } of blocks) counts.set(text, (counts.get(text) ?? 0) + 1);
  const mark = blocks.findIndex((block, at) => {
    const role = roleOf(block);
    if (role?.is !== 'end' || at === 0 || (counts.get(block.text) ?? 0) > MOST_MARKS) return false;
    return onlyNotes(blocks.slice(at + 1, at + 2), roles) || (role.sure && at >= LAST_PART * blocks.length);
  });
  const notes = release ? blocks.findIndex((block, at) => at > 0 && isNotes(block, roles)) : -1;
  const end = notes >= 0 && (mark < 0 || notes < mark) ? notes : mark;
  if (end < 0) return;
  const isMark = (block: Block) => roleOf(block)?.is === 'end';
  const after = blocks.slice(end).filter(block => !isMark(block));
  for (const block of blocks.slice(end))
    copy.taken.push({ as: isMark(block) ? 'end' : 'notes', text: writtenText(block) });
  copy.blocks = blocks.slice(0, end);
  const first = after[0];
  if (first) {
    const what =
      after.length === 1
        ? `“${first.text.slice(0, 80)}”`
        : `${after.length} lines from “${first.text.slice(0, 80)}” on`;
    copy.warnings.push(`What follows the end of the story was left out: ${what}.`);
  }
}

function onlyNotes(after: readonly Block[], roles: Map<number, Role>): boolean {
  const first = after[0];
  return !first || isNotes(first, roles);
}

function isNotes(block: Block, roles: Map<number, Role>): boolean {
  return (
    roles.get(block.at)?.is === 'notes' ||
    (block.text.length < 60 && /^about\s\p{Lu}/iu.test(block.text) && !endsWithStop(block.text))
  );
}

/** Takes captions that are labelled as such: there is no picture that they could stand under. */
export function takeCaptions(copy: Copy, { roles }: Roles): void {
  const isCaption = (block: Block) => roles.get(block.at)?.is === 'caption';
  const captions = copy.blocks.filter(isCaption);
  if (captions.length === 0) return;
  copy.blocks = copy.blocks.filter(block => !isCaption(block));
  for (const caption of captions) copy.taken.push({ as: 'caption', text: writtenText(caption) });
  for (const caption of captions.slice(0, CAPTIONS_TOLD))
    copy.warnings.push(`A caption without a picture was left out: “${caption.text.slice(0, 80)}”.`);
}

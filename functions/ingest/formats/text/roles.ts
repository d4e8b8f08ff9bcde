import type { Author } from '../../../../shared/model/article.ts';
import { parseByline, parseNames, withoutBylinePrefix } from '../../text/byline.ts';
import { type DateContext, findInstant } from '../../text/dates.ts';
import {
  CAPTION_LABELS,
  type CopyField,
  END_MARKS,
  FIELD_LABELS,
  NOTES_LABELS,
  RELEASE_LINES,
} from '../../words/copy-labels.ts';
import { RELATED_LABELS } from '../../words/related-labels.ts';
import type { Fixed } from './blocks.ts';
import { endsSentence, endsWithStop, type Line } from './lines.ts';

/** What a line is to a newsroom, where that can be told from the line and its place alone. */
export type Role =
  | { is: 'byline'; authors: Author[] | undefined }
  | { is: 'credit' | 'release' | 'notes' | 'caption' }
  | { is: 'date'; published?: string | undefined; modified?: string | undefined; place?: string | undefined }
  /** A release term, which has been read already. */
  | { is: 'embargo' }
  | { is: 'field'; field: CopyField; value: string }
  | { is: 'end'; sure: boolean }
  /** `title` where it stands on the same line. */
  | { is: 'related'; title: string; colon: boolean };

/** The head of filed copy: no more lines, and no more unlabelled groups of lines (headline, dek). */
const HEAD_LINES = 16;
const HEAD_GROUPS = 2;

/** Lines of a group, and columns of a line, from which on it is the story. */
const GROUP_LINES = 3;
const PROSE_WIDTH = 180;

/** Columns of a line that is a paragraph if it ends as a sentence does. */
const PARAGRAPH_WIDTH = 80;

/** Longest title on a line with its label. */
const TITLE_WIDTH = 220;

/** The roles of lines by index, and the line after the head. */
export interface Roles {
  roles: Map<number, Role>;
  headEnd: number;
}

/** @param termLines lines that are release terms */
export function findRoles(
  lines: readonly Line[],
  context: DateContext,
  termLines: ReadonlyMap<number, 'embargo' | 'release'> = new Map(),
): Roles {
  const roles = new Map<number, Role>();
  for (const [at, line] of lines.entries()) {
    const role = line.blank || termLines.has(at) ? undefined : anywhere(line, lines[at - 1]);
    if (role) roles.set(at, role);
  }
  const headEnd = findHead(lines, roles, termLines, context);
  for (const [at, is] of termLines) roles.set(at, { is });
  return { roles, headEnd };
}

/** Lines that {@link Roles} keep out of paragraphs. */
export function fixedLines({ roles }: Roles): Fixed {
  const alone = new Set<number>();
  const first = new Set<number>();
  for (const [at, role] of roles) {
    const continued = (role.is === 'related' && role.title) || role.is === 'caption' || role.is === 'field';
    (continued ? first : alone).add(at);
  }
  return { alone, first };
}

function anywhere(line: Line, before: Line | undefined): Role | undefined {
  const { text } = line;
  if (line.width > TITLE_WIDTH + 40) return undefined;
  const end = endMark(text);
  if (end) return end;
  // In mid-paragraph a word such as “Related” may have come to the start of a line by wrapping.
  if (before && !before.blank && before.width > 40 && !endsSentence(before.text) && !/^[[{(]|:$/.test(text))
    return undefined;
  const { label, value, colon } = splitLabel(text);
  if (!label) return undefined;
  if (RELATED_LABELS.has(label)) return { is: 'related', title: value, colon };
  if (CAPTION_LABELS.has(label) && value && colon) return { is: 'caption' };
  return NOTES_LABELS.has(label) && (colon || !value) ? { is: 'notes' } : undefined;
}

/** `Label: value` in its parts, without the brackets, stars and dashes that surround labels. */
export function splitLabel(text: string): { label: string; value: string; colon: boolean } {
  const bare = text.replace(/^[\s*_#[({【>▶►•·–—-]{1,12}/u, '');
  const colon = bare.search(/[:：>›»]/);
  const label = (colon < 0 ? bare : bare.slice(0, colon)).replace(/[\s*_\])}】]{1,8}$/, '');
  if (label.length > 60) return { label: '', value: '', colon: false };
  const value =
    colon < 0
      ? ''
      : bare
          .slice(colon + 1)
          .replace(/^[\s*_]{1,8}/, '')
          .trim();
  const closed = /^[[({【]/.test(text) ? value.replace(/[\])}】]$/, '') : value.replace(/^\*{1,3}$/, '');
  return { label: label.trim().toLowerCase().replaceAll('\u00a0', ' '), value: closed, colon: colon >= 0 };
}

/** The end of a story: `-30-`, `###`, `ENDS`; sure where it is no word that a story may hold. */
export function endMark(text: string): { is: 'end'; sure: boolean } | undefined {
  if (text.length > 24) return undefined;
  const bare = text.replace(/[\s*_()[\]{}.~=■□∎—–-]/g, '').toLowerCase();
  const decorated = bare !== text.trim().toLowerCase().replace(/\s/g, '') || bare.startsWith('#');
  if (bare === '30') return decorated && /[-–—()#]/.test(text) ? { is: 'end', sure: true } : undefined;
  if (/^[■□∎]$/.test(text.trim())) return { is: 'end', sure: true };
  const spaced = text
    .replace(/[*_()[\]{}.~=■□∎—–-]/g, ' ')
    .trim()
    .toLowerCase();
  return END_MARKS.has(bare) || END_MARKS.has(spaced) ? { is: 'end', sure: decorated } : undefined;
}

/** Gives roles to the lines of the head; returns the index after the last of them, 0 where there is no head. */
function findHead(
  lines: readonly Line[],
  roles: Map<number, Role>,
  termLines: ReadonlyMap<number, 'embargo' | 'release'>,
  context: DateContext,
): number {
  const found = new Map<number, Role>();
  let groups = 0;
  let groupLines = 0;
  let seen = 0;
  let isProse = false;
  for (const [at, line] of lines.entries()) {
    if (line.blank) {
      groupLines = 0;
      continue;
    }
    if (roles.has(at) || ++seen > HEAD_LINES) break;
    const is = termLines.get(at);
    // A term between the paragraphs does not make the first of them a part of the head.
    if (is && groups > 0 && isProse) continue;
    const role: Role | undefined = is ? { is } : headRole(lines, at, found, context);
    if (role) {
      found.set(at, role);
      groupLines = 0;
      continue;
    }
    if (groupLines++ === 0) groups++;
    isProse ||= line.width >= PARAGRAPH_WIDTH && endsWithStop(line.text);
    if (groups > HEAD_GROUPS || groupLines > GROUP_LINES || line.width > PROSE_WIDTH) break;
  }
  keepCertain(lines, found);
  for (const [at, role] of found) roles.set(at, role);
  return Math.max(0, ...[...found.keys()].map(at => at + 1));
}

function headRole(
  lines: readonly Line[],
  at: number,
  found: Map<number, Role>,
  context: DateContext,
): Role | undefined {
  const line = lines[at];
  if (!line || line.width > PROSE_WIDTH) return undefined;
  const { text } = line;
  const above = found.get(at - 1);
  if (
    RELEASE_LINES.has(
      text
        .replace(/[*_:.!\s]{1,8}$/, '')
        .replace(/^[*_\s]{1,8}/, '')
        .toLowerCase(),
    )
  )
    return { is: 'release' };
  const { label, value } = splitLabel(text);
  const field = value ? FIELD_LABELS.get(label) : undefined;
  if (field && field !== 'byline') return { is: 'field', field, value };
  const date = dateOf(text, context);
  if (date) return date;
  const byline = bylineOf(line, lines[at - 1], lines[at + 1]);
  if (byline) return byline;
  if (above?.is !== 'byline' && above?.is !== 'credit') return undefined;
  // “By” alone on its line, the names below it.
  if (
    above.is === 'byline' &&
    !above.authors &&
    parseNames(text) &&
    withoutBylinePrefix(lines[at - 1]?.text ?? '') === ''
  ) {
    return { is: 'byline', authors: parseNames(text) };
  }
  const next = lines[at + 1];
  const short = line.width <= 60 && !endsWithStop(text) && (!next || next.blank || next.width <= 60);
  return short ? { is: 'credit' } : undefined;
}

function bylineOf(line: Line, above: Line | undefined, below: Line | undefined): Role | undefined {
  const names = withoutBylinePrefix(line.text);
  if (names === undefined) return undefined;
  const stands = !below || below.blank || below.width < 80;
  const sentence = endsWithStop(line.text) && line.text.length > 60;
  if (!stands || sentence) return undefined;
  // A date that was glued to the name when a page was copied: “Jane Doe12 Oct 2026”.
  const unglued = /^([^\d]{3,80}\p{Ll}{2})\d/u.exec(line.text)?.[1];
  const authors = parseByline(line.text) ?? (unglued ? parseByline(unglued) : undefined);
  if (authors) return { is: 'byline', authors };
  // In the place of a byline what is no person is an organisation, or cannot be read.
  if (!above || above.blank || names.length > 80) return undefined;
  const organisation =
    /^(?:the )?\p{Lu}[\p{L}\p{M}’'&. -]{2,60}$/u.test(names) &&
    names.split(/\s+/).length <= 6 &&
    !endsWithStop(names);
  return { is: 'byline', authors: organisation ? [{ name: names }] : undefined };
}

function dateOf(text: string, context: DateContext): Role | undefined {
  const parts = text.split(/\s[|·•]\s|;\s/);
  let published: string | undefined;
  let modified: string | undefined;
  let place: string | undefined;
  for (const part of parts) {
    const found = findInstant(part, context);
    if (!found) return undefined;
    const { label } = splitLabel(part);
    const updated =
      FIELD_LABELS.get(label) === 'updated' ||
      /^(?:last )?(?:updated|modified|aktualisiert|оновлено|обновлено)/i.test(part);
    if (found.rest.length > 0) {
      // “KYIV, October 1, 2024” is a date line with its place.
      const before = /^([\p{Lu}][\p{Lu}\p{M}\s.'’-]{2,40}),/u.exec(part)?.[1];
      if (!before || before.toLowerCase().match(/[\p{L}\p{M}’']+/gu)?.length !== found.rest.length)
        return undefined;
      place = before;
    }
    if (updated) modified = found.at;
    else published ??= found.at;
  }
  return { is: 'date', published, modified, place };
}

/** One labelled line may be the story's own first line; a head has two, or begins the file. */
function keepCertain(lines: readonly Line[], found: Map<number, Role>): void {
  const fields = [...found].filter(([, role]) => role.is === 'field');
  const first = lines.findIndex(line => !line.blank);
  if (fields.length === 1 && fields[0] && fields[0][0] !== first && found.size === 1)
    found.delete(fields[0][0]);
}

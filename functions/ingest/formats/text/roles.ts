import type { Author } from '../../../../shared/model/article.ts';
import { parseByline, parseNames, withoutBylinePrefix } from '../../text/byline.ts';
import { type DateContext, findInstant } from '../../text/dates.ts';
import {
  CAPTION_LABELS,
  type CopyField,
  EAST_ASIAN_SURNAMES,
  END_MARKS,
  FIELD_LABELS,
  NO_NAME_WORDS,
  NOTES_LABELS,
  RELEASE_LINES,
} from '../../words/copy-labels.ts';
import { RELATED_LABELS } from '../../words/related-labels.ts';
import type { FixedLines } from './blocks.ts';
import { type CopyLine, endsSentence, endsWithStop } from './lines.ts';

/** The role of a line in filed copy. It is judged from the line and its neighbours. */
export type Role =
  /** `names` is the text without a date on the same line. */
  | { kind: 'byline'; authors: Author[] | undefined; names?: string; published?: string }
  | { kind: 'credit' | 'release' | 'notes' | 'caption' }
  | {
      kind: 'date';
      published?: string | undefined;
      modified?: string | undefined;
      place?: string | undefined;
    }
  /** A release term. Release terms are read before roles. */
  | { kind: 'embargo' }
  | { kind: 'field'; field: CopyField; value: string }
  /** An end mark. `sure` if a story cannot hold it as a word. */
  | { kind: 'end'; sure: boolean }
  /** A label of other stories. `title` is the text after the label on the same line. */
  | { kind: 'related'; title: string; colon: boolean };

/** Maximum number of lines in the head of filed copy. */
const MAX_HEAD_LINES = 16;

/** Maximum number of groups of unlabelled lines in the head: headline and dek. */
const MAX_HEAD_GROUPS = 2;

/** Maximum number of lines in a group of the head. A longer group is the story. */
const MAX_GROUP_LINES = 3;

/** Maximum width, in columns, of a line in the head. A wider line is the story. */
const MAX_HEAD_COLUMNS = 180;

/** Minimum width, in columns, of a line that is a paragraph if it ends with a full stop. */
const MIN_PARAGRAPH_COLUMNS = 80;

/** Minimum width, in columns, of the paragraph below a name without a label. */
const MIN_LEDE_COLUMNS = 70;

/** Maximum width, in columns, of a title on the line of its label. */
const MAX_TITLE_COLUMNS = 220;

/** Maximum width, in columns, of the label of such a title. */
const MAX_LABEL_COLUMNS = 40;

/** The roles of the lines of a file. */
export interface Roles {
  /** Roles by the index of the line. */
  roles: Map<number, Role>;
  /** Index of the first line after the head. It is 0 if there is no head. */
  headEnd: number;
}

/**
 * Finds the roles of lines.
 * @param termLines lines that are release terms, by index
 */
export function findRoles(
  lines: readonly CopyLine[],
  context: DateContext,
  termLines: ReadonlyMap<number, 'embargo' | 'release'> = new Map(),
): Roles {
  const roles = new Map<number, Role>();
  for (const [at, line] of lines.entries()) {
    const role = line.blank || termLines.has(at) ? undefined : anywhere(line, lines[at - 1]);
    if (role) roles.set(at, role);
  }
  const headEnd = findHead(lines, roles, termLines, context);
  for (const [at, kind] of termLines) roles.set(at, { kind });
  return { roles, headEnd };
}

/** Lines that do not continue a paragraph because of their role. */
export function fixedLines({ roles }: Roles): FixedLines {
  const alone = new Set<number>();
  const first = new Set<number>();
  for (const [at, role] of roles) {
    const continued =
      (role.kind === 'related' && role.title) || role.kind === 'caption' || role.kind === 'field';
    (continued ? first : alone).add(at);
  }
  return { alone, first };
}

function anywhere(line: CopyLine, before: CopyLine | undefined): Role | undefined {
  const { text } = line;
  if (line.width > MAX_TITLE_COLUMNS + MAX_LABEL_COLUMNS) return undefined;
  const end = endMark(text);
  if (end) return end;
  // In wrapped text, a paragraph may have a line that begins with a word such as “Related”.
  if (before && !before.blank && before.width > 40 && !endsSentence(before.text) && !/^[[{(]|:$/.test(text))
    return undefined;
  const { label, value, colon } = splitLabel(text);
  if (!label) return undefined;
  if (RELATED_LABELS.has(label)) return { kind: 'related', title: value, colon };
  if (CAPTION_LABELS.has(label) && value && colon) return { kind: 'caption' };
  return NOTES_LABELS.has(label) && (colon || !value) ? { kind: 'notes' } : undefined;
}

/**
 * Splits `Label: value`. Brackets, stars and dashes around the label are dropped, and the label is in lower
 * case. `colon` says whether a colon or an arrow follows the label.
 */
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

/** Reads the end mark of a story: `-30-`, `###`, `ENDS`. It is `sure` if a story cannot hold it as a word. */
export function endMark(text: string): { kind: 'end'; sure: boolean } | undefined {
  if (text.length > 24) return undefined;
  const bare = text.replace(/[\s*_()[\]{}.~=■□∎—–-]/g, '').toLowerCase();
  const decorated = bare !== text.trim().toLowerCase().replace(/\s/g, '') || bare.startsWith('#');
  if (bare === '30') return decorated && /[-–—()#]/.test(text) ? { kind: 'end', sure: true } : undefined;
  if (/^[■□∎]$/.test(text.trim())) return { kind: 'end', sure: true };
  const spaced = text
    .replace(/[*_()[\]{}.~=■□∎—–-]/g, ' ')
    .trim()
    .toLowerCase();
  const isShouted = /\p{Lu}{3}/u.test(text) && text === text.toUpperCase();
  return END_MARKS.has(bare) || END_MARKS.has(spaced)
    ? { kind: 'end', sure: decorated || isShouted }
    : undefined;
}

/**
 * Adds the roles of the lines of the head. Returns the index after the head's last line, or 0 without a head.
 */
function findHead(
  lines: readonly CopyLine[],
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
    if (roles.has(at) || ++seen > MAX_HEAD_LINES) break;
    const term = termLines.get(at);
    // A term between two paragraphs does not make the first paragraph a part of the head.
    if (term && groups > 0 && isProse) continue;
    const role: Role | undefined = term ? { kind: term } : headRole(lines, at, found, context);
    if (role) {
      found.set(at, role);
      groupLines = 0;
      continue;
    }
    if (groupLines++ === 0) groups++;
    isProse ||= line.width >= MIN_PARAGRAPH_COLUMNS && endsWithStop(line.text);
    if (groups > MAX_HEAD_GROUPS || groupLines > MAX_GROUP_LINES || line.width > MAX_HEAD_COLUMNS) break;
  }
  keepCertain(lines, found);
  for (const [at, role] of found) roles.set(at, role);
  return Math.max(0, ...[...found.keys()].map(at => at + 1));
}

/** Whether a line only clears a story for release: “Press release”, “For immediate release”. */
export function isReleaseLine(text: string): boolean {
  const words = text.replace(/[*_:.!\s]{1,8}$/, '').replace(/^[*_\s]{1,8}/, '');
  return RELEASE_LINES.has(words.toLowerCase());
}

function headRole(
  lines: readonly CopyLine[],
  at: number,
  found: Map<number, Role>,
  context: DateContext,
): Role | undefined {
  const line = lines[at];
  if (!line || line.width > MAX_HEAD_COLUMNS) return undefined;
  const { text } = line;
  const above = found.get(at - 1);
  if (isReleaseLine(text)) return { kind: 'release' };
  const { label, value } = splitLabel(text);
  const field = value ? FIELD_LABELS.get(label) : undefined;
  if (field && field !== 'byline') return { kind: 'field', field, value };
  const date = dateOf(text, context);
  if (date) return date;
  const byline =
    datedByline(text, context) ??
    bylineOf(line, lines[at - 1], lines[at + 1]) ??
    nameLine(lines, at, found, context);
  if (byline) return byline;
  if (above?.kind !== 'byline' && above?.kind !== 'credit') return undefined;
  // “By” may stand alone on its line, with the names on the next line.
  if (
    above.kind === 'byline' &&
    !above.authors &&
    parseNames(text) &&
    withoutBylinePrefix(lines[at - 1]?.text ?? '') === ''
  ) {
    return { kind: 'byline', authors: parseNames(text) };
  }
  const next = lines[at + 1];
  const short = line.width <= 60 && !endsWithStop(text) && (!next || next.blank || next.width <= 60);
  return short ? { kind: 'credit' } : undefined;
}

function bylineOf(
  line: CopyLine,
  above: CopyLine | undefined,
  below: CopyLine | undefined,
): Role | undefined {
  const names = withoutBylinePrefix(line.text);
  if (names === undefined) return undefined;
  const stands = !below || below.blank || below.width < 80;
  const sentence = endsWithStop(line.text) && line.text.length > 60;
  if (!stands || sentence) return undefined;
  // Text copied from a page may join a date to a name: “Jane Doe12 Oct 2026”.
  const unglued = /^([^\d]{3,80}\p{Ll}{2})\d/u.exec(line.text)?.[1];
  const authors = parseByline(line.text) ?? (unglued ? parseByline(unglued) : undefined);
  if (authors) return { kind: 'byline', authors };
  // A byline that names no person names an organisation, or cannot be read.
  if (!above || above.blank || names.length > 80) return undefined;
  const organisation =
    /^(?:the )?\p{Lu}[\p{L}\p{M}’'&. -]{2,60}$/u.test(names) &&
    names.split(/\s+/).length <= 6 &&
    !endsWithStop(names);
  return { kind: 'byline', authors: organisation ? [{ name: names }] : undefined };
}

/** Reads a byline and a date on one line: `By Ada Quill | March 5, 2026`. */
function datedByline(text: string, context: DateContext): Role | undefined {
  if (!/\p{N}/u.test(text)) return undefined;
  for (const { 0: mark, index } of text.matchAll(/\s*[|·•]\s*|\s+[–—-]\s+|[,;，]\s*|\s{2,}/g)) {
    const sides = [text.slice(0, index), text.slice(index + mark.length)];
    for (const [names = '', date = ''] of [sides, sides.toReversed()]) {
      const found = /\p{N}/u.test(names) ? undefined : findInstant(date, context);
      if (!found || found.rest.length > 0) continue;
      const authors = parseByline(names) ?? (/[|·•]/.test(mark) ? personOf(names) : undefined);
      if (authors) return { kind: 'byline', authors, names, published: found.at };
    }
  }
  return undefined;
}

/**
 * Reads a name alone on a line below the headline. The story must not have its words, as it has those of a place or a
 * subject, and a date or the story must follow.
 */
function nameLine(
  lines: readonly CopyLine[],
  at: number,
  found: Map<number, Role>,
  context: DateContext,
): Role | undefined {
  const { text } = lines[at] as CopyLine;
  const above = lines.slice(0, at).filter(({ blank }, index) => !blank && !found.has(index));
  if (above.length === 0 || above.length > MAX_HEAD_GROUPS) return undefined;
  if ([...found.values()].some(({ kind }) => kind === 'byline')) return undefined;
  const authors = personOf(text);
  if (!authors) return undefined;
  const below = lines.slice(at + 1, at + 1 + MAX_HEAD_LINES);
  const next = below.find(({ blank }) => !blank);
  const isDated = next !== undefined && dateOf(next.text, context) !== undefined;
  const isStory = below[0]?.blank === true && next !== undefined && next.width >= MIN_LEDE_COLUMNS;
  if (!isDated && !isStory) return undefined;
  const words = text.toLowerCase().split(/\s+/);
  const isToldOf = lines.some(
    (line, index) =>
      index !== at && words.some(word => word.length > 2 && hasWord(line.text.toLowerCase(), word)),
  );
  return isToldOf ? undefined : { kind: 'byline', authors };
}

function hasWord(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
    if (!/\p{L}/u.test(`${text.charAt(at - 1)}${text.charAt(at + word.length)}`)) return true;
  return false;
}

/** The person that a text names, if it is only one name: two to four words, or a Chinese or Korean name. */
function personOf(line: string): Author[] | undefined {
  const text = line.replace(EAST_ASIAN_JOB, '');
  const isPerson =
    (PERSON.test(text) &&
      text !== text.toUpperCase() &&
      !NO_NAME_WORDS.some(word => hasWord(text.toLowerCase(), word))) ||
    (EAST_ASIAN_PERSON.test(text) && EAST_ASIAN_SURNAMES.has(text.charAt(0)));
  const authors = isPerson ? parseNames(text) : undefined;
  return authors?.length === 1 && authors[0]?.name === text ? authors : undefined;
}

const PERSON = /^\p{Lu}[\p{L}\p{M}’'.-]+(?:\s\p{L}[\p{L}\p{M}’'.-]*){0,2}\s\p{Lu}[\p{L}\p{M}’'-]+$/u;
const EAST_ASIAN_JOB = /\s?(?:기자|특파원|记者|記者)$/u;
const EAST_ASIAN_PERSON = /^(?:\p{Script=Han}{2,3}|\p{Script=Hangul}{3})$/u;

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
      // “KYIV, October 1, 2024” is a date with a place before it.
      const before = /^([\p{Lu}][\p{Lu}\p{M}\s.'’-]{2,40}),/u.exec(part)?.[1];
      if (!before || before.toLowerCase().match(/[\p{L}\p{M}’']+/gu)?.length !== found.rest.length)
        return undefined;
      place = before;
    }
    if (updated) modified = found.at;
    else published ??= found.at;
  }
  return { kind: 'date', published, modified, place };
}

/** Drops the role of a single labelled line that is not the first line of the file. It may be part of the story. */
function keepCertain(lines: readonly CopyLine[], found: Map<number, Role>): void {
  const fields = [...found].filter(([, role]) => role.kind === 'field');
  const first = lines.findIndex(line => !line.blank);
  if (fields.length === 1 && fields[0] && fields[0][0] !== first && found.size === 1)
    found.delete(fields[0][0]);
}

import { keyOf } from '../release/keys.ts';
import { FRONT_MATTER_KEYS } from '../words/front-matter-keys.ts';

/** The header of a text by another program, and the text below it. */
export interface HeaderLines {
  fields: Map<string, unknown>;
  body: string;
}

/** Lines of Org mode: `#+TITLE: …`. */
const ORG = /^#\+([a-z][\w-]{0,40}):(?:[ \t]+(.*))?$/i;

/** Lines of AsciiDoc and reStructuredText: `:date: …`. `:draft:` is set, and `:!draft:` is not. */
const MARKED = /^:([a-z!][\w !-]{0,40}):(?:[ \t]+(.*))?$/i;

/** Lines of Nikola: `.. title: …`. */
const DOTTED = /^\.\.[ \t]+([a-z][\w-]{0,40}):(?:[ \t]+(.*))?$/i;

/** Names of programs before a key: `#+HUGO_DRAFT:`, `:page-status:`. */
const PROGRAM = /^(?:hugo|jekyll|page|antora|pelican|nikola)[-_ ](?=.)/i;

/** The title of an AsciiDoc document. */
const TITLE = /^=[ \t]+(\S.*[^=\s])[ \t]*$/;

/** The title block of Pandoc: lines for the title, the authors and the date. */
const PANDOC = /^%[ \t]+(\S.*)$/;

/** A line under a title of reStructuredText. It can stand above the title too. */
const RULE = /^([=\-~^"'#*+`:.])\1{2,}[ \t]*$/;

/** The lines below the title of AsciiDoc: an author, and a revision with its date. */
const AUTHOR = /^(\p{Lu}[\p{L}\p{M}.’' -]{1,80}?)(?:[ \t]+<[^<>\s]{1,200}>)?$/u;
const REVISION = /^(?:v?\d[\w.]{0,20},[ \t]*)?(\d{4}-\d{2}-\d{2})(?:[:,].*)?$/;

/** Minimum number of known keys between colons without a title above them. */
const MIN_KNOWN = 2;

/** Maximum number of lines of a header. */
const MAX_LINES = 80;

/**
 * Finds the header of a text of Org mode, AsciiDoc, reStructuredText or Nikola: lines with marked keys at the top, or
 * below the title.
 * @returns undefined if there is none; a line such as `:smile: Hello` is not a header
 */
export function findHeaderLines(text: string): HeaderLines | undefined {
  const plain = text.replace(/^[\s\u200b\u2060\ufeff]+/, '');
  const lines = plain.split(/\r\n?|\n/, MAX_LINES);
  const fields = new Map<string, unknown>();
  const top = takeTitle(lines, fields);
  let known = 0;
  let end = top;
  let last: string | undefined;
  for (let at = top; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const field = fieldOf(line);
    if (field) {
      last = state(fields, field);
      // “:date: Friday on the quay” begins with an emoji.
      const isEmoji = MARKED.test(line) && keyOf(field.key) === undefined;
      if (isKnown(field.key)) known += isEmoji ? 1 : MIN_KNOWN;
    } else if (last !== undefined && at === end && /^[ \t]+\S/.test(line)) {
      // An indented line continues the value above it.
      const before = fields.get(last);
      if (typeof before === 'string') fields.set(last, `${before} ${line.trim()}`.trim());
    } else if (line.trim() !== '') break;
    else continue;
    end = at + 1;
  }
  const isTitled =
    top > 0 && [TITLE, PANDOC].some(title => title.test(lines[0] ?? '')) && (lines[top] ?? '').trim() === '';
  if (known < MIN_KNOWN && !(known > 0 && top > 0) && !isTitled) return undefined;
  return { fields, body: below(plain, end) };
}

interface HeaderField {
  key: string;
  value: unknown;
}

function fieldOf(line: string): HeaderField | undefined {
  const [, name, value = ''] = ORG.exec(line) ?? DOTTED.exec(line) ?? [];
  if (name !== undefined) return { key: name.replace(PROGRAM, ''), value: valueIn(value) };
  const [, marked, rest = ''] = MARKED.exec(line) ?? [];
  if (marked === undefined) return undefined;
  const key = marked.replace(/^!|!$/g, '').replace(PROGRAM, '');
  if (key !== marked.replace(PROGRAM, '')) return { key, value: false };
  // A key without a value is set. Only a release term can be a switch.
  return { key, value: rest.trim() === '' && keyOf(key) !== undefined ? true : valueIn(rest) };
}

/** The value of a header line. Org mode writes tags as `:harbour:ferry:` and dates in brackets. */
function valueIn(text: string): unknown {
  const value = text.trim();
  if (/^(?:true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  if (/^:(?:[^:\s]+:)+$/.test(value)) return value.split(':').filter(Boolean);
  return /^[<[]\d{4}-\d{2}-\d{2}[^<>[\]]*[>\]]$/.test(value)
    ? value.slice(1, -1).replace(/ \p{L}+\.?/u, '')
    : value;
}

/** Adds a field. All values of a release term count, and otherwise the first one. Returns the key under which it is. */
function state(fields: Map<string, unknown>, { key, value }: HeaderField): string | undefined {
  if (/^(?:properties|end)$/i.test(key)) return undefined;
  const given = [...fields.keys()].find(each => each.toLowerCase() === key.toLowerCase()) ?? key;
  const before = fields.get(given);
  if (before === undefined || before === '') fields.set(given, value);
  else if (keyOf(key)) fields.set(given, [before, value].flat());
  return given;
}

function isKnown(key: string): boolean {
  return FRONT_MATTER_KEYS.has(key.toLowerCase().replace(/[-_ ]/g, '')) || keyOf(key) !== undefined;
}

/** Takes the title above the fields, with the author and the date of AsciiDoc. Returns the index of the next line. */
function takeTitle(lines: readonly string[], fields: Map<string, unknown>): number {
  const [first = '', second = '', third = ''] = lines;
  if (PANDOC.test(first)) return takePandoc(lines, fields);
  const [, title] = TITLE.exec(first) ?? [];
  if (title !== undefined) {
    fields.set('title', title);
    const author = AUTHOR.exec(second)?.[1];
    const [, date] = REVISION.exec(third) ?? [];
    const isAuthor =
      author !== undefined && (second.endsWith('>') || date !== undefined || MARKED.test(third));
    if (isAuthor) fields.set('author', author);
    if (isAuthor && date !== undefined) fields.set('date', date);
    return isAuthor ? (date === undefined ? 2 : 3) : 1;
  }
  const isOver = RULE.test(first) && RULE.test(third);
  const words = isOver ? second : first;
  if (!/\p{L}/u.test(words) || fieldOf(words) || !RULE.test(isOver ? third : second)) return 0;
  fields.set('title', words.trim());
  return isOver ? 3 : 2;
}

/** Takes the title block of Pandoc. Writers also put a release term into it. Returns the index of the next line. */
function takePandoc(lines: readonly string[], fields: Map<string, unknown>): number {
  const end = lines.findIndex(line => !/^%(?:[ \t]|$)/.test(line));
  const block = lines.slice(0, Math.max(end, 0));
  for (const [at, line] of block.entries()) {
    const value = PANDOC.exec(line)?.[1] ?? '';
    const [, key = '', stated = ''] = /^([\p{L}_][\p{L}\p{M}_ -]{0,40}):[ \t]+(.*)$/u.exec(value) ?? [];
    if (at > 0 && keyOf(key)) state(fields, { key, value: stated });
    else if (at < PANDOC_FIELDS.length && value !== '')
      fields.set(PANDOC_FIELDS[at] ?? '', at === 1 ? value.split(/[ \t]*;[ \t]*/) : value);
  }
  return block.length;
}

const PANDOC_FIELDS = ['title', 'author', 'date'];

/** The text below the first lines. */
function below(text: string, count: number): string {
  const newline = /\r\n?|\n/g;
  for (let line = 0; line < count; line++) if (!newline.exec(text)) return '';
  return text.slice(newline.lastIndex);
}

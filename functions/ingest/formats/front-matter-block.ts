import { isJsonError, parseJson } from '../decode/json.ts';
import { readKeyed } from '../release/keyed.ts';
import { keyOf } from '../release/keys.ts';
import { FRONT_MATTER_KEYS, SILENT_KEYS } from '../words/front-matter-keys.ts';

/** Front matter in a file, before it is parsed. */
export interface FrontMatterBlock {
  /** `yaml`, `toml`, `json`, or the name that the fence gives. */
  language: string;
  source: string;
  /** The text after the front matter. */
  body: string;
  /** Whether the closing fence is missing. The front matter then ends where the prose begins. */
  isOpen: boolean;
  /** Whether a release term of metadata without fences has fields or a list of its own. */
  isNested?: boolean;
}

/** Maximum length of JSON front matter, in characters. The metadata of a story has some thousands. */
const MAX_JSON_CHARS = 1_000_000;

/** Maximum number of lines of front matter. A longer block is data. */
const MAX_LINES = 20_000;

/** Maximum length of metadata without the usual fences, in characters. */
const MAX_BARE_CHARS = 4_000;

/** Minimum number of known keys in metadata without the usual fences. One known key may be a line of prose. */
const MIN_KNOWN_KEYS = 2;

/** Maximum number of lines of marks above metadata, such as a rule, or a code fence with a fence inside. */
const MAX_MARKS = 3;

/** Maximum number of dashes of an unclosed fence. A longer line is a rule. */
const MAX_OPEN_DASHES = 4;

/** Minimum length of a line without a key that is prose, in characters. */
const MIN_PROSE_CHARS = 80;

const FENCE = /^[ \t]*([-–—]{2,}|—|\+{3,}|;{3,})[ \t]*([a-z]{0,12})[ \t]*$/i;
const KEY =
  /^[ \t]*(?:- )?["']?([\p{L}_$@][\p{L}\p{M}\p{N}_ .@/-]{0,60}?)["']?[ \t]*(?:[:=](?=\s|$|["'[{|>\d]|\p{L})|：)/u;

/** A key in bold: `**Embargo:** Friday`. */
const BOLD_KEY = /^[ \t]*(?:\*\*|__)([\p{L}_][\p{L}\p{M} _-]{0,40})(?::(?:\*\*|__)|(?:\*\*|__):)/u;

/** What can stand above front matter: white space, a byte order mark, a few comments. */
const ABOVE = /^(?:[\s\u0085\u200b\u2060\ufeff]+|<!--(?:(?!-->)[\s\S]){0,2000}-->){0,20}/;

/**
 * Finds the front matter of a text: between lines of dashes, plus signs or semicolons of any length, or as a
 * JSON object. White space and a byte order mark may stand before it. The closing line may be missing.
 * @returns undefined if there is none; a rule (`---`) above prose is not front matter
 */
export function findFrontMatter(text: string): FrontMatterBlock | undefined {
  const [above = ''] = ABOVE.exec(text) ?? [];
  const start = above.length;
  const first = text.charAt(start);
  if (!/[-–—+;{]/.test(first)) return undefined;
  // White space before the first line is the indent of that line.
  const plain = text
    .slice(text.slice(0, start).search(/[ \t]*$/))
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n');
  return first === '{' ? findJson(plain.trimStart()) : findFenced(plain);
}

/**
 * Finds metadata of Markdown without the usual fences. It consists of the first lines. Each line holds a key,
 * or continues the value above. The lines stand between rules, in a code block, or above a blank line
 * (MultiMarkdown).
 */
export function findBareFrontMatter(text: string): FrontMatterBlock | undefined {
  const plain = text.slice(text.search(/[^\s\u200b\u2060\ufeff]/)).replace(/\r\n?/g, '\n');
  const lines = linesOf(plain.slice(0, 2 * MAX_BARE_CHARS), 0);
  const isBlank = (at: number) => lines[at]?.text.trim() === '';
  const isQuoted = plain.startsWith('>');
  const textAt = (at: number) =>
    (lines[at]?.text ?? '').replace(isQuoted ? /^>[ \t]?/ : '', '').replace(BOLD_KEY, '$1:');
  const isMark = (at: number) => MARK.test(textAt(at));
  let from = 0;
  let marks = 0;
  for (; from < lines.length && (isBlank(from) || isMark(from)); from++) if (isMark(from)) marks++;
  if (marks > MAX_MARKS) return undefined;
  if (marks > 0 && textAt(from).trim().startsWith('{')) return findMarkedJson(plain.slice(lines[from]?.from));
  const keys: string[] = [];
  let to = from;
  let end: number | undefined;
  for (; to < lines.length && !isMark(to); to++) {
    if (isBlank(to)) end ??= to;
    else {
      const key = KEY.exec(textAt(to))?.[1];
      if (key !== undefined && !(!isKnown(key) && isProse(textAt(to)))) keys.push(key);
      else if (keys.length === 0 || !/^(?:\s+\S|[ \t]*- )/.test(textAt(to))) break;
      if (end !== undefined && key === undefined) break;
    }
  }
  const isClosed = to < lines.length && isMark(to);
  if (!isClosed && end === undefined) return undefined;
  // Without a closing mark the metadata ends at the first blank line.
  const last = isClosed ? to : (end ?? to);
  const source = lines
    .slice(from, last)
    .map((_, at) => textAt(from + at))
    .join('\n');
  const fields = fieldsOf(source);
  const known = fields.filter(field => weigh(field) === 'known').length;
  const other = fields.filter(field => weigh(field) === 'other').length;
  // “Title: the word comes from Latin.” is prose.
  if (fields.every(({ line }) => isProse(line))) return undefined;
  const hasMarks = marks > 0 || isClosed;
  // A nested release term shows by itself that the lines are metadata.
  const isNested = fields.some(
    field =>
      keyOf(field.key) !== undefined &&
      (field.below.length > 0 || /[[{]/.test(field.line)) &&
      weigh(field) === 'known',
  );
  const least = isNested ? 1 : MIN_KNOWN_KEYS;
  if (source.length > MAX_BARE_CHARS || known < least || (!hasMarks && !isNested && other > 0))
    return undefined;
  let next = last;
  while (next < lines.length && (isBlank(next) || (isClosed && isMark(next))) && next - last <= MAX_MARKS)
    next++;
  return {
    language: /^\s*[\p{L}_-]+\s*=/u.test(source) ? 'toml' : 'yaml',
    source: outdented(source),
    body: plain.slice(lines[next]?.from ?? plain.length),
    isOpen: marks > 0 && !isClosed,
    isNested,
  };
}

/** A line with a key, and the lines below it that are indented or begin with a dash. */
interface Field {
  key: string;
  line: string;
  below: string[];
}

function fieldsOf(source: string): Field[] {
  const fields: Field[] = [];
  for (const line of outdented(source).split('\n')) {
    const key = /^(?:\s|- )/.test(line) ? undefined : KEY.exec(line)?.[1];
    if (key !== undefined) fields.push({ key, line, below: [] });
    else if (line.trim() !== '') fields.at(-1)?.below.push(line);
  }
  return fields;
}

/** Whether a field is known, is data with keys of its own, or can be anything else, such as a line of a story. */
function weigh({ key, line, below }: Field): 'known' | 'data' | 'other' {
  if (isKnown(key)) return 'known';
  const value = line.slice(line.search(/[:=]/) + 1).trim();
  // The values of lists, objects and lines below, without their keys.
  const values = [...value.split(/[[\]{},]/), ...below]
    .map(each => each.trim().replace(ITEM, ''))
    .filter(Boolean);
  // “Access: by ferry” is a line of a story, “Access: internal” is a release term.
  const isFlag = values.some(each => readKeyed(key, each, { timeZone: 'UTC' }).length > 0);
  if (/^flags?$/i.test(key) || (keyOf(key) === 'flags' && isFlag)) return 'known';
  const inner = /^[[{]/.test(value)
    ? [...value.matchAll(INNER_KEY)].map(([, name = '']) => name)
    : below.map(each => KEY.exec(each)?.[1]);
  if (inner.length === 0 || inner.includes(undefined)) return 'other';
  return [...inner, ...values].some(name => name !== undefined && keyOf(name) !== undefined)
    ? 'known'
    : 'data';
}

/** The beginning of an item of a list or an object, with its key. */
const ITEM = /^(?:- )?(?:["']?[\p{L}_]{1,40}["']?[ \t]*:[ \t]*)?/iu;

/** A key in an object on one line. */
const INNER_KEY = /[{,][ \t]*["']?([\p{L}_][\p{L}\p{N}_-]{0,40})["']?[ \t]*:/gu;

/** An object between marks, such as a code block. */
function findMarkedJson(text: string): FrontMatterBlock | undefined {
  const found = findJson(text);
  const names = [...(found?.source ?? '').matchAll(/["']?([\p{L}_]{2,60})["']?[ \t]*:/gu)];
  if (!found || !names.some(([, name = '']) => isKnown(name))) return undefined;
  const [mark, ...below] = found.body.trimStart().split('\n');
  return MARK.test(mark ?? '') ? { ...found, body: below.join('\n') } : found;
}

/** A line that is only a mark: a rule, a code fence, a box around metadata, quotation marks. */
const MARK =
  /^[ \t]*(?:(?:`{3,}|~{3,})[ \t]*[a-z-]{0,15}|<\/?(?:pre|code)>|<!--|-->|\/\*+|\*+\/|#+[ \t]*[-=]{2,}|[^\p{L}\p{N}\s{}[\]]{2,}|(?:[^\p{L}\p{N}\s{}[\]][ \t]){2,}[^\p{L}\p{N}\s{}[\]]|[─—…])[ \t]*$/iu;

/** Whether the value of a line is a sentence. */
function isProse(line: string): boolean {
  return isSentence(line.slice(line.search(/[:=]/) + 1).trim());
}

/** Removes the indent that all lines share. */
function outdented(source: string): string {
  const indents = source.split('\n').flatMap(line => (line.trim() ? [line.search(/\S/)] : []));
  const indent = Math.min(...indents);
  return source
    .split('\n')
    .map(line => line.slice(indent))
    .join('\n');
}

function findFenced(text: string): FrontMatterBlock | undefined {
  const newline = text.indexOf('\n');
  const fence = FENCE.exec(newline < 0 ? text : text.slice(0, newline));
  const mark = fence?.[1];
  if (!mark || newline < 0) return undefined;
  const kind = mark.startsWith('+') ? 'toml' : mark.startsWith(';') ? 'json' : 'yaml';
  const language = (fence[2] ?? '').toLowerCase().replace(/^yml$/, 'yaml') || kind;
  const lines = linesOf(text, newline + 1);
  const isObject =
    lines
      .find(({ text: line }) => line !== '')
      ?.text.trimStart()
      .startsWith('{') === true;
  const judgeTo = (end: number) =>
    judge(end < 0 ? lines : lines.slice(0, end), kind === 'json' || language !== kind || isObject);
  const indent = text.search(/\S/);
  // An indented line below a key belongs to its value, unless no other line closes the front matter.
  const closes = [indent, Number.POSITIVE_INFINITY].map(most =>
    lines.findIndex(({ text: line }) => line.search(/\S/) <= most && isClose(line, kind)),
  );
  const [strict = -1] = closes;
  const close = closes.find(at => at >= 0 && judgeTo(at)?.prose === undefined && judgeTo(at)) ?? strict;
  const inside = close < 0 ? lines : lines.slice(0, close);
  const read = judgeTo(close);
  if (!read) return undefined;
  const cut = (end: number, next: number, isOpen: boolean) => ({
    language,
    source: indent > 0 ? outdented(text.slice(newline + 1, end)) : text.slice(newline + 1, end),
    body: text.slice(next),
    isOpen,
  });
  const last = lines[close];
  if (last && read.prose === undefined) return cut(last.from, last.to, false);
  // Without a closing line, only lines that are surely metadata are front matter.
  if (mark.length > MAX_OPEN_DASHES || read.known === 0) return undefined;
  const end = inside[read.prose ?? inside.length]?.from ?? text.length;
  return cut(end, end, true);
}

interface TextLine {
  text: string;
  from: number;
  to: number;
}

function linesOf(text: string, start: number): TextLine[] {
  const lines: TextLine[] = [];
  for (let from = start; from < text.length && lines.length < MAX_LINES; ) {
    const newline = text.indexOf('\n', from);
    const end = newline < 0 ? text.length : newline;
    const to = newline < 0 ? text.length : newline + 1;
    lines.push({ text: text.slice(from, end).trimEnd(), from, to });
    from = to;
  }
  return lines;
}

function isClose(line: string, kind: string): boolean {
  const bare = line.trim();
  if (kind === 'toml') return /^\+{3,}$/.test(bare);
  if (kind === 'json') return /^;{3,}$/.test(bare);
  return /^(?:[-–—]{2,}|—|\.\.\.|…)$/.test(bare);
}

/**
 * Judges whether lines are front matter. `known` is the number of known keys, and `prose` is the index of the
 * line before which the front matter must end.
 * @param isOther whether the lines are neither YAML nor TOML; lines without the form of front matter are then not held
 *   against them
 */
function judge(lines: readonly TextLine[], isOther: boolean): { known: number; prose?: number } | undefined {
  let known = 0;
  let keyed = 0;
  let stray = 0;
  let depth = 0;
  let isProper = true;
  let isEmptyKey = false;
  let isBlankBefore = false;
  for (const [at, { text }] of lines.entries()) {
    const bare = text.trim();
    if (bare === '') {
      isBlankBefore = true;
      continue;
    }
    const key = depth > 0 ? undefined : KEY.exec(text)?.[1];
    const value = key === undefined ? '' : bare.slice(bare.search(/[:=]/) + 1).trim();
    if (key !== undefined && (isKnown(key) || !isSentence(value) || !isBlankBefore)) {
      keyed++;
      if (isKnown(key)) known++;
      else if (!/^[a-z][\w.-]*$/.test(key) || isSentence(value)) isProper = false;
      isEmptyKey = value === '' || /^[|>][-+\d]*$/.test(value);
    } else if (depth > 0 || isOther || /^(?:\s|#|- |[[\]{}])/.test(text)) {
      // The line continues the value above it.
    } else if (isEmptyKey && bare.length <= MIN_PROSE_CHARS && !isBlankBefore) {
      isEmptyKey = false;
    } else {
      if (keyed === 0) return undefined;
      if (isBlankBefore || bare.length > MIN_PROSE_CHARS) return known > 0 ? { known, prose: at } : undefined;
      stray++;
    }
    depth = Math.max(0, depth + depthOf(bare));
    isBlankBefore = false;
  }
  if (keyed === 0)
    return isOther || lines.every(({ text }) => /^\s*(?:#|$)/.test(text)) ? { known } : undefined;
  return known > 0
    ? stray <= keyed
      ? { known }
      : undefined
    : isProper && stray === 0
      ? { known }
      : undefined;
}

function depthOf(line: string): number {
  const bare = line.replace(/"(?:[^"\\]|\\.)*"|'[^']*'|\s#.*$/g, '');
  return (bare.match(/[[{]/g)?.length ?? 0) - (bare.match(/[\]}]/g)?.length ?? 0);
}

function isSentence(value: string): boolean {
  return /\S\s\S+\s\S/.test(value) && /[.!?…]["'”’»]?$/.test(value);
}

/** Whether a key is known in front matter, to Copydesk or to other programs. */
function isKnown(key: string): boolean {
  const name = key.toLowerCase().replace(/[-_ ]/g, '');
  if (FRONT_MATTER_KEYS.has(name) || SILENT_KEYS.has(name)) return true;
  const kind = keyOf(key);
  // “Access: by ferry” is a line of a story.
  return kind !== undefined && kind !== 'flags';
}

/** Finds a JSON object in any layout at the beginning, with text below it. */
function findJson(text: string): FrontMatterBlock | undefined {
  if (!/^\{(?:\s|\/\/.*\n|\/\*[^*\n]{0,500}\*\/){0,200}["'“]?[\p{L}_$@]/u.test(text)) return undefined;
  const end = endOfObject(text);
  const line = /^[ \t]*,?[ \t]*\n/.exec(text.slice(end ?? 0));
  if (end !== undefined) {
    const body = text.slice(end + (line?.[0].length ?? 0));
    // A file with one object per line is data. So is an object without text below it, unless it takes a story back.
    if (body.trim() === '' ? !isOrder(text) : !line || !/^\s*[^\s{[]/.test(body)) return undefined;
    return { language: 'json', source: plainJson(text.slice(0, end)), body, isOpen: false };
  }
  const blank = text.search(/\n[ \t]*\n/);
  if (blank < 0) return undefined;
  const source = text.slice(0, blank);
  const names = [...source.matchAll(/["']([^"'\n]{1,60})["'][ \t]*:/g)].map(([, name = '']) => name);
  const body = text.slice(blank);
  return names.some(isKnown) && /^\s*[^\s{}"[\]]/.test(body)
    ? { language: 'json', source, body, isOpen: true }
    : undefined;
}

/** Whether an object has only keys of front matter and holds or withdraws the story: `{"status": "withdrawn"}`. */
function isOrder(text: string): boolean {
  let fields: [string, unknown][];
  try {
    fields = Object.entries(parseJson(text) as object);
  } catch (error) {
    if (!isJsonError(error)) throw error;
    return false;
  }
  return (
    fields.every(([key]) => isKnown(key)) &&
    fields.some(([key, value]) =>
      readKeyed(key, value, { timeZone: 'UTC' }).some(({ kind }) => kind === 'hold' || kind === 'withdraw'),
    )
  );
}

/** Removes comments from an object, and makes the quotation marks straight that a word processor has made curly. */
function plainJson(source: string): string {
  const straight = /^\{\s*“/.test(source) ? source.replace(/[“”]/g, '"') : source;
  return straight.replace(/"(?:[^"\\\n]|\\.)*"|\/\/.*|\/\*[\s\S]{0,2000}?\*\//g, part =>
    part.startsWith('/') ? '' : part,
  );
}

/** The position after the brace that closes the first one. */
function endOfObject(text: string): number | undefined {
  let depth = 0;
  let quoted = false;
  const most = Math.min(text.length, MAX_JSON_CHARS);
  for (let at = 0; at < most; at++) {
    const char = text.charAt(at);
    if (char === '"') quoted = !quoted;
    else if (quoted) at += char === '\\' ? 1 : 0;
    else if (char === '{' || char === '[') depth++;
    else if ((char === '}' || char === ']') && --depth === 0) return at + 1;
  }
  return undefined;
}

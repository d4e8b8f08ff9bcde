import { keyOf } from '../release/keyed.ts';
import { FRONT_MATTER_KEYS, SILENT_KEYS } from '../words/front-matter-keys.ts';

/** Front matter as it stands in a file. */
export interface FrontMatterBlock {
  /** `yaml`, `toml`, `json`, or what the fence names. */
  language: string;
  source: string;
  /** What follows it. */
  body: string;
  /** Whether nothing says where it ends: it was taken to end where the prose begins. */
  isOpen: boolean;
}

/** Longest JSON that is looked at for its end, in characters: a story's metadata has some thousands. */
const MAX_JSON_CHARS = 1_000_000;

/** Most lines of front matter; longer ones are data. */
const MAX_LINES = 20_000;

/** Longest metadata without fences, in characters: each of its lines must have a key that is known. */
const MAX_BARE_CHARS = 4_000;

/** Dashes of an unclosed fence; a longer line is a rule. */
const MAX_OPEN_DASHES = 4;

/** A line without a key that is longer is prose, in characters. */
const PROSE_CHARS = 80;

const FENCE = /^[ \t]*([-–—]{2,}|—|\+{3,}|;{3,})[ \t]*([a-z]{0,12})[ \t]*$/i;
const KEY =
  /^[ \t]*(?:- )?["']?([\p{L}_$@][\p{L}\p{M}\p{N}_ .@/-]{0,60}?)["']?[ \t]*[:=](?=\s|$|["'[{|>\d]|\p{L})/u;

/**
 * Finds the front matter of a text: between lines of dashes, plus signs or semicolons of whatever length, or as a JSON
 * object. White space and a byte order mark may stand before it, and its last line may be missing.
 * @returns undefined where there is none, also for a rule (`---`) above prose
 */
export function findFrontMatter(text: string): FrontMatterBlock | undefined {
  const start = /[^\s\u200b\u2060\ufeff]/.exec(text)?.index;
  const first = start === undefined ? '' : text.charAt(start);
  if (start === undefined || !/[-–—+;{]/.test(first)) return undefined;
  const plain = text.slice(start).replace(/\r\n?|\u2028|\u2029/g, '\n');
  return first === '{' ? findJson(plain) : findFenced(plain);
}

/**
 * Metadata of Markdown that has no fences (MultiMarkdown): the first lines, each with a key that means something, above a blank
 * line.
 */
export function findBareFrontMatter(text: string): FrontMatterBlock | undefined {
  const plain = text.slice(text.search(/[^\s\u200b\u2060\ufeff]/)).replace(/\r\n?/g, '\n');
  const end = plain.search(/\n[ \t]*\n/);
  const source = plain.slice(0, Math.max(end, 0));
  const lines = source.split('\n');
  const keys = lines.map(line => KEY.exec(line)?.[1]);
  if (lines.length < 2 || source.length > MAX_BARE_CHARS || !keys.every(key => key && isKnown(key)))
    return undefined;
  return { language: 'yaml', source, body: plain.slice(end), isOpen: false };
}

function findFenced(text: string): FrontMatterBlock | undefined {
  const newline = text.indexOf('\n');
  const fence = FENCE.exec(newline < 0 ? text : text.slice(0, newline));
  const mark = fence?.[1];
  if (!mark || newline < 0) return undefined;
  const kind = mark.startsWith('+') ? 'toml' : mark.startsWith(';') ? 'json' : 'yaml';
  const language = (fence[2] ?? '').toLowerCase().replace(/^yml$/, 'yaml') || kind;
  const lines = linesOf(text, newline + 1);
  const close = lines.findIndex(({ text: line }) => isClose(line, kind));
  const inside = close < 0 ? lines : lines.slice(0, close);
  const isObject =
    inside
      .find(({ text: line }) => line !== '')
      ?.text.trimStart()
      .startsWith('{') === true;
  const read = judge(inside, kind === 'json' || language !== kind || isObject);
  if (!read) return undefined;
  const cut = (end: number, next: number, isOpen: boolean) => ({
    language,
    source: text.slice(newline + 1, end),
    body: text.slice(next),
    isOpen,
  });
  const last = lines[close];
  if (last && read.prose === undefined) return cut(last.from, last.to, false);
  // Without its last line, only what is surely metadata is taken for front matter.
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
  // What begins below a key is text of it.
  return line === bare && /^(?:[-–—]{2,}|—|\.\.\.)$/.test(bare);
}

/**
 * Whether lines are front matter; `known` is the number of keys that mean something, and `prose` the index of the line at
 * which it must have ended.
 * @param isOther whether they are of another language than YAML or TOML, whose lines say less
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
      // Continues what stands above it.
    } else if (isEmptyKey && bare.length <= PROSE_CHARS && !isBlankBefore) {
      isEmptyKey = false;
    } else {
      if (keyed === 0) return undefined;
      if (isBlankBefore || bare.length > PROSE_CHARS) return known > 0 ? { known, prose: at } : undefined;
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

/** Whether a key means something in front matter, here or to other programs. */
function isKnown(key: string): boolean {
  const name = key.toLowerCase().replace(/[-_ ]/g, '');
  return FRONT_MATTER_KEYS.has(name) || SILENT_KEYS.has(name) || keyOf(key) !== undefined;
}

/** An object at the beginning, in whatever layout, with text below it. */
function findJson(text: string): FrontMatterBlock | undefined {
  if (!/^\{\s{0,200}["']?[\p{L}_$@]/u.test(text)) return undefined;
  const end = endOfObject(text);
  const line = /^[ \t]*,?[ \t]*\n/.exec(text.slice(end ?? 0));
  if (end !== undefined) {
    const body = text.slice(end + (line?.[0].length ?? 0));
    // A file of objects, one a line, is data, as is an object with nothing below it.
    if (!line || !/^\s*[^\s{[]/.test(body)) return undefined;
    return { language: 'json', source: text.slice(0, end), body, isOpen: false };
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

/** Behind the brace that closes the first one. */
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

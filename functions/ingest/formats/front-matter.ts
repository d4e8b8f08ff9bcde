import { parseJson } from '../decode/json.ts';
import { keyOf } from '../release/keys.ts';
import { type FrontMatterBlock, findBareFrontMatter, findFrontMatter } from './front-matter-block.ts';

/** Parsed front matter. Keys are as written, and values have the types of YAML. */
export interface FrontMatter {
  fields: Map<string, unknown>;
  /** The text after the front matter. */
  body: string;
  /** Whether the closing fence is missing. */
  isOpen: boolean;
  warnings: string[];
}

/** Maximum length of front matter for a parser, in characters. Longer front matter is read line by line. */
const MAX_PARSED_CHARS = 32_768;

/** Maximum number of YAML aliases. Good front matter has one or two, an attack has thousands. */
const MAX_ALIASES = 20;

/** Maximum depth of nesting for the YAML parser, which is recursive. */
const MAX_DEPTH = 40;

/**
 * Splits the front matter (YAML, TOML or JSON) from the text and parses it. If it is invalid, as in `title:
 * colon: in title`, or too long for a parser, its lines are read as `key: value`, with a warning. Code
 * (`---js`) is never run.
 * @returns undefined if there is no front matter
 */
export async function splitFrontMatter(text: string): Promise<FrontMatter | undefined> {
  const block = findFrontMatter(text) ?? findBareFrontMatter(text);
  if (!block) return splitHeaderLines(text);
  return read(block);
}

/**
 * Splits the metadata from plain text: the header of Org mode, AsciiDoc or reStructuredText, or fields with a release
 * term in a list or an object. Other labelled lines of plain text are read as copy.
 */
export async function splitHeader(text: string): Promise<FrontMatter | undefined> {
  const block = findBareFrontMatter(text);
  return block?.isNested ? read(block) : splitHeaderLines(text);
}

/** How a text with such a header begins: with a mark, or with a rule in one of its first three lines. */
const HEADER =
  /^[\s\u200b\u2060\ufeff]*(?:#\+|:|\.\. |= |% |(?:.{0,200}(?:\r\n?|\n)){0,2}([=\-~^"'#*+`:.])\1{2,}[ \t]*(?:[\r\n]|$))/;

async function splitHeaderLines(text: string): Promise<FrontMatter | undefined> {
  if (!HEADER.test(text)) return undefined;
  const { findHeaderLines } = await import('./header-lines.ts');
  const header = findHeaderLines(text);
  return header && { ...header, isOpen: false, warnings: [] };
}

async function read(block: FrontMatterBlock): Promise<FrontMatter> {
  const { language, body, isOpen } = block;
  // Keyboards of Chinese and Japanese write a wide colon.
  const source = block.source.replace(WIDE_COLON, '$1: ');
  const name = NAMES.get(language);
  const warnings: string[] = [];
  if (isOpen)
    warnings.push('The front matter is not closed; it was taken to end where the text begins. Check it.');
  if (name === undefined)
    warnings.push(
      `The front matter is written in “${language}”, which is not read; only YAML, TOML and JSON are.`,
    );
  const parsed =
    name === undefined || source.length > MAX_PARSED_CHARS ? undefined : await parse(language, source);
  if (!parsed && name !== undefined)
    warnings.push(
      source.length > MAX_PARSED_CHARS
        ? 'The front matter is very long; it was read line by line as “key: value”.'
        : `The front matter is not valid ${name}; it was read line by line as “key: value”. Check it, and put values that hold a colon in quotes.`,
    );
  return { fields: parsed ?? (await readBlocks(source)), body, isOpen, warnings };
}

const WIDE_COLON = /^([ \t]*[\p{L}_][\p{L}\p{M}\p{N}_ -]{0,40})：[ \t]*/gmu;

const NAMES: ReadonlyMap<string, string> = new Map([
  ['yaml', 'YAML'],
  ['toml', 'TOML'],
  ['json', 'JSON'],
]);

async function parse(language: string, source: string): Promise<Map<string, unknown> | undefined> {
  if (language === 'toml') return (await readToml(source)) ?? readYaml(source);
  return (language === 'json' ? readJson(source) : undefined) ?? readYaml(source);
}

/**
 * Parses an object, or its fields without the braces. The YAML parser accepts small mistakes, such as an
 * extra comma.
 */
function readJson(source: string): Map<string, unknown> | undefined {
  const whole = source.trim().replace(/,$/, '');
  // The last brace may be missing.
  const bare = whole.startsWith('{') && !whole.endsWith('}') ? `${whole}}` : whole;
  try {
    return asMap(parseJson(bare.startsWith('{') ? bare : `{${bare}}`));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Parses TOML 1.0. Returns undefined if it is invalid. */
async function readToml(source: string): Promise<Map<string, unknown> | undefined> {
  if (depthOf(source) > MAX_DEPTH) return undefined;
  const { parse, TomlError } = await import('../packages/smol-toml.ts');
  try {
    return asMap(parse(source));
  } catch (error) {
    if (error instanceof TomlError) return undefined;
    throw error;
  }
}

/** Maximum depth of objects that are read. Release terms stand in objects inside other objects. */
const MAX_OBJECT_DEPTH = 6;

/** Converts an object and the objects inside it to maps. Dates of TOML become text. */
function asMap(value: unknown): Map<string, unknown> {
  const inner = plain(value, 0);
  return inner instanceof Map ? inner : new Map();
}

function plain(value: unknown, depth: number): unknown {
  if (value instanceof Date) return value.toString() === 'Invalid Date' ? undefined : tomlDate(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= MAX_OBJECT_DEPTH) return undefined;
  if (Array.isArray(value)) return value.map(each => plain(each, depth + 1));
  return new Map(Object.entries(value).map(([key, each]) => [key, plain(each, depth + 1)]));
}

/** A date as written: a local date stays a day, and a local time has no zone. */
function tomlDate(date: Date): string {
  return date.toISOString();
}

async function readYaml(source: string): Promise<Map<string, unknown> | undefined> {
  if (depthOf(source) > MAX_DEPTH) return undefined;
  const { parseDocument } = await import('../packages/yaml.ts');
  const document = parseDocument(source, {
    schema: 'core',
    uniqueKeys: true,
    merge: false,
    logLevel: 'silent',
  });
  if (document.errors.length > 0) return undefined;
  let value: unknown;
  try {
    value = document.toJS({ mapAsMap: true, maxAliasCount: MAX_ALIASES });
  } catch (error) {
    // The package throws this error for too many aliases, and for an alias without an anchor.
    if (error instanceof ReferenceError) return undefined;
    throw error;
  }
  if (!(value instanceof Map)) return source.trim() ? undefined : new Map();
  return new Map([...value].map(([key, each]) => [String(key), each]));
}

function depthOf(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (const char of source) {
    if (char === '[' || char === '{') deepest = Math.max(deepest, ++depth);
    else if ((char === ']' || char === '}') && depth > 0) depth--;
  }
  // Columns give the nesting of blocks, and each dash of `- - - -` opens a level.
  for (const line of source.split('\n'))
    deepest = Math.max(deepest, (line.match(/[-?:]\s/g)?.length ?? 0) / 2);
  return deepest;
}

/**
 * Reads each field of front matter by itself, so that a mistake in one field costs no other field. A field with lines
 * below it, or with a list or an object, is parsed. The other fields are read as `key: value`.
 */
async function readBlocks(source: string): Promise<Map<string, unknown>> {
  const blocks: string[][] = [];
  for (const line of source.split('\n')) {
    if (blocks.length === 0 || /^["']?[\p{L}_][^:=]{0,60}[:=]/u.test(line)) blocks.push([line]);
    else blocks.at(-1)?.push(line);
  }
  const fields = new Map<string, unknown>();
  let left = MAX_PARSED_CHARS;
  for (const lines of blocks) {
    const block = lines.join('\n');
    const isNested = lines.length > 1 || /^[^:=]{1,60}[:=]\s*\{/.test(block);
    if (isNested) left -= block.length;
    const parsed = isNested && left > 0 ? await readYaml(block) : undefined;
    for (const [key, value] of parsed ?? readLines(block)) {
      const before = fields.get(key);
      if (before === undefined) fields.set(key, value);
      else if (keyOf(key)) fields.set(key, [before, value].flat());
    }
  }
  return fields;
}

/**
 * Reads `key: value` lines. A key without a value takes the `- item` lines or the value below it. If a key
 * is repeated, the first value is used. All values of release terms are used.
 */
function readLines(source: string): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  let open: string | undefined;
  for (const line of source.split('\n')) {
    const trimmed = line.trim();
    const bare = trimmed.startsWith('{') ? trimmed.slice(1).replace(/\}$/, '').trim() : trimmed;
    if (bare === '' || bare.startsWith('#')) continue;
    const item = /^-\s{1,8}(\S.*)$/.exec(bare);
    const key = /^(?:- )?["']?([\p{L}_][\p{L}\p{M}\p{N}_ .-]{0,40}?)["']?\s{0,10}[:=](.*)$/u.exec(bare);
    if (open !== undefined && (item || !key)) {
      const list = fields.get(open);
      const value = readValue(item?.[1] ?? bare);
      fields.set(open, item ? [...(Array.isArray(list) ? list : []), value] : value);
      if (!item) open = undefined;
      continue;
    }
    if (!key) continue;
    const [, name = '', rest = ''] = key;
    const value = readValue(rest.trim().replace(/,$/, ''));
    open = value === '' ? name : undefined;
    if (value === '') continue;
    const before = fields.get(name);
    if (before === undefined) fields.set(name, value);
    else if (keyOf(name)) fields.set(name, [before, value].flat());
  }
  return fields;
}

function readValue(text: string): unknown {
  // A comment follows a space. A number sign in quotes does not begin a comment.
  const value = /^["']/.test(text) ? text : text.replace(/\s#.*$/, '').trim();
  return listOf(value) ?? unquote(value);
}

function listOf(value: string): string[] | undefined {
  if (!value.startsWith('[') || !value.endsWith(']')) return undefined;
  return value
    .slice(1, -1)
    .split(',')
    .map(each => unquote(each.trim()))
    .filter(Boolean);
}

function unquote(value: string): string {
  const quote = value.charAt(0);
  const quoted = value.length > 1 && (quote === '"' || quote === "'") && value.endsWith(quote);
  return quoted ? value.slice(1, -1) : value;
}

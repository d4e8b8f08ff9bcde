import { parseJson } from '../decode/json.ts';
import { keyOf } from '../release/keyed.ts';
import { findBareFrontMatter, findFrontMatter } from './front-matter-block.ts';

/** Front matter as read: keys as written, values as YAML gives them. */
export interface FrontMatter {
  fields: Map<string, unknown>;
  /** What follows it. */
  body: string;
  /** Whether nothing says where it ends. */
  isOpen: boolean;
  warnings: string[];
}

/** Longest front matter that is given to a parser, in characters; longer ones are read line by line. */
const MAX_LENGTH = 32_768;

/** Honest front matter repeats a value or two; a bomb repeats thousands. */
const MAX_ALIASES = 20;

/** Deepest nesting of brackets that is given to the YAML parser, which recurses. */
const MAX_DEPTH = 40;

/**
 * Parts the front matter from the text: YAML, TOML or JSON. Where it is wrong, as in `title: colon: in title`, or too long
 * for a parser, its lines are read as `key: value`, with a warning. Code (`---js`) is never run.
 * @returns undefined where there is none
 */
export async function splitFrontMatter(text: string): Promise<FrontMatter | undefined> {
  const block = findFrontMatter(text) ?? findBareFrontMatter(text);
  if (!block) return undefined;
  const { language, source, body, isOpen } = block;
  const name = NAMES.get(language);
  const warnings: string[] = [];
  if (isOpen)
    warnings.push('The front matter is not closed; it was taken to end where the text begins. Check it.');
  if (name === undefined)
    warnings.push(
      `The front matter is written in “${language}”, which is not read; only YAML, TOML and JSON are.`,
    );
  const parsed = name === undefined || source.length > MAX_LENGTH ? undefined : await parse(language, source);
  if (!parsed && name !== undefined)
    warnings.push(
      source.length > MAX_LENGTH
        ? 'The front matter is very long; it was read line by line as “key: value”.'
        : `The front matter is not valid ${name}; it was read line by line as “key: value”. Check it, and put values that hold a colon in quotes.`,
    );
  return { fields: parsed ?? readLines(source), body, isOpen, warnings };
}

const NAMES: ReadonlyMap<string, string> = new Map([
  ['yaml', 'YAML'],
  ['toml', 'TOML'],
  ['json', 'JSON'],
]);

async function parse(language: string, source: string): Promise<Map<string, unknown> | undefined> {
  if (language === 'toml') return (await readToml(source)) ?? readYaml(source);
  return (language === 'json' ? readJson(source) : undefined) ?? readYaml(source);
}

/** An object, or its fields without the braces. YAML reads what JSON does not allow, such as a comma too many. */
function readJson(source: string): Map<string, unknown> | undefined {
  const whole = source.trim().replace(/,$/, '');
  // Cut off before its last brace.
  const bare = whole.startsWith('{') && !whole.endsWith('}') ? `${whole}}` : whole;
  try {
    return asMap(parseJson(bare.startsWith('{') ? bare : `{${bare}}`));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** TOML 1.0; undefined where it is wrong. */
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

/** Objects as maps, one level below the first: no field of front matter goes deeper. TOML's dates as text. */
function asMap(value: unknown): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) return new Map();
  const plain = (each: unknown): unknown => {
    if (each instanceof Date) return each.toString() === 'Invalid Date' ? undefined : tomlDate(each);
    return each;
  };
  const inner = (each: unknown): unknown => {
    if (each instanceof Date || typeof each !== 'object' || each === null) return plain(each);
    if (Array.isArray(each))
      return each.map(one => (isTable(one) ? new Map(Object.entries(one)) : plain(one)));
    return new Map(Object.entries(each).map(([key, one]) => [key, plain(one)]));
  };
  return new Map(Object.entries(value).map(([key, each]) => [key, inner(each)]));
}

function isTable(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Date) && !Array.isArray(value);
}

/** As written: a local date stays a day, a local time has no zone. */
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
    // The package throws this for an alias bomb, and for an alias of no anchor.
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
  // Block nesting is by columns, and `- - - -` opens a level at each dash.
  for (const line of source.split('\n'))
    deepest = Math.max(deepest, (line.match(/[-?:]\s/g)?.length ?? 0) / 2);
  return deepest;
}

/**
 * `key: value` lines, with `- item` lines or a value below a key without one. The first of two equal keys counts; of keys of
 * release terms both do.
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
  // A comment stands behind a space; a number sign in quotes is no comment.
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

/** Front matter as read: keys as written, values as YAML gives them. */
export interface FrontMatter {
  fields: Map<string, unknown>;
  /** What follows it. */
  body: string;
  warnings: string[];
}

/** Longest front matter that is read; what is longer is no metadata. */
const MAX_LENGTH = 32_768;

/** Honest front matter repeats a value or two; a bomb repeats thousands. */
const MAX_ALIASES = 20;

/** Deepest nesting of brackets that is given to the YAML parser, which recurses. */
const MAX_DEPTH = 40;

/**
 * Parts the front matter from the text: YAML between `---` lines, TOML between `+++` lines, or a JSON object
 * of its own lines. Where the YAML is wrong, as in `title: colon: in title`, its lines are read as `key: value`, with a warning. Code
 * (`---js`) is never run, only dropped. `undefined` where there is none.
 */
export async function splitFrontMatter(text: string): Promise<FrontMatter | undefined> {
  if (text.startsWith('{')) return splitJson(text);
  const fence = /^(---|\+\+\+)[ \t]{0,20}([a-z]{0,12})[ \t]{0,20}\r?\n/i.exec(text);
  if (!fence?.[1]) return undefined;
  const language = (fence[2] ?? '').toLowerCase();
  const start = fence[0].length;
  const end = findEnd(text, start, fence[1]);
  if (!end) return undefined;
  const source = text.slice(start, end.from);
  const body = text.slice(end.to);
  if (language && !['yaml', 'yml', 'toml'].includes(language)) {
    const warning = `The front matter is written in “${language}”, which is not read; only YAML is.`;
    return { fields: new Map(), body, warnings: [warning] };
  }
  if (fence[1] === '+++' || language === 'toml') return { body, ...(await readToml(source)) };
  const fields = await readYaml(source);
  if (fields) return { fields, body, warnings: [] };
  const lines = readLines(source, /[:]/);
  // Two rules around a paragraph look like front matter; without a single key it is text.
  if (lines.size === 0) return undefined;
  const warning =
    'The front matter is not valid YAML; it was read line by line as “key: value”. Check it, and put values that hold a colon in quotes.';
  return { fields: lines, body, warnings: [warning] };
}

/** As Hugo has it: an object whose braces stand alone on the first line and on the last. */
function splitJson(text: string): FrontMatter | undefined {
  const end = /\n\}[ \t]{0,20}\r?(?=\n)/.exec(text.slice(0, MAX_LENGTH));
  if (!end || !/^\{[ \t]{0,20}\r?\n/.test(text)) return undefined;
  const after = end.index + end[0].length;
  let value: unknown;
  try {
    value = JSON.parse(text.slice(0, after));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  return { fields: asMap(value), body: text.slice(after), warnings: [] };
}

/** TOML 1.0; where it is wrong, its lines are read as `key = value`. */
async function readToml(source: string): Promise<Pick<FrontMatter, 'fields' | 'warnings'>> {
  const { parse, TomlError } = await import('../packages/smol-toml.ts');
  try {
    if (depthOf(source) <= MAX_DEPTH) return { fields: asMap(parse(source)), warnings: [] };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
  }
  const warning = 'The front matter is not valid TOML; it was read line by line as “key = value”. Check it.';
  return { fields: readLines(source, /[=]/), warnings: [warning] };
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

function findEnd(text: string, start: number, fence: string): { from: number; to: number } | undefined {
  for (let at = start; at < Math.min(text.length, start + MAX_LENGTH); ) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 ? text.length : newline + 1;
    const line = text.slice(at, newline < 0 ? text.length : newline).trimEnd();
    if (line === fence || (fence === '---' && line === '...')) return { from: at, to: next };
    at = next;
  }
  return undefined;
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

/** `key: value` lines, with `- item` lines below a key without a value. The first of two equal keys counts. */
function readLines(source: string, separator: RegExp): Map<string, unknown> {
  const fields = new Map<string, unknown>();
  let list: unknown[] | undefined;
  for (const line of source.split(/\r?\n/)) {
    const item = /^\s{0,8}-\s{1,8}(\S.*)$/.exec(line);
    if (item?.[1] && list) {
      list.push(unquote(item[1]));
      continue;
    }
    const at = line.search(separator);
    const key = line.slice(0, Math.max(at, 0)).trim();
    if (at < 1 || /^\s/.test(line) || !/^["']?[\p{L}_][\p{L}\p{N}_ -]{0,40}["']?$/u.test(key)) continue;
    const value = line.slice(at + 1).trim();
    const name = unquote(key);
    list = value ? undefined : [];
    if (!fields.has(name)) fields.set(name, list ?? listOf(value) ?? unquote(value));
  }
  for (const [key, value] of fields) if (Array.isArray(value) && value.length === 0) fields.delete(key);
  return fields;
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

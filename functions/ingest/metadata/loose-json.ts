/**
 * Parses JSON with the mistakes that pages make: comments, CDATA marks, line breaks and quotation marks inside
 * strings, extra commas and semicolons, several values one after the other. Returns undefined for other texts.
 */
export function parseLooseJson(script: string): unknown {
  const bare = script.trim();
  if (bare === '') return undefined;
  return parsed(bare) ?? parsed(repaired(bare.startsWith('{&quot;') ? bare.replaceAll('&quot;', '"') : bare));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Matches what can stand between values without a meaning. A comment can hold the mark of a CDATA section. */
const IGNORED =
  /(?:\s+|;|\/\/[ \t]*(?:<!\[CDATA\[|\]\]>|<!--|-->)|\/\/[^\n]*|\/\*(?:[\s\S]*?\*\/|[\s\S]*$)|<!\[CDATA\[|\]\]>|<!--|-->)+/y;

/** Matches a number, a word such as `true`, or any other character. */
const TOKEN = /[\w.+-]+|[\s\S]/y;

/** Returns the text without the mistakes. Several values become a list. */
function repaired(text: string): string {
  const tokens: string[] = [];
  let depth = 0;
  let values = 0;
  let comma = false;
  for (let at = 0; at < text.length; ) {
    at = endOf(IGNORED, text, at);
    if (at >= text.length) break;
    let end = endOf(TOKEN, text, at);
    let token = text.slice(at, end);
    if (token === '"') {
      end = endOfString(text, at + 1);
      token = `"${text.slice(at + 1, end).replace(BAD_IN_STRING, repairedCharacter)}"`;
      end += 1;
    }
    at = end;
    const last = tokens.at(-1) ?? '';
    const closes = token === '}' || token === ']';
    if (token === ',') comma = true;
    else {
      // Two values without a comma between them are items of a list.
      if (/^["{[\w]/.test(token) && /[}\]"]$/.test(last)) comma = true;
      if (comma && !closes && !/^[{[:]?$/.test(last)) tokens.push(',');
      comma = false;
      if (depth === 0) values += 1;
      if (token === '{' || token === '[') depth += 1;
      else if (closes) depth -= 1;
      tokens.push(token);
    }
  }
  return values > 1 ? `[${tokens.join('')}]` : tokens.join('');
}

function endOf(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** Matches what follows the end of a string: the end of its value, or the next key or value. */
const AFTER_STRING = /\s{0,200}(?:[}\]]|$|[,:]\s{0,200}(?:["{[}\]/-]|\d|true|false|null|$))/y;

/** Returns the index of the quotation mark that ends a string. Others belong to its text. */
function endOfString(text: string, start: number): number {
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"' && endOf(AFTER_STRING, text, at + 1) > at + 1) return at;
    else if (text[at] === '"' && at + 1 === text.length) return at;
  }
  return text.length;
}

/** Matches a valid escape, an invalid escape, a quotation mark or a control character. */
const BAD_IN_STRING = /\\(?:u[\da-f]{4}|["\\/bfnrt])|\\|"|\p{Cc}/giu;

function repairedCharacter(found: string): string {
  if (found.length > 1) return found;
  if (found === '"') return '\\"';
  if (found === '\\') return '';
  return found === '\n' ? '\\n' : ' ';
}

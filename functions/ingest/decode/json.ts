/**
 * Maximum number of open brackets. News in JSON nests about ten deep. The parser takes 80 bytes per open
 * bracket.
 */
const MAX_JSON_DEPTH = 1_000;

/**
 * Parses a JSON text.
 * @throws SyntaxError for broken JSON, RangeError for too deep nesting
 */
export function parseJson(text: string): unknown {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) quoted = !quoted;
    else if (quoted) at += code === BACKSLASH ? 1 : 0;
    else if (code === BRACKET || code === BRACE) depth += 1;
    else if (code === BRACKET + 2 || code === BRACE + 2) depth -= 1;
    if (depth > MAX_JSON_DEPTH) throw new RangeError(`The JSON text nests more than ${MAX_JSON_DEPTH} deep.`);
  }
  return JSON.parse(text);
}

/** True for an error that {@link parseJson} throws for a bad text. */
export function isJsonError(error: unknown): boolean {
  return error instanceof SyntaxError || error instanceof RangeError;
}

/** Codes of `"`, `\`, `[` and `{`. The closing brackets have the code of the opening ones plus 2. */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACKET = 0x5b;
const BRACE = 0x7b;

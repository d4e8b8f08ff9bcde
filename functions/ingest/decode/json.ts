/** News in JSON nests some ten deep. The parser takes eighty bytes of memory for each bracket that is open. */
const MAX_DEPTH = 1_000;

/**
 * The value of a JSON text.
 * @throws SyntaxError where it is broken, RangeError where it nests too deeply
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
    if (depth > MAX_DEPTH) throw new RangeError(`The JSON text nests more than ${MAX_DEPTH} deep.`);
  }
  return JSON.parse(text);
}

/** Whether an error is one of {@link parseJson}: the text is at fault. */
export function isJsonError(error: unknown): boolean {
  return error instanceof SyntaxError || error instanceof RangeError;
}

/** `"`, `\`, `[` and `{`; the closing ones are two further. */
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACKET = 0x5b;
const BRACE = 0x7b;

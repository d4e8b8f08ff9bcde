import { Rejection } from '../../../shared/errors/rejection.ts';
import { loadedOnce } from '../../../shared/model/loaded-once.ts';
import { isThemeKey } from '../../../shared/model/theme-file.ts';

/** Maximum size of a style sheet, in bytes. Each page loads it before it shows anything. */
const MAX_BYTES = 100_000;

const tokenizer = loadedOnce(() => import('../packages/css-tokenizer.ts'));

/** Rules that load other files, or that have no effect behind other rules. */
const REFUSED_RULES = new Set(['import', 'charset', 'namespace']);

/** Functions whose text is an address. */
const ADDRESS_FUNCTIONS = new Set(['url', 'src', 'image', 'image-set', '-webkit-image-set']);

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/**
 * Checks a style sheet that is added to that of the site.
 * @throws Rejection with a sentence that names the line: `too-large`; `unreadable` for a fault of syntax, for a rule that
 * loads another style sheet, and for an address outside of the folder `theme/`
 */
export async function checkThemeCss(bytes: Uint8Array): Promise<void> {
  if (bytes.length > MAX_BYTES)
    throw new Rejection(
      'too-large',
      `The style sheet has ${Math.ceil(bytes.length / 1_000)} KB; the limit is ${MAX_BYTES / 1_000} KB.`,
    );
  let css: string;
  try {
    css = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new Rejection('unreadable', 'The style sheet is not UTF-8.', { cause });
  }
  const { tokenize, TokenType } = await tokenizer();
  const refuse = (at: number, what: string) =>
    new Rejection('unreadable', `Line ${css.slice(0, at).split('\n').length} of the style sheet ${what}.`);
  const open: { closing: string; at: number; name?: string }[] = [];
  /** Position of the first token of a rule that has no block yet. */
  let rule: number | undefined;
  const onParseError = (error: { sourceStart: number }) => {
    throw refuse(error.sourceStart, 'has a string, a comment or an address that does not end');
  };
  for (const [type, text, at, , value] of tokenize({ css }, { onParseError })) {
    if (type === TokenType.Whitespace || type === TokenType.Comment) continue;
    if (type === TokenType.EOF || type === TokenType.CDO || type === TokenType.CDC) continue;
    if (type === TokenType.AtKeyword && REFUSED_RULES.has(value.value.toLowerCase()))
      throw refuse(at, `has @${value.value.toLowerCase()}, which is not allowed`);
    if (type === TokenType.BadString || type === TokenType.BadURL)
      throw refuse(at, 'has a string or an address that does not end');
    const isAddress =
      type === TokenType.URL ||
      (type === TokenType.String && open.some(({ name = '' }) => ADDRESS_FUNCTIONS.has(name)));
    if (isAddress && !isThemeKey(value.value))
      throw refuse(
        at,
        `names "${value.value.slice(0, 100)}", but only files such as "theme/paper.png" are allowed`,
      );
    if (type === TokenType.Function) open.push({ closing: ')', at, name: value.value.toLowerCase() });
    else if (text in CLOSING && text.length === 1) open.push({ closing: CLOSING[text] ?? '', at });
    else if (text === ')' || text === ']' || text === '}') {
      if (open.pop()?.closing !== text) throw refuse(at, `has a "${text}" too many`);
      if (open.length === 0 && text === '}') {
        rule = undefined;
        continue;
      }
    }
    if (open.length === 0 && type === TokenType.Semicolon) rule = undefined;
    else rule ??= at;
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined) throw refuse(unclosed.at, `has no "${unclosed.closing}" for what it opens`);
  if (rule !== undefined) throw refuse(rule, 'begins a rule that has no block');
}

import { type DomNode, type Element, INLINE, isElement, OPAQUE } from '../../model/dom.ts';
import { collapse } from '../../text/characters.ts';
import type { MailLine } from './mail-messages.ts';

/** A line of an HTML mail with its nodes. */
export interface HtmlLine extends MailLine {
  nodes: DomNode[];
  /** Whether markup says that the line is a signature. */
  isSignature: boolean;
}

/** Maximum size of a signature, in characters. Some programs wrap the rest of the mail in the same markup. */
const MAX_SIGNATURE_CHARS = 600;

/** Classes and ids of mail programs around quoted messages. */
const QUOTES = new Set([
  'gmail_quote',
  'gmail_quote_container',
  'yahoo_quoted',
  'protonmail_quote',
  'zmail_extra',
]);

/** Classes and ids of the lines above quoted messages. */
const INTRODUCTIONS = new Set([
  'moz-cite-prefix',
  'gmail_attr',
  'moz-email-headers-table',
  'divRplyFwdMsg',
  'OutlookMessageHeader',
]);

const SIGNATURES = new Set([
  'gmail_signature',
  'gmail_signature_prefix',
  'moz-signature',
  'Signature',
  'ms-outlook-mobile-signature',
  'AppleMailSignature',
  'lineBreakAtBeginningOfSignature',
  'protonmail_signature_block',
]);

/** Blocks with space around them. Other blocks only begin a new line. */
const SPACED = new Set('p h1 h2 h3 h4 h5 h6 ul ol li blockquote table hr pre'.split(' '));

/** What the elements around a node say. */
interface State {
  depth: number;
  intro: MailLine['intro'];
  isSignature: boolean;
  isBold: boolean;
  isRow: boolean;
}

/** Splits an HTML mail into lines. Line breaks and blocks end a line. A row of mail headers is one line. */
export function htmlLines(root: DomNode): HtmlLine[] {
  const lines: HtmlLine[] = [];
  let nodes: DomNode[] = [];
  let text = '';
  let state: State | undefined;
  let isBold = true;
  const end = (isSpaced = false) => {
    if (nodes.length > 0) {
      const shown = collapse(text);
      lines.push({
        text: shown,
        nodes,
        depth: state?.depth ?? 0,
        intro: state?.intro,
        isSignature: state?.isSignature ?? false,
        isBold: isBold && shown !== '',
      });
    }
    if (isSpaced && lines.at(-1)?.text) lines.push({ text: '', nodes: [], depth: 0, isSignature: false });
    nodes = [];
    text = '';
    state = undefined;
    isBold = true;
  };
  const start: State = { depth: 0, intro: undefined, isSignature: false, isBold: false, isRow: false };
  const stack: (readonly [DomNode, State] | { isSpaced: boolean })[] = [[root, start]];
  for (let next = stack.pop(); next; next = stack.pop()) {
    if ('isSpaced' in next) {
      end(next.isSpaced);
      continue;
    }
    const [node, around] = next;
    if (node.type === 'text') {
      const words = node.data ?? '';
      if (words.trim() !== '') {
        state ??= around;
        isBold &&= around.isBold;
      }
      nodes.push(node);
      text += words;
      continue;
    }
    if (!node.children || OPAQUE.has(node.name ?? '')) continue;
    const own = isElement(node) ? stateIn(node, around) : around;
    const name = node.name ?? '';
    if (name === 'br' || name === 'img' || name === 'hr') {
      nodes.push(node);
      if (name === 'img') state ??= around;
      if (name === 'br') end();
      continue;
    }
    const isCell = (name === 'td' || name === 'th') && own.isRow;
    const isBlock = isElement(node) && !INLINE.has(name) && !isCell;
    if (isCell) text += ' ';
    if (isBlock) {
      end(SPACED.has(name) && !own.isRow);
      stack.push({ isSpaced: SPACED.has(name) && !own.isRow });
    }
    for (let index = node.children.length - 1; index >= 0; index -= 1) {
      const child = node.children[index];
      if (child) stack.push([child, own]);
    }
  }
  end();
  return lines;
}

function stateIn(element: Element, around: State): State {
  const { name, attribs } = element;
  const marks = [...(attribs.class ?? '').split(/\s+/), (attribs.id ?? '').replace(/^x_/, '')].map(mark =>
    mark.replace(/^x_/, ''),
  );
  const style = attribs.style ?? '';
  const isQuote = isQuotation(element) || marks.some(mark => QUOTES.has(mark));
  const isIntro = marks.some(mark => INTRODUCTIONS.has(mark));
  const isMaybe = /border-top\s?:\s?solid/i.test(style);
  const isSignature = marks.some(mark => SIGNATURES.has(mark)) && isShort(element);
  return {
    depth: around.depth + (isQuote ? 1 : 0),
    intro: isIntro ? 'sure' : isMaybe ? 'maybe' : isQuote ? undefined : around.intro,
    isSignature: around.isSignature || isSignature,
    isBold:
      around.isBold ||
      /^(?:b|strong|h[1-6])$/.test(name) ||
      /font-weight\s?:\s?(?:bold|[6-9]00)/i.test(style),
    isRow: around.isRow || marks.includes('moz-email-headers-table'),
  };
}

/** Whether an element is a quotation of a mail program, not of the writer. */
export function isQuotation({ name, attribs }: Element): boolean {
  return (
    name === 'blockquote' &&
    (attribs.type?.toLowerCase() === 'cite' || /gmail_quote|yahoo|protonmail/.test(attribs.class ?? ''))
  );
}

function isShort(element: Element): boolean {
  let size = 0;
  const stack: DomNode[] = [element];
  for (let node = stack.pop(); node; node = stack.pop()) {
    size += node.data?.length ?? 0;
    if (size > MAX_SIGNATURE_CHARS || (isElement(node) && isQuotation(node))) return false;
    for (const child of node.children ?? []) stack.push(child);
  }
  return true;
}

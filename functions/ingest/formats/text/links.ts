import { escapeAttribute, escapeText } from '../../../../shared/text/escape.ts';

/** Minimum length, in characters, of a word that may be an address. */
const MIN_ADDRESS_CHARS = 6;

/** Writes text as HTML and links bare web and e-mail addresses. The words do not change. */
export function autolink(text: string): string {
  // Every address has a dot or an at sign. Only words with one of them are cut out.
  const sign = /[.@]/g;
  const space = /\s/g;
  let html = '';
  let done = 0;
  for (let found = sign.exec(text); found; found = sign.exec(text)) {
    let start = found.index;
    while (start > done && !/\s/.test(text.charAt(start - 1))) start -= 1;
    space.lastIndex = sign.lastIndex;
    const end = space.exec(text)?.index ?? text.length;
    if (end - start >= MIN_ADDRESS_CHARS) {
      html += escapeText(text.slice(done, start)) + linkToken(text.slice(start, end));
      done = end;
    }
    sign.lastIndex = end;
  }
  return html + escapeText(text.slice(done));
}

const WEB = /https?:\/\/|www\.(?=[\p{L}\p{N}])/iu;
const MAIL = /^[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,8}\p{L}{2,24}$/u;

function linkToken(token: string): string {
  const start = token.search(WEB);
  if (start >= 0) {
    const [address, tail] = splitTail(token.slice(start));
    const href = /^www\./i.test(address) ? `https://${address}` : address;
    if (URL.canParse(href) && new URL(href).hostname.includes('.'))
      return link(token.slice(0, start), href, address, tail);
  }
  const lead = /^[<([{«“"'‘]*/.exec(token)?.[0] ?? '';
  const [address, tail] = splitTail(token.slice(lead.length));
  return MAIL.test(address) ? link(lead, `mailto:${address}`, address, tail) : escapeText(token);
}

function link(before: string, href: string, text: string, after: string): string {
  return `${escapeText(before)}<a href="${escapeAttribute(href)}">${escapeText(text)}</a>${escapeText(after)}`;
}

/**
 * Splits an address from the punctuation after it. A closing bracket stays if it was opened inside the
 * address.
 */
function splitTail(text: string): [string, string] {
  const cut = text.search(/[<>"”“«»‘]|’$/);
  let end = cut < 0 ? text.length : cut;
  const opened = { ')': text.includes('('), ']': text.includes('[') };
  while (end > 0) {
    const char = text.charAt(end - 1);
    if (char === ')' || char === ']' ? opened[char] : !/[.,;:!?'’…*_。，、]/.test(char)) break;
    end--;
  }
  return [text.slice(0, end), text.slice(end)];
}

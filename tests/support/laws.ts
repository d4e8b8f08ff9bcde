import * as cheerio from 'cheerio';
import { cleanHtml } from '../../functions/ingest/clean/clean.ts';
import { parseArticle } from '../../functions/ingest/parse.ts';
import { Rejection } from '../../shared/errors/rejection.ts';
import type { ParsedArticle } from '../../shared/model/article.ts';
import { isMediaAddress } from '../../shared/model/media-address.ts';

export interface Soup {
  bytes: Uint8Array;
  key?: string;
  contentType?: string;
  /** All that the source says to its readers, decoded; left out where nobody knows. */
  said?: string;
  /** A text that has all words that may be said, in any order. */
  known?: string;
}

const ACTIVE =
  'script, style, iframe, object, embed, svg, math, form, input, button, textarea, select, template, noscript, base, meta, link, html, body, title';
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/;

/** Letters and digits alone: words that a tag or a broken line parted are one. */
function letters(text: string): string {
  return text.normalize('NFC').replace(/[^\p{L}\p{M}\p{N}]+/gu, '');
}

/**
 * Holds whatever the file is: an article or a rejection, and nothing else is thrown; the body is what cleaning would make
 * of it again; nothing in it acts; no word of it was made up.
 */
export async function expectLawful({
  bytes,
  key = 'desk/upload',
  contentType,
  said,
  known,
}: Soup): Promise<string> {
  let article: ParsedArticle;
  try {
    article = await parseArticle({ bytes, key, contentType });
  } catch (error) {
    if (error instanceof Rejection) return error.code;
    throw error;
  }
  const { bodyHtml, bodyText, headline, summary } = article;
  expect(headline.trim()).not.toBe('');
  // What its sender withdraws or withholds needs no words.
  if (!article.withdraw && article.hold === undefined) expect(summary.trim()).not.toBe('');
  expect(cleanHtml(bodyHtml)).toBe(bodyHtml);
  expect(bodyHtml).not.toMatch(CONTROLS);
  expect(bodyHtml).not.toMatch(/\p{Cs}/u);
  expectInert(bodyHtml);
  if (known !== undefined) expect(unknownWords(bodyText, known)).toEqual([]);
  if (said !== undefined) expect(inventedFrom(bodyText, said)).toBe('');
  return article.format;
}

/** Reads the body as a browser would, with a parser that is not ours, and looks for anything that acts. */
function expectInert(html: string): void {
  const $ = cheerio.load(html, null, false);
  const found = [...$(ACTIVE)].map(element => element.tagName);
  for (const element of $('*')) {
    for (const { name, value } of 'attributes' in element ? element.attributes : []) {
      const address = name === 'href' || name === 'src' || name === 'cite';
      if (/^on|^style$|^srcdoc$|^srcset$|^form/.test(name)) found.push(name);
      const own = isMediaAddress(value);
      if (address && !own && !/^(?:https?|mailto):/.test(value)) found.push(`${name}=${value}`);
    }
  }
  expect(found).toEqual([]);
}

/** What a page shows, scripted or not, as another parser reads it. */
export function shownBy(html: string): string {
  const $ = cheerio.load(html, { scriptingEnabled: false });
  $('script, style').remove();
  return $.root().text();
}

/** What follows the last word that was said: words may be left out, but none may be added, doubled or moved. */
function inventedFrom(text: string, said: string): string {
  const given = letters(said);
  const body = letters(text);
  let at = 0;
  for (let index = 0; index < body.length; index += 1) {
    at = given.indexOf(body.charAt(index), at) + 1;
    if (at === 0) return body.slice(index);
  }
  return '';
}

function unknownWords(text: string, known: string): string[] {
  const given = letters(known);
  return (text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).filter(word => !given.includes(letters(word)));
}

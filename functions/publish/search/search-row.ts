import { type PackedTerms, packTerms } from './packed-terms.ts';
import { termsOf } from './terms.ts';

/** An article as the search shows and compares it: a row of an index document. Absent fields are left out. */
export interface SearchRow {
  /** Key of the page of the article. */
  path: string;
  headline: string;
  dek?: string | undefined;
  summary: string;
  authors?: string[] | undefined;
  section: string;
  tags?: string[] | undefined;
  /** RFC 3339, UTC. */
  at: string;
  language: string;
  /** The terms of the body that the other fields do not have. */
  body: PackedTerms;
}

/** An index document: the live articles at the positions of one history document, newest first. */
export interface SearchDocument {
  rows: SearchRow[];
}

/** The fields of an article that are searched. */
export interface SearchedArticle {
  permalink: string;
  headline: string;
  dek?: string | undefined;
  summary?: string | undefined;
  authors: readonly { name: string }[];
  section: string;
  tags: readonly string[];
  publishedAt: string;
  language: string;
  bodyHtml?: string | undefined;
}

/** The row of an article, and all its terms. */
export function searchRow(article: SearchedArticle): { row: SearchRow; terms: Set<string> } {
  const { permalink, headline, dek, summary = '', authors, section, tags, publishedAt, language } = article;
  const shown = {
    path: permalink,
    headline,
    dek,
    summary,
    ...(authors.length > 0 && { authors: authors.map(({ name }) => name) }),
    section,
    ...(tags.length > 0 && { tags: [...tags] }),
    at: publishedAt,
    language,
  };
  const own = termsOf(shownText(shown));
  const body = termsOf(textOf(article.bodyHtml ?? ''));
  const row = { ...shown, body: packTerms([...body].filter(term => !own.has(term))) };
  return { row, terms: new Set([...own, ...body]) };
}

/** The searched texts of a row without its body. The line breaks keep phrases of two texts apart. */
export function shownText(row: Omit<SearchRow, 'body'>): string {
  const { headline, dek = '', summary, authors = [], section, tags = [] } = row;
  return [headline, dek, summary, ...authors, section, ...tags].join('\n');
}

/** Elements within a word. All others end it. */
const INLINE_TAG =
  /<\/?(?:a|abbr|b|bdi|bdo|cite|code|del|dfn|em|i|ins|kbd|mark|q|rb|rp|rt|ruby|s|samp|small|span|strong|sub|sup|u|var|wbr)\b[^>]*>/gi;

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** The text of clean HTML. */
export function textOf(html: string): string {
  return html
    .replace(INLINE_TAG, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, (entity, decimal, hexadecimal, name) => {
      if (name !== undefined) return ENTITIES[name] ?? entity;
      const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : ' ';
    });
}

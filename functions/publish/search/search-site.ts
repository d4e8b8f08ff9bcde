import { isShort, type Query, type Rank, rankOf } from './query.ts';
import { type SearchDocument, type SearchRow, textOf } from './search-row.ts';
import { BLOCK_DOCUMENTS, blockOf, canHave, filteredDocuments, partOf } from './term-filter.ts';

/** Reads files of the site for {@link searchSite}. Keys are those of the site. */
export interface SiteReader {
  /** The main feed as JSON, which has a new article at once. The index has it when the history is written. */
  feed(): Promise<NewestFeed>;
  /** An index document. Undefined if there is none. */
  document(number: number): Promise<SearchDocument | undefined>;
  /** A part of the term filter of a block. Undefined if there is no filter. */
  filterPart(block: number, part: { start: number; end: number }): Promise<Uint8Array | undefined>;
}

/** The fields of a JSON Feed that search uses. */
export interface NewestFeed {
  home_page_url: string;
  /** Address of the newest history document. */
  next_url?: string | undefined;
  language?: string | undefined;
  items: readonly FeedItem[];
}

interface FeedItem {
  url: string;
  title?: string | undefined;
  summary?: string | undefined;
  content_html?: string | undefined;
  date_published: string;
  authors?: readonly { name: string }[] | undefined;
  tags?: readonly string[] | undefined;
  language?: string | undefined;
  /** Stands at articles that have left the site. */
  _gone?: unknown;
}

export interface SearchHit {
  row: SearchRow;
  rank: Rank;
}

/** What a step of a search has found, and how far the search has come. */
export interface Step {
  /** The new results: those in headlines first, then the newest first. */
  found: SearchHit[];
  /** Number of articles that are searched so far, and of all articles. */
  searched: number;
  all: number;
  isLast: boolean;
}

/** Results after which a step ends. */
const RESULTS_PER_STEP = 20;

/** Index documents that are read at the same time. */
const CONCURRENCY = 6;

/** Index documents that a step reads: about a megabyte, compressed. */
const DOCUMENTS_PER_STEP = 24;

/** Blocks that a step looks through if it finds little: 102,400 articles. */
const BLOCKS_PER_STEP = 16;

/** Positions of an index document. */
export const POSITIONS = 50;

/**
 * Searches the site from the newest articles to the oldest. Each step reads until it has found 20 articles, has read 24
 * documents, or has looked through 16 blocks. The caller asks for the next step if the reader wants to go on.
 */
export async function* searchSite(query: Query, site: SiteReader): AsyncGenerator<Step> {
  const feed = await site.feed();
  const documents = documentsIn(feed);
  const seen = new Set<string>();
  let found: SearchHit[] = [];
  let blocks = 0;
  let documentsRead = 0;
  const look = (row: SearchRow, bodyText?: string) => {
    const rank = seen.has(row.path) ? undefined : rankOf(row, query, bodyText);
    if (rank === undefined) return;
    seen.add(row.path);
    found.push({ row, rank });
  };
  const newest = feed.items.filter(item => item._gone === undefined);
  // An entry can lack its body. The index document then has the terms of the body.
  for (const item of newest) look(rowOfItem(item, feed), textOf(item.content_html ?? ''));
  let all = Math.max(0, documents - 1) * POSITIONS;
  const step = (searched: number, isLast: boolean): Step => {
    const results = found.sort(byRank);
    found = [];
    blocks = 0;
    documentsRead = 0;
    return { found: results, searched: Math.min(searched, all), all, isLast };
  };
  const isStepFull = () =>
    found.length >= RESULTS_PER_STEP || documentsRead >= DOCUMENTS_PER_STEP || blocks >= BLOCKS_PER_STEP;
  if (query.terms.length === 0 || documents === 0) {
    all = Math.max(all, newest.length);
    yield step(all, true);
    return;
  }
  const filtered = filteredDocuments(documents);
  for (let block = blockOf(documents - 1); block >= 0; block--) {
    const first = block * BLOCK_DOCUMENTS;
    const last = Math.min(documents, first + BLOCK_DOCUMENTS) - 1;
    const wanted = await documentsWith(query, block, { first, last, filtered }, site);
    for (let at = 0; at < wanted.length; at += CONCURRENCY) {
      const some = wanted.slice(at, at + CONCURRENCY);
      const read = await Promise.all(some.map(number => site.document(number)));
      for (const [index, document] of read.entries()) {
        // The newest document tells how many articles there are.
        if (some[index] === documents - 1) all = Math.max(all + (document?.rows.length ?? 0), newest.length);
        for (const row of document?.rows ?? []) look(row);
      }
      documentsRead += some.length;
      const next = wanted[at + CONCURRENCY];
      if (isStepFull() && next !== undefined) yield step((documents - 1 - next) * POSITIONS, false);
    }
    blocks++;
    if (block === 0) yield step(all, true);
    else if (isStepFull()) yield step((documents - first) * POSITIONS, false);
  }
}

function byRank(a: SearchHit, b: SearchHit): number {
  if (a.rank > 0 !== b.rank > 0) return a.rank > 0 ? 1 : -1;
  if (a.row.at !== b.row.at) return a.row.at < b.row.at ? 1 : -1;
  return 0;
}

/** Numbers of the documents of a block that can have all terms, newest first. */
async function documentsWith(
  { terms }: Query,
  block: number,
  { first, last, filtered }: { first: number; last: number; filtered: number },
  site: SiteReader,
): Promise<number[]> {
  const numbers = Array.from({ length: last - first + 1 }, (_, back) => last - back);
  const asked = terms.filter(term => !isShort(term));
  if (filtered <= first || asked.length === 0) return numbers;
  const parts = await Promise.all(asked.map(term => site.filterPart(block, partOf(term))));
  return numbers.filter(
    number =>
      number >= filtered ||
      asked.every((term, at) => {
        const part = parts[at];
        return part === undefined || canHave(part, number, term);
      }),
  );
}

/** The number of index documents: the main feed names the newest history document. */
function documentsIn({ next_url: newest = '' }: NewestFeed): number {
  const number = /\/archive\/(\d+)\//.exec(newest)?.[1];
  return number === undefined ? 0 : Number(number) + 1;
}

/** The row of an entry of the feed. */
function rowOfItem(item: FeedItem, feed: NewestFeed): SearchRow {
  const [section = '', ...tags] = item.tags ?? [];
  return {
    path: decodeURI(item.url.slice(feed.home_page_url.length)),
    headline: item.title ?? '',
    summary: item.summary ?? '',
    authors: (item.authors ?? []).map(({ name }) => name),
    section,
    tags,
    at: item.date_published,
    language: item.language ?? feed.language ?? '',
    body: '',
  };
}

import { createHash } from 'node:crypto';
import { searchDocumentPath, termFilterPath } from '../content/addresses.ts';
import { sectionTitle } from '../content/sections.ts';
import type { Entry } from '../model/entry.ts';
import { CHANGING, changing, type SiteFile } from '../model/rendition.ts';
import type { Site } from '../model/site.ts';
import { type SearchDocument, searchRow } from '../search/search-row.ts';
import { blockOf, filteredDocuments, withColumn } from '../search/term-filter.ts';

/** Rows that are kept, because a view is rendered as it was and as it is. */
const MAX_KEPT_ROWS = 500;

const rows = new Map<string, Made>();

type Made = ReturnType<typeof searchRow>;

/**
 * The index of the search for the articles of a history document. It lists the same articles as that document, so that
 * whatever takes an article out of the history takes it out of the search.
 * @param entries with their bodies, newest first
 * @param at.page number of the document, from 0
 * @param at.pages number of documents
 */
export function searchFiles(
  entries: readonly Entry[],
  { page, pages }: { page: number; pages: number },
  site: Site,
): SiteFile[] {
  const made = entries.map(entry => madeOf(entry, site));
  const document: SearchDocument = { rows: made.map(({ row }) => row) };
  const file = changing(
    searchDocumentPath(page),
    'application/json; charset=utf-8',
    JSON.stringify(document),
  );
  if (page >= filteredDocuments(pages)) return [file];
  const terms = new Set(made.flatMap(({ terms }) => [...terms]));
  return [
    file,
    {
      key: termFilterPath(blockOf(page)),
      contentType: 'application/octet-stream',
      cacheControl: CHANGING,
      patch: present => withColumn(present, page, terms),
    },
  ];
}

/** The files of {@link searchFiles}, if the settings switch the search off. */
export function noSearchFiles(page: number): SiteFile[] {
  return [searchDocumentPath(page), termFilterPath(blockOf(page))].map(key => ({ key, isRemoved: true }));
}

/** The row of an entry. It is kept by its content, because after a restore of the table a version can have another text. */
function madeOf(entry: Entry, site: Site): Made {
  const { permalink, headline, dek, summary, authors, tags, publishedAt, language, bodyHtml } = entry;
  const section = sectionTitle(entry.section, site);
  const article = {
    permalink,
    headline,
    dek,
    summary,
    authors,
    section,
    tags,
    publishedAt,
    language,
    bodyHtml,
  };
  const key = createHash('sha256').update(JSON.stringify(article)).digest('base64');
  let made = rows.get(key);
  if (made === undefined) {
    made = searchRow(article);
    if (rows.size >= MAX_KEPT_ROWS) rows.clear();
    rows.set(key, made);
  }
  return made;
}

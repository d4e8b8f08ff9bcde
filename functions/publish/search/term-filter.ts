import { hashOf } from './terms.ts';

/*
 * A term filter tells in which index documents a term can be, for a block of them. It is a table of bits: a column for
 * each document, and rows that the hash of a term chooses. So it is a Bloom filter for each document, with the bits of
 * all documents side by side. The rows of a term are near each other: one small part of the file answers for the block.
 */

/** Index documents of a block: 6,400 positions. A search of a million articles then reads 157 parts of files. */
export const BLOCK_DOCUMENTS = 128;

const ROW_BYTES = BLOCK_DOCUMENTS / 8;

/** Rows of a group. The first one tells which documents have a column. */
const GROUP_ROWS = 256;

/** Groups of a filter. A document of 50 long articles has 9,000 terms, 18 in each group. */
const GROUPS = 512;

/** Rows of a term. With 18 terms in a group, every fourth bit is set, and one document in 200 is read in vain. */
const ROWS_PER_TERM = 4;

const GROUP_BYTES = GROUP_ROWS * ROW_BYTES;

/** Size of a filter in bytes. */
export const FILTER_BYTES = GROUPS * GROUP_BYTES;

/**
 * Documents whose columns are written together. Without a column a document is always read, so the newest ones have
 * none, and new articles leave the filter as it is.
 */
const DOCUMENTS_TOGETHER = 4;

/** Number of the first documents that have a column, of `documents` in all. The newest document never has one. */
export function filteredDocuments(documents: number): number {
  return Math.floor(Math.max(0, documents - 1) / DOCUMENTS_TOGETHER) * DOCUMENTS_TOGETHER;
}

/** The block of an index document. */
export function blockOf(document: number): number {
  return Math.floor(document / BLOCK_DOCUMENTS);
}

/** A filter whose column of one document holds the given terms. All other columns stay. @param before undefined, or a file of another size, counts as empty */
export function withColumn(
  before: Uint8Array | undefined,
  document: number,
  terms: Iterable<string>,
): Uint8Array {
  const filter = new Uint8Array(FILTER_BYTES);
  if (before?.length === FILTER_BYTES) filter.set(before);
  const column = document % BLOCK_DOCUMENTS;
  const mask = 1 << (column % 8);
  const offset = column >> 3;
  for (let at = offset; at < FILTER_BYTES; at += ROW_BYTES) filter[at] = (filter[at] ?? 0) & ~mask;
  const set = (group: number, row: number) => {
    const at = group * GROUP_BYTES + row * ROW_BYTES + offset;
    filter[at] = (filter[at] ?? 0) | mask;
  };
  for (let group = 0; group < GROUPS; group++) set(group, 0);
  for (const term of terms) {
    const { group, rows } = placeOf(term);
    for (const row of rows) set(group, row);
  }
  return filter;
}

/** The part of a filter that answers for a term: offsets in bytes, `end` not included. */
export function partOf(term: string): { start: number; end: number } {
  const start = placeOf(term).group * GROUP_BYTES;
  return { start, end: start + GROUP_BYTES };
}

/** Whether a document of the block can have a term. A document without a column can. @param part the bytes of {@link partOf} */
export function canHave(part: Uint8Array, document: number, term: string): boolean {
  const column = document % BLOCK_DOCUMENTS;
  const isSet = (row: number) => (((part[row * ROW_BYTES + (column >> 3)] ?? 0) >> (column % 8)) & 1) === 1;
  return !isSet(0) || placeOf(term).rows.every(isSet);
}

function placeOf(term: string): { group: number; rows: number[] } {
  const hash = hashOf(term);
  // The second hash is of another text, so that two terms of a group seldom have the same rows.
  let second = hashOf(`${term}\n`);
  const rows = Array.from({ length: ROWS_PER_TERM }, () => {
    const row = 1 + (second % (GROUP_ROWS - 1));
    second = Math.floor(second / (GROUP_ROWS - 1));
    return row;
  });
  return { group: hash % GROUPS, rows };
}

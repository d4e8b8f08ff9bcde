import type { Article, ArticleRecord } from '../../shared/article.ts';
import { authorPath, sectionPath, tagPath } from '../../shared/identity.ts';
import { byNewest, type Entry, entryOf } from './entry.ts';
import { mergeRows } from './rows.ts';
import type { EditionOf } from './site.ts';

/** The newest entries of one feed, as stored in the archive bucket. */
export interface Edition {
  of: EditionOf;
  /** Newest first. */
  entries: Entry[];
  /** Whether older live articles than the last entry may exist: then the window can be filled up from the index. */
  truncated: boolean;
  /** The newest pinned articles, newest first and without their bodies, however old: the first one leads. */
  pins: Entry[];
}

/**
 * Pinned articles that an edition remembers, so that the next one leads when the newest is unpinned. A desk pins
 * one or two; of more, those beyond these are forgotten until they change or everything is published anew.
 */
const MOST_PINS = 5;

/**
 * Entries that an edition keeps beyond those its feeds show: so many may be withdrawn before it must be
 * filled up from the index. Each costs its body in every read and write of the edition.
 */
export const SLACK = 20;

/** The edition of something of which nothing has been published. */
export function emptyEdition(of: EditionOf): Edition {
  return { of, entries: [], truncated: false, pins: [] };
}

/** The editions that an article stands in when it is live. */
export function editionsOf({
  section,
  tags,
  authors,
}: Pick<Article, 'section' | 'tags' | 'authors'>): EditionOf[] {
  return [
    { kind: 'all' },
    { kind: 'section', name: section },
    ...tags.map((name): EditionOf => ({ kind: 'tag', name })),
    ...authors
      .filter(({ name }) => name.trim() !== '')
      .map(({ name }): EditionOf => ({ kind: 'author', name })),
  ];
}

/** A name for an edition that is the same for every spelling of its section, tag or author. */
export function editionId(of: EditionOf): string {
  switch (of.kind) {
    case 'all':
      return 'all';
    case 'section':
      return `sections/${sectionPath(of.name)}`;
    case 'tag':
      return `tags/${tagPath(of.name)}`;
    case 'author':
      return `authors/${authorPath(of.name)}`;
  }
}

/** Whether a record is to be seen in an edition. */
export function belongs(record: ArticleRecord, of: EditionOf): record is Article {
  if (record.status !== 'live') return false;
  if (of.kind === 'all') return true;
  const id = editionId(of);
  return editionsOf(record).some(other => other.kind === of.kind && editionId(other) === id);
}

/**
 * Brings records into an edition: enters, replaces or takes out each. An older version of a record never
 * overwrites a newer entry. Merging the same records again, in any order, changes nothing.
 * @param records by id; undefined for an article of which nothing is left
 * @param size most entries to keep
 */
export function merge(
  edition: Edition,
  records: ReadonlyMap<string, ArticleRecord | undefined>,
  size: number,
): Edition {
  const entries = new Map(edition.entries.map(entry => [entry.id, entry]));
  const end = edition.truncated ? edition.entries.at(-1) : undefined;
  for (const [id, record] of records) {
    const present = entries.get(id);
    if (present !== undefined && record !== undefined && present.version > record.version) continue;
    if (record === undefined || !belongs(record, edition.of)) entries.delete(id);
    // Beyond the end of a window that does not hold everything, others may come first.
    else if (present === undefined && end !== undefined && byNewest(record, end) > 0) continue;
    else entries.set(id, entryOf(record));
  }
  const sorted = [...entries.values()].sort(byNewest);
  return {
    of: edition.of,
    entries: sorted.slice(0, size),
    truncated: edition.truncated || sorted.length > size,
    pins: mergeRows(edition.pins, records, article =>
      isPinned(article, edition.of) && belongs(article, edition.of)
        ? withoutBody(entryOf(article))
        : undefined,
    )
      .sort(byNewest)
      .slice(0, MOST_PINS),
  };
}

/** Whether an article asks to lead the page of an edition. */
function isPinned({ pinned }: Article, of: EditionOf): boolean {
  return pinned === true || (pinned === 'section' && of.kind === 'section');
}

function withoutBody({ bodyHtml: _, bodyKey: __, ...entry }: Entry): Entry {
  return entry;
}

/**
 * The table's keys and indexes, shared by infra (which creates them), the laptop (likewise) and
 * `articles.ts` (which uses them). Imports nothing.
 */
export const TABLE_KEY = { partition: 'pk', sort: 'sk' } as const;

/** Sort key of the item of every record; other items have others, and the change stream is filtered by it. */
export const RECORD_SK = 'record';

/** Sort key of the item beside a record that says where the article stands in the site's archive. */
export const PLACE_SK = 'place';

/** All project keys only: readers fetch the current records, because an index is never consistent. */
export const TABLE_INDEXES = {
  /** Live articles, newest first: one partition a month of `publishedAt`. */
  newest: { name: 'newest', partition: 'newestPk', sort: 'newestSk' },
  /** Live articles of a section, newest first: one partition a section and month. */
  section: { name: 'section', partition: 'sectionPk', sort: 'newestSk' },
  /** What waits for an instant: embargoed articles by the end of the embargo, expiring ones by expiry. */
  due: { name: 'due', partition: 'duePk', sort: 'dueSk' },
} as const;

/** An item as it is read or written. */
export type Item = Record<string, unknown>;

/** The table's key of an item. */
export type ItemKey = { pk: string; sk: string };

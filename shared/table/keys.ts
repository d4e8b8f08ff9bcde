/** Keys of the table. infra and the local pipeline create the table with these keys and indexes. */
export const TABLE_KEY = { partition: 'pk', sort: 'sk' } as const;

/** Sort key of the items of records. The change stream is filtered by it. */
export const RECORD_SK = 'record';

/** Sort key of the item with the positions of an article in the history. */
export const POSITION_SK = 'place';

/** Sort key of the item with a change of an article that could not be published. */
export const UNPUBLISHED_SK = 'unpublished';

/** The indexes hold keys only. Readers read the records from the table, because an index is never consistent. */
export const TABLE_INDEXES = {
  /** Live articles, the newest first. One partition per month of `publishedAt`. */
  newest: { name: 'newest', partition: 'newestPk', sort: 'newestSk' },
  /** Live articles of a section, the newest first. One partition per section and month. */
  section: { name: 'section', partition: 'sectionPk', sort: 'newestSk' },
  /**
   * Articles by the instant of their next change: the end of an embargo, or an expiry. A second partition has the changes
   * that could not be published.
   */
  due: { name: 'due', partition: 'duePk', sort: 'dueSk' },
} as const;

export type Item = Record<string, unknown>;

export type ItemKey = { pk: string; sk: string };

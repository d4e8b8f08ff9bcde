import type { ArticleRecord } from '../../../shared/model/article.ts';

/** Current records by id; undefined for a record that does not exist any more. */
export type Records = ReadonlyMap<string, ArticleRecord | undefined>;

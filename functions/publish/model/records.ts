import type { ArticleRecord } from '../../../shared/model/article.ts';

/** Records as the table has them now, by id; undefined where nothing is left of one. */
export type Records = ReadonlyMap<string, ArticleRecord | undefined>;

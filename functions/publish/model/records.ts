import type { ArticleRecord } from '../../../shared/model/article.ts';

/** Current records by id. A record that no longer exists is undefined. */
export type Records = ReadonlyMap<string, ArticleRecord | undefined>;

export type { PublishDeps } from '../views/view.ts';

/** The result of publishing. */
export interface Published {
  articles: number;
  /** Number of editions, history pages and sitemaps that were checked. */
  views: number;
  /** Number of written files of the site. A file with the same bytes is not written. */
  files: number;
}

/** The result of publishing views. */
export type PublishedViews = Omit<Published, 'articles'>;

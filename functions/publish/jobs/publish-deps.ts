export type { PublishDeps } from '../views/view.ts';

export interface Published {
  articles: number;
  /** Number of editions, history pages and sitemaps that were checked. */
  views: number;
  /** Number of written files of the site. A file with the same bytes is not written. */
  files: number;
}

export type PublishedViews = Omit<Published, 'articles'>;

import type { Articles } from '../../../shared/table/articles.ts';
import type { Site } from '../model/site.ts';
import type { SiteWriter } from '../views/view.ts';

/** Dependencies of publishing. */
export interface PublishDeps extends SiteWriter {
  articles: Articles;
  site: Site;
}

/** The result of publishing. */
export interface Published {
  articles: number;
  /** Number of editions, history pages and sitemaps that were checked. */
  views: number;
  /** Number of files of the site that were written. A file with the same bytes is not written. */
  files: number;
}

import type { Articles } from '../../../shared/table/articles.ts';
import type { Site } from '../model/site.ts';
import type { SiteWriter } from '../views/view.ts';

/** What publishing needs. */
export interface PublishDeps extends SiteWriter {
  articles: Articles;
  site: Site;
}

/** What one publish did. */
export interface Published {
  articles: number;
  /** Editions, and pages of the archive and of sitemaps, that were looked at. */
  views: number;
  /** Files of the site that were written; those whose bytes would not have changed are not. */
  files: number;
}

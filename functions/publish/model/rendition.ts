/** A rendered file of the site. */
export interface Rendition {
  key: string;
  body: string | Uint8Array;
  contentType: string;
  cacheControl: string;
  /** User metadata of its object. */
  metadata?: Record<string, string>;
}

/**
 * Cache-Control of files that change with articles: half a minute. The end of an embargo is visible within that time,
 * and a busy page costs two requests a minute at each edge. Stale answers are not allowed, because a hub would read an
 * old feed and notify nobody. Never use 0 or no-store: Miniflux and other readers would stop sending an ETag.
 */
export const CHANGING = 'public, max-age=30';

/** Cache-Control of files that change with a deployment: a day, so that a new style sheet arrives within a day. */
export const LASTING = 'public, max-age=86400';

/** A file of the site, ready to be written. */
export interface Rendition {
  key: string;
  body: string | Uint8Array;
  contentType: string;
  cacheControl: string;
  /** User metadata of its object. */
  metadata?: Record<string, string>;
}

/**
 * For whatever articles change. Half a minute: an embargo that ends is public within one, wherever somebody had asked
 * just before, and a busy page costs two requests a minute at each edge. Nothing stale is allowed after it: a hub would
 * read what is old and tell nobody. Never 0 or no-store, by which Miniflux and others would stop asking with an ETag.
 */
export const CHANGING = 'public, max-age=30';

/** For what changes when Copydesk does: a day, so that a new style sheet is everywhere the day after. */
export const LASTING = 'public, max-age=86400';

/** A rendered file of the site. */
export interface Rendition {
  key: string;
  body: string | Uint8Array;
  contentType: string;
  cacheControl: string;
  metadata?: Record<string, string>;
  /** Whether the file shows only the name of an edition and the directory. New articles then leave it as it is. */
  isSteady?: boolean;
  /** Called with the metadata of the file before it is replaced. */
  onReplace?: (metadata: Readonly<Record<string, string>>) => Promise<void>;
}

/** A change of a part of a file of the site. Several views share the file, so it is changed by compare-and-swap. */
export interface FilePatch {
  key: string;
  contentType: string;
  cacheControl: string;
  /** Makes the new bytes from the present ones. Patches of one file can be made in any order. */
  patch(present: Uint8Array | undefined): Uint8Array;
}

/** A file that a setting switches off. */
interface RemovedFile {
  key: string;
  isRemoved: true;
}

/** What a view makes of a file of the site. */
export type SiteFile = Rendition | FilePatch | RemovedFile;

/**
 * Cache-Control of files that change with articles. 30 seconds hardly delay news, and a busy page costs two requests a
 * minute at each edge. Stale answers are not allowed, because a hub would read an old feed and notify nobody. Never use
 * 0 or no-store, because Miniflux and other readers would stop sending an ETag.
 */
export const CHANGING = 'public, max-age=30';

/** Cache-Control of files that change with a deployment. A new style sheet reaches readers within a day. */
export const LASTING = 'public, max-age=86400';

/** Cache-Control of a style sheet that a newsroom works on. It costs a request in five minutes for each reader. */
export const THEMED = 'public, max-age=300';

/** A file that changes with articles. */
export function changing(key: string, contentType: string, body: string): Rendition {
  return { key, body, contentType, cacheControl: CHANGING };
}

/** A page that changes with articles. */
export function htmlFile(key: string, body: string): Rendition {
  return changing(key, 'text/html; charset=utf-8', body);
}

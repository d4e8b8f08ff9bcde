/**
 * Addresses that people type, and the file to which each leads. They hold at the root and in the folder of each section,
 * tag and author. infra/constructs/viewer-request.js has the same ones.
 */
export const TYPED_ADDRESSES = { rss: 'feed.xml', feed: 'feed.xml', subscribe: 'subscribe.html' } as const;

/** The folder of an edition, and a typed address in it. Tags and authors have folders of their own, with any name. */
const TYPED =
  /^\/(?:(?!(?:tags|authors|articles|archive|media|assets|sitemaps)\/)[^/]+\/|(?:tags|authors)\/[^/]+\/)?(rss|feed|subscribe)(\/?)$/;

/**
 * Where a typed address leads, relative to it. Undefined for all other addresses.
 * @param path path of the address, beginning with a slash
 */
export function typedTarget(path: string): string | undefined {
  const [, name, slash] = TYPED.exec(path) ?? [];
  if (name === undefined) return undefined;
  return `${slash ? '../' : './'}${TYPED_ADDRESSES[name as keyof typeof TYPED_ADDRESSES]}`;
}

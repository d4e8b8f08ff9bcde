/** Time for which browsers use https only. HSTS preload lists require a year. */
export const HSTS_SECONDS = 31_536_000;

/** Time for which browsers may cache the answer to a CORS preflight: a day. Browsers limit it further. */
export const PREFLIGHT_SECONDS = 86_400;

/**
 * Name of the user metadata with the HTTP status of an object of the site, if the status is not 200. S3 returns it as
 * `x-amz-meta-answer-status`. The page of a withdrawn article has 410 (Gone).
 */
export const ANSWER_STATUS = 'answer-status';

/**
 * Name of the user metadata with the `Link` header of a feed, which names the feed and its hub (WebSub, section 4). S3
 * keeps no such header, and returns the metadata as `x-amz-meta-answer-link`.
 */
export const ANSWER_LINK = 'answer-link';

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

/** Content that a page may load. No script runs, even if the cleaning of an article misses one. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' https: data:",
  "media-src 'self' https:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Path pattern of the page of the search, of its index and its script. CloudFront gives these files a policy of their own. */
export const SEARCH_PATHS = 'search/*';

/**
 * Content that the page of the search may load: one script of the site, which reads files of the site. No other page has
 * a script.
 */
export const SEARCH_SECURITY_POLICY = CONTENT_SECURITY_POLICY.replace(
  "form-action 'none'",
  "form-action 'self'; script-src 'self'; connect-src 'self'",
);

/** The policy at an address: that of the search, or else the given one. @param path begins with a slash */
export function policyAt(path: string, policy: string): string {
  return path.startsWith(`/${SEARCH_PATHS.slice(0, -1)}`) ? SEARCH_SECURITY_POLICY : policy;
}

/** Headers of every answer of the site, including errors and 304. The search has another policy ({@link policyAt}). */
export const SECURITY_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'strict-transport-security': `max-age=${HSTS_SECONDS}`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
} as const;

/** Headers that let feed readers in a browser read everything. CloudFront sends them if the request has an `Origin`. */
export const CORS_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD',
  'access-control-expose-headers': 'ETag',
} as const;

/** Additional headers of the answer to `OPTIONS` (status 204, no body). */
export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-headers': '*',
  'access-control-max-age': String(PREFLIGHT_SECONDS),
};

/** Time for which browsers use https only. HSTS preload lists require a year. */
export const HSTS_SECONDS = 31_536_000;

/** Time for which browsers may cache the answer to a CORS preflight: a day. Browsers limit it further. */
export const PREFLIGHT_SECONDS = 86_400;

/**
 * Name of the user metadata with the HTTP status of an object of the site, if the status is not 200. S3 returns it as
 * `x-amz-meta-answer-status`. The page of a withdrawn article has 410 (Gone), and an alias has 301.
 */
export const ANSWER_STATUS = 'answer-status';

/** Name of the user metadata with the target of a redirect: a path of the site, or an https address. In ASCII. */
export const ANSWER_LOCATION = 'answer-location';

/** Name of the user metadata that tells who has an address that redirects: the id of an article, or `settings`. */
export const REDIRECT_OF = 'redirect-of';

/**
 * Where a redirect leads for a request: the query of the request stays, because newsletters count readers by it.
 * infra/constructs/viewer-response.js does the same.
 * @param query with its question mark, or empty
 */
export function locationWith(location: string, query: string): string {
  return location + (location.includes('?') ? query.replace('?', '&') : query);
}

/**
 * Name of the user metadata with the `Link` header of a feed, which names the feed and its hub (WebSub, section 4). S3
 * keeps no such header, and returns the metadata as `x-amz-meta-answer-link`.
 */
export const ANSWER_LINK = 'answer-link';

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

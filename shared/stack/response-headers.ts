/**
 * The headers of every answer of the site, shared by CloudFront and the laptop's server. Imports nothing, so
 * that both sides can import it.
 */

/** How long a browser keeps to https once it has seen the site, in seconds: a year, as HSTS lists ask. */
export const HSTS_SECONDS = 31_536_000;

/** How long a browser may keep the answer to a CORS preflight, in seconds: a day; browsers cap it lower. */
export const PREFLIGHT_SECONDS = 86_400;

/**
 * Name of the user metadata by which an object of the site says with which status it is to be answered, where that
 * is not 200: S3 gives it back as `x-amz-meta-answer-status`. A withdrawn article's page says 410 (Gone).
 */
export const ANSWER_STATUS = 'answer-status';

/**
 * What a page may load. Pages hold no script at all, so that an article which slips past the cleaning still
 * runs nothing; images may come from where the article's author took them.
 */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' https: data:",
  "media-src 'self' https:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Headers that protect a page's reader; the laptop's server sends these only. */
export const SECURITY_HEADERS = {
  'content-security-policy': CONTENT_SECURITY_POLICY,
  'strict-transport-security': `max-age=${HSTS_SECONDS}`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
} as const;

/** Headers by which feed readers that run in a browser may read everything, and see what changed by its ETag. */
export const CORS_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, HEAD',
  'access-control-expose-headers': 'ETag',
} as const;

/**
 * Name to value, names in lower case: what the published site has in every answer, errors and 304 included.
 * CloudFront sends the CORS headers only where the request has an `Origin`.
 */
export const RESPONSE_HEADERS: Readonly<Record<string, string>> = { ...SECURITY_HEADERS, ...CORS_HEADERS };

/** Besides {@link RESPONSE_HEADERS}, what the answer to `OPTIONS` carries (status 204, no body). */
export const PREFLIGHT_HEADERS: Readonly<Record<string, string>> = {
  'access-control-allow-headers': '*',
  'access-control-max-age': String(PREFLIGHT_SECONDS),
};

/** Longest address that a file may state, in characters. Longer ones are data in disguise, or traps. */
const MAX_STATED_CHARS = 4_096;

/** Longest address in full and encoded, in characters: each character of what was stated can become three. */
const MAX_ENCODED_CHARS = 3 * MAX_STATED_CHARS;

/** Characters that `URL.href` leaves alone and RFC 3986 (section 2) does not allow in a path, query or fragment. */
const NOT_IN_URI = /["<>\\^`{|}[\]]|%(?![\da-f]{2})/gi;

/**
 * An http or https address that a file states, in full; undefined where it is none, or is too long. Spaces around it are
 * ignored.
 * @param base what a relative address is relative to; without one `//host/path` means https
 */
export function webUrl(stated: string | undefined, base?: string): string | undefined {
  return statedUrl(stated, base, isWeb);
}

/** As {@link webUrl}, and `mailto:` too: what a link in a body may lead to. */
export function linkUrl(stated: string | undefined, base?: string): string | undefined {
  // A bare fragment leads nowhere outside of the page it was written for.
  if (stated?.trimStart().startsWith('#')) return undefined;
  return statedUrl(stated, base, url => isWeb(url) || url.protocol === 'mailto:');
}

/**
 * An http or https address as feeds and pages show it: in full, in the ASCII that RFC 3986 allows, and without
 * credentials. Undefined where it is none.
 * @param base what a relative address is relative to
 */
export function webAddress(address: string, base?: string): string | undefined {
  const url = parse(address, base);
  if (url === undefined || !isWeb(url)) return undefined;
  const path = `${url.pathname}${url.search}`.replace(NOT_IN_URI, percentEncode);
  const fragment = url.hash.slice(1).replace(NOT_IN_URI, percentEncode).replaceAll('#', '%23');
  return `${url.origin}${path}${fragment && `#${fragment}`}`;
}

function statedUrl(
  stated: string | undefined,
  base: string | undefined,
  isAllowed: (url: URL) => boolean,
): string | undefined {
  const address = stated?.trim();
  if (!address || address.length > MAX_STATED_CHARS) return undefined;
  const url = parse(address, base) ?? (address.startsWith('//') ? parse(`https:${address}`) : undefined);
  if (!url || !isAllowed(url) || url.href.length > MAX_ENCODED_CHARS) return undefined;
  return url.href;
}

function parse(address: string, base?: string): URL | undefined {
  // A relative address without a base is the commonest that fails.
  if (base === undefined && !address.includes(':')) return undefined;
  return URL.canParse(address, base) ? new URL(address, base) : undefined;
}

function isWeb({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'http:';
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

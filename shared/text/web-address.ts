/** Maximum length of an address in a file. Longer addresses are embedded data or attacks. */
const MAX_STATED_CHARS = 4_096;

/** Maximum length of an encoded absolute address. Encoding can triple the number of characters. */
const MAX_ENCODED_CHARS = 3 * MAX_STATED_CHARS;

/** Characters that `URL.href` does not encode, although RFC 3986 (section 2) does not allow them after the host. */
const NOT_IN_URI = /["<>\\^`{|}[\]]|%(?![\da-f]{2})/gi;

/**
 * Reads an http or https address in a file and makes it absolute. Returns undefined if it is not valid or too long.
 * Spaces around the address are ignored.
 * @param base address for resolving relative addresses. Without it, `//host/path` means https
 */
export function webUrl(stated: string | undefined, base?: string): string | undefined {
  return statedUrl(stated, base, isWeb);
}

/** Reads the address of a link in a body: like {@link webUrl}, but `mailto:` is also allowed. */
export function linkUrl(stated: string | undefined, base?: string): string | undefined {
  // A fragment alone works only on the page for which it was written.
  if (stated?.trimStart().startsWith('#')) return undefined;
  return statedUrl(stated, base, url => isWeb(url) || url.protocol === 'mailto:');
}

/**
 * Makes an http or https address for feeds and pages: absolute, in the ASCII characters of RFC 3986, and without
 * credentials. Returns undefined if it is not valid.
 * @param base address for resolving relative addresses
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
  // Most invalid addresses are relative ones without a base, so they are checked first.
  if (base === undefined && !address.includes(':')) return undefined;
  return URL.canParse(address, base) ? new URL(address, base) : undefined;
}

function isWeb({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'http:';
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

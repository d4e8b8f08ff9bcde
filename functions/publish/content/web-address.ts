/** Characters that `URL.href` leaves alone and RFC 3986 (section 2) does not allow in a path, query or fragment. */
const NOT_IN_URI = /["<>\\^`{|}[\]]|%(?![\da-f]{2})/gi;

/**
 * An http or https address in full and in ASCII, without credentials; undefined where it is none.
 * @param base what a relative address is relative to
 */
export function webAddress(address: string, base?: string): string | undefined {
  const url = URL.canParse(address, base) ? new URL(address, base) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return undefined;
  const path = `${url.pathname}${url.search}`.replace(NOT_IN_URI, percentEncode);
  const fragment = url.hash.slice(1).replace(NOT_IN_URI, percentEncode).replaceAll('#', '%23');
  return `${url.origin}${path}${fragment && `#${fragment}`}`;
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

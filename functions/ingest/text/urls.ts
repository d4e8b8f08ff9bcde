/** Longer addresses are data in disguise, or traps. */
const MAX_LENGTH = 4096;

/**
 * An address as absolute http or https URL, or nothing. Relative ones need a base; `//host/path` means https
 * without one.
 */
export function webUrl(raw: string | undefined, base?: string): string | undefined {
  return resolve(raw, base, url => url.protocol === 'https:' || url.protocol === 'http:');
}

/** As {@link webUrl}, and `mailto:` too: what a link in a body may lead to. */
export function linkUrl(raw: string | undefined, base?: string): string | undefined {
  // A bare fragment leads nowhere outside of the page it was written for.
  if (raw?.trimStart().startsWith('#')) return undefined;
  return resolve(raw, base, url => ['https:', 'http:', 'mailto:'].includes(url.protocol));
}

function resolve(raw: string | undefined, base: string | undefined, allowed: (url: URL) => boolean) {
  const address = raw?.trim();
  if (!address || address.length > MAX_LENGTH) return undefined;
  const url = parse(address, base) ?? (address.startsWith('//') ? parse(`https:${address}`) : undefined);
  if (!url || !allowed(url) || url.href.length > MAX_LENGTH * 3) return undefined;
  return url.href;
}

function parse(address: string, base?: string): URL | undefined {
  // A relative address without a base is the commonest that fails.
  if (base === undefined && !address.includes(':')) return undefined;
  return URL.canParse(address, base) ? new URL(address, base) : undefined;
}

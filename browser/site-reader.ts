import type { SiteReader } from '../functions/publish/search/search-site.ts';

/** Reads the files of the search over the network. @param root relative address of the site's root */
export function siteReader(root: string): SiteReader {
  return {
    feed: () => json(`${root}feed.json`),
    async document(number) {
      const response = await get(`${root}search/${number}.json`);
      return response?.json();
    },
    async filterPart(block, { start, end }) {
      const response = await get(`${root}search/terms-${block}.bin`, { range: `bytes=${start}-${end - 1}` });
      if (response === undefined) return undefined;
      const bytes = new Uint8Array(await response.arrayBuffer());
      // A server without ranges sends the whole file.
      return response.status === 206 ? bytes : bytes.subarray(start, end);
    },
  };
}

async function json<T>(address: string): Promise<T> {
  const response = await get(address);
  if (response === undefined) throw new Error(`${address} is missing.`);
  return response.json();
}

/** Requests a file. Returns undefined if there is none. */
async function get(address: string, headers: Record<string, string> = {}): Promise<Response | undefined> {
  const response = await fetch(address, { headers });
  if (response.status === 404) return undefined;
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}

import type { Format, Reader, Shown } from '../reader.ts';

/**
 * A library, which keeps nothing: a program that uses it knows the feed as it was read last.
 * @param read reads the feed at an address
 */
export function feedLibrary(
  name: string,
  formats: readonly Format[],
  read: (feed: string) => Promise<Shown[]>,
): Reader {
  return {
    name,
    formats,
    shows: 'html',
    keepsNothing: true,
    async subscribe(feed) {
      let last: Shown[] = [];
      return {
        poll: async () => {
          last = await read(feed);
        },
        entries: async () => last,
      };
    },
  };
}

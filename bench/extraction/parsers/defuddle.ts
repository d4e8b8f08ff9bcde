import type { Extract } from './extract.ts';
import { peer, peerUrl } from './peers.ts';

interface Defuddle {
  Defuddle(
    document: unknown,
    url: string,
    options: { useAsync: boolean },
  ): Promise<{
    title?: string;
    content?: string;
    author?: string;
    published?: string;
  }>;
}

interface Compat {
  parseLinkedomHTML(html: string, url: string): unknown;
}

/** With the package's own adjustments of linkedom. `useAsync: false`: it must not ask the network. */
export async function load(): Promise<Extract> {
  const { Defuddle } = await peer<Defuddle>('defuddle/node');
  const compat = new URL('utils/linkedom-compat.js', peerUrl('defuddle/node'));
  const { parseLinkedomHTML } = (await import(compat.href)) as Compat;
  return async ({ html, url }) => {
    const { title, content, author, published } = await Defuddle(parseLinkedomHTML(html, url), url, {
      useAsync: false,
    });
    return { html: content ?? '', title, author, published };
  };
}

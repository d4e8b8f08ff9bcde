import type { Extracted } from '../extracted.ts';
import type { Extract } from './extract.ts';
import { peer } from './peers.ts';

interface Readability {
  Readability: new (
    document: unknown,
  ) => {
    parse(): null | {
      title?: string | null;
      content?: string | null;
      byline?: string | null;
      publishedTime?: string | null;
    };
  };
}

interface Jsdom {
  JSDOM: new (
    html: string,
    options: { url: string; virtualConsole: unknown },
  ) => { window: { document: unknown; close(): void } };
  VirtualConsole: new () => unknown;
}

interface Linkedom {
  parseHTML(html: string): { document: unknown };
}

export async function loadWithJsdom(): Promise<Extract> {
  const { Readability } = await peer<Readability>('@mozilla/readability');
  const { JSDOM, VirtualConsole } = await peer<Jsdom>('jsdom');
  return ({ html, url }) => {
    const { window } = new JSDOM(html, { url, virtualConsole: new VirtualConsole() });
    try {
      return resultOf(new Readability(window.document).parse());
    } finally {
      window.close();
    }
  };
}

export async function loadWithLinkedom(): Promise<Extract> {
  const { Readability } = await peer<Readability>('@mozilla/readability');
  const { parseHTML } = await peer<Linkedom>('linkedom');
  return ({ html }) => resultOf(new Readability(parseHTML(html).document).parse());
}

function resultOf(
  article: ReturnType<InstanceType<Readability['Readability']>['parse']>,
): Extracted | undefined {
  if (!article) return undefined;
  return {
    html: article.content ?? '',
    title: article.title ?? undefined,
    author: article.byline ?? undefined,
    published: article.publishedTime ?? undefined,
  };
}

import type { Page } from '../corpora.ts';

/** What a parser makes of a page; its text, or HTML that the text is then taken from. */
export interface Extracted {
  text?: string;
  html?: string;
  title?: string | undefined;
  author?: string | undefined;
  published?: string | undefined;
  siteName?: string | undefined;
  lang?: string | undefined;
}

export type Extract = (page: Page) => Extracted | undefined | Promise<Extracted | undefined>;

/** Every parser that runs in Node, by name, loaded on demand: none may pay for another's memory. */
export const PARSERS: ReadonlyMap<string, () => Promise<Extract>> = new Map([
  ['copydesk', async () => (await import('./copydesk.ts')).load()],
  ['readability+jsdom', async () => (await import('./readability.ts')).loadWithJsdom()],
  ['readability+linkedom', async () => (await import('./readability.ts')).loadWithLinkedom()],
  ['defuddle+linkedom', async () => (await import('./defuddle.ts')).load()],
]);

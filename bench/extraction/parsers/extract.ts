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

import type { ParsedArticle } from '../../shared/model/article.ts';
import { DEFAULT_SETTINGS, type FunctionSettings } from '../../shared/settings/settings.ts';
import { readArticle } from './article/read-article.ts';
import type { Clock } from './model/deadline.ts';
import type { ParseInput } from './model/format-reader.ts';
import type { Removal } from './page/explain.ts';

export { PARSER_VERSION } from './article/parser-version.ts';
export type { ParseInput } from './model/format-reader.ts';

/** What `parse --explain` tells beside the article: the steps that took something out, and why. */
export interface Explained {
  article: ParsedArticle;
  removals: Removal[];
}

/**
 * Makes an article of a file. Pure: the same input gives the same article, whenever and wherever.
 * @throws Rejection where the file can never become an article; anything else is a fault of Copydesk
 */
export async function parseArticle(
  input: ParseInput,
  settings: FunctionSettings = DEFAULT_SETTINGS,
): Promise<ParsedArticle> {
  return (await readArticle(input, settings)).article;
}

/** As {@link parseArticle}, with what was taken out on the way. The clock only measures how long parsing takes. */
export async function explainArticle(
  input: ParseInput,
  settings: FunctionSettings = DEFAULT_SETTINGS,
  clock?: Clock,
): Promise<Explained> {
  const { article, body } = await readArticle(input, settings, clock);
  return { article, removals: body.explain() };
}

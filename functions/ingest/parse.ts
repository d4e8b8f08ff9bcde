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
 * @example
 * ```ts
 * import { parseArticle } from './parse.ts';
 *
 * const copy = 'Ferry sails again\nBy Ada Quill\n\nThe ferry sails from Monday, the harbour master said.\n';
 * const article = await parseArticle({ bytes: Buffer.from(copy), key: 'world/ferry.txt' });
 * console.log(article.headline); // Ferry sails again
 * console.log(article.section); // world
 * console.log(article.authors[0]?.name); // Ada Quill
 * ```
 */
export async function parseArticle(
  input: ParseInput,
  settings: FunctionSettings = DEFAULT_SETTINGS,
): Promise<ParsedArticle> {
  return (await readArticle(input, settings)).article;
}

/**
 * As {@link parseArticle}, with what was taken out on the way. The clock only measures how long parsing takes.
 * @example
 * ```ts
 * import { explainArticle } from './parse.ts';
 *
 * const page = '<nav>Home</nav><h1>Ferry sails again</h1><p>It sails from Monday, the council said.</p>';
 * const { article, removals } = await explainArticle({ bytes: Buffer.from(page), key: 'world/ferry.html' });
 * console.log(article.bodyText); // It sails from Monday, the council said.
 * console.log(removals[0]?.text, removals[0]?.why); // Home navigation
 * ```
 */
export async function explainArticle(
  input: ParseInput,
  settings: FunctionSettings = DEFAULT_SETTINGS,
  clock?: Clock,
): Promise<Explained> {
  const { article, body } = await readArticle(input, settings, clock);
  return { article, removals: body.explain() };
}

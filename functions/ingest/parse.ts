import type { ParsedArticle } from '../../shared/model/article.ts';
import { DEFAULT_SETTINGS, type FunctionSettings } from '../../shared/settings/settings.ts';
import { readArticle } from './article/read-article.ts';
import type { Clock } from './model/deadline.ts';
import type { ParseInput } from './model/format-reader.ts';
import type { Removal } from './page/explain.ts';

export { PARSER_VERSION } from './article/parser-version.ts';
export type { ParseInput } from './model/format-reader.ts';

/** An article with the result of `parse --explain`. */
export interface Explained {
  article: ParsedArticle;
  /** The parts of the source that were removed, each with the step that removed it and why. */
  removals: Removal[];
}

/**
 * Parses a file into an article. The function is pure: the same input always gives the same article.
 * @throws Rejection if the file can never become an article; any other error is a bug in Copydesk
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
 * Parses a file as {@link parseArticle} does, and lists the removed parts.
 * @param clock measures the time that parsing takes
 * @throws Rejection if the file can never become an article
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

import { Rejection } from '../../../shared/errors/rejection.ts';
import type { ParsedArticle } from '../../../shared/model/article.ts';
import type { ParseInput } from '../model/format-reader.ts';
import type { IngestDeps } from '../model/ingest-deps.ts';

/** Parses a file. Returns the article, or the reason why the file can never become one. */
export async function tryToParse(
  input: ParseInput,
  { parse, settings }: Pick<IngestDeps, 'parse' | 'settings'>,
): Promise<ParsedArticle | Rejection> {
  try {
    return await parse(input, settings);
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}

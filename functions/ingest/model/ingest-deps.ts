import type { Bucket } from '../../../shared/aws/bucket.ts';
import type { FunctionSettings } from '../../../shared/settings/settings.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import type { ParseArticle } from './format-reader.ts';

/** What ingest needs. Everything that touches the world is in here, so that tests can pass their own. */
export interface IngestDeps {
  articles: Articles;
  /** The bucket of this name, to read sources from. */
  intake(bucket: string): Bucket;
  archive: Bucket;
  settings: FunctionSettings;
  parse: ParseArticle;
  /** Version of the parser; a record made by another one is made anew when its event comes again. */
  parserVersion: string;
  /** RFC 3339, UTC, milliseconds. */
  now(): string;
}

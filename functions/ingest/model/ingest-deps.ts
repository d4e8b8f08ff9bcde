import type { Bucket } from '../../../shared/aws/bucket.ts';
import type { FunctionSettings } from '../../../shared/settings/settings.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import type { ParseArticle } from './format-reader.ts';

/** Dependencies of ingest. All calls to other systems go through them, so tests can replace them. */
export interface IngestDeps {
  articles: Articles;
  /** The intake bucket, which holds sources. */
  intake: Bucket;
  /** The storage bucket, which holds large bodies and media. */
  storage: Bucket;
  settings: FunctionSettings;
  parse: ParseArticle;
  /** Version of the parser. A repeated event parses its file again if another version made the record. */
  parserVersion: string;
  /** The current time: RFC 3339, UTC, milliseconds. */
  now(): string;
  /**
   * The highest sequencer that S3 can have given by now. Absent on a laptop, where only its own S3 sends events, and whose
   * clock can be set back.
   */
  highestSequencer?(): string;
  /**
   * Called before each file of a zip that is removed.
   * @throws CopydeskError `out-of-time` if the call has too little time left
   */
  requireTime?: ((key: string) => void) | undefined;
  /**
   * Runs the decoder of pictures. Pictures that arrive together are decoded one after the other, because each needs much
   * memory. Without this function they do not wait.
   */
  decodeInTurn?: (<T>(key: string, decode: () => Promise<T>) => Promise<T>) | undefined;
  /** Continues the news of a media file in another call. Without this function, the same call tells all articles. */
  tellLater?: ((news: MediaNews) => Promise<void>) | undefined;
}

/** A changed media file, and the articles that do not know the change yet. */
export interface MediaNews {
  /** Key of the media file. */
  key: string;
  /** Padded sequencer of the event that changed the file. */
  order: string;
  /** Id of the last article that was told. */
  after: string;
}

/** What a new record depends on besides its source and the current record. */
export interface ComposeContext {
  /** The setting `articles.namespace`. */
  namespace: string;
  /** The setting `site.language`. */
  language: string;
  /** RFC 3339; decides what is scheduled or expired, and sets `ingestedAt`. */
  now: string;
}

export function composeContext({
  articles,
  settings,
  now,
}: Pick<IngestDeps, 'articles' | 'settings' | 'now'>): ComposeContext {
  return { namespace: articles.namespace, language: settings.site.language, now: now() };
}

import type { Article, HeadlineFrom } from '../../../shared/model/article.ts';

/** An instant, and the name of the place that stated it (`json-ld`, `front-matter`, `dateline`...). */
export interface StatedInstant {
  /** RFC 3339, UTC, milliseconds. */
  at: string;
  from: string;
}

/** A recording that a source states beside its story. */
export interface StatedRecording {
  address: string;
  title?: string | undefined;
}

/**
 * Metadata that a source states outright. Every field is optional; no value is better than a wrong one.
 * Plain strings are plain text, never HTML.
 */
export interface Stated
  extends Partial<
    Pick<
      Article,
      | 'dek'
      | 'authors'
      | 'dateline'
      | 'language'
      | 'section'
      | 'tags'
      | 'summary'
      | 'keyPoints'
      | 'correction'
      | 'pinned'
      | 'image'
      | 'related'
      | 'canonicalUrl'
      | 'siteName'
      | 'attachments'
    >
  > {
  headline?: { text: string; from: HeadlineFrom };
  /** The byline as filed, without `By`; what of it names somebody is in `authors`. */
  byline?: string;
  /** Recordings of the bucket that come with the story. */
  recordings?: StatedRecording[];
  published?: StatedInstant;
  modified?: StatedInstant;
}

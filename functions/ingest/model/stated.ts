import type { Article, HeadlineFrom, PublishedFrom } from '../../../shared/model/article.ts';

/** An instant, and the part of the source that states it (`json-ld`, `front-matter`, `dateline`...). */
export interface StatedInstant {
  /** RFC 3339, UTC, milliseconds. */
  at: string;
  from: PublishedFrom;
}

/** The fields that have a value. */
export function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** Adds what `found` states to what is stated already. The first statement of a field stays. */
export function stateAlso(stated: Stated, found: Stated): void {
  Object.assign(stated, { ...given(found), ...given(stated) } satisfies Stated);
}

/** A recording that a source names in its metadata. */
export interface StatedRecording {
  address: string;
  title?: string | undefined;
}

/**
 * Metadata that a source states explicitly. Every field is optional, because no value is better than a wrong
 * one. Strings are plain text, not HTML.
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
      | 'aliases'
      | 'siteName'
      | 'attachments'
    >
  > {
  headline?: { text: string; from: HeadlineFrom };
  /** The byline as filed, without `By`. The persons and organisations in it are in `authors`. */
  byline?: string;
  /** Recordings in the bucket that belong to the story. */
  recordings?: StatedRecording[];
  published?: StatedInstant;
  modified?: StatedInstant;
}

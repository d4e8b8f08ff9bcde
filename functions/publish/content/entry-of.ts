import type { Article } from '../../../shared/model/article.ts';
import { ENTRY_FIELDS, type Entry } from '../model/entry.ts';
import { withShownMedia } from './media-shown.ts';

/** The entry of an article: a copy with only the fields that an edition keeps. */
export function entryOf(full: Article): Entry {
  const article = withShownMedia(full);
  const entry: Partial<Record<keyof Entry, unknown>> = {};
  for (const field of ENTRY_FIELDS) if (article[field] !== undefined) entry[field] = article[field];
  return entry as Entry;
}

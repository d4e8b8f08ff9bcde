import type { ArticleRecord } from '../../shared/model/article.ts';
import { sectionPath } from '../../shared/model/identity.ts';
import type { Articles } from '../../shared/table/articles.ts';

/** Selects records: all of them, or those that match every given property. */
export interface Selection {
  all?: boolean;
  /** Uploaded at this instant or later; RFC 3339 in UTC. */
  since?: string;
  section?: string;
}

/** Reads the records of a selection, from the whole table. */
export async function* selected(
  { since, section }: Selection,
  articles: Articles,
): AsyncGenerator<ArticleRecord> {
  const folder = section === undefined ? undefined : sectionPath(section);
  for await (const record of articles.all()) {
    if (since !== undefined && record.source.uploadedAt < since) continue;
    if (folder !== undefined && !('section' in record && sectionPath(record.section) === folder)) continue;
    yield record;
  }
}

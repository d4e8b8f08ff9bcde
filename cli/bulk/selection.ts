import type { ArticleRecord } from '../../shared/model/article.ts';
import { sectionPath } from '../../shared/model/identity.ts';
import type { Articles } from '../../shared/table/articles.ts';
import { UsageError } from '../output/usage-error.ts';

/** Selects records: all of them, or those that match every given property. */
export interface Selection {
  all?: boolean;
  /** Uploaded at this instant or later; RFC 3339 in UTC. */
  since?: string;
  section?: string;
  /** Keys of the intake bucket, or ids of articles. */
  names: readonly string[];
}

/**
 * Reads the records of a selection. Without names it reads the whole table.
 * @throws UsageError for an unknown name
 */
export async function* selected(
  { since, section, names }: Selection,
  articles: Articles,
): AsyncGenerator<ArticleRecord> {
  const folder = section === undefined ? undefined : sectionPath(section);
  for await (const record of names.length > 0 ? named(names, articles) : articles.all()) {
    if (since !== undefined && record.source.uploadedAt < since) continue;
    if (folder !== undefined && !('section' in record && sectionPath(record.section) === folder)) continue;
    yield record;
  }
}

async function* named(names: readonly string[], articles: Articles): AsyncGenerator<ArticleRecord> {
  for (const name of names) {
    const record = (await articles.get(articles.idOf(name))) ?? (await articles.get(name));
    if (record === undefined)
      throw new UsageError(`There is no article ${name}: "copydesk list" shows the keys and ids.`);
    yield record;
  }
}

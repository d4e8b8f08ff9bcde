import { monthOf } from '../../shared/article-item.ts';
import type { Articles } from '../../shared/articles.ts';
import { sitemap } from './renditions.ts';
import type { Site } from './site.ts';
import type { Records, View } from './view.ts';

/** One line of a sitemap. */
interface Row {
  id: string;
  version: number;
  permalink: string;
  updatedAt: string;
}

/** Path of a month's sitemap on the site. */
export function sitemapPath(month: string): string {
  return `sitemaps/${month}.xml`;
}

/**
 * The view of a month (`2026-11`): the sitemap of every article published in it.
 * @param rebuild whether to compare it with the table's index
 */
export function sitemapView(
  month: string,
  { articles, site }: { articles: Articles; site: Site },
  { rebuild = false } = {},
): View<Row[]> {
  return {
    key: `sitemaps/${month}.json`,
    initial: [],
    isEmpty: rows => rows.length === 0,
    listing: { kind: 'months', path: month, name: month },
    merge: async (rows, records) =>
      merge(
        rows,
        rebuild ? new Map([...(await monthNow(rows, month, articles)), ...records]) : records,
        month,
      ),
    render: rows => [sitemap(sitemapPath(month), rows, site)],
  };
}

function merge(before: readonly Row[], records: Records, month: string): Row[] {
  const rows = new Map(before.map(row => [row.id, row]));
  for (const [id, record] of records) {
    const present = rows.get(id);
    if (present !== undefined && record !== undefined && present.version > record.version) continue;
    if (record?.status === 'live' && monthOf(record.publishedAt) === month) {
      const { version, permalink, updatedAt } = record;
      rows.set(id, { id, version, permalink, updatedAt });
    } else rows.delete(id);
  }
  return [...rows.values()].sort((a, b) => (a.permalink < b.permalink ? -1 : 1));
}

/** The records of a month: those that its sitemap lists, and those that the index does. */
async function monthNow(rows: readonly Row[], month: string, articles: Articles): Promise<Records> {
  const ids = new Set(rows.map(({ id }) => id));
  for await (const id of articles.month(month)) ids.add(id);
  const found = await articles.getMany(ids);
  return new Map([...ids].map(id => [id, found.get(id)]));
}

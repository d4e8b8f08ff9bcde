import { monthOf } from '../../shared/article-item.ts';
import { sitemap } from './renditions.ts';
import type { Site } from './site.ts';
import type { Records, View } from './view.ts';

/** One line of a sitemap. */
export interface Row {
  id: string;
  version: number;
  permalink: string;
  updatedAt: string;
}

/** Path of a month's sitemap on the site. */
export function sitemapPath(month: string): string {
  return `sitemaps/${month}.xml`;
}

/** The view of a month (`2026-11`): the sitemap of every article published in it. */
export function sitemapView(month: string, site: Site): View<Row[]> {
  return {
    key: `sitemaps/${month}.json`,
    initial: [],
    isEmpty: rows => rows.length === 0,
    listing: { kind: 'months', path: month, name: month },
    merge: (rows, records) => merge(rows, records, month),
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

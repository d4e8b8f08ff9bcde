import { BULK_PREFIX } from '../model/bulk-run.ts';

/** Key prefixes, and keys, of objects that publish makes from the table and rewrites often. Their old versions have no value. */
export const VIEW_PREFIXES = [
  'editions/',
  'history/',
  'days/',
  'months/',
  'sitemaps/',
  'check.json',
  'directory.json',
  'settings.json',
  'sitemap-days.json',
  'websub.json',
  BULK_PREFIX,
];

/** Key prefixes of the states of editions that a setting can switch off. Publish then deletes them. */
export const SWITCHED_PREFIXES = ['editions/tags/', 'editions/authors/'];

import type { Article, Content } from './article.ts';
import { isDeepStrictEqual } from './deep-equal.ts';

/** What makes a new revision of an article, and the date of change that feeds show for it. */

/** Fields that readers see. A change of one of them makes a new revision. */
const REVISED_BY = [
  'headline',
  'dek',
  'authors',
  'dateline',
  'language',
  'direction',
  'section',
  'tags',
  'summary',
  'keyPoints',
  'correction',
  'image',
  'related',
  'canonicalUrl',
  'siteName',
  'attachments',
  'contentHash',
] as const satisfies readonly (keyof Content)[];

/** Fields that depend on the folder of the file. If a file is moved, their change makes no new revision. */
const OF_FOLDER: readonly (keyof Content)[] = ['section', 'image', 'attachments'];

/** Whether readers can see a difference between two versions of an article, apart from its media. */
export function isRevised(before: Content, next: Content): boolean {
  return REVISED_BY.some(field => !isSameStored(before[field], next[field]));
}

/** Whether readers can see a difference between an article and the moved file that continues it. */
export function isRevisedByMove(before: Content, next: Content): boolean {
  return REVISED_BY.some(field => !OF_FOLDER.includes(field) && !isSameStored(before[field], next[field]));
}

/** Whether two values are equal in the table. The order of fields and undefined fields do not count. */
export function isSameStored(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(stored(a), stored(b));
}

function stored(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? JSON.parse(JSON.stringify(value)) : value;
}

/** The date of change that feeds show for a live article. */
export function shownUpdate({ updatedAt, publishedAt }: Pick<Article, 'updatedAt' | 'publishedAt'>): string {
  return updatedAt > publishedAt ? updatedAt : publishedAt;
}

/**
 * Milliseconds between a date that readers have seen and the date of a correction. Feeds move entries with
 * equal dates apart by milliseconds. A whole second keeps the date of an entry from going back.
 */
const CORRECTION_STEP_MS = 1_000;

/** The instant, or one second after `seen` if readers have seen a later date already. */
export function laterThan(seen: string, instant: string): string {
  return instant > seen ? instant : new Date(Date.parse(seen) + CORRECTION_STEP_MS).toISOString();
}

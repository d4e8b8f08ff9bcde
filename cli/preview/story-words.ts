import type { Removal } from '../../functions/ingest/page/explain.ts';
import {
  type Article,
  type ArticleRecord,
  isArticle,
  type PublishedFrom,
} from '../../shared/model/article.ts';
import {
  localTime,
  MEDIA_SENTENCE,
  otherWarnings,
  waitOf,
  waitReason,
  withdrawalOf,
} from '../output/waiting.ts';

/** Whether a story comes from a file that nobody has filed yet, or is held by a deployment. */
export type StoryOrigin = 'file' | 'stored';

/** Says when a record becomes public, or why it does not. */
export function publicationOf(record: ArticleRecord, origin: StoryOrigin, timeZone: string): string {
  const isStored = origin === 'stored';
  switch (record.status) {
    case 'live':
      return isStored ? 'It is on the site.' : 'Nothing keeps it from the site.';
    case 'scheduled':
      return `Public from ${waitOf(record, timeZone)?.replace(/^scheduled: due /, '')}.`;
    case 'held':
      return waitReason(waitOf(record, timeZone) ?? '');
    case 'withdrawn':
      return `It is not shown. ${withdrawalOf(record)}`;
    case 'duplicate':
      return 'It is not shown, because the same story is on the site already.';
    case 'rejected':
      return record.reason.message;
    case 'unpacked':
      return 'It is a file with several files in it. Each of them becomes a story, a picture or nothing.';
    case 'media':
      return MEDIA_SENTENCE;
    case 'deleted':
      return 'Its file was deleted.';
  }
}

/** The status of a record in words. A file is not live before it is filed. */
export function statusWords(status: ArticleRecord['status'], origin: StoryOrigin): string {
  return status === 'live' && origin === 'file' ? 'live when filed' : status;
}

/** Names and values of an article that an editor checks. */
export function factsOf(article: Article, timeZone: string): readonly (readonly [string, string])[] {
  const { dateline, embargoUntil, expiresAt, updatedAt, publishedAt, correction } = article;
  const at = (instant: string | undefined) => instant && localTime(instant, timeZone);
  const from = UNSTATED[article.publishedFrom];
  const rows: [string, string | undefined][] = [
    ['Dek', article.dek],
    ['By', article.authors.map(({ name }) => name).join(', ') || 'nobody is named'],
    ['Section', article.section],
    ['Tags', article.tags.join(', ')],
    ['Date', `${at(publishedAt)}${from ? `, ${from}` : ''}`],
    ['Updated', updatedAt > publishedAt ? at(updatedAt) : undefined],
    ['Embargo', embargoUntil === publishedAt ? undefined : at(embargoUntil)],
    ['Expires', at(expiresAt)],
    ['Dateline', dateline?.place],
    ['Correction', correction],
    ['Summary', article.summary],
    ['Length', `${article.wordCount} words, ${article.language}`],
    ['Corrected by hand', article.edited?.join(', ')],
    ['Address', `/${article.permalink.replace(/(^|\/)index\.html$/, '$1')}`],
  ];
  return rows.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}

/** Where a date comes from, if no author has stated it. */
const UNSTATED: Partial<Record<PublishedFrom, string>> = {
  upload: 'the time of the upload, because the file states none',
  file: 'the time of the last save, because the file states none',
  release: 'the time of the release, because the file states none',
  embargo: 'the end of the embargo',
};

/** How many warnings of a record there are, in words. Undefined if there are none. */
export function warningCount(record: ArticleRecord): string | undefined {
  const count = 'warnings' in record ? otherWarnings(record).length : 0;
  if (count === 0) return undefined;
  return count === 1 ? '1 warning' : `${count} warnings`;
}

/** Removals of the same step for the same reason, together. */
export interface RemovalGroup {
  step: string;
  why: string;
  texts: readonly string[];
}

export function groupRemovals(removals: readonly Removal[]): RemovalGroup[] {
  const groups = new Map<string, { step: string; why: string; texts: string[] }>();
  for (const { step, why, text } of removals) {
    const name = `${step}\n${why}`;
    const group = groups.get(name) ?? { step, why, texts: [] };
    group.texts.push(text);
    groups.set(name, group);
  }
  return [...groups.values()];
}

/** The name of a record for people: its headline, or its file. */
export function titleOf(record: ArticleRecord): string {
  return isArticle(record) && record.headline !== '' ? record.headline : record.source.key;
}

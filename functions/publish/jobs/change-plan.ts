import type { Article, ArticleRecord } from '../../../shared/model/article.ts';
import { isDeepStrictEqual } from '../../../shared/model/deep-equal.ts';
import { isOwnPage } from '../../../shared/model/own-page.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import type { Member } from '../../../shared/table/edition-members.ts';
import { type ArticleChange, changeTo } from '../model/change.ts';
import { type EditionOf, editionId, editionsOf, newsList } from '../model/edition-of.ts';
import type { Records } from '../model/records.ts';
import type { Site } from '../model/site.ts';
import type { ArticlePositions } from '../states/positions.ts';
import { newsEditions, newsPlaceOf } from '../views/merge-edition.ts';

/*
 * What a publish decides. These functions are pure: the records and positions that they need were read before.
 */

/**
 * What a publish writes: everything that shows the articles; the same, without the pages that list articles which stay (a
 * bulk run of a part); everything except editions that have the articles as members already; or only what was postponed:
 * the editions that the changes name, and the history. A bulk run writes all editions by itself, because each edition
 * shows articles of many batches.
 */
export type EditionScope = 'all' | 'of-part' | 'without-members' | 'postponed';

type Ids = Pick<Articles, 'idOf'>;

/** Whether an article is not public and never was, so that nothing may tell that it exists. */
export function isUnseen(id: string, records: Records, positions: ArticlePositions): boolean {
  return records.get(id)?.status !== 'live' && !positions.has(id);
}

/** The records without the notices of articles that were never public: a notice would reveal them. */
export function withoutUnseen(records: Records, positions: ArticlePositions): Records {
  return new Map(
    [...records].map(([id, record]) => {
      if (record?.gone === undefined || positions.has(id)) return [id, record];
      const { gone: _, ...unseen } = record;
      return [id, unseen];
    }),
  );
}

/** The changes of articles that leave the site (`gone`), and of those that are on it (`live`). */
export function splitByStatus(changes: readonly ArticleChange[], records: Records) {
  const isLive = ({ id }: ArticleChange) => records.get(id)?.status === 'live';
  return { gone: changes.filter(change => !isLive(change)), live: changes.filter(isLive) };
}

/** The articles that were not live before, by id. The pages of the site's own are in no list, so they are left out. */
export function newArticlesIn(changes: readonly ArticleChange[], records: Records): Map<string, Article> {
  const added = new Map<string, Article>();
  for (const { id, isNew } of changes) {
    const record = records.get(id);
    if (isNew && record?.status === 'live' && !isOwnPage(record)) added.set(id, record);
  }
  return added;
}

/**
 * The changes that must be published again: those whose records are not the same any more.
 * @param read.seen by id, the articles that were unseen before the publish, and are not any more
 */
export function changedSince(
  changes: readonly ArticleChange[],
  { before, now, seen }: { before: Records; now: Records; seen: ReadonlyMap<string, unknown> },
): ArticleChange[] {
  return changes.filter(({ id }) => seen.has(id) || !isDeepStrictEqual(before.get(id), now.get(id)));
}

/** A change with the editions and files that show the current record. */
export function changeNow(id: string, record: ArticleRecord | undefined, articles: Ids): ArticleChange {
  if (record?.status !== 'live') return changeTo(id, { editions: record ? newsEditions(record) : [] });
  return {
    id,
    editions: editionsOf(record),
    dates: [record.publishedAt],
    ...(record.newsAt && { news: [record.newsAt] }),
    permalinks: [record.permalink],
    ...(record.aliases && { aliases: record.aliases }),
    media: mediaIdsOf(record, articles),
  };
}

/** Ids of the media records of an article, or the id of a media record itself. */
export function mediaIdsOf(record: ArticleRecord | undefined, articles: Ids): string[] {
  if (record?.status === 'media') return [record.id];
  if (record === undefined || !('media' in record)) return [];
  return (record.media ?? []).map(({ key }) => articles.idOf(key));
}

/** The members that changed articles lose and get. What an article loses and gets again, it keeps. */
export function membersToChange(changes: readonly ArticleChange[], records: Records, site: Site) {
  const remove = changes.flatMap(({ id, editions, dates = [], news = [] }) => {
    const lists = editions.map(of => editionId(of, site));
    return [...membersOf(id, lists, dates), ...membersOf(id, lists.map(newsList), news)];
  });
  return { remove, enter: membersIn(records, site) };
}

/** The members of the editions, and of their lists of news. */
function membersIn(records: Records, site: Site): Member[] {
  const idsOf = (editions: readonly EditionOf[]) => editions.map(of => editionId(of, site));
  return [...records.values()].flatMap(record => {
    if (record === undefined) return [];
    const { id } = record;
    const at = newsPlaceOf(record);
    return [
      ...(record.status === 'live' ? membersOf(id, idsOf(editionsOf(record)), [record.publishedAt]) : []),
      ...(at === undefined ? [] : membersOf(id, idsOf(newsEditions(record)).map(newsList), [at])),
    ];
  });
}

function membersOf(id: string, lists: readonly string[], dates: readonly string[]): Member[] {
  return lists.flatMap(edition => dates.map(publishedAt => ({ edition, publishedAt, id })));
}

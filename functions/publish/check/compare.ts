import { inParallel } from '../../../shared/errors/in-parallel.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import { isOnPage, lift, mendPage, type PageRow, rowsOnPage } from '../jobs/mend.ts';
import { dayOf } from '../model/calendar.ts';
import { type ArticleChange, addChange, changeTo } from '../model/change.ts';
import { DAYS, dayState } from '../states/history-states.ts';
import { type ArticlePositions, dayList, daysIn, pageIn } from '../states/positions.ts';
import type { Row } from '../states/rows.ts';
import type { PublishDeps } from '../views/view.ts';
import { publishAll, type Work } from './rebuild-work.ts';

/** Number of states that are read in parallel. */
const CONCURRENCY = 8;

type Versions = Awaited<ReturnType<Articles['lists']['versions']>>;

/**
 * Compares stored rows with the table. Raises versions as {@link lift} does.
 * @returns the rows whose articles must be published: the record is newer, older or missing, or not live. The record of a
 * notice must not be live
 */
export async function outdatedRows<R extends Row & { gone?: object | undefined }>(
  rows: readonly R[],
  deps: PublishDeps,
): Promise<R[]> {
  const versions = await deps.articles.lists.versions(rows.map(({ id }) => id));
  await lift(
    rows.filter(row => isAhead(row, versions)),
    deps,
  );
  return rows.filter(row => isOutdated(row, versions));
}

/**
 * Compares pages of the history with the table, and the pages of days that hold the same articles. Repairs pages as
 * {@link mendPage} does, and publishes the articles whose rows are outdated.
 * @param keys keys of the stored states of history documents, sitemaps and pages of days
 * @returns ids of the articles whose rows are current
 */
export async function checkPages(
  keys: readonly string[],
  deps: PublishDeps,
  work: Work,
): Promise<Set<string>> {
  const { articles } = deps;
  const read = (some: readonly string[]) =>
    inParallel(some, async key => ({ key, rows: await rowsOnPage(key, deps) }), { concurrency: CONCURRENCY });
  const pages = await read(keys);
  const positions = await articles.positions.read(idsOf(pages));
  const known = new Set(keys);
  const days = await read(dayPages(positions).filter(key => !known.has(key)));
  const ofDays = await articles.positions.read(idsOf(days).filter(id => !positions.has(id)));
  const all = [...pages, ...days];
  const versions = await articles.lists.versions(idsOf(all));
  const allPositions: ArticlePositions = new Map([...positions, ...ofDays]);
  const changes = new Map<string, ArticleChange>();
  const mend = async (key: string) => {
    const { strays, views, files } = await mendPage(key, deps);
    work.views += views;
    work.files += files;
    for (const change of strays) addChange(changes, change);
  };
  const current = new Set<string>();
  for (const { key, rows } of all) {
    const strays = rows.filter(({ id }) => !isOnPage(id, key, allPositions));
    if (strays.length > 0 || rows.some(row => isAhead(row, versions))) await mend(key);
    // Without its position, nothing tells on which pages of its day an article stands.
    for (const day of daysOf(strays, deps.site.timeZone))
      for await (const page of deps.storage.keys(`${DAYS}${day}/`)) await mend(page);
    for (const row of rows)
      if (isOutdated(row, versions)) addChange(changes, changeOfRow(row, articles));
      else current.add(row.id);
  }
  await publishGoneFirst([...changes.values()], deps, work);
  for (const id of changes.keys()) current.delete(id);
  return current;
}

/** The days of the rows that tell when their article was published. */
function daysOf(rows: readonly PageRow[], timeZone: string | undefined): Set<string> {
  return new Set(rows.flatMap(({ publishedAt }) => (publishedAt ? [dayOf(publishedAt, timeZone)] : [])));
}

/** The change of an outdated row: the files and media that the site can still show. */
export function changeOfRow({ id, permalink, media = [] }: PageRow, articles: Articles): ArticleChange {
  return changeTo(id, { permalinks: [permalink], media: media.map(({ key }) => articles.idOf(key)) });
}

/** Publishes changes, first those of articles that are not live. These include killed ones. */
export async function publishGoneFirst(
  changes: readonly ArticleChange[],
  deps: PublishDeps,
  work: Work,
): Promise<void> {
  if (changes.length === 0) return;
  const versions = await deps.articles.lists.versions(changes.map(({ id }) => id));
  const isLive = ({ id }: ArticleChange) => versions.get(id)?.isLive === true;
  await publishAll(
    changes.filter(change => !isLive(change)),
    deps,
    work,
  );
  await publishAll(changes.filter(isLive), deps, work);
}

function isAhead({ id, version }: Row, versions: Versions): boolean {
  return version > (versions.get(id)?.version ?? version);
}

function isOutdated({ id, version, gone }: Row & { gone?: object | undefined }, versions: Versions): boolean {
  const record = versions.get(id);
  return record === undefined || record.isLive === (gone !== undefined) || record.version !== version;
}

function idsOf(pages: readonly { rows: readonly PageRow[] }[]): string[] {
  return [...new Set(pages.flatMap(({ rows }) => rows.map(({ id }) => id)))];
}

/** Keys of the pages of days on which articles have positions. */
function dayPages(positions: ArticlePositions): string[] {
  const keys = new Set<string>();
  for (const day of daysIn(positions))
    for (const id of positions.keys()) {
      const page = pageIn(positions, id, dayList(day));
      if (page !== undefined) keys.add(dayState(day, page).key);
    }
  return [...keys];
}

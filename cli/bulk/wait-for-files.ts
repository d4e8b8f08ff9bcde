import { setTimeout } from 'node:timers/promises';
import pMap from 'p-map';
import { canonicalsOf } from '../../shared/duplicates/canonicals.ts';
import { type Article, type ArticleRecord, isArticle } from '../../shared/model/article.ts';
import { isPublished as isShown } from '../deployment/appearance.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { canonicalName } from '../output/canonical-name.ts';
import type { FileOutcome } from '../output/terminal.ts';
import { otherWarnings, waitOf } from '../output/waiting.ts';
import type { SentFile } from './send-files.ts';

const RECORDS_PER_READ = 100;

const CHECK_PAUSE_MS = 1_000;

export interface WaitOptions {
  deployment: Pick<
    Deployment,
    'articles' | 'intake' | 'storage' | 'site' | 'outputs' | 'timeZone' | 'language'
  >;
  /** Seconds without progress after which the remaining files count as failed. */
  patience: number;
  signal: AbortSignal;
  onDone(count: number): void;
  pauseMs?: number;
}

/**
 * Waits until each file has a record and each live article has its page on the site. Then waits until the feeds show
 * the last articles.
 * @returns the outcome of each file. It is `failed` for files without a result
 */
export async function waitForFiles(
  sent: readonly SentFile[],
  { deployment, patience, signal, onDone, pauseMs = CHECK_PAUSE_MS }: WaitOptions,
): Promise<FileOutcome[]> {
  const outcomes: FileOutcome[] = [];
  const waiting = [...sent];
  let last: ArticleRecord[] = [];
  let lastProgress = performance.now();
  while (waiting.length > 0 && !signal.aborted) {
    const looked = waiting.splice(0, RECORDS_PER_READ);
    const records = await deployment.articles.getByKeys(looked.map(({ key }) => key));
    const canonicals = await canonicalsOf(deployment.articles, records.values());
    const found = await Promise.all(
      looked.map(file => {
        const record = records.get(file.key);
        return outcomeOf(file, record, { ...deployment, canonical: canonicals.get(record?.id ?? '') });
      }),
    );
    const done = found.filter(outcome => outcome !== undefined);
    outcomes.push(...done);
    // Files that are not done go to the end, because the queue does not keep their order.
    waiting.push(...looked.filter((_, index) => found[index] === undefined));
    onDone(outcomes.length);
    if (done.length > 0) {
      lastProgress = performance.now();
      last = looked.flatMap(({ key }, index) => (found[index] ? (records.get(key) ?? []) : []));
    } else if (performance.now() - lastProgress > patience * 1_000)
      return [...outcomes, ...(await givenUp(waiting, patience, deployment))];
    if (waiting.length > 0 && done.length < looked.length / 2) await setTimeout(pauseMs);
  }
  if (!signal.aborted) await untilInFeeds(last, deployment);
  return outcomes;
}

/** Number of articles whose feeds are checked. The last ones are enough, because feeds are written after pages. */
const CHECKED_IN_FEEDS = 3;

/**
 * Maximum wait for the feeds. Feeds are written seconds after pages. An article that is too old is in no feed, so the
 * wait must end.
 */
const FEEDS_WAIT_MS = 10_000;

async function untilInFeeds(
  records: readonly ArticleRecord[],
  deployment: WaitOptions['deployment'],
): Promise<void> {
  const live = records.filter(isArticle).filter(({ status }) => status === 'live');
  const before = { page: undefined, isWithdrawn: false, editions: [] };
  const end = performance.now() + FEEDS_WAIT_MS;
  await Promise.all(
    live.slice(-CHECKED_IN_FEEDS).map(article => isShown(deployment, article, { before, end })),
  );
}

/** Returns the outcome of an upload, or undefined while it is under way. */
async function outcomeOf(
  file: SentFile,
  record: ArticleRecord | undefined,
  about: Pick<Deployment, 'site' | 'timeZone'> & { canonical: ArticleRecord | undefined },
): Promise<FileOutcome | undefined> {
  const { site, timeZone, canonical } = about;
  const { key } = file;
  if (record === undefined || (record.status === 'unpacked' && record.unfinished)) return undefined;
  if (!isOf(record.source, file))
    return record.refused && isOf(record.refused, file) ? refused(file, record) : undefined;
  if (record.status === 'rejected')
    return { outcome: 'rejected', key, reason: record.reason.message, warnings: record.warnings };
  if (!isArticle(record))
    return { outcome: record.status, key, warnings: 'warnings' in record ? record.warnings : [] };
  const { status, headline } = record;
  if (status === 'live' && !(await isPublished(record, site))) return undefined;
  return {
    outcome: status,
    key,
    headline,
    reason: status === 'duplicate' ? `of ${canonicalName(record, canonical)}` : undefined,
    wait: waitOf(record, timeZone),
    warnings: otherWarnings(record),
  };
}

function isOf(
  source: { versionId?: string | undefined; etag: string },
  { versionId, etag }: SentFile,
): boolean {
  return versionId !== undefined && source.versionId !== undefined
    ? source.versionId === versionId
    : source.etag === etag;
}

/** Outcome of an upload that was rejected while the earlier version of the story stays published. */
function refused({ key }: SentFile, record: ArticleRecord): FileOutcome {
  return { outcome: 'rejected', key, warnings: 'warnings' in record ? record.warnings : [] };
}

async function isPublished(
  { permalink, revision, updatedAt }: Article,
  site: Deployment['site'],
): Promise<boolean> {
  if (revision === 1) return (await site.head(permalink)) !== undefined;
  const page = await site.get(permalink);
  // Each page holds the time of the last change of its article.
  return page !== undefined && Buffer.from(page.bytes).includes(updatedAt);
}

const HEAD_CONCURRENCY = 8;

/** Outcomes of files without a result: overtaken by another upload, deleted, or failed. */
function givenUp(
  files: readonly SentFile[],
  patience: number,
  { intake }: Pick<Deployment, 'intake'>,
): Promise<FileOutcome[]> {
  return pMap(
    files,
    async file => {
      const { key } = file;
      const present = await intake.head(key);
      if (present === undefined) return { outcome: 'deleted', key, reason: 'It was deleted meanwhile.' };
      if (!isOf({ ...present, etag: present.etag.replaceAll('"', '') }, file))
        return { outcome: 'overtaken', key, reason: 'Another upload has replaced it.' };
      const reason = `It had no result within ${patience} seconds: see "copydesk status" and "copydesk failures".`;
      return { outcome: 'failed', key, reason };
    },
    { concurrency: HEAD_CONCURRENCY },
  );
}

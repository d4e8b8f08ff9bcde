import { setTimeout } from 'node:timers/promises';
import pMap from 'p-map';
import { canonicalsOf } from '../../shared/duplicates/duplicates.ts';
import { type Article, type ArticleRecord, isArticle } from '../../shared/model/article.ts';
import { articleId } from '../../shared/model/identity.ts';
import { isPublished as isShown } from '../deployment/appearance.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { canonicalName } from '../output/canonical-name.ts';
import type { FileOutcome } from '../output/terminal.ts';
import { otherWarnings, waitOf } from '../output/waiting.ts';
import type { SentFile } from './send-files.ts';

/** Records read at once: one request to the table. */
const AT_ONCE = 100;

/** Pause before what was not done yet is looked at again, in milliseconds. */
const PAUSE_MS = 1_000;

export interface WaitOptions {
  deployment: Pick<Deployment, 'articles' | 'intake' | 'site' | 'outputs' | 'timeZone'>;
  /** Nothing more becomes done for this long: the rest has failed. Seconds. */
  patience: number;
  signal: AbortSignal;
  onDone(count: number): void;
  pauseMs?: number;
}

/**
 * Waits until each file that was sent is recorded and, where it is live, its page is on the site; then until the feeds
 * show those that came last.
 * @returns what became of each; `failed` of those of which nothing more was heard
 */
export async function waitForFiles(
  sent: readonly SentFile[],
  { deployment, patience, signal, onDone, pauseMs = PAUSE_MS }: WaitOptions,
): Promise<FileOutcome[]> {
  const outcomes: FileOutcome[] = [];
  const waiting = [...sent];
  let last: ArticleRecord[] = [];
  let lastProgress = performance.now();
  while (waiting.length > 0 && !signal.aborted) {
    const looked = waiting.splice(0, AT_ONCE);
    const ids = looked.map(({ key }) => articleId(deployment.intake.name, key));
    const records = await deployment.articles.getMany(ids);
    const canonicals = await canonicalsOf(deployment.articles, records.values());
    const found = await Promise.all(
      looked.map((file, index) => {
        const id = ids[index] ?? '';
        return outcomeOf(file, records.get(id), { ...deployment, canonical: canonicals.get(id) });
      }),
    );
    const done = found.filter(outcome => outcome !== undefined);
    outcomes.push(...done);
    // What is not done goes to the end: the queue keeps no order.
    waiting.push(...looked.filter((_, index) => found[index] === undefined));
    onDone(outcomes.length);
    if (done.length > 0) {
      lastProgress = performance.now();
      last = ids.flatMap((id, index) => (found[index] ? (records.get(id) ?? []) : []));
    } else if (performance.now() - lastProgress > patience * 1_000)
      return [...outcomes, ...(await givenUp(waiting, patience, deployment))];
    if (waiting.length > 0 && done.length < looked.length / 2) await setTimeout(pauseMs);
  }
  if (!signal.aborted) await untilInFeeds(last, deployment);
  return outcomes;
}

/** Articles whose feeds are waited for: the last, because feeds are written after pages. */
const LAST = 3;

/** Feeds follow their pages within seconds; of an article that is older than what they hold there is nothing to see. */
const FEEDS_AFTER_MS = 10_000;

async function untilInFeeds(
  records: readonly ArticleRecord[],
  deployment: WaitOptions['deployment'],
): Promise<void> {
  const live = records.filter(isArticle).filter(({ status }) => status === 'live');
  const before = { page: undefined, isWithdrawn: false, editions: [] };
  const end = performance.now() + FEEDS_AFTER_MS;
  await Promise.all(live.slice(-LAST).map(article => isShown(deployment, article, { before, end })));
}

/** What became of one upload; undefined while it is under way. */
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

/** Whether a record was made of this upload. */
function isOf(
  source: { versionId?: string | undefined; etag: string },
  { versionId, etag }: SentFile,
): boolean {
  return versionId !== undefined && source.versionId !== undefined
    ? source.versionId === versionId
    : source.etag === etag;
}

/** An upload that could not be read, of a story that is shown as it was before. */
function refused({ key }: SentFile, record: ArticleRecord): FileOutcome {
  return { outcome: 'rejected', key, warnings: 'warnings' in record ? record.warnings : [] };
}

/** Whether an article's page stands on the site as the record says. */
async function isPublished(
  { permalink, revision, updatedAt }: Article,
  site: Deployment['site'],
): Promise<boolean> {
  if (revision === 1) return (await site.head(permalink)) !== undefined;
  const page = await site.get(permalink);
  // Each page says when its article was last changed.
  return page !== undefined && Buffer.from(page.bytes).includes(updatedAt);
}

/** Files looked up at once in the bucket. */
const LOOKED_UP_AT_ONCE = 8;

/** Of what nothing more was heard: another upload may have taken its place, or it is gone. */
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
        return { outcome: 'overtaken', key, reason: 'Another upload has taken its place.' };
      const reason = `Nothing came of it for ${patience} seconds: "copydesk status" and "copydesk failures" say more.`;
      return { outcome: 'failed', key, reason };
    },
    { concurrency: LOOKED_UP_AT_ONCE },
  );
}

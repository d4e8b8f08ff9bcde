import type { AttributeValue, DynamoDBRecord, StreamRecord } from 'aws-lambda';
import { joinGroupAsArticle } from '../../../shared/duplicates/join-group.ts';
import { ANY_VERSION, coverByKill } from '../../../shared/duplicates/kills.ts';
import { leave, settle, uncoverCopies } from '../../../shared/duplicates/settle.ts';
import { recognizeSimilar } from '../../../shared/duplicates/similarity.ts';
import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { isKilled, type Left } from '../../../shared/model/article.ts';
import { lookupKeys } from '../../../shared/model/minhash.ts';
import { recordIdOf } from '../../../shared/table/article-item.ts';
import { RECORD_SK, TABLE_KEY } from '../../../shared/table/keys.ts';
import type { ReleaseDeps } from '../jobs/release.ts';

/** Number of records whose groups are settled at the same time. A thousand embargoes can end together. */
const CONCURRENCY = 16;

type GroupDeps = Pick<ReleaseDeps, 'articles' | 'duplicates' | 'now'>;

/** Facts about a record's duplicate group, from an image in the change stream. */
type GroupFacts = NonNullable<ReturnType<typeof groupFactsOf>>;

/**
 * Settles the duplicate groups of changed records before the changes are published. A kill withdraws every copy. The
 * end of a kill makes one copy live again. If a live article is withdrawn, one copy replaces it. Commands and ticks do
 * the same. This function completes interrupted ones and covers edits in the console. It skips uploads, because ingest
 * settles them. Calls may be repeated.
 */
export async function settleChangedGroups(
  records: readonly DynamoDBRecord[],
  deps: GroupDeps,
): Promise<void> {
  const byId = new Map<string, StreamRecord[]>();
  for (const { dynamodb = {} } of records) {
    const id = changedId(dynamodb);
    if (id !== undefined) byId.set(id, [...(byId.get(id) ?? []), dynamodb]);
  }
  await inParallel(byId, ([id, changes]) => settleInOrder(id, changes, deps), { concurrency: CONCURRENCY });
}

/** Settles the changes of one record. */
async function settleInOrder(id: string, changes: readonly StreamRecord[], deps: GroupDeps): Promise<void> {
  for (const { OldImage, NewImage } of changes) {
    const [before, after] = [groupFactsOf(OldImage), groupFactsOf(NewImage)];
    // A tombstone is in no group, but it is an upload too: another file can have continued its article since.
    if (before === undefined || (NewImage !== undefined && NewImage.order?.S !== before.order)) continue;
    await settleChange(id, before, after, deps);
  }
}

/** The id of the changed article. Undefined if the changed item is no record. */
export function changedId(change: StreamRecord | undefined): string | undefined {
  const { [TABLE_KEY.partition]: partition, [TABLE_KEY.sort]: sort } = change?.Keys ?? {};
  return sort?.S === RECORD_SK ? recordIdOf(partition?.S ?? '') : undefined;
}

async function settleChange(
  id: string,
  before: GroupFacts,
  after: GroupFacts | undefined,
  deps: GroupDeps,
): Promise<void> {
  const { articles } = deps;
  const now = deps.now();
  if (after?.isKilled && !before.isKilled) {
    const record = await articles.getForWrite(id);
    if (record !== undefined && isKilled(record)) await coverByKill(articles, id, after, now);
    return;
  }
  if (after !== undefined && before.isKilled && !after.isKilled) {
    const record = await articles.getForWrite(id);
    if (record === undefined || isKilled(record)) return;
    await uncoverCopies(articles, id, now);
  }
  if (before.status === 'live' && !(after?.status === 'live' && after.group === before.group)) {
    const { group, since, nearHash } = before;
    const left: Left = { group, since, similarityKeys: lookupKeys(nearHash) };
    const leaver = { id, version: after?.version ?? ANY_VERSION };
    await leave(articles, left, leaver, await articles.getForWrite(id), now);
  }
  if (after?.status === before.status) return;
  if (after?.status === 'live') await hideIfSimilar(id, before, deps);
  if (after?.status !== 'live' && after?.status !== 'duplicate') return;
  const record = await articles.getForWrite(id);
  if (record !== undefined) await settle(articles, record, now);
}

/** Hides an article that a person made live, if it is similar to another live article and the settings ask for it. */
async function hideIfSimilar(
  id: string,
  before: GroupFacts,
  { articles, duplicates, now }: GroupDeps,
): Promise<void> {
  if (duplicates.near !== 'hide' || before.status === 'duplicate') return;
  const record = await articles.getForWrite(id);
  if (record?.status !== 'live') return;
  const similar = await recognizeSimilar(articles, record, record, duplicates);
  if (similar.contentGroup === record.contentGroup) return;
  const joined = await joinGroupAsArticle(articles, similar, record, now());
  const next = articles.withNews({ ...joined, version: record.version + 1 }, record, now());
  // If another change was faster, the stream record of that change settles the group.
  if (await articles.replace(record, next)) await settle(articles, next, now(), record);
}

function groupFactsOf(image: Record<string, AttributeValue> | undefined) {
  const group = image?.contentGroup?.S ?? image?.contentHash?.S;
  const since = image?.groupSince?.S ?? image?.source?.M?.uploadedAt?.S;
  if (group === undefined || since === undefined) return undefined;
  const status = image?.status?.S;
  return {
    status,
    isKilled: status === 'withdrawn' && image?.withdrawnBy?.S === undefined,
    /** The padded sequencer of the upload. */
    order: image?.order?.S,
    group,
    since,
    nearHash: image?.nearHash?.S,
    version: Number(image?.version?.N),
  };
}

import { CONFLICT, retryOnConflict } from '../errors/retry-on-conflict.ts';
import {
  type Article,
  type ArticleRecord,
  type Forward,
  forwardOf,
  groupOf,
  groupSinceOf,
  isArticle,
  isKilled,
} from '../model/article.ts';
import { lookupKeys } from '../model/minhash.ts';
import type { Articles } from '../table/articles.ts';
import { coverByKill, killOf } from './kills.ts';
import { duplicateOf, hide, isMemberOf, leftBy, memberOf, undecided, update, waiting } from './membership.ts';
import { isMoverTo, leaverOf, leavingNow, move, vacate } from './move.ts';

/**
 * Maximum time from the claim of a group until the record of its canonical is written. A canonical that is not live
 * after this time is replaced. Until then, a copy that arrives at the same instant does not replace it.
 */
const CLAIM_GRACE_MS = 500;

/** Makes sure that a group with members has a live canonical, unless a kill covers the group. */
export async function promote(articles: Articles, group: string, now: string): Promise<void> {
  const { groups } = articles;
  return retryOnConflict(group, articles.pacing, async () => {
    // If the chosen member can no longer become live, the next member is tried.
    for (;;) {
      const { canonical, departed } = await groups.standing(group);
      if (canonical?.killed) return;
      if (canonical && (await show(articles, canonical.member, group, now))) return;
      // The canonical can become live after this look. Who makes it live removes the doubt, so that it is not replaced.
      if (canonical && !canonical.doubted) {
        if (await groups.replaceCanonical(group, canonical, { ...canonical, doubted: true })) continue;
        return CONFLICT;
      }
      const members = await stillWaiting(articles, group, now, canonical?.member);
      const leaver = await leaverOf(articles, canonical?.member ?? departed);
      const mover = leaver && members.find(member => isMoverTo(leaver, member));
      if (leaver && mover) {
        const { member, killed } = await groups.claim(group, leaver.record.id);
        if (member !== leaver.record.id || killed) return CONFLICT;
        const moved = await move(articles, leaver, mover, now);
        if (!moved) return CONFLICT;
        await finishMove(articles, moved, mover.id, now);
        continue;
      }
      const [next] = members;
      if (next === undefined && canonical === undefined) return;
      const given =
        next === undefined && canonical !== undefined && leaver !== undefined
          ? await groups.depart(group, canonical)
          : await groups.replaceCanonical(group, canonical, next && { member: next.id, killed: false });
      if (!given) return CONFLICT;
      if (next === undefined) return;
    }
  });
}

/**
 * The records of the oldest waiting members that may be public now. Two kinds of members leave the group first. One has
 * expired, and no tick has come since. The file of the other has another record already: a function died before it made
 * the member a tombstone, which this completes.
 */
async function stillWaiting(
  articles: Articles,
  group: string,
  now: string,
  except: string | undefined,
): Promise<Article[]> {
  for (;;) {
    const members = await waiting(articles, group, except);
    if (members.length === 0) return [];
    const records = await articles.getMany(members.map(({ id }) => id));
    const found: Article[] = [];
    let left = 0;
    for (const { id } of members) {
      const record = records.get(id);
      if (record?.status !== 'duplicate') continue;
      const { key } = record.source;
      const forward = forwardOf(record, key);
      const target = forward && (await articles.getForWrite(forward.id));
      if (target?.source.key === key) await finishMove(articles, target, id, now);
      else if (undecided(record, now).status !== 'live') await decide(articles, id, group, now);
      else {
        found.push(record);
        continue;
      }
      left++;
    }
    if (found.length > 0 || left === 0) return found;
  }
}

/** Completes the move of a file to a record: settles its article, and makes the record that it left a tombstone. */
export async function finishMove(
  articles: Articles,
  record: ArticleRecord,
  mover: string,
  now: string,
  before?: ArticleRecord,
): Promise<void> {
  if (record.status === 'live') await settleLive(articles, record, now, before);
  // An earlier key of the record can lead to the same mover, and from there to the record that the key has now.
  const left = record.forwards?.findLast(({ id, deleted }) => id === mover && deleted);
  const vacated = left?.deleted && (await vacate(articles, mover, left.key, left.deleted, now));
  if (!vacated?.left) return;
  const { group, since, similarityKeys } = vacated.left;
  await articles.similarity.leave(similarityKeys, { ...vacated, since });
  await promote(articles, group, now);
}

/**
 * Continues the article of a file that is about to be deleted with a file of the same content that waits in its group,
 * so that the article does not leave the site.
 * @returns the article as it continues. Undefined if no file continues it
 */
export async function moveAway(
  articles: Articles,
  record: ArticleRecord,
  deleted: NonNullable<Forward['deleted']>,
  now: string,
): Promise<Article | undefined> {
  const leaver = leavingNow(record, deleted);
  if (leaver === undefined || !isArticle(record)) return undefined;
  const group = groupOf(record);
  const canonical = await articles.groups.canonical(group);
  if (canonical?.member !== record.id || canonical.killed) return undefined;
  const members = await stillWaiting(articles, group, now, record.id);
  const mover = members.find(member => isMoverTo(leaver, member));
  const moved = mover && (await move(articles, leaver, mover, now));
  if (mover && moved) await finishMove(articles, moved, mover.id, now, record);
  return moved;
}

/**
 * Makes the canonical of a group live.
 * @returns false if the record is no longer in the group, or has expired
 */
async function show(articles: Articles, id: string, group: string, now: string): Promise<boolean> {
  const record = await articles.getForWrite(id);
  if (record === undefined) return false;
  if (isKilled(record)) {
    const kill = isArticle(record) && groupOf(record) === group ? killOf(record) : record.left;
    if (kill?.group !== group) return false;
    await coverByKill(articles, id, kill, now);
    return true;
  }
  if (!isMemberOf(record, group)) return false;
  if (record.status === 'live') return true;
  const shown = await decide(articles, id, group, now);
  if (shown?.status !== 'live') return false;
  // This reads the canonical again, because an editor can have killed the story during the write.
  await settleLive(articles, shown, now);
  for (const { id: other } of await waiting(articles, group, id))
    await update(articles, other, now, article =>
      article.status === 'duplicate' && groupOf(article) === group ? duplicateOf(id, article) : undefined,
    );
  return true;
}

/** Gives a waiting member of a group the status that it wants by itself. It no longer waits. */
async function decide(
  articles: Articles,
  id: string,
  group: string,
  now: string,
): Promise<Article | undefined> {
  const decided = await update(articles, id, now, article => {
    if (!isMemberOf(article, group)) return undefined;
    const next = undecided(article, now);
    return { ...next, left: leftBy(article, next) };
  });
  if (decided !== undefined) await articles.groups.leave(group, memberOf(decided));
  return decided;
}

export async function settleLive(
  articles: Articles,
  record: Article,
  now: string,
  before?: ArticleRecord,
): Promise<ArticleRecord> {
  const group = groupOf(record);
  const { doubted, ...canonical } =
    (await articles.groups.canonical(group)) ?? (await articles.groups.claim(group, record.id));
  if (canonical.member === record.id && !canonical.killed) {
    if (doubted && !(await articles.groups.replaceCanonical(group, { ...canonical, doubted }, canonical)))
      return settleLive(articles, record, now, before);
    await enterIndex(articles, record, before);
    return record;
  }
  const hidden = await hide(articles, record.id, { group, canonical: canonical.member, now });
  if (hidden !== undefined && !canonical.killed) return settleDuplicate(articles, hidden, now);
  return (await articles.getForWrite(record.id)) ?? record;
}

async function enterIndex(articles: Articles, record: Article, before?: ArticleRecord): Promise<void> {
  const { since } = memberOf(record);
  const was = before !== undefined && isArticle(before) && before.status === 'live' ? before : undefined;
  const stays = was !== undefined && groupOf(was) === groupOf(record) && groupSinceOf(was) === since;
  const known = stays ? lookupKeys(was.nearHash) : [];
  const news = lookupKeys(record.nearHash).filter(key => !known.includes(key));
  await articles.similarity.enter(news, memberOf(record));
}

export async function settleDuplicate(
  articles: Articles,
  record: Article,
  now: string,
): Promise<ArticleRecord> {
  const group = groupOf(record);
  await articles.groups.enter(group, memberOf(record));
  const canonical = await articles.groups.canonical(group);
  if (canonical?.killed) return record;
  if (canonical !== undefined && canonical.member !== record.id) {
    if (await isShown(articles, canonical.member, group)) return record;
    await articles.pacing.sleep(CLAIM_GRACE_MS);
  }
  await promote(articles, group, now);
  return (await articles.getForWrite(record.id)) ?? record;
}

async function isShown(articles: Articles, id: string, group: string): Promise<boolean> {
  const record = await articles.getForWrite(id);
  return record?.status === 'live' && groupOf(record) === group;
}

import { CONFLICT, retryOnConflict } from '../errors/retry-on-conflict.ts';
import {
  type Article,
  type ArticleRecord,
  groupOf,
  groupSinceOf,
  isArticle,
  isKilled,
  type Left,
} from '../model/article.ts';
import { isSameUpload } from '../model/edited.ts';
import { lookupKeys } from '../model/minhash.ts';
import { statusAt } from '../model/schedule.ts';
import type { Articles } from '../table/articles.ts';
import type { Canonical, GroupMember, Kill } from '../table/duplicate-groups.ts';

/**
 * Which of the files with the same content is shown. Files that may be public now and have the same content form
 * a duplicate group. One of them is the canonical: it is `live`. The others are `duplicate`. A file that is
 * scheduled, held, expired or withdrawn by itself is in no group, so it hides nothing. When the canonical leaves,
 * the eldest duplicate is promoted. A group that an editor's kill covers has no canonical that is shown.
 *
 * There are no transactions. The canonical item of a group is changed by compare-and-swap, before a record
 * becomes live. A duplicate is entered after its record is written. Every function that writes a record reads the
 * canonical again afterwards and corrects its own record; so the later one of two writers always sees the other.
 */

/**
 * Time from the claim of a group to the record of its canonical, which is one write. After it, another member
 * takes the place of a canonical that is not live, in milliseconds. Copies often come in pairs, at the same instant.
 */
const CLAIM_GRACE_MS = 500;

/**
 * Members that are read, and told of the new canonical, when one is promoted. What the others say of the
 * canonical is out of date until they are filed again; commands ask the group.
 */
const MAX_MEMBERS_TOLD = 4;

/** Stands for a version later than every one: what a kill covers goes with its end only. */
export const ANY_VERSION = Number.MAX_SAFE_INTEGER;

/**
 * The record as it is to be written: an article that may be public becomes the canonical of its group or a
 * duplicate in it. Notes what the write leaves, for {@link settle}.
 * @param draft as its file and its editors want it
 * @param current the record that `draft` replaces
 */
export async function joinGroup(
  articles: Articles,
  draft: ArticleRecord,
  current: ArticleRecord | undefined,
  now: string,
): Promise<ArticleRecord> {
  const next = isArticle(draft) ? await inItsGroup(articles, draft, current, now) : draft;
  return { ...next, left: leftBy(current, next) };
}

/** As {@link joinGroup}, for articles that stay articles. */
export async function joinGroupAsArticle(
  articles: Articles,
  draft: Article,
  current: Article,
  now: string,
): Promise<Article> {
  const next = await inItsGroup(articles, draft, current, now);
  return { ...next, left: leftBy(current, next) };
}

async function inItsGroup(
  articles: Articles,
  given: Article,
  current: ArticleRecord | undefined,
  now: string,
): Promise<Article> {
  const before = current !== undefined && isArticle(current) ? current : undefined;
  const group = groupOf(given);
  const stays = before !== undefined && groupOf(before) === group;
  const { duplicateOf: _, ...wanted } = given.status === 'duplicate' ? undecided(given, now) : given;
  const draft: Article = { ...wanted, groupSince: groupSinceOf(stays ? before : given) };
  if (draft.status !== 'live' || (stays && before.status === 'live')) return draft;
  // Another parser may read another content in the same upload. It is still a copy of what was killed.
  if (!stays && before?.status === 'duplicate' && isSameUpload(before, draft.source)) {
    const canonical = await articles.groups.canonical(groupOf(before));
    if (canonical?.killed) await coverByKill(articles, canonical.member, killOf(draft));
  }
  const canonical = await articles.groups.claim(group, draft.id);
  if (canonical.member !== draft.id) return duplicateOf(canonical.member, draft);
  if (!canonical.killed) return draft;
  // Its own kill is being undone. Another one may cover the group too.
  const other = (await articles.groups.killers(group)).find(id => id !== draft.id);
  return other === undefined ? draft : duplicateOf(other, draft);
}

/** What a record leaves when `next` is written in its place. */
function leftBy(current: ArticleRecord | undefined, next: ArticleRecord): Left | undefined {
  if (current === undefined || !isArticle(current) || !(isMember(current) || isKilled(current)))
    return undefined;
  const group = groupOf(current);
  const since = groupSinceOf(current);
  const stays = isArticle(next) && groupOf(next) === group && (isMember(next) || isKilled(next));
  // The keys of a killed article stay: they lead to what was killed.
  const kept = stays && next.status !== 'duplicate' ? lookupKeys(next.nearHash) : [];
  const similarityKeys =
    current.status === 'live' ? lookupKeys(current.nearHash).filter(key => !kept.includes(key)) : [];
  return stays && similarityKeys.length === 0 ? undefined : { group, since, similarityKeys };
}

/**
 * Does what follows from a write for the group and the similarity index, and makes sure that of all members of the
 * group exactly one is live. Safe to repeat.
 * @param before the record that it replaced; undefined where that is not known
 * @returns the record as it is then
 */
export async function settle(
  articles: Articles,
  record: ArticleRecord,
  now: string,
  before?: ArticleRecord,
): Promise<ArticleRecord> {
  await finishLeaving(articles, record, now);
  if (!isArticle(record)) return record;
  if (isKilled(record)) await coverWhatNobodyShows(articles, record);
  if (record.status === 'live') return settleLive(articles, record, now, before);
  if (record.status === 'duplicate') return settleDuplicate(articles, record, now);
  return record;
}

/** Finishes what an interrupted function may have left undone after its write of a record. */
export async function finishLeaving(articles: Articles, record: ArticleRecord, now: string): Promise<void> {
  if (record.left !== undefined) await leave(articles, record.left, record, record, now);
}

/**
 * Takes an article out of a group and of keys of the similarity index; where it was the canonical, another member
 * is promoted.
 * @param leaver the id, and the version of the record that left
 * @param record as it is now; undefined where somebody deleted it
 */
export async function leave(
  articles: Articles,
  { group, since, similarityKeys }: Left,
  { id, version }: Pick<ArticleRecord, 'id' | 'version'>,
  record: ArticleRecord | undefined,
  now: string,
): Promise<void> {
  // The keys of a killed text stay: they lead to what the kill covers.
  const keepsKeys =
    record !== undefined && isKilled(record) && (!isArticle(record) || groupOf(record) === group);
  if (!keepsKeys) await articles.similarity.leave(similarityKeys, { id, since, version });
  if (record !== undefined && isMemberOf(record, group)) return;
  await articles.groups.leave(group, { id, since, version });
  // An interrupted function may have chosen the next canonical already, and not have shown it.
  await promote(articles, group, now);
}

/** Undoes the kill of an article for every group that it covers: a copy, or the article itself, is shown again. */
export async function uncoverCopies(articles: Articles, id: string, now: string): Promise<void> {
  for (const kill of await articles.groups.kills(id)) {
    const { group, since, nearHash } = kill;
    await articles.groups.removeKiller(group, id);
    await passFromKiller(articles, group, id);
    await promote(articles, group, now);
    await articles.similarity.leave(lookupKeys(nearHash), { id, since, version: ANY_VERSION });
    await articles.groups.forgetKill(id, group);
  }
}

/** What a kill of an article covers. */
export function killOf(article: Article): Kill {
  return { group: groupOf(article), since: groupSinceOf(article), nearHash: article.nearHash };
}

/** Makes the kill of an article cover a group: none of its members is shown until the kill is undone. */
export async function coverByKill(articles: Articles, id: string, kill: Kill): Promise<void> {
  const { groups, similarity } = articles;
  const { group, since, nearHash } = kill;
  await groups.noteKill(id, kill);
  await similarity.enter(lookupKeys(nearHash), { id, since, version: ANY_VERSION });
  const covered = await kills(articles, group, id);
  if (covered.hides === undefined) return;
  await hide(articles, covered.hides, group, id);
  await groups.replaceCanonical(group, covered, { member: id, killed: true });
}

/** Makes an article that was killed the canonical of a group. Returns the canonical item as it is then. */
async function kills(articles: Articles, group: string, id: string): Promise<Canonical> {
  return retryOnConflict(group, articles.pacing, async () => {
    const before = await articles.groups.canonical(group);
    if (before?.killed && before.member === id) return before;
    const shown = before?.killed ? before.hides : before?.member;
    const after = { member: id, killed: true, ...(shown !== id && { hides: shown }) };
    return (await articles.groups.replaceCanonical(group, before, after)) ? after : CONFLICT;
  });
}

/**
 * A killed file that was changed: its kill covers the new text too, unless another file has it already. What is
 * uploaded to a killed file takes no other file off the site.
 */
async function coverWhatNobodyShows(articles: Articles, article: Article): Promise<void> {
  const canonical = await articles.groups.canonical(groupOf(article));
  if (canonical === undefined || (canonical.member === article.id && !canonical.killed))
    await coverByKill(articles, article.id, killOf(article));
}

/** Gives the place of an article whose kill is undone to another killer, to itself if it is live, or to a member. */
async function passFromKiller(articles: Articles, group: string, id: string): Promise<void> {
  return retryOnConflict(group, articles.pacing, async () => {
    const before = await articles.groups.canonical(group);
    if (!before?.killed || before.member !== id) return;
    const [other] = await articles.groups.killers(group);
    if (before.hides !== undefined) await hide(articles, before.hides, group, id);
    const record = await articles.getForWrite(id);
    const isBack = record !== undefined && isMemberOf(record, group);
    const next = other ?? (isBack ? id : (await waiting(articles, group))[0]?.id);
    const after = next === undefined ? undefined : { member: next, killed: other !== undefined };
    return (await articles.groups.replaceCanonical(group, before, after)) ? undefined : CONFLICT;
  });
}

async function settleLive(
  articles: Articles,
  record: Article,
  now: string,
  before?: ArticleRecord,
): Promise<ArticleRecord> {
  const group = groupOf(record);
  const canonical =
    (await articles.groups.canonical(group)) ?? (await articles.groups.claim(group, record.id));
  if (canonical.member === record.id && !canonical.killed) {
    await enterIndex(articles, record, before);
    return record;
  }
  const hidden = await hide(articles, record.id, group, canonical.member);
  if (hidden !== undefined && !canonical.killed) return settleDuplicate(articles, hidden, now);
  return (await articles.getForWrite(record.id)) ?? record;
}

/** Enters a live article into the similarity index. */
async function enterIndex(articles: Articles, record: Article, before?: ArticleRecord): Promise<void> {
  const { since } = memberOf(record);
  const was = before !== undefined && isArticle(before) && before.status === 'live' ? before : undefined;
  const stays = was !== undefined && groupOf(was) === groupOf(record) && groupSinceOf(was) === since;
  const known = stays ? lookupKeys(was.nearHash) : [];
  const news = lookupKeys(record.nearHash).filter(key => !known.includes(key));
  await articles.similarity.enter(news, memberOf(record));
}

async function settleDuplicate(articles: Articles, record: Article, now: string): Promise<ArticleRecord> {
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

/** Makes sure that a group which is not killed has a canonical that is live, as long as it has a member. */
async function promote(articles: Articles, group: string, now: string): Promise<void> {
  return retryOnConflict(group, articles.pacing, async () => {
    // Those that were chosen, and cannot be shown any more, are no conflict.
    for (;;) {
      const canonical = await articles.groups.canonical(group);
      if (canonical?.killed) return;
      if (canonical !== undefined && (await show(articles, canonical.member, group, now))) return;
      const [next] = await waiting(articles, group, canonical?.member);
      if (canonical === undefined && next === undefined) return;
      const after = next === undefined ? undefined : { member: next.id, killed: false };
      if (!(await articles.groups.replaceCanonical(group, canonical, after))) return CONFLICT;
      if (canonical !== undefined) await settleIfShown(articles, canonical.member, group, now);
      if (next === undefined) return;
    }
  });
}

/** A canonical that was replaced may have come back meanwhile, and have seen itself as the canonical. */
async function settleIfShown(articles: Articles, id: string, group: string, now: string): Promise<void> {
  const record = await articles.getForWrite(id);
  if (record?.status === 'live' && groupOf(record) === group) await settleLive(articles, record, now);
}

/**
 * Makes the canonical of a group live.
 * @returns false where it is not in the group any more, or has expired
 */
async function show(articles: Articles, id: string, group: string, now: string): Promise<boolean> {
  const record = await articles.getForWrite(id);
  if (record === undefined) return false;
  if (isKilled(record)) {
    const kill = isArticle(record) && groupOf(record) === group ? killOf(record) : record.left;
    if (kill?.group !== group) return false;
    await coverByKill(articles, id, kill);
    return true;
  }
  if (!isMemberOf(record, group)) return false;
  if (record.status === 'live') return true;
  const shown = await update(articles, id, article => {
    if (!isMemberOf(article, group)) return undefined;
    const next = undecided(article, now);
    return { ...next, left: leftBy(article, next) };
  });
  if (shown === undefined) return false;
  await articles.groups.leave(group, memberOf(shown));
  if (shown.status !== 'live') return false;
  // Reads the canonical again: an editor may have killed the story meanwhile.
  await settleLive(articles, shown, now);
  for (const { id: other } of await waiting(articles, group, id))
    await update(articles, other, article =>
      article.status === 'duplicate' && groupOf(article) === group ? duplicateOf(id, article) : undefined,
    );
  return true;
}

/** The eldest members of a group that wait; takes out those that have left it. */
async function waiting(articles: Articles, group: string, except?: string): Promise<GroupMember[]> {
  for (;;) {
    const read = await articles.groups.members(group, MAX_MEMBERS_TOLD + 1);
    const others = read.filter(({ id }) => id !== except);
    if (others.length === 0) return [];
    const records = await articles.getMany(others.map(({ id }) => id));
    const isStale = ({ id }: GroupMember) => {
      const record = records.get(id);
      return record?.status !== 'duplicate' || groupOf(record) !== group;
    };
    for (const member of others.filter(isStale)) await articles.groups.leave(group, member);
    const found = others.filter(member => !isStale(member));
    if (found.length > 0) return found.slice(0, MAX_MEMBERS_TOLD);
  }
}

/** Makes a live member of a group a duplicate of its canonical, and enters it among those that wait. */
async function hide(
  articles: Articles,
  id: string,
  group: string,
  canonical: string,
): Promise<Article | undefined> {
  const hidden = await update(articles, id, article =>
    isMemberOf(article, group) ? duplicateOf(canonical, article) : undefined,
  );
  if (hidden === undefined) return undefined;
  await articles.similarity.leave(lookupKeys(hidden.nearHash), memberOf(hidden));
  await articles.groups.enter(group, memberOf(hidden));
  return hidden;
}

/**
 * For each of these records that is a duplicate, by its id: the article that is shown instead, or whose kill hides
 * it. Duplicates of what is no longer there are left out.
 */
export async function canonicalsOf(
  articles: Articles,
  records: Iterable<ArticleRecord>,
): Promise<Map<string, ArticleRecord>> {
  const duplicates = [...records].filter(isArticle).filter(({ status }) => status === 'duplicate');
  const canonicals = await articles.groups.canonicals(duplicates.map(groupOf));
  const ids = [...canonicals.values()].map(({ member }) => member);
  const found = await articles.getMany(ids);
  return new Map(
    duplicates.flatMap(duplicate => {
      const record = found.get(canonicals.get(groupOf(duplicate))?.member ?? '');
      return record === undefined ? [] : [[duplicate.id, record] as const];
    }),
  );
}

function memberOf(article: Article): GroupMember {
  return { id: article.id, since: groupSinceOf(article), version: article.version };
}

function isMember({ status }: ArticleRecord): boolean {
  return status === 'live' || status === 'duplicate';
}

function isMemberOf(record: ArticleRecord, group: string): record is Article {
  return isArticle(record) && isMember(record) && groupOf(record) === group;
}

/** The article as its file and its editors want it, whatever is shown in its group. */
function undecided(article: Article, now: string): Article {
  const { duplicateOf: _, withdrawnBy: __, ...rest } = article;
  return { ...rest, ...statusAt(article, now) };
}

function duplicateOf(canonical: string, article: Article): Article {
  if (article.status === 'duplicate' && article.duplicateOf === canonical) return article;
  return { ...article, status: 'duplicate', duplicateOf: canonical };
}

/**
 * Changes an article on condition that nobody else does at the same time, and tries again where somebody did.
 * @returns the article as it is then; undefined where there is none, or `change` has no use for it
 */
async function update(
  articles: Articles,
  id: string,
  change: (article: Article) => Article | undefined,
): Promise<Article | undefined> {
  return retryOnConflict(id, articles.pacing, async () => {
    const current = await articles.getForWrite(id);
    const changed = current && isArticle(current) ? change(current) : undefined;
    if (current === undefined || changed === undefined) return undefined;
    if (changed === current) return changed;
    const next = { ...changed, version: current.version + 1 };
    return (await articles.replace(current, next)) ? next : CONFLICT;
  });
}

import { setTimeout } from 'node:timers/promises';
import { type Article, type ArticleRecord, contentOf, isArticle, isKilled } from './article.ts';
import type { Articles } from './articles.ts';
import { CopydeskError } from './errors.ts';
import { statusAt } from './schedule.ts';

/**
 * Who is shown of those with the same content. The first to have it owns it; the others are duplicates. When
 * the owner leaves it, is deleted or expires, the eldest other takes its place. When it was killed nobody does:
 * the story was killed, not the file.
 */

/** How often a change is decided anew when others write the same record; each loser met a winner. */
export const MOST_TRIES = 20;

/**
 * How long the first with a content may take from its claim to its record, which is one write, before
 * another takes its place, in milliseconds. Copies often come in pairs, at the same instant.
 */
const OWNER_GRACE_MS = 500;

/** Duplicates that are told of their new owner. The note is for people; that they stay hidden needs none. */
const MOST_TOLD = 20;

/** The article as it is to be written: a duplicate where another one was the first to have its content. */
export async function asDuplicateOfOwner(
  articles: Articles,
  article: Article,
  current: ArticleRecord | undefined,
): Promise<Article> {
  const content = contentOf(article);
  const holdsAlready = current !== undefined && isArticle(current) && contentOf(current) === content;
  const known = holdsAlready ? await articles.contents.holders(content) : undefined;
  // What has expired has left its content, and comes back with a later upload of the same copy.
  const { owner } = known?.holders.includes(article.id)
    ? known
    : await articles.contents.hold(content, article.id, article.source.uploadedAt);
  return owner === article.id ? article : duplicateOf(owner, article);
}

/**
 * What follows from a write: leaves the content that the record no longer has, and makes sure that of all
 * who have its present content exactly one is shown. Repeating it changes nothing.
 * @returns the record as it is then
 */
export async function settle(articles: Articles, record: ArticleRecord, now: string): Promise<ArticleRecord> {
  await leaveOldContent(articles, record, now);
  // What withdraws itself keeps its content, so that the story does not come back by a copy of it.
  if (!isArticle(record) || isKilled(record) || record.withdrawnBy === 'source') return record;
  const content = contentOf(record);
  const known = await articles.contents.holders(content);
  if (known === undefined) return record;
  if (record.status === 'withdrawn') {
    if (known.owner === record.id) await handOver(articles, content, record, now);
    return record;
  }
  const isShown = record.status !== 'duplicate';
  const owns = known.owner === record.id;
  const isOwner = owns || (!isShown && !known.killed && (await standIn(articles, record, known.owner)));
  if (isShown === isOwner) return record;
  await update(articles, record.id, article => {
    if (contentOf(article) !== content) return undefined;
    return isOwner ? shown(article, now) : duplicateOf(known.owner, article);
  });
  return (await articles.getForWrite(record.id)) ?? record;
}

/** Leaves the content that a record had before, if an interrupted function has not done so yet. */
export async function leaveOldContent(articles: Articles, record: ArticleRecord, now: string): Promise<void> {
  const { leftHash } = record;
  if (leftHash === undefined || (isArticle(record) && contentOf(record) === leftHash)) return;
  await handOver(articles, leftHash, record, now);
}

/**
 * Takes a content over from an owner that does not have it: it was interrupted on its way in or out, or
 * somebody took its record out of the table.
 * @returns whether it was taken over
 */
async function standIn(articles: Articles, article: Article, owner: string): Promise<boolean> {
  const content = contentOf(article);
  if (await holds(articles, owner, content)) return false;
  await setTimeout(OWNER_GRACE_MS);
  if (await holds(articles, owner, content)) return false;
  if (!(await articles.contents.pass(content, owner, article.id))) return false;
  // If the owner was only slow, it may have been written before it could see that it was replaced.
  await update(articles, owner, other =>
    contentOf(other) === content ? duplicateOf(article.id, other) : undefined,
  );
  return true;
}

/** Takes a source out of a content's holders; if it was the one shown, the eldest other takes its place. */
async function handOver(
  articles: Articles,
  content: string,
  leaver: ArticleRecord,
  now: string,
): Promise<void> {
  if (isKilled(leaver)) {
    await articles.contents.kill(content);
    return;
  }
  await articles.contents.leave(content, leaver.id);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const known = await articles.contents.holders(content);
    if (known === undefined || known.killed) return;
    const { owner, holders } = known;
    if (owner === leaver.id) {
      await articles.contents.pass(content, leaver.id, holders[0]);
    } else if (await promote(articles, content, owner, holders, now)) {
      return;
    } else {
      await articles.contents.leave(content, owner);
      await articles.contents.pass(
        content,
        owner,
        holders.find(id => id !== owner),
      );
    }
  }
  throw contention(content);
}

/** Makes the owner of a content the one that is shown. False where it does not hold it, or has expired. */
async function promote(
  articles: Articles,
  content: string,
  owner: string,
  holders: readonly string[],
  now: string,
): Promise<boolean> {
  const taken = await update(articles, owner, article =>
    contentOf(article) === content && !hasExpired(article, now) ? shown(article, now) : undefined,
  );
  if (!taken) return false;
  for (const other of holders.slice(0, MOST_TOLD))
    if (other !== owner)
      await update(articles, other, article =>
        article.status === 'duplicate' && contentOf(article) === content
          ? duplicateOf(owner, article)
          : article,
      );
  return true;
}

/** Whether a duplicate would be withdrawn as soon as it were shown. */
function hasExpired(article: Article, now: string): boolean {
  return article.status === 'duplicate' && statusAt(article, now).withdrawnBy === 'expiry';
}

/** The article as the one that is shown for its content. */
function shown(article: Article, now: string): Article {
  if (article.status !== 'duplicate') return article;
  const { duplicateOf: _, withdrawnBy: __, ...rest } = article;
  return { ...rest, ...statusAt(article, now) };
}

function duplicateOf(owner: string, article: Article): Article {
  if (article.duplicateOf === owner) return article;
  const { withdrawnBy: _, ...rest } = article;
  return { ...rest, status: isKilled(article) ? 'withdrawn' : 'duplicate', duplicateOf: owner };
}

/**
 * Changes an article on condition that nobody else does at the same time; tries again where somebody did.
 * @returns false where there is no such article, or `change` has no use for it
 */
async function update(
  articles: Articles,
  id: string,
  change: (article: Article) => Article | undefined,
): Promise<boolean> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const current = await articles.getForWrite(id);
    const next = current && isArticle(current) ? change(current) : undefined;
    if (current === undefined || next === undefined) return false;
    if (next === current) return true;
    if (await articles.replace(current, { ...next, version: current.version + 1 })) return true;
  }
  throw contention(id);
}

/** Whether a source has a content and may keep it; one that has expired may not, one that was withdrawn may. */
async function holds(articles: Articles, id: string, content: string): Promise<boolean> {
  const record = await articles.getForWrite(id);
  if (record === undefined || !isArticle(record)) return false;
  return contentOf(record) === content && record.withdrawnBy !== 'expiry';
}

/** The error of something that others change faster than this function can follow. */
export function contention(subject: string): CopydeskError {
  return new CopydeskError('contention', `Too many writers of ${subject} at once.`, {
    subject,
  });
}

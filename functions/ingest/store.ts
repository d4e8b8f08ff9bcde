import { setTimeout } from 'node:timers/promises';
import type { Article, ArticleRecord } from '../../shared/article.ts';
import { isArticle } from '../../shared/article.ts';
import type { Articles } from '../../shared/articles.ts';
import { CopydeskError } from '../../shared/errors.ts';
import { padSequencer } from '../../shared/identity.ts';
import { statusAt } from '../../shared/schedule.ts';

/** How often a write is decided anew when others write the same record; each loser met a winner. */
const MOST_TRIES = 20;

/**
 * How long the first with a content may take from its claim to its record, which is one write, before
 * another takes its place, in milliseconds. Copies often come in pairs, at the same instant.
 */
const OWNER_GRACE_MS = 500;

/** What came of an attempt to change a record. */
export type Stored =
  /** Written: `record` is what the table holds now, `before` what it held. */
  | { kind: 'written'; record: ArticleRecord; before: ArticleRecord | undefined }
  /** This very event was handled before. */
  | { kind: 'repeat'; record: ArticleRecord }
  /** A newer event of the source was handled before. */
  | { kind: 'stale'; record: ArticleRecord };

/** What an event is to a record that may exist already: news, a repetition, or overtaken by a newer one. */
export function orderOf(
  current: ArticleRecord | undefined,
  event: { sequencer: string; parserVersion: string },
): 'new' | 'repeat' | 'stale' {
  if (current === undefined) return 'new';
  const known = padSequencer(current.source.sequencer);
  const given = padSequencer(event.sequencer);
  if (known !== given) return known < given ? 'new' : 'stale';
  // An event sent again after an upgrade of the parser is how a bucket is reprocessed.
  const parsed = current.status === 'deleted' ? event.parserVersion : current.parserVersion;
  return parsed === event.parserVersion ? 'repeat' : 'new';
}

/**
 * Changes the record of one source: decides by its present state, writes on condition that it has not
 * changed, and decides again where it has. Then settles who is shown of those with the same content. Safe
 * to repeat at any point where it was interrupted.
 * @param decide the record to be, from the one that is; called again after each lost race
 * @throws CopydeskError retryable, where the table fails or the races do not end
 */
export async function store(
  articles: Articles,
  event: { id: string; sequencer: string; parserVersion: string; now: string },
  decide: (current: ArticleRecord | undefined) => Promise<ArticleRecord>,
): Promise<Stored> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const current = await articles.get(event.id);
    const order = orderOf(current, event);
    if (current !== undefined && order === 'stale') return { kind: 'stale', record: current };
    if (current !== undefined && order === 'repeat')
      return { kind: 'repeat', record: await settle(articles, current, event.now) };
    // The event before this one may have been interrupted between its write and what follows from it.
    if (current !== undefined) await leaveOldContent(articles, current, event.now);
    const draft = await decide(current);
    const next = isArticle(draft) ? await asDuplicateOfOwner(articles, draft, current) : draft;
    if (await articles.replace(current, next)) {
      const record = await settle(articles, next, event.now);
      return { kind: 'written', record, before: current };
    }
  }
  throw new CopydeskError('contention', `Too many writers of ${event.id} at once.`, {
    retryable: true,
    subject: event.id,
  });
}

/** The article, as a duplicate where another one was the first to have its content. */
async function asDuplicateOfOwner(
  articles: Articles,
  article: Article,
  current: ArticleRecord | undefined,
): Promise<Article> {
  const { contentHash, id, source } = article;
  const holdsAlready = current !== undefined && isArticle(current) && current.contentHash === contentHash;
  const known = holdsAlready ? await articles.contents.holders(contentHash) : undefined;
  const { owner } = known ?? (await articles.contents.hold(contentHash, id, source.uploadedAt));
  return owner === article.id ? article : duplicateOf(owner, article);
}

function duplicateOf(owner: string, article: Article): Article {
  return {
    ...article,
    status: article.status === 'withdrawn' ? 'withdrawn' : 'duplicate',
    duplicateOf: owner,
  };
}

/**
 * What follows from a write: leaves the content that the record no longer has, and makes sure that of all
 * who have its present content exactly one is shown.
 */
async function settle(articles: Articles, record: ArticleRecord, now: string): Promise<ArticleRecord> {
  await leaveOldContent(articles, record, now);
  if (!isArticle(record) || record.status === 'withdrawn') return record;
  const content = await articles.contents.holders(record.contentHash);
  if (content === undefined) return record;
  const isShown = record.status !== 'duplicate';
  const isOwner =
    content.owner === record.id || (!isShown && (await standIn(articles, record, content.owner)));
  if (isShown === isOwner) return record;
  await update(articles, record.id, article =>
    article.contentHash !== record.contentHash
      ? undefined
      : isOwner
        ? shown(article, now)
        : duplicateOf(content.owner, article),
  );
  return (await articles.get(record.id)) ?? record;
}

/**
 * Takes a content over from an owner that does not have it: it was interrupted on its way in or out.
 * @returns whether it was taken over
 */
async function standIn(articles: Articles, { id, contentHash }: Article, owner: string): Promise<boolean> {
  if (await holds(articles, owner, contentHash)) return false;
  await setTimeout(OWNER_GRACE_MS);
  if (await holds(articles, owner, contentHash)) return false;
  if (!(await articles.contents.pass(contentHash, owner, id))) return false;
  // If the owner was only slow, it may have been written before it could see that it was replaced.
  await update(articles, owner, article =>
    article.contentHash === contentHash ? duplicateOf(id, article) : undefined,
  );
  return true;
}

async function leaveOldContent(articles: Articles, record: ArticleRecord, now: string): Promise<void> {
  const { leftHash } = record;
  if (leftHash === undefined || (isArticle(record) && record.contentHash === leftHash)) return;
  await handOver(articles, leftHash, record.id, now);
}

/** Takes a source out of a content's holders; if it was the one shown, the eldest other takes its place. */
async function handOver(articles: Articles, hash: string, leaver: string, now: string): Promise<void> {
  await articles.contents.leave(hash, leaver);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const content = await articles.contents.holders(hash);
    if (content === undefined) return;
    const { owner, holders } = content;
    if (owner === leaver) {
      await articles.contents.pass(hash, leaver, holders[0]);
    } else if (await promote(articles, hash, owner, holders, now)) {
      return;
    } else {
      await articles.contents.leave(hash, owner);
      await articles.contents.pass(
        hash,
        owner,
        holders.find(id => id !== owner),
      );
    }
  }
}

/** Makes the owner of a content the one that is shown. False where it does not hold that content at all. */
async function promote(
  articles: Articles,
  hash: string,
  owner: string,
  holders: string[],
  now: string,
): Promise<boolean> {
  const taken = await update(articles, owner, article =>
    article.contentHash === hash ? shown(article, now) : undefined,
  );
  if (!taken) return false;
  for (const other of holders)
    if (other !== owner)
      await update(articles, other, article =>
        article.status === 'duplicate' && article.contentHash === hash && article.duplicateOf !== owner
          ? { ...article, duplicateOf: owner }
          : article,
      );
  return true;
}

/** The article as the one that is shown for its content. */
function shown(article: Article, now: string): Article {
  if (article.status !== 'duplicate') return article;
  const { duplicateOf: _, ...rest } = article;
  return { ...rest, status: statusAt(article, now) };
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
    const current = await articles.get(id);
    const next = current && isArticle(current) ? change(current) : undefined;
    if (current === undefined || next === undefined) return false;
    if (next === current) return true;
    if (await articles.replace(current, { ...next, version: current.version + 1 })) return true;
  }
  throw new CopydeskError('contention', `Too many writers of ${id} at once.`, {
    retryable: true,
    subject: id,
  });
}

async function holds(articles: Articles, id: string, hash: string): Promise<boolean> {
  const record = await articles.get(id);
  return record !== undefined && isArticle(record) && record.contentHash === hash;
}

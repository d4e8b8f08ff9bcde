import { CONFLICT, retryOnConflict } from '../errors/retry-on-conflict.ts';
import { type Article, groupOf, groupSinceOf } from '../model/article.ts';
import { lookupKeys } from '../model/minhash.ts';
import type { Articles } from '../table/articles.ts';
import type { Canonical, Kill } from '../table/duplicate-groups.ts';
import { hide } from './membership.ts';

/** A version later than all others. Entries of a kill have it, so that only the end of the kill removes them. */
export const ANY_VERSION = Number.MAX_SAFE_INTEGER;

/** The kill of an article, for its current group and text. */
export function killOf(article: Article): Kill {
  return { group: groupOf(article), since: groupSinceOf(article), nearHash: article.nearHash };
}

/** Makes the kill of an article cover a group. No member of the group is live until the kill is undone. */
export async function coverByKill(articles: Articles, id: string, kill: Kill, now: string): Promise<void> {
  const { groups, similarity } = articles;
  const { group, since, nearHash } = kill;
  await groups.noteKill(id, kill);
  await similarity.enter(lookupKeys(nearHash), { id, since, version: ANY_VERSION });
  const covered = await claimAsKilled(articles, group, id);
  if (covered.hides === undefined) return;
  await hide(articles, covered.hides, { group, canonical: id, now });
  await groups.replaceCanonical(group, covered, { member: id, killed: true });
}

async function claimAsKilled(articles: Articles, group: string, id: string): Promise<Canonical> {
  return retryOnConflict(group, articles.pacing, async () => {
    const before = await articles.groups.canonical(group);
    if (before?.killed && before.member === id) return before;
    const shown = before?.killed ? before.hides : before?.member;
    const after = { member: id, killed: true, ...(shown !== id && { hides: shown }) };
    return (await articles.groups.replaceCanonical(group, before, after)) ? after : CONFLICT;
  });
}

/**
 * Makes the kill of a changed file cover its new text too, unless another file already has this text. An upload to a
 * killed file must not remove another file from the site.
 */
export async function coverNewText(articles: Articles, article: Article, now: string): Promise<void> {
  const canonical = await articles.groups.canonical(groupOf(article));
  if (canonical === undefined || (canonical.member === article.id && !canonical.killed))
    await coverByKill(articles, article.id, killOf(article), now);
}

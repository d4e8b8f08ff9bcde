import { canonicalsOf } from '../../shared/duplicates/canonicals.ts';
import { type Article, type ArticleRecord, isKilled } from '../../shared/model/article.ts';
import { holdOf, isOnHold } from '../../shared/model/schedule.ts';
import { released } from '../deployment/change.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { findArticles } from '../deployment/find.ts';
import { canonicalName } from '../output/canonical-name.ts';
import type { Dialogue } from '../output/dialogue.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { UsageError } from '../output/usage-error.ts';
import { waitOf } from '../output/waiting.ts';
import { changeEach, labelOf, unchanged, type Waiting } from './change-each.ts';

/**
 * Releases stories that are held by their own file. The released hold is recorded, so that the same file is not held
 * again.
 * @returns exit code 1 if the site does not show the change in time
 */
export async function releaseArticles(
  deployment: Deployment,
  names: readonly string[],
  { wait }: Waiting,
  dialogue: Dialogue,
): Promise<number> {
  const found = await findArticles(deployment, names);
  const articles = found.filter(({ status }) => status !== 'live');
  const canonicals = await canonicalsOf(deployment.articles, articles);
  for (const article of articles) mustBeHeld(article, canonicals.get(article.id), deployment);
  for (const article of found)
    if (!articles.includes(article))
      dialogue.result(unchanged(article), `${labelOf(article)} is live: nothing holds it.`);
  if (articles.length === 0) return EXIT.ok;
  // A person may have mistyped a name and is asked. A script is not.
  await dialogue.confirm(questionOf(articles, deployment), 'people');
  const now = new Date().toISOString();
  const letGo = (article: Article) => {
    // Another upload or editor may have released the story already.
    if (!isOnHold(article)) return article;
    return released(article, now);
  };
  const describe = (article: Article) => {
    const due = waitOf(article, deployment.timeZone);
    return due === undefined ? '' : `, ${due}`;
  };
  const words = { verb: 'released', shown: 'and on the site' } as const;
  return await changeEach(deployment, articles, letGo, { ...words, describe, wait, dialogue });
}

function questionOf(articles: readonly Article[], deployment: Deployment): string {
  const what = articles
    .map(article => `${labelOf(article)} (${printable(holdOf(article) ?? '')})`)
    .join(', ');
  return `${what} will be released on the site of ${deployment.name}.`;
}

/** @throws UsageError with the status of the story and the right action, if it is not held */
function mustBeHeld(article: Article, canonical: ArticleRecord | undefined, { timeZone }: Deployment): void {
  if (article.status === 'held' && article.revision > 0) return;
  if (article.status === 'held')
    throw new UsageError(
      `${printable(article.source.key)} has no words that could be published: upload the story.`,
    );
  const what = whatItIs(article, canonical, timeZone);
  throw new UsageError(`${printable(article.source.key)} is not held: ${what}.`);
}

function whatItIs(article: Article, canonical: ArticleRecord | undefined, timeZone: string): string {
  const { status, expiresAt } = article;
  if (status === 'scheduled')
    return `it is ${waitOf(article, timeZone)?.replace(': ', ', ')}; to change that, upload it again with another embargo or date, or with "embargo: none"`;
  if (status === 'duplicate')
    return `it is a duplicate of ${canonicalName(article, canonical)}, and is shown when that one is gone`;
  if (isKilled(article)) return 'an editor withdrew it, and "copydesk restore" brings it back';
  if (article.withdrawnBy === 'cancellation')
    return 'another file cancels it, and "copydesk restore" brings it back';
  if (article.withdraw) return 'its own file withdraws it, so upload it without that';
  return `it expired at ${expiresAt}, so upload it with a later date`;
}

import { canonicalsOf } from '../../shared/duplicates/canonicals.ts';
import { type Article, type ArticleRecord, isKilled } from '../../shared/model/article.ts';
import { isOnHold, isStated, statusAt } from '../../shared/model/schedule.ts';
import { type Deployment, withDeployment } from '../deployment/deployment.ts';
import { findArticles } from '../deployment/find.ts';
import { confirmed } from '../output/ask.ts';
import { canonicalName } from '../output/canonical-name.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { resultsTo } from '../output/results.ts';
import { UsageError } from '../output/usage-error.ts';
import { waitOf } from '../output/waiting.ts';
import { type ChangeOptions, changeEach, labelOf, unchanged } from './withdraw.ts';

/**
 * `copydesk release`: releases stories that are held by their own file. The released hold is recorded, so that the same
 * file is not held again.
 * @returns exit code 1 if the site does not show the change in time
 */
export async function release(names: readonly string[], options: ChangeOptions): Promise<number> {
  return await withDeployment(options, async deployment => {
    const found = await findArticles(deployment, names);
    const articles = found.filter(({ status }) => status !== 'live');
    const results = resultsTo(options);
    const canonicals = await canonicalsOf(deployment.articles, articles);
    for (const article of articles) mustBeHeld(article, canonicals.get(article.id), deployment);
    for (const article of found)
      if (!articles.includes(article))
        results.result(unchanged(article), `${labelOf(article)} is live: nothing holds it.`);
    if (articles.length === 0) return EXIT.ok;
    // A person may have mistyped a name and is asked. A script is not.
    if (process.stdin.isTTY && process.stdout.isTTY)
      await confirmed(questionOf(articles, deployment), options);
    const now = new Date().toISOString();
    const letGo = (article: Article) => {
      // Another upload or editor may have released the story already.
      if (!isOnHold(article)) return article;
      return released(article, now);
    };
    const describe = (article: Article) => {
      const wait = waitOf(article, deployment.timeZone);
      return wait === undefined ? '' : `, ${wait}`;
    };
    return await changeEach(deployment, articles, letGo, {
      ...options,
      ...{ verb: 'released', shown: 'and on the site', describe, results },
    });
  });
}

/**
 * Removes the hold of an article. Its new status depends on its other fields, such as an embargo or an expiry. An
 * article without a stated date is published now.
 */
export function released(article: Article, now: string): Article {
  const { withdrawnBy: _, ...rest } = article;
  const next = {
    ...rest,
    released: article.hold,
    warnings: article.warnings.filter(warning => warning !== article.hold),
    ...(!isStated(article.publishedFrom) && {
      publishedAt: now,
      publishedFrom: 'release' as const,
      updatedAt: now,
    }),
  };
  return { ...next, ...statusAt(next, now, article) };
}

function questionOf(articles: readonly Article[], deployment: Deployment): string {
  const what = articles.map(article => `${labelOf(article)} (${printable(article.hold ?? '')})`).join(', ');
  return `${what} will be released on ${deployment.name}.`;
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

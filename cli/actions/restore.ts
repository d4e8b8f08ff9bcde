import { CANCELLED_BY } from '../../functions/ingest/record/cancellations.ts';
import { canonicalsOf } from '../../shared/duplicates/canonicals.ts';
import { uncoverCopies } from '../../shared/duplicates/settle.ts';
import { CONFLICT, retryOnConflict } from '../../shared/errors/retry-on-conflict.ts';
import { type Article, type ArticleRecord, isArticle, isKilled } from '../../shared/model/article.ts';
import { statusAt } from '../../shared/model/schedule.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { findRecord, noArticle } from '../deployment/find.ts';
import { canonicalName } from '../output/canonical-name.ts';
import type { Dialogue } from '../output/dialogue.ts';
import { printable } from '../output/printable.ts';
import { UsageError } from '../output/usage-error.ts';
import { changeEach, labelOf, type Waiting } from './change-each.ts';

/**
 * Undoes `withdrawArticles`, also for copies of a story whose own file is deleted.
 * @returns exit code 1 if the site does not show the change in time
 */
export async function restoreArticles(
  deployment: Deployment,
  names: readonly string[],
  { wait }: Waiting,
  dialogue: Dialogue,
): Promise<number> {
  const records = new Map<string, ArticleRecord>();
  for (const name of names) {
    const record = await findRecord(deployment, name);
    if (isArticle(record)) await mustBeKilled(deployment, record);
    else if (!isKilled(record)) throw noArticle(name, record);
    records.set(record.id, record);
  }
  const articles = [...records.values()].filter(isArticle);
  const gone = [...records.values()].filter(record => !isArticle(record));
  const labels = [...articles.map(labelOf), ...gone.map(({ source }) => printable(source.key))];
  await dialogue.confirm(`${labels.join(', ')} will be back on the site of ${deployment.name}.`);
  for (const { id, status, source } of gone) {
    await forgetKill(deployment, id);
    dialogue.result(
      { id, key: source.key, result: 'restored', status },
      `restored  ${printable(source.key)}, whose file is gone: a copy of the story can be shown again`,
    );
  }
  const revive = (article: Article): Article => {
    const { withdrawnBy: _, notice: __, ...rest } = overruled(article);
    return { ...rest, ...statusAt(rest, new Date().toISOString()) };
  };
  const words = { verb: 'restored', shown: 'and on the site' } as const;
  return await changeEach(deployment, articles, revive, { ...words, wait, dialogue });
}

/** Undoes the kill of an article whose file was deleted or replaced. */
async function forgetKill({ articles }: Deployment, id: string): Promise<void> {
  return retryOnConflict(id, articles.pacing, async () => {
    const current = await articles.get(id);
    if (current === undefined || isArticle(current) || !isKilled(current)) return undefined;
    // The copies come first: after an interruption the record is still killed, so the same command does both again.
    await uncoverCopies(articles, id, new Date().toISOString());
    const { killed: _, ...rest } = current;
    const isWritten = await articles.replace(current, { ...rest, version: current.version + 1 });
    return isWritten ? undefined : CONFLICT;
  });
}

/** Returns the article without the effect of cancellations by other files. */
function overruled({ cancelledBy, ...article }: Article): Article {
  if (cancelledBy === undefined) return article;
  const warnings = article.warnings.filter(text => !text.startsWith(CANCELLED_BY));
  return { ...article, warnings, cancelledBy, restored: cancelledBy };
}

/** @throws UsageError with the status of the article and the right action, if it is not withdrawn by an editor */
async function mustBeKilled(deployment: Deployment, article: Article): Promise<void> {
  const key = printable(article.source.key);
  if (article.status === 'duplicate') {
    const canonical = (await canonicalsOf(deployment.articles, [article])).get(article.id);
    const hint = canonical !== undefined && isKilled(canonical) ? ': restore that' : '';
    throw new UsageError(
      `${key} is not withdrawn: it is a duplicate of ${canonicalName(article, canonical)}${hint}.`,
    );
  }
  if (article.status !== 'withdrawn')
    throw new UsageError(`${key} is not withdrawn: it is ${article.status}.`);
  const { status, withdrawnBy } = statusAt(overruled(article), new Date().toISOString());
  if (status !== 'withdrawn') return;
  throw new UsageError(
    withdrawnBy === 'source'
      ? `${key} withdraws itself: upload it without that.`
      : `${key} has expired at ${article.expiresAt}: upload it with a later date.`,
  );
}

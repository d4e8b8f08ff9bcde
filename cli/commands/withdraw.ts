import { CANCELLED_BY } from '../../functions/ingest/record/cancellations.ts';
import { canonicalsOf } from '../../shared/duplicates/canonicals.ts';
import { uncoverCopies } from '../../shared/duplicates/settle.ts';
import { CONFLICT, retryOnConflict } from '../../shared/errors/retry-on-conflict.ts';
import { type Article, type ArticleRecord, isArticle, isKilled } from '../../shared/model/article.ts';
import { statusAt } from '../../shared/model/schedule.ts';
import { type Appearance, appearanceOf, isPublished, MAX_SITE_WAIT_MS } from '../deployment/appearance.ts';
import { changeArticle } from '../deployment/change.ts';
import { type Deployment, type DeploymentOptions, withDeployment } from '../deployment/deployment.ts';
import { findArticles, findRecord, noArticle } from '../deployment/find.ts';
import { canonicalName } from '../output/canonical-name.ts';
import { type Dialogue, terminalDialogue } from '../output/dialogue.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import type { ResultOptions } from '../output/results.ts';
import { UsageError } from '../output/usage-error.ts';

export interface ChangeOptions extends DeploymentOptions, ResultOptions {
  yes?: boolean;
  /** False with `--no-wait`. */
  wait: boolean;
}

interface Notice {
  /** Printed on the page of the article. */
  reason?: string;
  /** Whether the page prints the headline. By default it repeats nothing of the article. */
  nameIt?: boolean;
}

/** How long an action waits for the site. */
export type Waiting = Pick<ChangeOptions, 'wait'>;

/**
 * `copydesk withdraw`: removes articles from the site. Later uploads do not bring them back.
 * @returns exit code 1 if the site does not show the change in time
 */
export async function withdraw(names: readonly string[], options: ChangeOptions & Notice): Promise<number> {
  return await withDeployment(options, deployment =>
    withdrawArticles(deployment, names, options, terminalDialogue(options)),
  );
}

/** The action of {@link withdraw}. */
export async function withdrawArticles(
  deployment: Deployment,
  names: readonly string[],
  { reason, nameIt, wait }: Notice & Waiting,
  dialogue: Dialogue,
): Promise<number> {
  const found = await findArticles(deployment, names);
  const articles = found.filter(article => !isKilled(article));
  for (const article of found)
    if (!articles.includes(article))
      dialogue.result(unchanged(article), `already withdrawn  ${labelOf(article)}`);
  if (articles.length === 0) return EXIT.ok;
  // A kill covers the whole story, so the published copy goes too.
  const canonicals = await canonicalsOf(deployment.articles, articles);
  const copies: Article[] = [];
  for (const { id, source } of articles) {
    const copy = canonicals.get(id);
    if (copy?.status !== 'live') continue;
    dialogue.note(
      `note: ${printable(source.key)} is a duplicate of ${printable(copy.source.key)}, which goes too.`,
    );
    if (!articles.some(article => article.id === copy.id)) copies.push(copy);
  }
  await dialogue.confirm(
    `${articles.map(labelOf).join(', ')} will be taken off ${deployment.name} with every copy of the same story, and stay off whatever is uploaded later, until "copydesk restore".`,
  );
  const notice = { ...(reason && { reason }), ...(nameIt && { headline: true }) };
  const kill = ({ withdrawnBy: _, notice: __, ...article }: Article): Article => ({
    ...article,
    status: 'withdrawn',
    ...(Object.keys(notice).length > 0 && { notice }),
  });
  const words = { verb: 'withdrawn', shown: 'and gone from the site' } as const;
  return await changeEach(deployment, articles, kill, { ...words, copies, wait, dialogue });
}

/**
 * `copydesk restore`: undoes {@link withdraw}, also for copies of a story whose own file is deleted.
 * @returns exit code 1 if the site does not show the change in time
 */
export async function restore(names: readonly string[], options: ChangeOptions): Promise<number> {
  return await withDeployment(options, deployment =>
    restoreArticles(deployment, names, options, terminalDialogue(options)),
  );
}

/** The action of {@link restore}. */
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
  await dialogue.confirm(`${labels.join(', ')} will be back on ${deployment.name}.`);
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

/** What a command did to an article. */
type ChangeResult = 'withdrawn' | 'restored' | 'released' | 'corrected' | 'ordered' | 'unchanged';

interface EachOptions {
  /** What is done to each article. */
  verb: ChangeResult;
  /** The words for an article whose change the site shows. */
  shown: string;
  wait: boolean;
  dialogue: Dialogue;
  describe?: (article: Article) => string;
  /** More fields of each result. */
  fields?: object;
  /** Copies that change with the articles. The command also waits for them. */
  copies?: readonly Article[];
}

/** A change that the command waits for. */
interface Changed {
  article: Article;
  before: Appearance;
  isCopy?: boolean;
  /** Whether the site shows the change. Undefined if it has nothing to show, or if the command does not wait. */
  onSite?: boolean;
}

/** The result for an article that needed no change. */
export function unchanged({ id, status, source: { key } }: Article): object {
  return { id, key, result: 'unchanged' satisfies ChangeResult, status };
}

/**
 * Changes articles one after the other, and waits until the site shows the changes. Prints a result for each article,
 * and for each copy that changes with it.
 */
export async function changeEach(
  deployment: Deployment,
  articles: readonly Article[],
  change: (article: Article) => Article | Promise<Article>,
  options: EachOptions,
): Promise<number> {
  const { verb, wait, describe = () => '', copies = [], dialogue, fields } = options;
  const changed: Changed[] = [];
  const others = await Promise.all(
    copies.map(async copy => ({ id: copy.id, before: await appearanceOf(deployment, copy) })),
  );
  for (const current of articles) {
    const before = await appearanceOf(deployment, current);
    const article = await changeArticle(deployment.articles, current.id, change, new Date().toISOString());
    changed.push({ article, before });
    const canonical = (await canonicalsOf(deployment.articles, [article])).get(article.id);
    const copy =
      article.status === 'duplicate' ? `, a duplicate of ${canonicalName(article, canonical)}` : '';
    dialogue.text(`${verb}  ${labelOf(article)}${copy}${describe(article)}`);
  }
  for (const { id, before } of others) {
    const article = await deployment.articles.get(id);
    if (article !== undefined && isArticle(article)) changed.push({ article, before, isCopy: true });
  }
  const unseen = wait ? await seeEach(deployment, changed, options) : 0;
  for (const { article, isCopy, onSite } of changed) {
    const { id, status, source, duplicateOf } = article;
    dialogue.result({ id, key: source.key, result: verb, status, duplicateOf, isCopy, onSite, ...fields });
  }
  if (unseen > 0)
    dialogue.note(
      `The site has not followed for ${unseen} within a minute: "copydesk status" says what waits, "copydesk doctor" what is wrong.`,
    );
  return unseen > 0 ? EXIT.someFailed : EXIT.ok;
}

/** Waits until the site shows the changes. Returns the number of those that it does not show in time. */
async function seeEach(
  deployment: Deployment,
  changed: readonly Changed[],
  { shown, dialogue }: EachOptions,
): Promise<number> {
  let unseen = 0;
  // All articles share one time limit, so that the wait does not add up if nothing is published.
  const end = performance.now() + MAX_SITE_WAIT_MS;
  for (const each of changed) {
    const { article, before } = each;
    if (!hasToShow(article, before)) continue;
    each.onSite = await isPublished(deployment, article, { before, end });
    if (each.onSite) dialogue.text(`${shown}  ${printable(article.source.key)}`);
    else unseen++;
  }
  return unseen;
}

/** Tells whether the site can show a change: the article was on the site before, or is now live. */
function hasToShow({ status }: Article, before: Appearance): boolean {
  return status === 'live' || before.page !== undefined || before.editions.length > 0;
}

/** Makes the name of an article for people, on one line. */
export function labelOf({ headline, source }: Article): string {
  return `${printable(source.key)} "${printable(headline)}"`;
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

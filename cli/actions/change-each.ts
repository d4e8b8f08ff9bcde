import { canonicalsOf } from '../../shared/duplicates/canonicals.ts';
import { type Article, isArticle } from '../../shared/model/article.ts';
import { type Appearance, appearanceOf, isPublished, MAX_SITE_WAIT_MS } from '../deployment/appearance.ts';
import { changeArticle } from '../deployment/change.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { canonicalName } from '../output/canonical-name.ts';
import type { Dialogue } from '../output/dialogue.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';

/** How long an action waits for the site. */
export interface Waiting {
  /** False: return before the site shows the change. */
  wait: boolean;
}

/** What a command did to an article. */
type ChangeResult = 'withdrawn' | 'restored' | 'held' | 'released' | 'corrected' | 'ordered' | 'unchanged';

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

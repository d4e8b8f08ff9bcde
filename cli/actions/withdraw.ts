import { canonicalsOf } from '../../shared/duplicates/canonicals.ts';
import { type Article, isKilled } from '../../shared/model/article.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { findArticles } from '../deployment/find.ts';
import type { Dialogue } from '../output/dialogue.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { changeEach, labelOf, unchanged, type Waiting } from './change-each.ts';

/** What the page of a withdrawn article says. */
export interface Notice {
  /** Printed on the page of the article. */
  reason?: string;
  /** Whether the page prints the headline. By default it repeats nothing of the article. */
  nameIt?: boolean;
}

/**
 * Removes articles from the site. Later uploads do not bring them back.
 * @returns exit code 1 if the site does not show the change in time
 */
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
    `${articles.map(labelOf).join(', ')} will be taken off the site of ${deployment.name} with every copy of the same story, and stay off whatever is uploaded later, until an editor restores it.`,
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

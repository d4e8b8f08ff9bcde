import { canonicalsOf } from '../../shared/duplicates/canonicals.ts';
import { type Article, groupOf } from '../../shared/model/article.ts';
import { statusAt } from '../../shared/model/schedule.ts';
import { changeArticle } from '../deployment/change.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { findArticles } from '../deployment/find.ts';
import { canonicalName } from '../output/canonical-name.ts';
import type { Dialogue } from '../output/dialogue.ts';
import { EXIT } from '../output/exit-codes.ts';
import { printable } from '../output/printable.ts';
import { UsageError } from '../output/usage-error.ts';
import { changeEach, labelOf, unchanged, type Waiting } from './change-each.ts';

/** Maximum length of a reason in characters: that of a correction note. */
const MAX_REASON_CHARS = 500;

/** Maximum number of copies of a story that are held with it. */
const MAX_COPIES = 100;

/**
 * Holds stories: they leave the site, or do not come out, until `release`. No later upload ends the hold of an editor.
 * Copies of a story are held too, because one of them would else be published in its place.
 * @returns exit code 1 if the site does not show the change in time
 */
export async function holdArticles(
  deployment: Deployment,
  names: readonly string[],
  { reason, wait }: { reason?: string | undefined } & Waiting,
  dialogue: Dialogue,
): Promise<number> {
  const hold = holdSentence(reason);
  const found = await findArticles(deployment, names);
  const canonicals = await canonicalsOf(deployment.articles, found);
  for (const article of found) {
    const { status, source } = article;
    const key = printable(source.key);
    if (status === 'withdrawn') throw new UsageError(`${key} is withdrawn: nothing of it can be held.`);
    if (status === 'duplicate')
      throw new UsageError(
        `${key} is a duplicate of ${canonicalName(article, canonicals.get(article.id))}: hold that.`,
      );
  }
  const articles = found.filter(({ editorHold }) => editorHold !== hold);
  for (const article of found)
    if (!articles.includes(article))
      dialogue.result(unchanged(article), `${labelOf(article)} is held already.`);
  if (articles.length === 0) return EXIT.ok;
  await dialogue.confirm(
    `${articles.map(labelOf).join(', ')} will be taken off the site of ${deployment.name}, and stay off whatever is uploaded later, until an editor releases it.`,
  );
  const now = new Date().toISOString();
  const change = (article: Article): Article => held(article, hold, now);
  for (const article of articles) await holdCopies(deployment, article, change, dialogue);
  const words = { verb: 'held', shown: 'and not on the site' } as const;
  return await changeEach(deployment, articles, change, { ...words, wait, dialogue });
}

/** Holds the duplicates of an article. They come before the article, so that none takes its place. */
async function holdCopies(
  { articles }: Deployment,
  article: Article,
  change: (article: Article) => Article,
  dialogue: Dialogue,
): Promise<void> {
  const members = await articles.groups.members(groupOf(article), MAX_COPIES);
  const records = await articles.getMany(members.map(({ id }) => id));
  for (const copy of records.values()) {
    if (copy.status !== 'duplicate') continue;
    await changeArticle(articles, copy.id, change, new Date().toISOString());
    dialogue.note(`note: ${printable(copy.source.key)} is a copy of the same story, and is held too.`);
  }
}

/** The article with the hold of an editor. A hold that was released before counts as part of it. */
function held(article: Article, editorHold: string, now: string): Article {
  const { duplicateOf: _, withdrawnBy: __, ...rest } = article;
  const next = { ...rest, editorHold };
  return { ...next, ...statusAt(next, now, article) };
}

function holdSentence(reason = ''): string {
  const text = reason.replace(/\s+/g, ' ').trim();
  if (text.length > MAX_REASON_CHARS)
    throw new UsageError(`--reason has ${text.length} characters: ${MAX_REASON_CHARS} are the most.`);
  const why = text === '' ? '' : `: ${text}`;
  const end = /\p{Sentence_Terminal}$/u.test(text) ? '' : '.';
  return `An editor holds the story${why}${end} It is held until an editor releases it.`;
}

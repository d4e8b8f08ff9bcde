import { CANCELLED_BY } from '../../functions/ingest/cancellations.ts';
import type { Article } from '../../shared/article.ts';
import { statusAt } from '../../shared/schedule.ts';
import { asDuplicateOfOwner } from '../../shared/succession.ts';
import { confirmed } from '../desk/ask.ts';
import { changeArticle } from '../desk/change.ts';
import { type Desk, type DeskOptions, openDesk } from '../desk/desk.ts';
import { findArticles } from '../desk/find.ts';
import { isPublished, LONGEST_WAIT_MS, type Standing, standingOf } from '../desk/standing.ts';
import { EXIT } from '../exit-codes.ts';
import { printable } from '../printable.ts';
import { UsageError } from '../usage-error.ts';

export interface ChangeOptions extends DeskOptions {
  yes?: boolean;
  /** False with `--no-wait`. */
  wait: boolean;
}

/** `copydesk withdraw`: takes articles off the site, whatever is uploaded later. 1 where the site was not seen to follow. */
export async function withdraw(names: readonly string[], options: ChangeOptions): Promise<number> {
  const desk = await openDesk(options);
  try {
    const found = await findArticles(desk, names);
    const articles = found.filter(article => !isKilledNow(article));
    for (const article of found)
      if (!articles.includes(article)) say(`already withdrawn  ${labelOf(article)}`);
    for (const { duplicateOf, status, source } of articles)
      if (status === 'duplicate' && duplicateOf !== undefined && (await isLive(desk, duplicateOf)))
        process.stderr.write(
          `note: ${printable(source.key)} is a duplicate of ${duplicateOf}, which stays on the site.\n`,
        );
    if (articles.length === 0) return EXIT.ok;
    const what = `${articles.map(labelOf).join(', ')} will be taken off ${desk.name}, and stay off whatever is uploaded later, until "copydesk restore".`;
    await confirmed(what, options);
    const kill = ({ withdrawnBy: _, ...article }: Article): Article => ({ ...article, status: 'withdrawn' });
    return await changeEach(desk, articles, kill, {
      verb: 'withdrawn',
      shown: 'and gone from the site',
      ...options,
    });
  } finally {
    desk.close();
  }
}

/** Whether an article is on the site; the one that another is a duplicate of may be withdrawn itself. */
async function isLive({ articles }: Desk, id: string): Promise<boolean> {
  return (await articles.get(id))?.status === 'live';
}

/** `copydesk restore`: undoes {@link withdraw}. */
export async function restore(names: readonly string[], options: ChangeOptions): Promise<number> {
  const desk = await openDesk(options);
  try {
    const articles = await findArticles(desk, names);
    const now = new Date().toISOString();
    for (const article of articles) mustBeKilled(article, now);
    const what = `${articles.map(labelOf).join(', ')} will be back on ${desk.name}.`;
    await confirmed(what, options);
    const revive = (article: Article) => {
      const { withdrawnBy: _, ...rest } = overruled(article);
      return asDuplicateOfOwner(desk.articles, { ...rest, ...statusAt(rest, now) }, article);
    };
    return await changeEach(desk, articles, revive, {
      verb: 'restored',
      shown: 'and on the site',
      ...options,
    });
  } finally {
    desk.close();
  }
}

/** Changes articles one after the other, and waits until the site follows. */
export async function changeEach(
  desk: Desk,
  articles: readonly Article[],
  change: (article: Article) => Article | Promise<Article>,
  {
    verb,
    shown,
    wait,
    describe = () => '',
  }: { verb: string; shown: string; wait: boolean; describe?: (article: Article) => string },
): Promise<number> {
  const changed: { article: Article; before: Standing }[] = [];
  for (const current of articles) {
    const before = await standingOf(desk, current);
    const article = await changeArticle(desk.articles, current.id, change, new Date().toISOString());
    changed.push({ article, before });
    const copy = article.status === 'duplicate' ? `, a duplicate of ${article.duplicateOf}` : '';
    say(`${verb}  ${labelOf(article)}${copy}${describe(article)}`);
  }
  if (!wait) return EXIT.ok;
  let unseen = 0;
  // One for all: where nothing is published, nobody waits a minute for each.
  const end = performance.now() + LONGEST_WAIT_MS;
  for (const { article, before } of changed) {
    if (!hasToShow(article, before)) continue;
    if (await isPublished(desk, article, { before, end })) say(`${shown}  ${printable(article.source.key)}`);
    else unseen++;
  }
  if (unseen > 0)
    process.stderr.write(
      `The site has not followed for ${unseen} within a minute: "copydesk status" says what waits, "copydesk doctor" what is wrong.\n`,
    );
  return unseen > 0 ? EXIT.someFailed : EXIT.ok;
}

/** Whether a change is to be seen on the site: of what was not there and does not come, nothing is. */
function hasToShow({ status }: Article, before: Standing): boolean {
  return status === 'live' || before.page !== undefined || before.editions.length > 0;
}

/** An article on one line, for a person. */
export function labelOf({ headline, source }: Article): string {
  return `${printable(source.key)} "${printable(headline)}"`;
}

function isKilledNow({ status, withdrawnBy }: Article): boolean {
  return status === 'withdrawn' && withdrawnBy === undefined;
}

/** The article without the cancellations by other files that stand against it. */
function overruled({ cancelledBy, ...article }: Article): Article {
  if (cancelledBy === undefined) return article;
  const warnings = article.warnings.filter(text => !text.startsWith(CANCELLED_BY));
  return { ...article, warnings, cancelledBy, restored: cancelledBy };
}

function mustBeKilled(article: Article, now: string): void {
  const key = printable(article.source.key);
  if (article.status !== 'withdrawn')
    throw new UsageError(`${key} is not withdrawn: it is ${article.status}.`);
  const { status, withdrawnBy } = statusAt(overruled(article), now);
  if (status !== 'withdrawn') return;
  throw new UsageError(
    withdrawnBy === 'source'
      ? `${key} withdraws itself: upload it without that.`
      : `${key} has expired at ${article.expiresAt}: upload it with a later date.`,
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

import { isDeepStrictEqual } from 'node:util';
import pMap from 'p-map';
import { joinGroupAsArticle, settle } from '../../../shared/duplicates/duplicates.ts';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import {
  type Article,
  type ArticleRecord,
  isArticle,
  type Source,
  type WireItem,
} from '../../../shared/model/article.ts';
import { padSequencer } from '../../../shared/model/identity.ts';
import { topFolderOf } from '../../../shared/model/media-address.ts';
import { statusAt } from '../../../shared/model/schedule.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import type { Cancellation } from '../../../shared/table/wire-index.ts';

/**
 * How a wire item that cancels another one by its id finds it, whichever comes first, without a transaction. An article
 * notes its ids before it is written, and looks for cancellations before and after. A cancellation is noted before it
 * looks for articles. So whichever comes last sees the other.
 */

/** Begins the warning of a story that another file cancels. */
export const CANCELLED_BY = 'Cancelled by “';

/** Withdrawn stories that a warning names. */
const MAX_NAMED = 5;

/** Articles withdrawn at once: they wait for the table. */
const AT_ONCE = { concurrency: 16 };

/** Notes what a file says of items by their ids, before its record is written. */
export async function noteWireItem(
  wire: WireItem | undefined,
  id: string,
  { key, sequencer }: Pick<Source, 'key' | 'sequencer'>,
  articles: Articles,
): Promise<void> {
  if (wire === undefined) return;
  const { ids, cancels, version } = wire;
  const folder = folderOf(key);
  const cancellation = { by: id, key, order: padSequencer(sequencer) };
  await Promise.all([
    ...ids.map(each => articles.wire.enter({ folder, id: each }, id)),
    ...cancels.map(each =>
      // The version is that of the item itself, and says nothing of others.
      articles.wire.cancel(
        { folder, id: each },
        version !== undefined && ids.includes(each) ? { ...cancellation, version } : cancellation,
      ),
    ),
  ]);
}

/** A cancellation, and the id of the item that it cancels. */
export type ItemCancellation = Cancellation & { item: string };

/** What cancels the item of an article, for an export: the files that cancel it may be gone. */
export async function exportedCancellations(
  articles: Articles,
  { cancelledBy, source, wire }: Article,
): Promise<ItemCancellation[]> {
  if (cancelledBy === undefined) return [];
  const folder = folderOf(source.key);
  const found = await Promise.all(
    (wire?.ids ?? []).map(async item => {
      const { cancellations } = await articles.wire.read({ folder, id: item });
      return cancellations.map(each => ({ ...each, item }));
    }),
  );
  return found.flat();
}

/** Notes what cancels the item of an article that is imported, before its record is written. */
export async function noteCancellations(
  articles: Articles,
  { source }: Article,
  cancellations: readonly ItemCancellation[],
): Promise<void> {
  const folder = folderOf(source.key);
  await Promise.all(
    cancellations.map(({ item, ...each }) => articles.wire.cancel({ folder, id: item }, each)),
  );
}

/** The article as the cancellations of its item leave it; the same object if they say nothing new. */
export async function withCancellations(articles: Articles, article: Article, now: string): Promise<Article> {
  if (article.wire === undefined) return article;
  const standing = await cancellationsOf(articles, article);
  const restored = new Set(article.restored);
  const warnings = [
    ...article.warnings.filter(text => !text.startsWith(CANCELLED_BY)),
    ...standing
      .filter(each => !restored.has(nameOf(each)))
      .map(
        ({ key }) =>
          `${CANCELLED_BY}${key}”: the story is withdrawn until it is brought back with “npx copydesk restore”.`,
      ),
  ];
  const cancelledBy = standing.length > 0 ? standing.map(nameOf) : undefined;
  if (isDeepStrictEqual([cancelledBy, warnings], [article.cancelledBy, article.warnings])) return article;
  const { cancelledBy: _, ...rest } = article;
  const next = { ...rest, warnings, ...(cancelledBy && { cancelledBy }) };
  // The one that it is a duplicate of decides; where that is gone, its own statements do.
  if (article.status === 'duplicate') return next;
  const { withdrawnBy: __, ...open } = next;
  return { ...open, ...statusAt(open, now, article) };
}

/**
 * A cancellation with a note of the stories that it withdraws, or that there is none; the same object if that is nothing new.
 * @param current the record of its key before it, whose story is withdrawn whatever ids say; absent once it is written
 */
export async function withCancelled(
  articles: Articles,
  article: Article,
  current?: ArticleRecord | 'none',
): Promise<Article> {
  const cancels = article.wire?.cancels ?? [];
  if (cancels.length === 0) return article;
  const found = [...(await articles.getMany(await otherArticles(articles, article))).values()]
    .filter(record => isArticle(record) && record.wire?.ids.some(id => cancels.includes(id)))
    .map(({ source }) => `“${source.key}”`)
    .sort();
  const isOfOwnKey =
    current !== undefined && current !== 'none' && isArticle(current) && current.revision > 0;
  if (found.length === 0 && (current === undefined || isOfOwnKey)) return article;
  const note = found.length > 0 ? withdraws(found) : cancelsNone(article);
  if (article.warnings.includes(note)) return article;
  const others = article.warnings.filter(text => !NOTES.some(start => text.startsWith(start)));
  return { ...article, warnings: [...others, note] };
}

/** Begin the notes of a cancellation. */
const WITHDRAWS = 'It withdraws “';
const CANCELS_NONE = 'It cancels “';
const NOTES = [WITHDRAWS, CANCELS_NONE];

function withdraws(keys: readonly string[]): string {
  const more = keys.length > MAX_NAMED ? ` and ${keys.length - MAX_NAMED} more` : '';
  return `It withdraws ${keys.slice(0, MAX_NAMED).join(', ')}${more}.`;
}

function cancelsNone({ source, wire }: Article): string {
  const folder = folderOf(source.key);
  const where = folder ? `the folder “${folder}”` : 'the top folder';
  const named = (wire?.cancels ?? []).map(id => `“${id}”`).join(', ');
  return `It cancels ${named}, but no story in ${where} has that id. One that comes later will be withdrawn; take one under another key off the site with “npx copydesk withdraw”.`;
}

/**
 * Withdraws the articles that a file cancels, and brings the article of the file itself up to the cancellations that came
 * while it was written. Safe to repeat.
 * @returns the article of the file as it is then
 */
export async function settleCancellations(
  articles: Articles,
  record: ArticleRecord,
  now: string,
): Promise<ArticleRecord> {
  if (!isArticle(record) || record.wire === undefined) return record;
  await pMap(await otherArticles(articles, record), other => refresh(articles, other, now), AT_ONCE);
  const settled = (await refresh(articles, record.id, now)) ?? record;
  // A cancellation that came before its story names it now.
  const cancelledBy = isArticle(settled) ? (settled.cancelledBy ?? []) : [];
  await pMap(cancelledBy, by => refresh(articles, recordOf(by), now), AT_ONCE);
  return settled;
}

/** The cancellations by other files that are meant for this version of an item. */
async function cancellationsOf(articles: Articles, { id, source, wire }: Article): Promise<Cancellation[]> {
  const folder = folderOf(source.key);
  const found = new Map<string, Cancellation>();
  for (const each of wire?.ids ?? []) {
    const { cancellations } = await articles.wire.read({ folder, id: each });
    for (const cancellation of cancellations) {
      const { by, version } = cancellation;
      const isLater = version !== undefined && wire?.version !== undefined && wire.version > version;
      if (by !== id && !isLater) found.set(nameOf(cancellation), cancellation);
    }
  }
  return [...found.values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** Ids of the articles that a file cancels, but for its own. */
async function otherArticles(articles: Articles, { id, source, wire }: Article): Promise<Set<string>> {
  const folder = folderOf(source.key);
  const found = await Promise.all(
    (wire?.cancels ?? []).map(each => articles.wire.read({ folder, id: each })),
  );
  const others = new Set(found.flatMap(entries => entries.articles));
  others.delete(id);
  return others;
}

/** Brings an article up to what cancels it now; the change stream publishes it. */
async function refresh(articles: Articles, id: string, now: string): Promise<ArticleRecord | undefined> {
  return retryOnConflict(id, articles.pacing, async () => {
    const current = await articles.getForWrite(id);
    if (current === undefined || !isArticle(current)) return current;
    const next = await withCancelled(articles, await withCancellations(articles, current, now));
    // A function that was interrupted after its write has not settled which of equal stories is shown.
    if (next === current)
      return current.withdrawnBy === 'cancellation' ? settle(articles, current, now) : current;
    const joined = await joinGroupAsArticle(articles, next, current, now);
    const written = { ...joined, version: current.version + 1 };
    if (!(await articles.replace(current, written))) return CONFLICT;
    return settle(articles, written, now, current);
  });
}

/** A cancellation is known by its file and upload: the same file sent anew is another one. */
function nameOf({ by, order }: Cancellation): string {
  return `${by}@${order.replace(/0+$/, '')}`;
}

/** Id of the record of a cancellation's file. */
function recordOf(name: string): string {
  return name.slice(0, name.indexOf('@'));
}

/** The top folder of a key; empty for a key without a folder. */
function folderOf(key: string): string {
  return topFolderOf(key) ?? '';
}

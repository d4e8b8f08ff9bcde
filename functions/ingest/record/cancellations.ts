import { joinGroupAsArticle } from '../../../shared/duplicates/join-group.ts';
import { settle } from '../../../shared/duplicates/settle.ts';
import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import {
  type Article,
  type ArticleRecord,
  isArticle,
  type Source,
  type WireItem,
} from '../../../shared/model/article.ts';
import { isDeepStrictEqual } from '../../../shared/model/deep-equal.ts';
import { padSequencer } from '../../../shared/model/identity.ts';
import { topFolderOf } from '../../../shared/model/media-address.ts';
import { statusAt } from '../../../shared/model/schedule.ts';
import type { Articles } from '../../../shared/table/articles.ts';
import type { Cancellation } from '../../../shared/table/wire-index.ts';

/**
 * Wire items cancel other items by their id. An article and its cancellation can come in any order, and they must find
 * each other without a transaction. An article enters its ids before it is written, and looks for cancellations before
 * and after that. A cancellation is entered before it looks for articles. So the later of the two sees the other.
 */

/** Beginning of the warning of a story that another file cancels. */
export const CANCELLED_BY = 'Cancelled by “';

/** Maximum number of withdrawn stories that a warning names. */
const MAX_NAMED = 5;

/** Number of articles that are updated at the same time. */
const CONCURRENCY = { concurrency: 16 };

/** Enters the ids of a wire item, and the ids that it cancels, before the record of its file is written. */
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
      // The version belongs to this item, so it does not limit the cancellation of other items.
      articles.wire.cancel(
        { folder, id: each },
        version !== undefined && ids.includes(each) ? { ...cancellation, version } : cancellation,
      ),
    ),
  ]);
}

/** A cancellation with the id of the item that it cancels. */
export type ItemCancellation = Cancellation & { item: string };

/**
 * The cancellations of an article's item. An export holds them, because the files that cancel the item can be deleted.
 */
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

/** Enters the cancellations of an imported article's item, before its record is written. */
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

/** Applies the cancellations of a wire item to its article. Returns the same object if nothing changes. */
export async function withCancellations(articles: Articles, article: Article, now: string): Promise<Article> {
  if (article.wire === undefined) return article;
  const cancellations = await cancellationsOf(articles, article);
  const restored = new Set(article.restored);
  const warnings = [
    ...article.warnings.filter(text => !text.startsWith(CANCELLED_BY)),
    ...cancellations
      .filter(each => !restored.has(nameOf(each)))
      .map(
        ({ key }) =>
          `${CANCELLED_BY}${key}”: the story is withdrawn until it is brought back with “npx copydesk restore”.`,
      ),
  ];
  const cancelledBy = cancellations.length > 0 ? cancellations.map(nameOf) : undefined;
  if (isDeepStrictEqual([cancelledBy, warnings], [article.cancelledBy, article.warnings])) return article;
  const { cancelledBy: _, ...rest } = article;
  const next = { ...rest, warnings, ...(cancelledBy && { cancelledBy }) };
  // The canonical article decides on a duplicate.
  if (article.status === 'duplicate') return next;
  const { withdrawnBy: __, ...open } = next;
  return { ...open, ...statusAt(open, now, article) };
}

/**
 * Adds to a cancellation a warning with the stories that it withdraws, or a warning that there are none. Returns the
 * same object if nothing changes.
 * @param current the earlier record of the cancellation's key, whose story is withdrawn in any case. Absent once the
 *   cancellation is written
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

/** Beginnings of the warnings of a cancellation. */
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
  return `It cancels ${named}, but no story in ${where} has that id. A story with that id that comes later is withdrawn. To withdraw another story, use “npx copydesk withdraw”.`;
}

/**
 * Withdraws the articles that a file cancels. Then applies the cancellations that came while the file's own article was
 * written. This is safe to repeat.
 * @returns the file's own article, with these cancellations
 */
export async function settleCancellations(
  articles: Articles,
  record: ArticleRecord,
  now: string,
): Promise<ArticleRecord> {
  if (!isArticle(record) || record.wire === undefined) return record;
  await inParallel(
    await otherArticles(articles, record),
    other => refresh(articles, other, now),
    CONCURRENCY,
  );
  const settled = (await refresh(articles, record.id, now)) ?? record;
  // A cancellation that came before its story now gets a warning that names the story.
  const cancelledBy = isArticle(settled) ? (settled.cancelledBy ?? []) : [];
  await inParallel(cancelledBy, by => refresh(articles, recordOf(by), now), CONCURRENCY);
  return settled;
}

/** The cancellations by other files that apply to this version of an item. */
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

/** Ids of the articles that a file cancels, without its own article. */
async function otherArticles(articles: Articles, { id, source, wire }: Article): Promise<Set<string>> {
  const folder = folderOf(source.key);
  const found = await Promise.all(
    (wire?.cancels ?? []).map(each => articles.wire.read({ folder, id: each })),
  );
  const others = new Set(found.flatMap(entries => entries.articles));
  others.delete(id);
  return others;
}

/** Applies the current cancellations to a stored article. The change stream then publishes the change. */
async function refresh(articles: Articles, id: string, now: string): Promise<ArticleRecord | undefined> {
  return retryOnConflict(id, articles.pacing, async () => {
    const current = await articles.getForWrite(id);
    if (current === undefined || !isArticle(current)) return current;
    const next = await withCancelled(articles, await withCancellations(articles, current, now));
    // If an interrupted function has not chosen the canonical article yet, this call chooses it.
    if (next === current)
      return current.withdrawnBy === 'cancellation' ? settle(articles, current, now) : current;
    const joined = await joinGroupAsArticle(articles, next, current, now);
    const written = articles.withNews({ ...joined, version: current.version + 1 }, current, now);
    if (!(await articles.replace(current, written))) return CONFLICT;
    return settle(articles, written, now, current);
  });
}

/** The name of a cancellation: its file and its upload. A second upload of the same file is another cancellation. */
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

import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { CONFLICT, retryOnConflict } from '../../../shared/errors/retry-on-conflict.ts';
import { relatedFinder } from '../lists/related.ts';
import { type ArticleChange, joinChanges } from '../model/change.ts';
import type { EditionOf } from '../model/edition-of.ts';
import type { Records } from '../model/records.ts';
import { assignPositions } from '../states/positions.ts';
import { type Postponing, postponeViews, type ViewsNow } from '../states/postponed.ts';
import { editionView } from '../views/edition-view.ts';
import type { PublishDeps } from '../views/view.ts';
import {
  changedSince,
  changeNow,
  type EditionScope,
  isUnseen,
  membersToChange,
  newArticlesIn,
  withoutUnseen,
} from './change-plan.ts';
import { type Batch, publishArticles } from './publish-articles.ts';
import { type PublishedViews, publishEditions } from './publish-editions.ts';

/** Number of changes whose editions are looked up in parallel. */
const CONCURRENCY = 8;

export interface Published extends PublishedViews {
  articles: number;
}

/**
 * Updates pages, feeds and front pages of changed articles from the table. Calls may be repeated, in any order and in
 * parallel. After writing, each call reads the records again, so that the last publisher leaves the current version.
 * @param postponing postpones busy views of new articles
 */
export async function publishChanges(
  changes: readonly ArticleChange[],
  deps: PublishDeps,
  scope: EditionScope = 'all',
  postponing?: Postponing,
): Promise<Published> {
  const done: Published = { articles: changes.length, views: 0, files: 0 };
  let pending = changes;
  return retryOnConflict('articles', deps.pacing, async () => {
    const stored = await read(pending, deps);
    const batch = await batchOf(pending, stored, deps);
    const { records, positions } = batch;
    // What was postponed stays as it was named: if this call dies, the next one must write the same views of a later record.
    let current = batch.changes;
    if (scope !== 'postponed') {
      const shown = await publishArticles(batch, scope, deps);
      done.files += shown.files;
      // Each change now also names the editions and files that show the current record.
      current = shown.changes.map(change =>
        joinChanges(change, changeNow(change.id, records.get(change.id), deps.articles)),
      );
    }
    // Members are written first, because an edition that is filled reads its members.
    let editions = await enterMembers(scope, current, records, deps);
    let later: ViewsNow['later'] = new Set();
    if (postponing) {
      const added = newArticlesIn(batch.changes, records);
      ({ editions, later } = await postponeViews(current, added, deps, postponing));
    }
    const isNow = ([id]: readonly [string, unknown]) => !later.has(id);
    const { views, files } = await publishEditions(editions, deps, records, {
      places: positions,
      positions: new Map([...positions].filter(isNow)),
      history: new Map([...records].filter(isNow)),
    });
    done.views += views;
    done.files += files;
    const now = await read(current, deps);
    // An earlier change of an article that was not public yet can have been published meanwhile. Then it has left.
    const unseen = batch.changes.map(({ id }) => id).filter(id => isUnseen(id, records, positions));
    const seen = unseen.length > 0 ? await deps.articles.positions.read(unseen) : new Map();
    pending = changedSince(current, { before: stored, now, seen });
    return pending.length === 0 ? done : CONFLICT;
  });
}

async function read(changes: readonly ArticleChange[], { articles, onBroken }: PublishDeps) {
  const ids = changes.map(({ id }) => id);
  const broken = new Set<string>();
  const found = await articles.getMany(ids, error => {
    broken.add(error.subject);
    onBroken(error);
  });
  return new Map(ids.filter(id => !broken.has(id)).map(id => [id, found.get(id)]));
}

/** The changes whose records could be read, with these records and their positions. */
async function batchOf(
  changes: readonly ArticleChange[],
  stored: Records,
  deps: PublishDeps,
): Promise<Batch> {
  const related = relatedFinder(stored, deps);
  const positions = await assignPositions(stored, deps.articles, deps.site);
  const records = withoutUnseen(stored, positions);
  const known = await inParallel(
    changes.filter(({ id }) => stored.has(id)),
    async change => (isUnseen(change.id, records, positions) ? withStoredEditions(change, deps) : change),
    { concurrency: CONCURRENCY },
  );
  return { changes: known, records, positions, related };
}

/** A change with the editions that exist. A new edition would reveal the section of an article that was never public. */
async function withStoredEditions(change: ArticleChange, deps: PublishDeps): Promise<ArticleChange> {
  const stored = async (of: EditionOf) =>
    (await deps.storage.head(editionView(of, deps).key)) === undefined ? [] : [of];
  return { ...change, editions: (await inParallel(change.editions, stored)).flat() };
}

/**
 * Adds articles to the members of their current editions, and removes them from earlier editions. A bulk run only adds
 * those that are missing, because a read costs a fifth of a write.
 * @returns the editions to write
 */
async function enterMembers(
  scope: EditionScope,
  changes: readonly ArticleChange[],
  records: Records,
  { articles, site }: PublishDeps,
): Promise<EditionOf[]> {
  const editionsIn = (some: readonly ArticleChange[]) => some.flatMap(({ editions }) => editions);
  if (scope === 'postponed') return editionsIn(changes);
  const members = membersToChange(changes, records, site);
  if (scope !== 'without-members') {
    await articles.members.change(members);
    return editionsIn(changes);
  }
  const missing = await articles.members.missing(members.enter);
  await articles.members.change({ remove: [], enter: missing });
  const ids = new Set(missing.map(({ id }) => id));
  return editionsIn(changes.filter(({ id }) => ids.has(id)));
}

import { inParallel } from '../../../shared/errors/in-parallel.ts';
import { publishEditions } from '../jobs/publish-editions.ts';
import { type ArticleChange, addChange, changeTo } from '../model/change.ts';
import { type EditionOf, editionId, newsPlace, withStoredName } from '../model/edition-of.ts';
import { editionOf, editionState } from '../states/edition-state.ts';
import { load } from '../states/state.ts';
import { editionRules } from '../views/merge-edition.ts';
import type { PublishDeps } from '../views/view.ts';
import { changeOfRow, outdatedRows, publishGoneFirst } from './compare.ts';
import type { Work } from './rebuild-work.ts';

/** Number of states that are read in parallel. */
const CONCURRENCY = 8;

/**
 * Compares editions with the table. Publishes the articles whose entries are outdated, and then writes the files of the
 * editions. An edition that has too few entries is filled.
 * @param keys keys of the stored states of at most 100 editions. A key without a state is an edition that is lost
 */
export async function checkEditions(keys: readonly string[], deps: PublishDeps, work: Work): Promise<void> {
  const { articles, site } = deps;
  const changes = new Map<string, ArticleChange>();
  const editions: EditionOf[] = [];
  const stored = await inParallel(
    keys.map(editionOf),
    async keyed => ({ keyed, ...(await load(deps, editionState(keyed, site))) }),
    { concurrency: CONCURRENCY },
  );
  for (const { keyed, state, isStored } of stored) {
    const of = withStoredName(keyed, state.of, site);
    editions.push(of);
    if (!isStored) for await (const change of newestMembers(of, deps)) addChange(changes, change);
    const { entries, pins, news = [] } = state;
    for (const row of await outdatedRows([...entries, ...pins, ...news], deps)) {
      const entry = 'at' in row ? row.entry : row;
      if (entry) addChange(changes, { ...changeOfRow(entry, articles), dates: [entry.publishedAt] });
      addChange(
        changes,
        changeTo(row.id, {
          editions: [of],
          news: 'at' in row ? [newsPlace(row.at, row.gone !== undefined)] : [],
        }),
      );
    }
  }
  await publishGoneFirst([...changes.values()], deps, work);
  const { views, files } = await publishEditions(editions, deps);
  work.views += views;
  work.files += files;
}

/** Changes of the newest members of a lost edition. Their records give the name of the edition. */
async function* newestMembers(of: EditionOf, { articles, site }: PublishDeps): AsyncGenerator<ArticleChange> {
  const pageSize = editionRules(site).kept;
  for await (const members of articles.members.newest(editionId(of, site), { pageSize })) {
    for (const { id, publishedAt } of members) yield changeTo(id, { dates: [publishedAt] });
    return;
  }
}

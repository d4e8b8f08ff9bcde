import { lift } from '../jobs/mend.ts';
import { publishEditions } from '../jobs/publish-editions.ts';
import { isSwitchedOff, removeEdition } from '../jobs/switched-off.ts';
import { newsList, withStoredName } from '../model/edition-of.ts';
import type { Records } from '../model/records.ts';
import { EDITIONS, editionOf } from '../states/edition-state.ts';
import { load } from '../states/state.ts';
import { editionView } from '../views/edition-view.ts';
import { editionRules, KEPT_NEWS } from '../views/merge-edition.ts';
import type { PublishDeps } from '../views/view.ts';

/**
 * Writes an edition from the table: the articles that stand in it, and its newest members. An edition without articles
 * is written too, because its feeds stay for their subscribers. An edition that the settings switch off is removed.
 * @param id id of the edition
 * @param name name for people
 */
export async function publishEdition(id: string, name: string, deps: PublishDeps): Promise<void> {
  const { articles, site } = deps;
  const keyed = editionOf(`${EDITIONS}${id}.json`);
  const of = keyed.kind === 'all' ? keyed : withStoredName(keyed, { ...keyed, name }, site);
  if (isSwitchedOff(of, site)) return removeEdition(of, deps);
  const { state, isStored } = await load(deps, editionView(of, deps));
  // A lost edition is filled from its members.
  if (!isStored) {
    await publishEditions([of], deps);
    return;
  }
  const standing = [...state.entries, ...state.pins, ...(state.news ?? [])];
  const { broken } = await lift(standing, deps);
  const ids = new Set(standing.map(entry => entry.id));
  const newest = [
    { list: id, pageSize: editionRules(site).kept },
    { list: newsList(id), pageSize: KEPT_NEWS },
  ];
  for (const { list, pageSize } of newest)
    for await (const members of articles.members.newest(list, { pageSize })) {
      for (const member of members) ids.add(member.id);
      break;
    }
  const found = await articles.getMany(ids, deps.onBroken);
  const records: Records = new Map(
    [...ids].filter(each => !broken.has(each)).map(each => [each, found.get(each)]),
  );
  await publishEditions([of], { ...deps, comparesAll: true }, records, { positions: new Map() });
}

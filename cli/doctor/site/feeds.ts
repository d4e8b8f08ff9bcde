import pMap from 'p-map';
import { type EditionOf, editionFolder } from '../../../functions/publish/model/edition-of.ts';
import { byNewest } from '../../../functions/publish/model/entry.ts';
import { DIRECTORY } from '../../../functions/publish/states/directory.ts';
import { load } from '../../../functions/publish/states/state.ts';
import type { CopydeskError } from '../../../shared/errors/errors.ts';
import { type Article, isArticle } from '../../../shared/model/article.ts';
import { itemsOf } from '../../deployment/appearance.ts';
import { type Check, type Examined, fail, ok, warn } from '../machine/check.ts';

/** Maximum time from the table to the feeds: a tick, a full batching window and a retry. */
const MAX_PUBLISH_MS = 3 * 60_000;

/** Number of feeds that are checked at the same time. */
const CONCURRENCY = 4;

const ABOUT = 'feeds';

type FeedDeployment = Pick<Examined, 'articles' | 'site' | 'storage' | 'feedEntries' | 'language' | 'now'>;

/** Checks that the main feed and the feeds of sections hold the newest live articles of the index. */
export async function feeds(deployment: FeedDeployment): Promise<Check[]> {
  const broken: string[] = [];
  const store = {
    storage: deployment.storage,
    onBroken: (error: CopydeskError) => void broken.push(error.message),
  };
  const { state } = await load(store, DIRECTORY);
  const editions: EditionOf[] = [
    { kind: 'all' },
    ...Object.values(state.sections).map((name): EditionOf => ({ kind: 'section', name })),
  ];
  const short = await pMap(editions, of => shortFeed(deployment, of), {
    concurrency: CONCURRENCY,
  });
  const checks = [...broken.map(says => warn(ABOUT, says, REBUILD)), ...short.flat()];
  return checks.length > 0 ? checks : [ok(ABOUT, `${editions.length}, each holds what it should`)];
}

const REBUILD = '"npx copydesk publish --rebuild" makes it again.';

async function shortFeed(deployment: FeedDeployment, of: EditionOf): Promise<Check[]> {
  const { feedEntries, now } = deployment;
  const section = of.kind === 'section' ? of.name : undefined;
  const ids = await deployment.articles.newest(feedEntries, section);
  const settled = new Date(now - MAX_PUBLISH_MS).toISOString();
  const live = [...(await deployment.articles.getMany(ids)).values()]
    .filter((record): record is Article => isArticle(record) && record.status === 'live')
    .sort(byNewest);
  const items = await itemsOf(deployment, of);
  const shown = new Set(items.map(({ id }) => id));
  const missing = live.filter(({ guid, ingestedAt }) => !shown.has(guid) && ingestedAt < settled);
  const [first] = missing;
  if (first === undefined) return [];
  const file = `${editionFolder(of, deployment)}feed.json`;
  return [
    fail(
      ABOUT,
      `${file} holds ${items.length} entries, and ${missing.length} of the newest ${live.length} articles are missing, the first of them ${first.source.key}`,
      '"npx copydesk publish --rebuild" fills it. If it does not, the log of publish says why: docs/runbook.md, "Logs".',
    ),
  ];
}

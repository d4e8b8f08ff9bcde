import pMap from 'p-map';
import { isArticle } from '../../../shared/model/article.ts';
import { type Check, type Examined, fail, ok } from '../machine/check.ts';

/** Number of the newest articles whose pages are looked for. */
const CHECKED_PAGES = 20;

const CONCURRENCY = 8;

/** Maximum time from the table to the site: a tick, a full batching window and a retry. */
const MAX_PUBLISH_MS = 3 * 60_000;

/** Checks that the front page and the pages of the newest articles are there. */
export async function siteFiles({ site, articles, now }: Examined): Promise<Check> {
  const about = 'site files';
  if ((await site.head('index.html')) === undefined)
    return fail(
      about,
      'there is no front page yet',
      'It comes within a minute of the first deployment. Else "npx copydesk publish --all" makes the site again.',
    );
  const settled = new Date(now - MAX_PUBLISH_MS).toISOString();
  const newest = [...(await articles.getMany(await articles.newest(CHECKED_PAGES))).values()]
    .filter(isArticle)
    .filter(({ status, ingestedAt }) => status === 'live' && ingestedAt < settled);
  const heads = await pMap(newest, ({ permalink }) => site.head(permalink), { concurrency: CONCURRENCY });
  const missing = newest.filter((_, at) => heads[at] === undefined);
  const [first] = missing;
  if (first === undefined) return ok(about, `the front page and the newest ${newest.length} pages are there`);
  return fail(
    about,
    `${missing.length} of the newest ${newest.length} pages are missing, the first of them ${first.permalink}`,
    '"npx copydesk publish --all" makes the site again.',
  );
}

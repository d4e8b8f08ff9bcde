import { setTimeout } from 'node:timers/promises';
import {
  type EditionOf,
  editionFolder,
  editionId,
  editionsOf,
} from '../../functions/publish/model/edition-of.ts';
import type { Article } from '../../shared/model/article.ts';
import { ANSWER_STATUS } from '../../shared/stack/response-headers.ts';
import type { Deployment } from './deployment.ts';

/** Where an article stands on the site, as readers would find it. */
export interface Appearance {
  /** ETag of the object of its page; undefined where there is no page. */
  page: string | undefined;
  /** Whether the page says that the article was withdrawn. */
  isWithdrawn: boolean;
  /** The feeds that hold it. */
  editions: {
    /** As people call it: `all`, `sections/world`. */
    name: string;
    feed: string;
    /** RFC 3339. */
    updatedAt: string;
  }[];
}

/** An entry of a JSON feed, as far as it is looked at here. */
interface FeedItem {
  id: string;
  date_published: string;
  date_modified?: string;
}

/** Looks for an article on its page and in the feeds to which its record belongs. */
export async function appearanceOf(
  deployment: Pick<Deployment, 'site' | 'outputs'>,
  article: Article,
): Promise<Appearance> {
  const [page, editions] = await Promise.all([
    deployment.site.head(article.permalink),
    Promise.all(
      editionsOf(article).map(async of => {
        const item = (await itemsOf(deployment, of)).find(({ id }) => id === article.guid);
        const feed = `${deployment.outputs.site}/${editionFolder(of)}feed.xml`;
        const updatedAt = item?.date_modified ?? item?.date_published;
        return updatedAt === undefined ? [] : [{ name: editionId(of), feed, updatedAt }];
      }),
    ),
  ]);
  const isWithdrawn = page?.metadata[ANSWER_STATUS] === '410';
  return { page: page?.etag, isWithdrawn, editions: editions.flat() };
}

/** The entries of the JSON feed of an edition; none where there is no such feed. */
export async function itemsOf({ site }: Pick<Deployment, 'site'>, of: EditionOf): Promise<FeedItem[]> {
  const file = await site.get(`${editionFolder(of)}feed.json`);
  return file === undefined
    ? []
    : (JSON.parse(Buffer.from(file.bytes).toString()) as { items: FeedItem[] }).items;
}

/** Between two looks, in milliseconds. */
const LOOK_EVERY_MS = 500;

/** How long somebody waits at most, in milliseconds: a cold start and a full window fit in. */
export const LONGEST_WAIT_MS = 60_000;

/** How long its feeds may come after a page; then the article is older than what they hold. */
const FEEDS_AFTER_MS = 5_000;

/**
 * Waits until the site shows a change.
 * @param options.before where the article stood before it was changed
 * @param options.end when to wait no longer, as `performance.now()` counts; it is looked at once in any case
 * @returns whether it does; false where that could not be seen until then
 */
export async function isPublished(
  deployment: Pick<Deployment, 'site' | 'outputs'>,
  article: Article,
  { before, end }: { before: Appearance; end: number },
): Promise<boolean> {
  let pageSince: number | undefined;
  for (;;) {
    const now = await appearanceOf(deployment, article);
    const time = performance.now();
    if (article.status !== 'live') {
      // Of a kill nothing is taken on trust: no feed holds it.
      if (now.editions.length === 0 && (now.page === undefined || now.isWithdrawn)) return true;
    } else if (now.page !== undefined) {
      if (isInFeeds(article, now)) return true;
      if (now.page !== before.page) pageSince ??= time;
      if (pageSince !== undefined && time - pageSince > FEEDS_AFTER_MS) return true;
    }
    if (time > end) return false;
    await setTimeout(LOOK_EVERY_MS);
  }
}

/** Whether all feeds to which it belongs hold this revision. */
function isInFeeds(article: Article, { editions }: Appearance): boolean {
  const updated = Math.floor(Date.parse(article.updatedAt) / 1_000);
  return (
    editions.length === editionsOf(article).length &&
    editions.every(({ updatedAt }) => Math.floor(Date.parse(updatedAt) / 1_000) >= updated)
  );
}

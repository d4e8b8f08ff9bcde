import { setTimeout } from 'node:timers/promises';
import {
  type EditionOf,
  editionFolder,
  editionId,
  editionsOf,
} from '../../functions/publish/model/edition-of.ts';
import { sitemapState } from '../../functions/publish/states/history-states.ts';
import { pageIn, SITEMAP_LIST } from '../../functions/publish/states/positions.ts';
import { load } from '../../functions/publish/states/state.ts';
import type { Article } from '../../shared/model/article.ts';
import { ANSWER_STATUS } from '../../shared/stack/response-headers.ts';
import type { Deployment } from './deployment.ts';

export interface Appearance {
  /** ETag of its page. Undefined if there is no page. */
  page: string | undefined;
  /** The page says that the article was withdrawn. */
  isWithdrawn: boolean;
  /** The feeds that hold the article, and not a notice that it is gone. */
  editions: {
    /** `all`, `sections/world`. */
    name: string;
    feed: string;
    /** RFC 3339. */
    updatedAt: string;
  }[];
}

/** The properties of an entry of a JSON feed that Copydesk reads. */
interface FeedItem {
  id: string;
  date_published: string;
  date_modified?: string;
  /** Present if the entry is a notice that the article is gone. */
  _gone?: object;
}

/** Looks for the page of an article, and for the article in all feeds to which it belongs. */
export async function appearanceOf(
  deployment: Pick<Deployment, 'site' | 'outputs' | 'language'>,
  article: Article,
): Promise<Appearance> {
  const [page, editions] = await Promise.all([
    deployment.site.head(article.permalink),
    Promise.all(
      editionsOf(article).map(async of => {
        const item = (await itemsOf(deployment, of)).find(({ id, _gone }) => id === article.guid && !_gone);
        const feed = `${deployment.outputs.site}/${encodeURI(editionFolder(of, deployment))}feed.xml`;
        const updatedAt = item?.date_modified ?? item?.date_published;
        return updatedAt === undefined ? [] : [{ name: editionId(of, deployment), feed, updatedAt }];
      }),
    ),
  ]);
  const isWithdrawn = page?.metadata[ANSWER_STATUS] === '410';
  return { page: page?.etag, isWithdrawn, editions: editions.flat() };
}

/** Reads the entries of the JSON feed of an edition. Returns none if there is no feed. */
export async function itemsOf(
  deployment: Pick<Deployment, 'site' | 'language'>,
  of: EditionOf,
): Promise<FeedItem[]> {
  const file = await deployment.site.get(`${editionFolder(of, deployment)}feed.json`);
  return file === undefined
    ? []
    : (JSON.parse(Buffer.from(file.bytes).toString()) as { items: FeedItem[] }).items;
}

/** Interval at which the site is checked. */
const CHECK_INTERVAL_MS = 500;

/** Maximum wait for a change to appear. It covers a cold start and a full batching window. */
export const MAX_SITE_WAIT_MS = 60_000;

/** Maximum time from a page to its feeds. An article that the feeds do not show by then is too old for them. */
const FEEDS_WAIT_MS = 5_000;

/**
 * Waits until the site shows a change.
 * @param options.before appearance of the article before the change
 * @param options.end end of the wait, by `performance.now()`. The site is checked at least once
 * @returns false if the site does not show the change in time
 */
export async function isPublished(
  deployment: Pick<Deployment, 'site' | 'outputs' | 'articles' | 'storage' | 'language'>,
  article: Article,
  { before, end }: { before: Appearance; end: number },
): Promise<boolean> {
  let pageSince: number | undefined;
  for (;;) {
    const now = await appearanceOf(deployment, article);
    const time = performance.now();
    if (article.status !== 'live') {
      // A killed article must be missing from every feed.
      if (now.editions.length === 0 && (now.page === undefined || now.isWithdrawn)) return true;
    } else if (now.page !== undefined) {
      if (isInFeeds(article, now)) return true;
      if (now.page !== before.page || (await isListed(deployment, article))) pageSince ??= time;
      if (pageSince !== undefined && time - pageSince > FEEDS_WAIT_MS) return true;
    }
    if (time > end) return false;
    await setTimeout(CHECK_INTERVAL_MS);
  }
}

/**
 * Whether the state of the sitemap of an article has this version of its record. Publish writes the page before this
 * state, so the page is then right, also if its bytes did not change.
 */
async function isListed(
  { articles, storage }: Pick<Deployment, 'articles' | 'storage'>,
  { id, version }: Article,
): Promise<boolean> {
  const page = pageIn(await articles.positions.read([id]), id, SITEMAP_LIST);
  if (page === undefined) return false;
  // Publish makes a broken state again by itself.
  const { state } = await load({ storage, onBroken: () => undefined }, sitemapState(page));
  return state.some(row => row.id === id && row.version >= version);
}

function isInFeeds(article: Article, { editions }: Appearance): boolean {
  const updated = Math.floor(Date.parse(article.updatedAt) / 1_000);
  return (
    editions.length === editionsOf(article).length &&
    editions.every(({ updatedAt }) => Math.floor(Date.parse(updatedAt) / 1_000) >= updated)
  );
}

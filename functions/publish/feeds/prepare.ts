import { v5 as uuidV5 } from 'uuid';
import type { Author, Image } from '../../../shared/model/article.ts';
import type { Podcast } from '../../../shared/settings/podcast-settings.ts';
import { escapeText } from '../../../shared/text/escape.ts';
import { languageTag } from '../../../shared/text/language-tag.ts';
import { webAddress } from '../../../shared/text/web-address.ts';
import { type Localizer, localizerOf } from '../components/localizer.ts';
import {
  EDITION_FILES,
  editionAddresses,
  editionDescription,
  editionTitle,
  historyAddress,
  SITE_FILES,
  siteAddress,
} from '../content/addresses.ts';
import { withFittingBody, withoutBody } from '../content/fitting-body.ts';
import {
  type Enclosure,
  prepareAuthors,
  prepareEnclosures,
  prepareImage,
  prepareTags,
  prepareTexts,
} from '../content/prepare-fields.ts';
import { oneLine } from '../content/text.ts';
import type { EditionOf } from '../model/edition-of.ts';
import { byNewest, type Entry } from '../model/entry.ts';
import { podcastOf } from '../model/podcast-of.ts';
import type { Site } from '../model/site.ts';
import type { EditionList, NewsRow } from '../states/edition-state.ts';
import { articleLabels } from '../words/labels.ts';
import { contentHtml } from './content-html.ts';

/** The content of an edition's feeds and page. */
export interface EditionContent {
  of: EditionOf;
  /** Entries of the feeds with their bodies, newest first. The page shows only as many as the settings ask for. */
  entries: readonly Entry[];
  /** Articles that have left the site, and of which the feeds still tell it. */
  gone?: readonly NewsRow[] | undefined;
  /** The pinned article at the top of the page, without its body. It need not be one of the entries. */
  lead?: Entry | undefined;
  historyDocuments?: number;
  /** The list of all articles: the number of its pages, and the articles that stand on none yet. */
  list?: Pick<EditionList, 'pages' | 'open'> | undefined;
}

/**
 * The links of a feed to its history (RFC 5005, section 4). Each is the address of a folder, with a slash at its end.
 * The files in the folder have the names of the feeds.
 */
interface FeedHistory {
  /** Whether the feed is a history document. Otherwise readers subscribe to it. */
  isHistoryDocument: boolean;
  /** The document with older positions. */
  prev?: string | undefined;
  /** The document with newer positions. */
  next?: string | undefined;
  /** The feed to which readers subscribe. */
  current?: string | undefined;
}

/**
 * An entry for any feed format. Texts are printable, plain texts have one line, addresses are absolute, and instants are
 * RFC 3339 (UTC, with milliseconds).
 */
export interface PreparedEntry {
  id: string;
  url: string;
  title: string;
  summary: string;
  contentHtml: string;
  published: string;
  /** Unique within the feed. */
  updated: string;
  authors: Author[];
  /** The section and the tags. */
  categories: string[];
  /** Absent if the language is that of the feed. */
  language?: string | undefined;
  image?: Image | undefined;
  enclosures: Enclosure[];
  /** The page of another site from which the article comes. */
  source?: { url: string; name: string } | undefined;
  /** Time at which the article left the site. The entry is then a notice. */
  goneAt?: string | undefined;
}

/** A feed for any format. */
export interface PreparedFeed {
  id: string;
  title: string;
  description: string;
  /** The author of entries without an author: the site. Without it, some readers show `<author>`. */
  author: string;
  language: string;
  /** Writes labels and dates for a person who opens the feed in a browser. */
  localizer: Localizer;
  copyright?: string | undefined;
  addresses: ReturnType<typeof editionAddresses>;
  stylesheet: string;
  /** PNG of 144 pixels, the maximum width in RSS. */
  icon: string;
  largeIcon: string;
  favicon: string;
  hub?: string | undefined;
  history?: FeedHistory | undefined;
  /** The settings of the show, if the feed is a podcast. */
  podcast?: Podcast | undefined;
  /** The newest `updated` of the entries. */
  updated: string;
  entries: PreparedEntry[];
}

/** The update time of a feed without entries. It must never change. */
const NEVER = '2000-01-01T00:00:00.000Z';

/** Prepares an edition for all feed formats. The same edition always makes the same feed. */
export function prepareFeed(
  { of, entries, gone = [], historyDocuments: archived = 0 }: EditionContent,
  site: Site,
): PreparedFeed {
  const shown = entries.map(entry => withFittingBody(entry, site));
  const feed = feedOf(of, withinBytes(shown, site), site, gone);
  if (archived === 0) return feed;
  return { ...feed, history: { isHistoryDocument: false, prev: historyAddress(archived - 1, site) } };
}

/**
 * Prepares a history document of the main feed (RFC 5005, section 4) with every given entry.
 * @param at.page number of this document, from 0
 * @param at.pages number of documents
 */
export function prepareHistoryDocument(
  entries: readonly Entry[],
  { page, pages }: { page: number; pages: number },
  site: Site,
): PreparedFeed {
  const feed = feedOf({ kind: 'all' }, withinBytes(entries, site), site);
  const folder = historyAddress(page, site);
  return {
    ...feed,
    addresses: {
      ...feed.addresses,
      rss: folder + EDITION_FILES.rss,
      atom: folder + EDITION_FILES.atom,
      json: folder + EDITION_FILES.json,
    },
    // Readers subscribe only to the main feed.
    hub: undefined,
    history: {
      isHistoryDocument: true,
      prev: page > 0 ? historyAddress(page - 1, site) : undefined,
      next: page + 1 < pages ? historyAddress(page + 1, site) : undefined,
      current: siteAddress(site, ''),
    },
  };
}

function feedOf(
  of: EditionOf,
  entries: readonly Entry[],
  site: Site,
  gone: readonly NewsRow[] = [],
): PreparedFeed {
  const language = languageTag(site.language) ?? 'en';
  const addresses = editionAddresses(of, site);
  const placed: Placed[] = [
    ...entries.map(entry => ({ place: entry, prepared: prepareEntry(entry, site, language) })),
    ...gone.flatMap(row => prepareNotice(row, addresses.page, site)),
  ];
  if (gone.length > 0) placed.sort((a, b) => byNewest(a.place, b.place));
  const prepared = placed.map(each => each.prepared);
  makeUpdatedUnique(prepared);
  const title = oneLine(editionTitle(of, site)) || 'Copydesk';
  const podcast = podcastOf(of, site);
  const description = oneLine(podcast?.description ?? descriptionOf(of, site));
  return {
    id: `urn:uuid:${uuidV5(addresses.page, uuidV5.URL)}`,
    title,
    description: description || title,
    author: oneLine(podcast?.author ?? site.title) || title,
    language,
    localizer: localizerOf([site.language], site.timeZone),
    copyright: oneLine(site.copyright ?? '') || undefined,
    addresses,
    stylesheet: siteAddress(site, SITE_FILES.feedStyles),
    icon: siteAddress(site, SITE_FILES.feedIcon),
    largeIcon: siteAddress(site, SITE_FILES.largeIcon),
    favicon: siteAddress(site, SITE_FILES.favicon),
    hub: site.hub && webAddress(site.hub),
    podcast,
    updated: prepared.map(({ updated }) => updated).reduce(later, '') || NEVER,
    entries: prepared,
  };
}

/** An entry of a feed, and its place among the others. */
interface Placed {
  place: Pick<Entry, 'publishedAt' | 'id'>;
  prepared: PreparedEntry;
}

/** The description of an edition after the name of the site, because a reader shows it without its surroundings. */
function descriptionOf(of: EditionOf, site: Site): string {
  const description = editionDescription(of, site);
  return of.kind === 'all' ? description : `${site.title}: ${description}`;
}

/** All entries. Entries beyond the byte limit of a feed have their summary and a link instead of their body. */
function withinBytes(entries: readonly Entry[], site: Site): readonly Entry[] {
  let bytes = 0;
  return entries.map(entry => {
    bytes += Buffer.byteLength(entry.bodyHtml ?? '');
    return site.feedSummaries || bytes > site.feedBytes ? withoutBody(entry, site) : entry;
  });
}

function prepareEntry(entry: Entry, site: Site, feedLanguage: string): PreparedEntry {
  const url = siteAddress(site, entry.permalink);
  const language = languageTag(entry.language);
  const { title, summary } = prepareTexts(entry);
  const published = instant(entry.publishedAt) ?? instant(entry.updatedAt) ?? NEVER;
  const updated = instant(entry.updatedAt) ?? published;
  const image = prepareImage(entry.image, url);
  const enclosures = prepareEnclosures(entry, url);
  return {
    id: oneLine(entry.guid),
    url,
    title,
    summary,
    contentHtml: contentHtml(entry, { url, summary, image, enclosures }),
    published,
    updated: later(updated, published),
    authors: prepareAuthors(entry.authors),
    categories: prepareTags([entry.section, ...entry.tags]),
    language: language === feedLanguage ? undefined : language,
    image,
    enclosures,
    source: sourceOf(entry, site),
  };
}

/**
 * The entry of an article that has left the site: the same id, and the words of the notice on its page. Nothing of the
 * article is repeated, not even its address, because its words can be the reason of the withdrawal.
 * @param page address of the page of the edition
 */
function prepareNotice({ id, at, gone }: NewsRow, page: string, site: Site): Placed[] {
  if (gone === undefined) return [];
  const { withdrawn, withdrawnText } = articleLabels(site.language);
  const published = instant(gone.publishedAt) ?? NEVER;
  const prepared = {
    id: oneLine(gone.guid),
    url: page,
    title: withdrawn,
    summary: withdrawnText,
    contentHtml: `<p>${escapeText(withdrawnText)}</p>`,
    published,
    updated: later(instant(at) ?? NEVER, published),
    authors: [],
    categories: [],
    enclosures: [],
    goneAt: at,
  };
  return [{ place: { publishedAt: gone.publishedAt, id }, prepared }];
}

/** The page of another site from which an article comes, with the name or else the host of that site. */
function sourceOf({ canonicalUrl, siteName }: Entry, site: Site): PreparedEntry['source'] {
  const url = canonicalUrl === undefined ? undefined : webAddress(canonicalUrl);
  if (url === undefined) return undefined;
  const { host } = new URL(url);
  if (host === new URL(site.baseUrl).host) return undefined;
  return { url, name: oneLine(siteName ?? '') || host };
}

/**
 * Makes `updated` unique by adding milliseconds. Files that are imported together may share an instant, and some readers
 * show only one of two entries with the same `updated`.
 */
function makeUpdatedUnique(entries: readonly PreparedEntry[]): void {
  const inOrder = [...entries].sort((a, b) => compare(a.updated, b.updated) || compare(a.id, b.id));
  let last = Number.NEGATIVE_INFINITY;
  for (const entry of inOrder) {
    last = Math.max(last + 1, Date.parse(entry.updated));
    entry.updated = new Date(last).toISOString();
  }
}

function later(a: string, b: string): string {
  return compare(a, b) < 0 ? b : a;
}

function instant(text: string): string | undefined {
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

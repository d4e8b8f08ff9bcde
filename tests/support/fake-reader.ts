import { parseAtomFeed, parseJsonFeed } from 'feedsmith';
import RssParser from 'rss-parser';
import { WORDS } from './newsroom.ts';

/** An entry as a feed reader keeps it. */
export interface SeenEntry {
  id: string;
  url: string;
  /** The words of {@link WORDS} in its title and content, each once, in their order. */
  words: string[];
  /** When it says that it was changed last. RSS 2.0 has no place for that which rss-parser reads. */
  updated: string | undefined;
  /** It says that an article is gone. */
  isNotice: boolean;
}

/** How a reader last had a document. */
interface Cached {
  etag: string;
  lastModified: string;
  body: string;
  entries: SeenEntry[];
}

export type Format = 'feed.xml' | 'atom.xml' | 'feed.json';

export const FORMATS: readonly Format[] = ['feed.xml', 'atom.xml', 'feed.json'];

/**
 * Somebody's feed reader: asks with the ETag and the date that it was given, keeps what it has where it is
 * told 304, and complains about what no reader should be sent.
 */
export class FakeReader {
  readonly #base: string;
  readonly #cache = new Map<string, Cached>();
  readonly #addresses = new Map<string, string>();
  /** Of each entry of each feed: what it said, and when it said that it was changed last. */
  readonly #said = new Map<string, { words: string; updated: string }>();
  readonly #changedByHand = new Set<string>();
  notModified = 0;
  fetched = 0;

  constructor(base: string) {
    this.#base = base;
  }

  /** The articles in a feed as it is now; none where there is no such feed. */
  async poll(folder: string, format: Format): Promise<SeenEntry[]> {
    const path = `${folder}${format}`;
    const before = this.#cache.get(path);
    const response = await fetch(`${this.#base}/${path}`, {
      headers: before ? { 'if-none-match': before.etag, 'if-modified-since': before.lastModified } : {},
    });
    const body = await response.text();
    if (response.status === 304 && before) {
      this.notModified++;
      return before.entries;
    }
    if (response.status === 404) return [];
    expect([path, response.status]).toEqual([path, 200]);
    if (before) expect([path, body === before.body]).toEqual([path, false]);
    this.fetched++;
    const entries = await readFeed(format, body);
    const ids = entries.map(({ id }) => id);
    expect({ path, ids: [...new Set(ids)] }).toEqual({ path, ids });
    for (const entry of entries) this.#notice(path, entry);
    const articles = entries.filter(({ isNotice }) => !isNotice);
    this.#cache.set(path, {
      etag: response.headers.get('etag') ?? '',
      lastModified: response.headers.get('last-modified') ?? '',
      body,
      entries: articles,
    });
    return articles;
  }

  /** Of an entry that was changed in the table, nobody has said that it is new. */
  forgive(id: string): void {
    this.#changedByHand.add(id);
  }

  /** One address for ever, and other words only with a later `updated`. */
  #notice(path: string, { id, url, words, updated, isNotice }: SeenEntry): void {
    if (isNotice) expect({ id, words }).toEqual({ id, words: [] });
    else {
      expect({ id, url }).toEqual({ id, url: this.#addresses.get(id) ?? url });
      this.#addresses.set(id, url);
    }
    if (updated === undefined || this.#changedByHand.has(id)) return;
    const key = `${path} ${id}`;
    const before = this.#said.get(key);
    const now = { words: words.join(' '), updated };
    if (before && before.words !== now.words && before.updated >= updated)
      throw new Error(`${key} changed without saying so: ${JSON.stringify({ before, now })}`);
    this.#said.set(key, now);
  }
}

const rssParser = new RssParser();

async function readFeed(format: Format, body: string): Promise<SeenEntry[]> {
  if (format === 'feed.xml') {
    const { items } = await rssParser.parseString(body);
    return items.map(item =>
      seen(item.guid, item.link, undefined, item.title, item['content:encoded'] as string | undefined),
    );
  }
  if (format === 'atom.xml')
    return (parseAtomFeed(body).entries ?? []).map(({ id, links, updated, title, content }) =>
      seen(
        id,
        links?.find(({ rel }) => rel === 'alternate')?.href,
        updated && new Date(updated).toISOString(),
        title?.value,
        content?.value,
      ),
    );
  return (parseJsonFeed(body).items ?? []).map(item =>
    seen(
      item.id,
      item.url,
      item.date_modified && new Date(item.date_modified).toISOString(),
      item.title,
      item.content_html,
    ),
  );
}

function seen(
  id: string | undefined,
  url: string | undefined,
  updated: string | undefined,
  ...texts: (string | undefined)[]
): SeenEntry {
  const words = texts.flatMap(text => text?.match(WORDS) ?? []);
  const isNotice = texts[0] === 'Article withdrawn';
  return { id: id ?? '', url: url ?? '', updated, words: [...new Set(words)].sort(), isNotice };
}

import type { Articles } from '../../shared/articles.ts';
import { CopydeskError } from '../../shared/errors.ts';
import type { Bucket } from '../../shared/objects.ts';
import { type Edition, editionId, editionsOf, emptyEdition, merge, SLACK } from './edition.ts';
import type { Entry } from './entry.ts';
import { editionRenditions } from './renditions.ts';
import { type EditionOf, editionFolder, type Site } from './site.ts';
import type { Records, View } from './view.ts';

/** Articles that are looked through to fill up the edition of a tag, which no index is keyed by. */
const MOST_LOOKED_THROUGH = 2_000;

/** Records read at once while a window is filled up. */
const REFILL_BATCH = 100;

export interface EditionDeps {
  articles: Articles;
  archive: Bucket;
  site: Site;
}

/**
 * The view of an edition: its feeds and its front page.
 * @param rebuild whether to compare it with the table's index even if its window is full
 */
export function editionView(
  of: EditionOf,
  { articles, archive, site }: EditionDeps,
  { rebuild = false } = {},
): View<Edition> {
  const size = site.feedEntries + SLACK;
  const path = editionFolder(of).replace(/^tags\/|\/$/g, '');
  return {
    key: `editions/${editionId(of)}.json`,
    initial: emptyEdition(of),
    isEmpty: edition => edition.entries.length === 0,
    ...(of.kind !== 'all' && {
      listing: {
        kind: of.kind === 'section' ? ('sections' as const) : ('tags' as const),
        path,
        name: of.name,
      },
    }),

    async merge(edition, records) {
      const merged = merge(edition, records, size);
      const short = merged.truncated && merged.entries.length < site.feedEntries;
      if (!rebuild && !short) return merged;
      // The index may lag behind: what it names is read from the table, and what it lacks is kept.
      const known = rebuild ? merged.entries.map(({ id }) => id) : [];
      const found = new Map(known.map((id): [string, undefined] => [id, undefined]));
      const newest = new Map([
        ...found,
        ...(await articles.getMany(known)),
        ...(await newestOf(of, articles, size)),
      ]);
      const refilled = merge({ ...merged, truncated: false }, newest, size);
      return { ...refilled, truncated: newest.size >= size || refilled.truncated };
    },

    async render(edition, directory) {
      const entries = await Promise.all(
        edition.entries.slice(0, site.feedEntries).map(entry => withBody(entry, archive)),
      );
      return editionRenditions({ of, entries }, site, { sections: Object.values(directory.sections) });
    },
  };
}

/** The newest live records of an edition, from the index. */
async function newestOf(of: EditionOf, articles: Articles, size: number): Promise<Records> {
  if (of.kind !== 'tag') {
    return articles.getMany(await articles.newest(size, of.kind === 'section' ? of.name : undefined));
  }
  const found = new Map<string, NonNullable<ReturnType<Records['get']>>>();
  const ids = await articles.newest(MOST_LOOKED_THROUGH);
  for (let from = 0; from < ids.length && found.size < size; from += REFILL_BATCH) {
    const records = await articles.getMany(ids.slice(from, from + REFILL_BATCH));
    for (const [id, record] of records) {
      if (record.status !== 'live') continue;
      if (editionsOf(record, { tags: true }).some(other => editionId(other) === editionId(of)))
        found.set(id, record);
    }
  }
  return found;
}

async function withBody(entry: Entry, archive: Bucket): Promise<Entry> {
  return entry.bodyKey === undefined ? entry : { ...entry, bodyHtml: await readBody(entry.bodyKey, archive) };
}

/**
 * The body that ingest moved out of the record.
 * @throws CopydeskError `body-missing` where it is gone
 */
export async function readBody(bodyKey: string, archive: Bucket): Promise<string> {
  const body = await archive.get(bodyKey);
  if (body === undefined)
    throw new CopydeskError('body-missing', `The body ${bodyKey} is not in the archive.`, {
      subject: bodyKey,
    });
  return Buffer.from(body.bytes).toString('utf8');
}

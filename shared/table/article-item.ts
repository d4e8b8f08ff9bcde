import { CopydeskError } from '../errors/errors.ts';
import { ArticleRecord, Forward, type Left, type Source, type Tombstone } from '../model/article.ts';
import { padSequencer, sectionKey } from '../model/identity.ts';
import { lookupKeys } from '../model/minhash.ts';
import { isOwnPage } from '../model/own-page.ts';
import { dueOf } from '../model/schedule.ts';
import { type Item, type ItemKey, RECORD_SK, TABLE_INDEXES, TABLE_KEY } from './keys.ts';

/**
 * The items of records in the table. The fields of a record are attributes of its item, so that an operator can edit
 * them in the console. The item also has derived attributes: the keys of the table and its indexes.
 */

/** Attributes of the indexes. A record that is in no index has none of them. */
export const INDEX_KEYS = [
  TABLE_INDEXES.newest.partition,
  TABLE_INDEXES.newest.sort,
  TABLE_INDEXES.section.partition,
  TABLE_INDEXES.due.partition,
  TABLE_INDEXES.due.sort,
] as const;

export function recordKey(id: string): ItemKey {
  return { pk: `article#${id}`, sk: RECORD_SK };
}

/** Returns the id of the record with this partition key, or undefined if it is not the key of a record. */
export function recordIdOf(pk: string): string | undefined {
  return pk.startsWith('article#') ? pk.slice('article#'.length) : undefined;
}

/** The month of an instant in the form of indexes and sitemaps: `2026-11`. */
export function monthOf(instant: string): string {
  return instant.slice(0, 7);
}

export function sectionMonth(section: string, month: string): string {
  return `${sectionKey(section)}#${month}`;
}

/** The partition of the `newest` index for files that were rejected in a month. */
export function rejectedMonth(month: string): string {
  return `rejected#${month}`;
}

/** The partition of the `newest` index for media that were changed in a month. */
export function mediaMonth(month: string): string {
  return `media#${month}`;
}

/** The only partition of the `due` index. One is enough, because few articles wait. */
export const DUE_PARTITION = 'due';

export const HELD_PARTITION = 'held';

/** The partition of the `newest` index for pages of the site's own. */
export const PAGES_PARTITION = 'pages';

export function derivedKeys(record: ArticleRecord): Item {
  const keys: Item = { ...recordKey(record.id), order: padSequencer(record.source.sequencer) };
  const enter = (
    { partition, sort }: (typeof TABLE_INDEXES)[keyof typeof TABLE_INDEXES],
    pk: string,
    at: string,
  ) => {
    keys[partition] = pk;
    keys[sort] = `${at}#${record.id}`;
  };
  if (record.status === 'live' && isOwnPage(record))
    enter(TABLE_INDEXES.newest, PAGES_PARTITION, record.publishedAt);
  else if (record.status === 'live') {
    const month = monthOf(record.publishedAt);
    enter(TABLE_INDEXES.newest, month, record.publishedAt);
    enter(TABLE_INDEXES.section, sectionMonth(record.section, month), record.publishedAt);
  }
  if (record.status === 'rejected')
    enter(TABLE_INDEXES.newest, rejectedMonth(monthOf(record.ingestedAt)), record.ingestedAt);
  if (record.status === 'media')
    enter(TABLE_INDEXES.newest, mediaMonth(monthOf(record.ingestedAt)), record.ingestedAt);
  if (record.status === 'held') enter(TABLE_INDEXES.newest, HELD_PARTITION, record.ingestedAt);
  const due = dueOf(record);
  if (due !== undefined) enter(TABLE_INDEXES.due, DUE_PARTITION, due);
  return keys;
}

/** Makes the item of a record. @throws CopydeskError `bad-record` if the item could not be read back */
export function toItem(record: ArticleRecord): Item {
  const item = { ...record, ...derivedKeys(record) };
  const read = readItem(item);
  if ('broken' in read) throw read.broken;
  return { ...read.record, ...derivedKeys(read.record) };
}

/** Maximum number of faults of a record that are named. */
const MAX_FAULTS = 5;

/** The sentence that says how lost or broken data of an article is made again. */
export function mend(id: string): string {
  return `"copydesk reprocess ${id}" makes it again.`;
}

/** Reads the record of an item. Returns the error `bad-record`, with the id as subject, if an edit by hand broke it. */
export function readItem(item: Item): { record: ArticleRecord } | { broken: CopydeskError } {
  const result = ArticleRecord.safeParse(item);
  if (result.success) return { record: result.data };
  const faults = result.error.issues
    .slice(0, MAX_FAULTS)
    .map(issue => `${issue.path.join('.')}: ${issue.message}`);
  const id = recordIdOf(String(item[TABLE_KEY.partition] ?? '')) ?? String(item.id);
  const message = `The record ${id} is broken: ${faults.join('; ')}. ${mend(id)}`;
  return { broken: new CopydeskError('bad-record', message, { subject: id }) };
}

/**
 * Reads the usable fields of a broken record. They are enough for the next event of its source to replace it by a valid
 * record with the same address.
 */
export function salvage(item: Item): Tombstone & { storedStatus: string } {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const source = (item.source ?? {}) as Partial<Record<keyof Source, unknown>>;
  const revision = Number(item.revision);
  return {
    id: (text(item[TABLE_KEY.partition]) ?? '').replace(/^article#/, ''),
    guid: text(item.guid) ?? '',
    source: {
      bucket: text(source.bucket) ?? '',
      key: text(source.key) ?? '',
      etag: '',
      size: 0,
      sequencer: text(source.sequencer) ?? text(item.order) ?? '',
      uploadedAt: new Date(0).toISOString(),
    },
    status: 'deleted',
    storedStatus: String(item.status),
    version: Number.isInteger(item.version) ? Number(item.version) : 1,
    ingestedAt: new Date(0).toISOString(),
    left: leftOf(item),
    slug: text(item.slug),
    permalink: text(item.permalink),
    revision: Number.isInteger(revision) && revision > 0 ? revision : undefined,
    killed: item.killed === true || (item.status === 'withdrawn' && item.withdrawnBy === undefined),
    forwards: forwardsOf(item),
  };
}

function forwardsOf({ forwards }: Item): Forward[] | undefined {
  if (!Array.isArray(forwards)) return undefined;
  return forwards.flatMap(each => Forward.safeParse(each).data ?? []);
}

/** Returns the duplicate group and the similarity keys that are readable in a broken record. */
function leftOf({ contentGroup, contentHash, groupSince, nearHash, source }: Item): Left | undefined {
  const group = [contentGroup, contentHash].find(value => typeof value === 'string');
  const since = groupSince ?? (source as Partial<Source> | undefined)?.uploadedAt;
  if (group === undefined || typeof since !== 'string') return undefined;
  return { group, since, similarityKeys: typeof nearHash === 'string' ? lookupKeys(nearHash) : [] };
}

/** Tells whether the derived attributes of an item match its record. An edit by hand does not update them. */
export function keysAreRight(item: Item, record: ArticleRecord): boolean {
  const keys = derivedKeys(record);
  return ['order', ...INDEX_KEYS].every(name => item[name] === keys[name]);
}

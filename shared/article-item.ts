import { ArticleRecord } from './article.ts';
import { CopydeskError } from './errors.ts';
import { padSequencer, sectionPath } from './identity.ts';
import { dueInstant } from './schedule.ts';
import { RECORD_SK, TABLE_INDEXES, TABLE_KEY } from './table.ts';

/**
 * How records lie in the table. The fields of a record are attributes of its item, so that an operator can
 * edit them in the console; beside them stand the keys, which are derived.
 */

/** Attributes of an item that are no part of the record. */
const DERIVED = [
  TABLE_KEY.partition,
  TABLE_KEY.sort,
  'order',
  TABLE_INDEXES.newest.partition,
  TABLE_INDEXES.newest.sort,
  TABLE_INDEXES.section.partition,
  TABLE_INDEXES.due.partition,
  TABLE_INDEXES.due.sort,
] as const;

export type Item = Record<string, unknown>;

/** The table key of the record of this id. */
export function recordKey(id: string): { pk: string; sk: string } {
  return { pk: `article#${id}`, sk: RECORD_SK };
}

/** The id of the record that has this partition key, or undefined where it is the key of something else. */
export function recordIdOf(pk: string): string | undefined {
  return pk.startsWith('article#') ? pk.slice('article#'.length) : undefined;
}

/** The month of an instant as indexes and sitemaps name it: `2026-11`. */
export function monthOf(instant: string): string {
  return instant.slice(0, 7);
}

/** The partition of a section's month in the `section` index. */
export function sectionMonth(section: string, month: string): string {
  return `${sectionPath(section)}#${month}`;
}

/** The one partition of the `due` index: what waits is little, and leaves it when it is done. */
export const DUE_PARTITION = 'due';

/** The derived attributes of a record. */
function derivedKeys(record: ArticleRecord): Item {
  const keys: Item = { ...recordKey(record.id), order: padSequencer(record.source.sequencer) };
  if (record.status === 'live') {
    const month = monthOf(record.publishedAt);
    keys[TABLE_INDEXES.newest.partition] = month;
    keys[TABLE_INDEXES.newest.sort] = `${record.publishedAt}#${record.id}`;
    keys[TABLE_INDEXES.section.partition] = sectionMonth(record.section, month);
  }
  const due = dueAt(record);
  if (due !== undefined) {
    keys[TABLE_INDEXES.due.partition] = DUE_PARTITION;
    keys[TABLE_INDEXES.due.sort] = `${due}#${record.id}`;
  }
  return keys;
}

/** When time alone will change the status of a record, if ever. */
function dueAt(record: ArticleRecord): string | undefined {
  if (record.status === 'scheduled') return dueInstant(record);
  return record.status === 'live' ? record.expiresAt : undefined;
}

/** The item of a record. */
export function toItem(record: ArticleRecord): Item {
  return { ...record, ...derivedKeys(record) };
}

/**
 * The record of an item.
 * @throws CopydeskError `bad-record` naming the first field that an edit by hand has broken
 */
export function fromItem(item: Item): ArticleRecord {
  const result = ArticleRecord.safeParse(item);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const id = String(item.id ?? item[TABLE_KEY.partition]);
  throw new CopydeskError(
    'bad-record',
    `The record ${id} is broken: ${issue?.path.join('.')}: ${issue?.message}`,
    {
      subject: id,
    },
  );
}

/** Whether the keys of an item are those its record ought to have; an edit by hand leaves them behind. */
export function keysAreRight(item: Item, record: ArticleRecord): boolean {
  const keys = derivedKeys(record);
  return DERIVED.every(name => item[name] === keys[name]);
}

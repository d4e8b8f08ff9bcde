import { type Upload, uploadOfBroken } from '../../functions/ingest/receive/upload-of-broken.ts';
import { CONFLICT, retryOnConflict } from '../../shared/errors/retry-on-conflict.ts';
import type { ArticleRecord } from '../../shared/model/article.ts';
import type { Articles } from '../../shared/table/articles.ts';
import { isObject } from '../../shared/text/is-object.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { findStored, type Stored } from '../deployment/find.ts';
import { printable } from '../output/printable.ts';
import { UsageError } from '../output/usage-error.ts';

/** Uploads that ingest parses again, whatever version of the parser made their records. */
export interface NamedUploads {
  /** By the ids of their records. */
  uploads: Map<string, Upload>;
  /** Ids of the named records of each upload, by the key of the upload. A zip has those of its named files. */
  records: Map<string, Set<string>>;
  /** Ids of the records that must be marked ({@link markForParsing}) before the events are sent. */
  marked: Set<string>;
}

/** The version of the parser in a record whose file must be parsed again. No parser has it. */
const NO_VERSION = '';

/**
 * Finds the uploads of named files. A file of a zip is parsed with its zip.
 * @throws UsageError if a name belongs to no record, or if its file cannot be parsed
 */
export async function namedUploads(names: readonly string[], deployment: Deployment): Promise<NamedUploads> {
  const named: NamedUploads = { uploads: new Map(), records: new Map(), marked: new Set() };
  for (const name of names) {
    const stored = await findStored(deployment, name);
    const zip = memberOf(stored);
    const file = zip === undefined ? stored : await findStored(deployment, zip);
    const isReadable = 'record' in stored && 'record' in file;
    for (const { id } of [stored, file]) if (isReadable) named.marked.add(id);
    if ('record' in file && file.record.status === 'unpacked')
      for (const inside of (await deployment.articles.getMany(file.record.members)).values()) {
        if (zip === undefined) named.marked.add(inside.id);
        if (inside.status !== 'unpacked') continue;
        // A mail in a zip, which can hold the named file.
        for (const id of [inside.id, ...(zip === undefined ? inside.members : [])]) named.marked.add(id);
      }
    const upload = isReadable ? sourceOf(name, file) : await uploadAfter(file, deployment);
    named.uploads.set(file.id, upload);
    const records = named.records.get(upload.key) ?? new Set([file.id]);
    named.records.set(upload.key, records.add(stored.id));
  }
  return named;
}

/**
 * Removes the version of the parser from records, so that ingest does not take the events of their uploads for
 * repetitions. A record that is broken or deleted meanwhile stays as it is.
 */
export async function markForParsing(ids: Iterable<string>, articles: Articles): Promise<void> {
  for (const id of ids)
    await retryOnConflict(id, articles.pacing, async () => {
      const record = (await articles.getMany([id])).get(id);
      if (record === undefined || record.status === 'deleted') return undefined;
      const next = { ...record, parserVersion: NO_VERSION, version: record.version + 1 };
      return (await articles.replace(record, next)) ? undefined : CONFLICT;
    });
}

/** Key of the zip that holds a file. */
function memberOf(stored: Stored): string | undefined {
  if ('record' in stored) return stored.record.source.memberOf;
  const { source } = stored.item;
  return isObject(source) && typeof source.memberOf === 'string' ? source.memberOf : undefined;
}

function sourceOf(name: string, file: Stored & { record: ArticleRecord }): Upload {
  const { record } = file;
  if (record.status === 'deleted')
    throw new UsageError(`The file of ${printable(name)} is deleted: upload it to publish it again.`);
  const { key, etag, size, sequencer, uploadedAt } = record.source;
  return { key, etag, size, sequencer, uploadedAt };
}

async function uploadAfter(file: Stored, deployment: Deployment): Promise<Upload> {
  const upload = await uploadOfBroken(file.id, deployment);
  if (upload !== undefined) return upload;
  const source = 'record' in file ? file.record.source : file.item.source;
  const key = isObject(source) && typeof source.key === 'string' ? source.key : '';
  const put = 'upload it with "copydesk put --force"';
  throw new UsageError(
    deployment.articles.idOf(key) === file.id
      ? `The intake bucket of ${deployment.name} does not hold ${printable(key)}: ${put}.`
      : `The record ${file.id} does not say which file made it: ${put}.`,
  );
}

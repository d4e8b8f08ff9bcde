import { createHash } from 'node:crypto';
import path from 'node:path';
import type { StoredObject } from '../../../shared/aws/bucket.ts';
import { CopydeskError } from '../../../shared/errors/errors.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import { contention } from '../../../shared/errors/retry-on-conflict.ts';
import type { ArticleRecord, Source } from '../../../shared/model/article.ts';
import { articleId } from '../../../shared/model/identity.ts';
import { tryToParse } from '../article/try-to-parse.ts';
import { isMedia } from '../media/strip-media.ts';
import type { IngestDeps } from '../model/ingest-deps.ts';
import { composeUnpacked } from '../record/compose.ts';
import { storeAndSettle } from '../record/link-media.ts';
import { type Outcome, outcomeOf } from '../record/outcome.ts';
import { orderOf, type Stored } from '../record/store.ts';
import { storeMedia } from '../record/store-media.ts';
import { storeParsed } from '../record/store-parsed.ts';
import { keyOf } from '../release/keyed.ts';
import { ARCHIVE_LIMITS, type ArchiveMembers, readMembers } from './members.ts';
import { membersOf, removeMembers } from './remove-members.ts';

/**
 * Makes an article of each file in an archive, under the key of the archive and its name in it, and takes away
 * those of files that the archive no longer holds. The archive's own record names its files before they come, so that
 * a deletion takes away also what an interrupted function has stored. It is marked as done last, so that a function
 * which died on the way goes on.
 * @throws CopydeskError where something else failed than a file
 */
export async function unpack(
  source: Source,
  object: StoredObject,
  known: ArticleRecord | undefined,
  deps: IngestDeps,
): Promise<Outcome> {
  const id = articleId(source.bucket, source.key);
  const archive = await open(object, deps);
  if (archive instanceof Rejection) {
    await removeMembers(membersOf(known), source, deps);
    return storeParsed(id, source, archive, deps);
  }
  const names = archive.members.map(({ name }) => articleId(source.bucket, `${source.key}/${name}`));
  const begun = await storeArchive(source, [...new Set([...membersOf(known), ...names])], deps, {
    unfinished: true,
  });
  if (begun.kind === 'stale') return { outcome: 'stale', id };
  const outcomes: Outcome[] = [];
  // One after the other: what an archive holds together must not be held in memory as articles too.
  const metadata = releaseMetadata(object.metadata);
  let failure: unknown;
  for (const { name, bytes } of archive.members) {
    try {
      outcomes.push(await storeMember(name, { bytes, metadata }, source, deps));
    } catch (error) {
      // A service that is away, or time that has run out, fails the others too.
      if (error instanceof CopydeskError && error.retryable) throw error;
      failure ??= failureOf(error, `${source.key}/${name}`);
    }
  }
  if (failure !== undefined) throw failure;
  const members = outcomes.map(outcome => outcome.id);
  await removeMembers(
    membersOf(known).filter(member => !members.includes(member)),
    source,
    deps,
  );
  const warnings = archive.skipped.slice(0, MOST_WARNINGS).map(({ name, why }) => `${name} ${why}.`);
  const stored = await storeArchive(source, members, deps, { warnings });
  if (stored.kind === 'stale') {
    // A newer archive was unpacked meanwhile: what only this one held goes.
    const newer = membersOf(stored.record);
    await removeMembers(
      members.filter(member => !newer.includes(member)),
      stored.record.source,
      deps,
    );
    return { outcome: 'stale', id };
  }
  return { outcome: 'unpacked', id, record: stored.record, members: outcomes };
}

/** Writes the record of an archive. */
function storeArchive(
  source: Source,
  members: string[],
  deps: IngestDeps,
  { warnings = [], unfinished }: { warnings?: string[]; unfinished?: true },
): Promise<Stored> {
  const { parserVersion, now } = deps;
  const archive = {
    source: { ...source, format: 'zip' as const },
    members,
    warnings,
    parserVersion,
    unfinished,
  };
  return storeAndSettle(articleId(source.bucket, source.key), source, deps, async current =>
    composeUnpacked(current, archive, now()),
  );
}

/** What failed of one file of an archive, with its name: a fault of our own does not say in which file it was. */
function failureOf(cause: unknown, subject: string): unknown {
  if (cause instanceof CopydeskError) return cause;
  return new CopydeskError('internal', `${subject} failed: ${(cause as Error).message}`, { subject, cause });
}

/** Files left out of an archive of which its record tells; each is logged. */
const MOST_WARNINGS = 50;

async function open(object: StoredObject, { settings }: IngestDeps): Promise<ArchiveMembers | Rejection> {
  try {
    return await readMembers(object.bytes, { ...ARCHIVE_LIMITS, memberBytes: settings.limits.fileBytes });
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}

/** Release terms of an archive are those of its files; a headline or a section is not. */
function releaseMetadata(metadata: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).filter(([name]) => keyOf(name) !== undefined));
}

async function storeMember(
  name: string,
  { bytes, metadata }: { bytes: Uint8Array; metadata: Record<string, string> },
  archive: Source,
  deps: IngestDeps,
): Promise<Outcome> {
  // The section is the folder that the archive lies in, else the first one in it: never the archive's name.
  const folder = path.posix.dirname(archive.key);
  const section = folder === '.' ? name : `${folder}/${name}`;
  const key = `${archive.key}/${name}`;
  const { contentType: _, savedAt: __, ...rest } = archive;
  const source: Source = {
    ...rest,
    key,
    etag: createHash('md5').update(bytes).digest('hex'),
    size: bytes.length,
    memberOf: archive.key,
  };
  const id = articleId(archive.bucket, key);
  const earlier = await deps.articles.getForWrite(id);
  const { parserVersion } = deps;
  if (earlier !== undefined && orderOf(earlier, { ...source, parserVersion }) === 'repeat') {
    // An earlier try of this archive came so far. Reading everything again, it would run out of time again.
    const repeated = await storeAndSettle(id, source, deps, () => Promise.reject(contention(id)));
    return outcomeOf(repeated, id, undefined);
  }
  if (isMedia(bytes)) return storeMedia(id, source, bytes, deps);
  // Pictures lie beside a story in the archive, whatever its section.
  const input = { bytes, metadata, key: section, home: key, filedAt: archive.uploadedAt };
  return storeParsed(id, source, await tryToParse(input, deps), deps);
}

import { createHash } from 'node:crypto';
import path from 'node:path';
import type { StoredObject } from '../../../shared/aws/bucket.ts';
import { CopydeskError } from '../../../shared/errors/errors.ts';
import { Rejection } from '../../../shared/errors/rejection.ts';
import { contention } from '../../../shared/errors/retry-on-conflict.ts';
import type { ArticleRecord, Source } from '../../../shared/model/article.ts';
import { mediaKindOf } from '../../../shared/model/media-address.ts';
import { tryToParse } from '../article/try-to-parse.ts';
import { isMailFile } from '../formats/sniff.ts';
import { mediaKind } from '../media/media-kind.ts';
import type { ParseInput } from '../model/format-reader.ts';
import { composeContext, type IngestDeps } from '../model/ingest-deps.ts';
import { composeUnpacked } from '../record/compose.ts';
import { storeAndSettle } from '../record/link-media.ts';
import { type Outcome, outcomeOf } from '../record/outcome.ts';
import { embeddedOf, membersOf, removeMembers } from '../record/remove-members.ts';
import { orderOf, type Stored } from '../record/store.ts';
import { storeMedia } from '../record/store-media.ts';
import { storeParsed } from '../record/store-parsed.ts';
import { keyOf } from '../release/keys.ts';
import { readMailStories } from './mail-stories.ts';
import { readMembers, ZIP_LIMITS, type ZipMember, type ZipMembers } from './members.ts';

/**
 * Makes an article of each file in a zip. Its key is the zip's key and the name of the file. Articles of
 * files that the zip does not hold any more are removed. The zip's own record names its files before they are
 * stored, so that a deletion also removes the files that an interrupted function has stored. The record is
 * marked as finished last, so that a repeated event continues an interrupted function's work.
 * @throws CopydeskError if something other than a file failed
 */
export async function unpack(
  source: Source,
  object: StoredObject,
  known: ArticleRecord | undefined,
  deps: IngestDeps,
): Promise<Outcome> {
  return unpackMembers(
    { ...object, format: 'zip', place: source.key },
    await open(object, deps),
    source,
    known,
    deps,
  );
}

/**
 * Makes a story of each document in a mail, as of each file in a zip. Undefined if the mail is one story.
 * @throws CopydeskError if something other than a file failed
 */
export async function unpackMail(
  source: Source,
  object: StoredObject,
  known: ArticleRecord | undefined,
  deps: IngestDeps,
): Promise<Outcome | undefined> {
  const { key, mail, uploadedAt: filedAt } = source;
  return unpackStories({ ...object, key, mail, filedAt }, source, known, deps);
}

/** Makes the stories of a mail, which can be in a zip. Undefined if the mail is one story. */
async function unpackStories(
  input: ParseInput,
  source: Source,
  known: ArticleRecord | undefined,
  deps: IngestDeps,
): Promise<Outcome | undefined> {
  const mail = await readMailStories(input, deps);
  if (mail === undefined) return undefined;
  return unpackMembers({ ...input, format: 'eml', place: input.key }, mail, source, known, deps);
}

/** A file that holds files. */
interface Holder extends Pick<ParseInput, 'metadata'> {
  format: 'zip' | 'eml';
  /** Its key, without the zip that holds it. The sections of its stories depend on it. */
  place: string;
}

async function unpackMembers(
  { format, place, metadata: stated = {} }: Holder,
  zip: ZipMembers | Rejection,
  source: Source,
  known: ArticleRecord | undefined,
  deps: IngestDeps,
): Promise<Outcome> {
  const id = known?.id ?? deps.articles.idOf(source.key);
  const before = [...membersOf(known), ...embeddedOf(known)];
  if (zip instanceof Rejection) {
    await removeMembers(membersOf(known), source, deps);
    return storeParsed(id, source, zip, deps);
  }
  const names = zip.members.map(({ name }) => deps.articles.idOf(`${source.key}/${name}`));
  const zipped = { ...source, format };
  const begun = await storeZip(id, zipped, [...new Set([...before, ...names])], deps, {
    unfinished: true,
  });
  if (begun.kind === 'stale') return { outcome: 'stale', id };
  const outcomes: Outcome[] = [];
  // Files are stored one after the other. All articles of a zip at the same time would need too much memory.
  const metadata = releaseMetadata(stated);
  let failure: unknown;
  for (const { name, ...member } of zip.members) {
    try {
      outcomes.push(await storeMember(name, { ...member, metadata, place }, source, deps));
    } catch (error) {
      // The other files would fail too, because a service is down or no time is left.
      if (error instanceof CopydeskError && error.retryable) throw error;
      failure ??= failureOf(error, `${source.key}/${name}`);
    }
  }
  if (failure !== undefined) throw failure;
  const members = outcomes.map(outcome => outcome.id);
  await removeMembers(
    before.filter(member => !members.includes(member)),
    source,
    deps,
  );
  const warnings = zip.skipped.slice(0, MAX_WARNINGS).map(({ name, why }) => `${name} ${why}.`);
  const stored = await storeZip(id, zipped, members, deps, { warnings });
  if (stored.kind === 'stale') {
    // A newer zip was unpacked in the meantime. The files that only the older zip holds are removed.
    const newer = membersOf(stored.record);
    await removeMembers(
      members.filter(member => !newer.includes(member)),
      stored.record.source,
      deps,
    );
    return { outcome: 'stale', id };
  }
  // A mail in a zip can hold several stories too.
  const all = outcomes.flatMap(outcome => [...(outcome.members ?? []), outcome]);
  return { outcome: 'unpacked', id, record: stored.record, members: all };
}

function storeZip(
  id: string,
  source: Source,
  members: string[],
  deps: IngestDeps,
  { warnings = [], unfinished }: { warnings?: string[]; unfinished?: true },
): Promise<Stored> {
  const { parserVersion } = deps;
  const zip = {
    source,
    members,
    warnings,
    parserVersion,
    unfinished,
  };
  return storeAndSettle(id, source, deps, async current =>
    composeUnpacked(current, zip, composeContext(deps)),
  );
}

/** The failure of one file of a zip. The result names the file, because an error in our own code does not. */
function failureOf(cause: unknown, subject: string): unknown {
  if (cause instanceof CopydeskError) return cause;
  return new CopydeskError('internal', `${subject} failed: ${(cause as Error).message}`, { subject, cause });
}

/** Maximum number of warnings about files that were left out of a zip. */
const MAX_WARNINGS = 50;

async function open(object: StoredObject, { settings }: IngestDeps): Promise<ZipMembers | Rejection> {
  try {
    const { fileBytes, mediaBytes } = settings.limits;
    return await readMembers(object.bytes, { ...ZIP_LIMITS, memberBytes: fileBytes, mediaBytes });
  } catch (error) {
    if (error instanceof Rejection) return error;
    throw error;
  }
}

/** The release terms in a zip's metadata. They apply to its files. A headline or a section in the metadata does not. */
function releaseMetadata(metadata: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(metadata).filter(([name]) => keyOf(name) !== undefined));
}

async function storeMember(
  name: string,
  { bytes, holder, metadata, place }: Omit<ZipMember, 'name'> & Required<Omit<Holder, 'format'>>,
  zip: Source,
  deps: IngestDeps,
): Promise<Outcome> {
  // The section is the folder that holds the zip, else the first folder in the zip. It is never the name of
  // the zip.
  const folder = path.posix.dirname(place);
  const section = folder === '.' ? name : `${folder}/${name}`;
  const key = `${zip.key}/${name}`;
  const { contentType: _, savedAt: __, ...rest } = zip;
  const source: Source = {
    ...rest,
    key,
    etag: createHash('md5').update(bytes).digest('hex'),
    size: bytes.length,
    memberOf: zip.memberOf ?? zip.key,
  };
  const id = deps.articles.idOf(key);
  const earlier = await deps.articles.getForWrite(id);
  const { parserVersion } = deps;
  if (earlier !== undefined && orderOf(earlier, { ...source, parserVersion }) === 'repeat') {
    // An earlier try has stored this file. It is not parsed again, so that each try gets further.
    const repeated = await storeAndSettle(id, source, deps, () => Promise.reject(contention(id)));
    // It may have been interrupted before it had removed the former pictures of a document.
    await removeMembers(repeated.record.unembedded ?? [], source, deps);
    return outcomeOf(repeated, id, undefined);
  }
  if (mediaKindOf(key) === 'transcript' || mediaKind(bytes)) {
    await removeMembers(membersOf(earlier), source, deps);
    return storeMedia(id, source, bytes, deps);
  }
  // Addresses of pictures are relative to the story's place in the zip, whatever its section is.
  const { mail, uploadedAt: filedAt } = zip;
  const input = { bytes, ...holder, metadata, key: section, home: key, mail, filedAt };
  const isMail = holder === undefined && isMailFile({ bytes, key });
  const unpacked = isMail ? await unpackStories(input, source, earlier, deps) : undefined;
  if (unpacked) return unpacked;
  await removeMembers(membersOf(earlier), source, deps);
  return storeParsed(id, source, await tryToParse(input, deps), deps);
}

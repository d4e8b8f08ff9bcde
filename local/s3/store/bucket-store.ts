import { createHash, randomBytes } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KeyLock } from '../../common/key-lock.ts';
import type { StagedBody } from './body.ts';
import { type KeyRecord, loadRecords, OBJECTS, type ObjectVersion } from './bucket-files.ts';
import { S3Error } from './errors.ts';
import { KeyOrder } from './key-order.ts';
import { DISK_FILES, MemoryFiles, type ObjectFiles, type OpenFile } from './object-files.ts';
import type { SequencerClock } from './sequencer.ts';

/** The version id of S3's unversioned objects. */
const NULL_VERSION = 'null';

/** Maximum number of versions of a key. It is the highest `NewerNoncurrentVersions` of a lifecycle rule. */
const MAX_KEPT_VERSIONS = 100;

/** Called with the new version after a change, under the lock of the key. */
export type Announce = (version: ObjectVersion) => void | Promise<void>;

/**
 * A bucket in a folder. Bytes are in files named by the hash of the key, and a JSON record per key is next to them. An
 * index of all records is in memory.
 */
export class BucketStore {
  readonly name: string;
  readonly versioned: boolean;
  readonly #dir: string;
  readonly #files: ObjectFiles;
  readonly #objects: Map<string, KeyRecord>;
  readonly #order: KeyOrder;
  readonly #locks = new KeyLock();
  readonly #sequencers: SequencerClock;
  readonly #now: () => number;
  /** Number of files that were staged. The folder is empty at the start. */
  #staged = 0;

  private constructor(options: BucketOptions, objects: Map<string, KeyRecord>) {
    this.name = options.name;
    this.versioned = options.versioned;
    this.#dir = options.dir;
    this.#files = options.isTemporary ? new MemoryFiles() : DISK_FILES;
    this.#sequencers = options.sequencers;
    this.#now = options.now;
    this.#objects = objects;
    this.#order = new KeyOrder(objects.keys());
    for (const record of objects.values())
      for (const { sequencer } of changesOf(record)) this.#sequencers.seen(sequencer);
  }

  /** Opens the folder of a bucket, or creates it. Files that a crash left unfinished are deleted. */
  static async open(options: BucketOptions): Promise<BucketStore> {
    await rm(join(options.dir, STAGING), { recursive: true, force: true });
    await mkdir(join(options.dir, STAGING), { recursive: true });
    const objects = options.isTemporary ? new Map() : await loadRecords(join(options.dir, OBJECTS));
    return new BucketStore(options, objects);
  }

  /** Folder for the multipart uploads of this bucket. */
  get uploadsDir(): string {
    return join(this.#dir, 'uploads');
  }

  /** A new path for a body under way, on the same file system as the objects. */
  stagingFile(): string {
    return join(this.#dir, STAGING, String(this.#staged++));
  }

  /** Makes a body of bytes ready for {@link put}. Nobody else may write to the bytes. */
  async stage(bytes: Buffer): Promise<StagedBody> {
    const file = this.stagingFile();
    await this.#files.write(file, bytes);
    return { file, size: bytes.length, md5: createHash('md5').update(bytes).digest('hex') };
  }

  /** The newest version, which may be a delete marker. */
  latest(key: string): ObjectVersion | undefined {
    return this.#objects.get(key)?.versions[0];
  }

  /** The object that a GET without a version returns. */
  current(key: string): ObjectVersion | undefined {
    const version = this.latest(key);
    return version?.deleteMarker ? undefined : version;
  }

  version(key: string, versionId: string): ObjectVersion | undefined {
    return this.#objects.get(key)?.versions.find(version => version.versionId === versionId);
  }

  /** Keys with an object, from `key` on, in S3's order. */
  *keysFrom(key: string): Generator<[key: string, version: ObjectVersion]> {
    for (const found of this.#order.startingAt(key)) {
      const version = this.current(found);
      if (version) yield [found, version];
    }
  }

  /** All versions and delete markers from `key` on, in S3's order of keys. The latest version of a key comes first. */
  *versionsFrom(key: string): Generator<{ key: string; version: ObjectVersion; isLatest: boolean }> {
    for (const found of this.#order.startingAt(key))
      for (const [at, version] of (this.#objects.get(found)?.versions ?? []).entries())
        yield { key: found, version, isLatest: at === 0 };
  }

  /** The last change of every key, in S3's order. A key that is written meanwhile appears in its old or new state. */
  *lastChanges(): Generator<{ key: string; made: 'object' | 'marker' | 'removal'; version: ObjectVersion }> {
    for (let last: string | undefined; ; ) {
      // Keys are copied in groups, because the order of keys may change while the caller waits.
      const keys: string[] = [];
      for (const key of this.#order.startingAt(last ?? ''))
        if (key !== last && keys.push(key) === KEYS_PER_GROUP) break;
      for (const key of keys) {
        const record = this.#objects.get(key);
        const [version] = record ? changesOf(record) : [];
        if (!version) continue;
        const made = version === record?.removed ? 'removal' : version.deleteMarker ? 'marker' : 'object';
        yield { key, made, version };
      }
      last = keys.at(-1);
      if (last === undefined) return;
    }
  }

  /**
   * Opens the bytes of the version that `find` returns. The open file stays readable if the object is replaced.
   * @returns undefined if `find` returns undefined
   */
  async open(
    key: string,
    find: () => ObjectVersion | undefined,
  ): Promise<{ version: ObjectVersion; bytes: OpenFile } | undefined> {
    for (let attempt = 0; ; attempt++) {
      const version = find();
      if (!version) return undefined;
      try {
        return { version, bytes: await this.#files.open(join(this.#folder(key).dir, version.file)) };
      } catch (error) {
        // If the version was replaced meanwhile, the new version is opened.
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || attempt === 20) throw error;
      }
    }
  }

  /**
   * Makes a staged body the newest version of a key.
   * @param check throws if a condition of the request does not hold. It runs under the lock of the key
   */
  async put(
    key: string,
    object: { body: StagedBody; etag?: string; headers: Record<string, string> },
    check: (current: ObjectVersion | undefined) => void,
    announce: Announce,
  ): Promise<ObjectVersion> {
    return await this.#locks.run(key, async () => {
      try {
        check(this.current(key));
      } catch (error) {
        await this.#files.remove(object.body.file);
        throw error;
      }
      const { dir, hash } = this.#folder(key);
      const version: ObjectVersion = {
        ...this.#stamp(),
        deleteMarker: false,
        file: `${hash}.${randomBytes(6).toString('hex')}`,
        size: object.body.size,
        etag: object.etag ?? object.body.md5,
        headers: object.headers,
        checksum: object.body.checksum,
      };
      await this.#files.rename(object.body.file, join(dir, version.file));
      await this.#save(key, this.versioned ? [version, ...this.#versions(key)] : [version]);
      await announce(version);
      return version;
    });
  }

  /**
   * Deletes as S3 does. A named version is deleted permanently. Without a name, a versioned bucket gets a delete marker.
   * @returns the marker made or the version removed; undefined if there was nothing to delete
   */
  async remove(
    key: string,
    versionId: string | undefined,
    check: (current: ObjectVersion | undefined) => void,
    announce: (version: ObjectVersion, made: 'marker' | 'removal') => void | Promise<void>,
  ): Promise<{ version: ObjectVersion; made: 'marker' | 'removal' } | undefined> {
    return await this.#locks.run(key, async () => {
      check(this.current(key));
      const versions = this.#versions(key);
      if (this.versioned && versionId === undefined) {
        const empty = { file: '', size: 0, etag: '', headers: {} };
        const marker: ObjectVersion = { ...this.#stamp(), deleteMarker: true, ...empty };
        await this.#save(key, [marker, ...versions]);
        await announce(marker, 'marker');
        return { version: marker, made: 'marker' };
      }
      const removed = versionId === undefined ? versions[0] : this.version(key, versionId);
      if (!removed) return undefined;
      const left = versions.filter(version => version !== removed);
      const removal = { ...removed, ...this.#stamp(), versionId: removed.versionId };
      await this.#save(key, left, this.versioned ? removal : undefined);
      await announce(removal, 'removal');
      return { version: removed, made: 'removal' };
    });
  }

  /** Writes the record of a key, updates the index, and then deletes files that the record no longer names. */
  async #save(key: string, versions: ObjectVersion[], removed?: ObjectVersion): Promise<void> {
    const { dir, hash } = this.#folder(key);
    const record = join(dir, `${hash}.json`);
    const kept = versions.slice(0, MAX_KEPT_VERSIONS);
    const before = this.#versions(key);
    // A key without versions keeps its removal, because a crash may come before the removal is announced.
    const isKnown = kept.length > 0 || removed !== undefined;
    if (isKnown && this.#files.isDurable) {
      const staged = this.stagingFile();
      await this.#files.write(staged, JSON.stringify({ key, versions: kept, removed }));
      await this.#files.rename(staged, record);
    } else if (this.#files.isDurable) {
      await this.#files.remove(record);
    }
    if (isKnown) this.#objects.set(key, { key, versions: kept, removed });
    else this.#objects.delete(key);
    if (isKnown) this.#order.add(key);
    else this.#order.delete(key);
    const named = new Set(kept.map(({ file }) => file));
    for (const { file } of before) if (file && !named.has(file)) await this.#files.remove(join(dir, file));
  }

  #versions(key: string): ObjectVersion[] {
    return this.#objects.get(key)?.versions ?? [];
  }

  #stamp(): Pick<ObjectVersion, 'versionId' | 'sequencer' | 'lastModified'> {
    return {
      versionId: this.versioned ? newVersionId() : NULL_VERSION,
      sequencer: this.#sequencers.next(),
      lastModified: new Date(this.#now()).toISOString(),
    };
  }

  /**
   * Folder and file name of a key. The name is a hash, so that no key can leave the folder, have too long a name or
   * collide with a key that differs only in case.
   */
  #folder(key: string): { dir: string; hash: string } {
    const hash = createHash('sha256').update(key).digest('hex').slice(0, 40);
    return { dir: join(this.#dir, OBJECTS, hash.slice(0, 2)), hash };
  }
}

export interface BucketOptions {
  name: string;
  /** Folder of this bucket. */
  dir: string;
  /** The bucket is empty at its start, is kept in memory as far as it fits, and ends with the process. */
  isTemporary?: boolean;
  versioned: boolean;
  sequencers: SequencerClock;
  /** Milliseconds since the epoch. */
  now: () => number;
}

/** Number of keys that `lastChanges` copies at a time. */
const KEYS_PER_GROUP = 100;

const STAGING = 'staging';

/** The known changes of a key, the last one first. */
function changesOf({ versions, removed }: KeyRecord): ObjectVersion[] {
  return removed ? [removed, ...versions] : versions;
}

/** Makes a version id of 32 characters, like S3's. */
function newVersionId(): string {
  return randomBytes(24).toString('base64').replaceAll('+', '.').replaceAll('/', '_');
}

/** Finds the version of a key for a request. @throws S3Error NoSuchKey, NoSuchVersion, MethodNotAllowed */
export function findVersion(bucket: BucketStore, key: string, versionId: string | undefined): ObjectVersion {
  if (versionId === undefined) {
    const version = bucket.latest(key);
    if (!version) throw new S3Error('NoSuchKey', { subject: key });
    if (!version.deleteMarker) return version;
    throw new S3Error('NoSuchKey', { subject: key, headers: markerHeaders(version) });
  }
  const version = bucket.version(key, versionId);
  if (!version) throw new S3Error('NoSuchVersion', { subject: key });
  if (version.deleteMarker)
    throw new S3Error('MethodNotAllowed', {
      subject: key,
      headers: { ...markerHeaders(version), allow: 'DELETE' },
    });
  return version;
}

function markerHeaders(marker: ObjectVersion): Record<string, string> {
  return { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker.versionId };
}

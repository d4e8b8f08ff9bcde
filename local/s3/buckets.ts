import { join } from 'node:path';
import type { S3EventRecord } from 'aws-lambda';
import { LOOPBACK } from '../common/listen.ts';
import { REGION } from '../common/region.ts';
import { type EventOrigin, eventRecord, type S3EventName } from './events.ts';
import { type ObjectContext, removeObject } from './object-operations.ts';
import type { ObjectVersion } from './store/bucket-files.ts';
import { BucketStore } from './store/bucket-store.ts';
import { S3Error } from './store/errors.ts';
import { SequencerClock } from './store/sequencer.ts';

export interface BucketSettings {
  /** Keeps versions, and a delete leaves a marker, like a bucket with versioning enabled. */
  versioned?: boolean;
  /**
   * Receives the event record of a change after the change is stored. The request is answered when `onEvent`
   * resolves. If it rejects, the answer is a 500, and the change stays.
   */
  onEvent?: (record: S3EventRecord) => void | Promise<void>;
}

export interface S3Options {
  dir: string;
  /** The buckets are empty at the start, are kept in memory as far as they fit, and end with the process. */
  isTemporary?: boolean;
  buckets: Readonly<Record<string, BucketSettings>>;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** Event names for repeated events. Every object is reported as a Put, because consumers treat all kinds alike. */
const EVENT_NAMES = {
  object: 'ObjectCreated:Put',
  marker: 'ObjectRemoved:DeleteMarkerCreated',
  removal: 'ObjectRemoved:Delete',
} as const satisfies Record<string, S3EventName>;

/** Origin of changes and events that no request made. */
const NO_REQUEST: EventOrigin = { requestId: '', hostId: '', sourceIp: LOOPBACK };

/** The embedded S3, without a server: buckets, and the events of their changes. */
export class S3Buckets {
  readonly #buckets = new Map<string, { store: BucketStore; settings: BucketSettings }>();
  readonly #now: () => number;

  private constructor(now: () => number) {
    this.#now = now;
  }

  /** Opens the buckets in a folder with one sub-folder per bucket. */
  static async open({ dir, isTemporary = false, buckets, now = Date.now }: S3Options): Promise<S3Buckets> {
    const opened = new S3Buckets(now);
    const sequencers = new SequencerClock(now);
    for (const [name, settings] of Object.entries(buckets)) {
      const versioned = settings.versioned ?? false;
      const store = await BucketStore.open({
        name,
        dir: join(dir, name),
        isTemporary,
        versioned,
        sequencers,
        now,
      });
      opened.#buckets.set(name, { store, settings });
    }
    return opened;
  }

  /** The buckets in the order of their settings. */
  *[Symbol.iterator](): Generator<BucketStore> {
    for (const { store } of this.#buckets.values()) yield store;
  }

  /** @throws S3Error NoSuchBucket */
  store(name: string): BucketStore {
    return this.#bucket(name).store;
  }

  /**
   * Makes the function that sends the event of a change of a bucket.
   * @param originOf makes the origin of the change. It is called if somebody takes the event
   */
  announcer(name: string, originOf: () => EventOrigin): ObjectContext['announce'] {
    const { store, settings } = this.#bucket(name);
    return async (event, key, version) => {
      if (settings.onEvent === undefined) return;
      const [at, origin] = [this.#now(), originOf()];
      await settings.onEvent(
        eventRecord({ name: event, bucket: store, key, version, region: REGION, at, origin }),
      );
    };
  }

  /** For each key of a bucket, the event of its last change, with the sequencer and the time of that change. */
  *lastEvents(name: string): Generator<S3EventRecord> {
    const bucket = this.store(name);
    for (const { key, made, version } of bucket.lastChanges()) {
      const at = Date.parse(version.lastModified);
      yield eventRecord({
        name: EVENT_NAMES[made],
        bucket,
        key,
        version,
        region: REGION,
        at,
        origin: NO_REQUEST,
      });
    }
  }

  /** The newest version of a key: an object or a delete marker. */
  latest(name: string, key: string): ObjectVersion | undefined {
    return this.store(name).latest(key);
  }

  /** The objects of a bucket as a list shows them, in S3's order. */
  *objects(name: string): Generator<{ key: string; version: ObjectVersion }> {
    for (const { key, made, version } of this.store(name).lastChanges())
      if (made === 'object') yield { key, version };
  }

  /** Deletes an object as a client would, if its current version satisfies a condition. */
  async deleteIf(name: string, key: string, holds: (current: ObjectVersion) => boolean): Promise<void> {
    const bucket = this.store(name);
    const current = bucket.current(key);
    if (!current || !holds(current)) return;
    const isStill = (found: ObjectVersion | undefined) => {
      if (found !== current) throw new S3Error('PreconditionFailed', { subject: key });
    };
    try {
      await removeObject(
        { bucket, announce: this.announcer(name, () => NO_REQUEST) },
        key,
        undefined,
        isStill,
      );
    } catch (error) {
      if (!(error instanceof S3Error && error.code === 'PreconditionFailed')) throw error;
    }
  }

  #bucket(name: string) {
    const bucket = this.#buckets.get(name);
    if (!bucket) throw new S3Error('NoSuchBucket', { subject: name });
    return bucket;
  }
}

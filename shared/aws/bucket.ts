import { createHash } from 'node:crypto';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { CopydeskError } from '../errors/errors.ts';
import { awsFault, guarded } from './aws-errors.ts';

/** An object as it was read. */
export interface StoredObject {
  bytes: Uint8Array;
  etag: string;
  versionId?: string | undefined;
  contentType?: string | undefined;
  /** User metadata, names in lower case without `x-amz-meta-`. */
  metadata: Record<string, string>;
  lastModified: Date;
}

/** Thrown for an object above the size that the caller can take; its bytes were not read. */
export class ObjectTooLarge extends CopydeskError {
  readonly size: number;

  constructor(key: string, size: number) {
    super('too-large', `${key} has ${size} bytes.`, { subject: key });
    this.size = size;
  }
}

/** How an object is to be stored. */
export interface PutOptions {
  contentType: string;
  cacheControl?: string;
  /** User metadata, names in lower case without `x-amz-meta-`. */
  metadata?: Record<string, string>;
}

/** Only write over the object with this ETag, or (`absent`) only where there is none. */
export type PutCondition = { etag: string } | 'absent';

/** Name of the user metadata that holds the SHA-256 of a published body; see {@link Bucket.putIfChanged}. */
const DIGEST = 'sha256';

/** One bucket. Every method throws {@link CopydeskError} with the key as its subject where S3 fails. */
export class Bucket {
  readonly name: string;
  readonly #client: S3Client;

  constructor(client: S3Client, name: string) {
    this.#client = client;
    this.name = name;
  }

  /**
   * Reads an object whole, in the version named or else the current one.
   * @returns undefined where there is none
   * @throws ObjectTooLarge above `maxBytes`, before any of the body is read
   */
  async get(
    key: string,
    { versionId, maxBytes }: { versionId?: string | undefined; maxBytes?: number } = {},
  ): Promise<StoredObject | undefined> {
    return this.#ifPresent('read', key, async () => {
      const response = await this.#client.send(
        new GetObjectCommand({ Bucket: this.name, Key: key, VersionId: versionId }),
      );
      const size = response.ContentLength ?? 0;
      if (maxBytes !== undefined && size > maxBytes) {
        const body = response.Body as { destroy?: () => void } | undefined;
        body?.destroy?.();
        throw new ObjectTooLarge(key, size);
      }
      return {
        bytes: (await response.Body?.transformToByteArray()) ?? new Uint8Array(),
        etag: response.ETag ?? '',
        versionId: response.VersionId,
        contentType: response.ContentType,
        metadata: response.Metadata ?? {},
        lastModified: response.LastModified ?? new Date(0),
      };
    });
  }

  /** What is known of the current version without reading it, or undefined where there is none. */
  async head(key: string): Promise<Pick<StoredObject, 'etag' | 'versionId' | 'metadata'> | undefined> {
    return this.#ifPresent('look at', key, async () => {
      const response = await this.#client.send(new HeadObjectCommand({ Bucket: this.name, Key: key }));
      const { ETag = '', VersionId, Metadata = {} } = response;
      return { etag: ETag, versionId: VersionId, metadata: Metadata };
    });
  }

  /** Writes an object whatever was there. */
  async put(key: string, body: string | Uint8Array, options: PutOptions): Promise<void> {
    await this.#guard('write', key, () => this.#put(key, body, options, {}));
  }

  /**
   * Writes an object only if the condition holds at that moment.
   * @returns the new ETag, or undefined where the condition did not hold
   */
  async putIf(
    key: string,
    body: string,
    options: PutOptions,
    condition: PutCondition,
  ): Promise<string | undefined> {
    const header = condition === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: condition.etag };
    // `If-Match` on a key that has meanwhile been deleted is answered with 404, which `#ifPresent` folds.
    return this.#ifPresent('write', key, async () => {
      try {
        return (await this.#put(key, body, options, header)).ETag ?? '';
      } catch (error) {
        if (awsFault(error) === 'conflict') return undefined;
        throw error;
      }
    });
  }

  /**
   * Writes an object unless it holds these very bytes already. The digest of the bytes is kept in the
   * object's metadata, because an ETag is not a digest under every kind of encryption.
   * @returns whether it was written
   */
  async putIfChanged(key: string, body: string | Uint8Array, options: PutOptions): Promise<boolean> {
    const { contentType, cacheControl = '', metadata = {} } = options;
    const described = Object.keys(metadata).length > 0 ? `${JSON.stringify(metadata)}\n` : '';
    const digest = createHash('sha256')
      .update(`${contentType}\n${cacheControl}\n${described}`)
      .update(body)
      .digest('hex');
    const present = await this.head(key);
    if (present?.metadata[DIGEST] === digest) return false;
    const kept = { ...metadata, [DIGEST]: digest };
    await this.#guard('write', key, () => this.#put(key, body, options, { Metadata: kept }));
    return true;
  }

  /**
   * Copies an object of another bucket here, within S3, unless it is here already.
   * @param from.sha256 of its bytes, in hexadecimal
   * @returns whether it was copied; undefined where there is no such object to copy
   */
  async copyIfChanged(
    key: string,
    from: { bucket: Bucket; key: string; sha256: string },
    { contentType, cacheControl }: PutOptions,
  ): Promise<boolean | undefined> {
    const digest = createHash('sha256')
      .update(`${contentType}\n${cacheControl ?? ''}\n${from.sha256}`)
      .digest('hex');
    const present = await this.head(key);
    if (present?.metadata[DIGEST] === digest) return false;
    return this.#ifPresent('copy', key, async () => {
      await this.#client.send(
        new CopyObjectCommand({
          Bucket: this.name,
          Key: key,
          CopySource: `${from.bucket.name}/${from.key.split('/').map(encodeURIComponent).join('/')}`,
          MetadataDirective: 'REPLACE',
          ContentType: contentType,
          CacheControl: cacheControl,
          Metadata: { [DIGEST]: digest },
        }),
      );
      return true;
    });
  }

  /** Deletes an object; one that is not there is no error. */
  async delete(key: string): Promise<void> {
    await this.#guard('delete', key, () =>
      this.#client.send(new DeleteObjectCommand({ Bucket: this.name, Key: key })),
    );
  }

  /** The keys that begin with `prefix`, in S3's order. */
  async *keys(prefix = ''): AsyncGenerator<string> {
    let token: string | undefined;
    do {
      const page: ListObjectsV2CommandOutput = await this.#guard('list', prefix, () =>
        this.#client.send(
          new ListObjectsV2Command({ Bucket: this.name, Prefix: prefix, ContinuationToken: token }),
        ),
      );
      for (const { Key } of page.Contents ?? []) if (Key !== undefined) yield Key;
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  #put(
    key: string,
    body: string | Uint8Array,
    { contentType, cacheControl }: PutOptions,
    extra: { IfMatch?: string; IfNoneMatch?: string; Metadata?: Record<string, string> },
  ) {
    return this.#client.send(
      new PutObjectCommand({
        Bucket: this.name,
        Key: key,
        Body: body,
        ContentType: contentType,
        CacheControl: cacheControl,
        ...extra,
      }),
    );
  }

  /** As {@link #guard}, but undefined where there is no such object. */
  async #ifPresent<T>(verb: string, key: string, call: () => Promise<T>): Promise<T | undefined> {
    return this.#guard<T | undefined>(verb, key, async () => {
      try {
        return await call();
      } catch (error) {
        if (awsFault(error) === 'missing') return undefined;
        throw error;
      }
    });
  }

  async #guard<T>(verb: string, key: string, call: () => Promise<T>): Promise<T> {
    return guarded('s3', key, `Could not ${verb} s3://${this.name}/${key}`, call);
  }
}

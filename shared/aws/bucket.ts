import { createHash, hash } from 'node:crypto';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandInput,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { CopydeskError } from '../errors/errors.ts';
import { awsFault, guarded } from './aws-errors.ts';

export interface StoredObject {
  bytes: Uint8Array;
  etag: string;
  versionId?: string | undefined;
  contentType?: string | undefined;
  /** User metadata, names in lower case without `x-amz-meta-`. */
  metadata: Record<string, string>;
  lastModified: Date;
}

export type ObjectHead = Pick<StoredObject, 'etag' | 'versionId' | 'metadata' | 'lastModified'> & {
  /** Bytes. */
  size: number;
};

/** Thrown for an object above the size limit of the caller. Its bytes are not read. */
export class ObjectTooLarge extends CopydeskError {
  readonly size: number;

  constructor(key: string, size: number) {
    super('too-large', `${key} has ${size} bytes.`, { subject: key });
    this.size = size;
  }
}

export interface PutOptions {
  contentType: string;
  cacheControl?: string;
  /** User metadata, names in lower case without `x-amz-meta-`. */
  metadata?: Record<string, string>;
}

/** Condition of a write: the object has this ETag, or (`absent`) there is no object. */
export type PutCondition = { etag: string } | 'absent';

/** Name of the user metadata that holds the SHA-256 of a published body; see {@link Bucket.putIfChanged}. */
const DIGEST = 'sha256';

/** One bucket. Every method throws {@link CopydeskError}, with the key as its subject, if S3 fails. */
export class Bucket {
  readonly name: string;
  readonly #client: S3Client;

  constructor(client: S3Client, name: string) {
    this.#client = client;
    this.name = name;
  }

  /**
   * Reads an object. Default: its current version.
   * @returns undefined if there is no such object
   * @throws ObjectTooLarge above `maxBytes`, before the body is read
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

  /** Reads all of the current version except its bytes. Returns undefined if there is no object. */
  async head(key: string): Promise<ObjectHead | undefined> {
    return this.#ifPresent('look at', key, async () => {
      const response = await this.#client.send(new HeadObjectCommand({ Bucket: this.name, Key: key }));
      return {
        etag: response.ETag ?? '',
        versionId: response.VersionId,
        metadata: response.Metadata ?? {},
        lastModified: response.LastModified ?? new Date(0),
        size: response.ContentLength ?? 0,
      };
    });
  }

  async put(key: string, body: string | Uint8Array, options: PutOptions): Promise<void> {
    await this.#guard('write', key, () => this.#put(key, body, options, {}));
  }

  /**
   * Writes an object if the condition holds.
   * @returns the new ETag, or undefined if the condition did not hold
   */
  async putIf(
    key: string,
    body: string | Uint8Array,
    options: PutOptions,
    condition: PutCondition,
  ): Promise<string | undefined> {
    const header = condition === 'absent' ? { IfNoneMatch: '*' } : { IfMatch: condition.etag };
    // S3 answers `If-Match` on a deleted key with 404, which `#ifPresent` turns into undefined.
    return this.#ifPresent('write', key, async () => {
      try {
        return (await this.#put(key, body, options, { ...header, Metadata: options.metadata })).ETag ?? '';
      } catch (error) {
        if (awsFault(error) === 'conflict') return undefined;
        throw error;
      }
    });
  }

  /**
   * Writes an object unless it already has the same bytes and headers. Their digest is in the metadata of the object,
   * because an ETag is no digest if S3 encrypts with a key of KMS.
   * @param known `differs` if the caller knows that the object has other bytes. Then the object is not looked at
   * @param onReplace called with the metadata of the present object before it is replaced
   * @returns whether the object was written
   */
  async putIfChanged(
    key: string,
    body: string | Uint8Array,
    options: PutOptions,
    known?: 'differs',
    onReplace?: (metadata: Readonly<Record<string, string>>) => Promise<void>,
  ): Promise<boolean> {
    const digest = digestOf(body, options);
    if (known !== 'differs') {
      const present = await this.head(key);
      if (present?.metadata[DIGEST] === digest) return false;
      if (present !== undefined) await onReplace?.(present.metadata);
    }
    const kept = { ...options.metadata, [DIGEST]: digest };
    await this.#guard('write', key, () => this.#put(key, body, options, { Metadata: kept }));
    return true;
  }

  /**
   * Writes an object like {@link putIfChanged}, if nobody has written or deleted it since it was looked at.
   * @param present the object as it was. Undefined if there was none
   * @returns whether the object was written; undefined if another writer was faster
   */
  async putOver(
    key: string,
    body: string | Uint8Array,
    options: PutOptions,
    present: ObjectHead | undefined,
  ): Promise<boolean | undefined> {
    const digest = digestOf(body, options);
    if (present?.metadata[DIGEST] === digest) return false;
    const kept = { ...options, metadata: { ...options.metadata, [DIGEST]: digest } };
    const condition = present === undefined ? 'absent' : { etag: present.etag };
    return (await this.putIf(key, body, kept, condition)) === undefined ? undefined : true;
  }

  /**
   * Copies an object from another bucket, within S3, unless this bucket already has the copy.
   * @param from.sha256 SHA-256 of the bytes, in hexadecimal
   * @returns whether the object was copied; undefined if it does not exist
   */
  async copyIfChanged(
    key: string,
    from: { bucket: Bucket; key: string; sha256: string },
    { contentType, cacheControl }: PutOptions,
  ): Promise<boolean | undefined> {
    const digest = createHash('sha256')
      .update(`${contentType}\n${cacheControl ?? ''}\n${from.sha256}`)
      .digest('hex');
    if ((await this.head(key))?.metadata[DIGEST] === digest) return false;
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

  /** Deletes an object. A missing object is not an error. */
  async delete(key: string): Promise<void> {
    await this.#guard('delete', key, () =>
      this.#client.send(new DeleteObjectCommand({ Bucket: this.name, Key: key })),
    );
  }

  /** Deletes an object that still has an ETag. Returns false if it has not, or if there is no object. */
  async deleteIf(key: string, etag: string): Promise<boolean> {
    const deleted = await this.#ifPresent('delete', key, async () => {
      try {
        await this.#client.send(new DeleteObjectCommand({ Bucket: this.name, Key: key, IfMatch: etag }));
        return true;
      } catch (error) {
        if (awsFault(error) === 'conflict') return false;
        throw error;
      }
    });
    return deleted ?? false;
  }

  async *keys(prefix = ''): AsyncGenerator<string> {
    let token: string | undefined;
    do {
      const page = await this.#list(prefix, { ContinuationToken: token });
      yield* keysOf(page);
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  /** One page of {@link keys}: at most 1,000 keys after the given one. */
  async keysAfter(prefix: string, after: string | undefined): Promise<{ keys: string[]; isLast: boolean }> {
    const page = await this.#list(prefix, { StartAfter: after });
    return { keys: keysOf(page), isLast: page.NextContinuationToken === undefined };
  }

  #list(
    prefix: string,
    from: Pick<ListObjectsV2CommandInput, 'ContinuationToken' | 'StartAfter'>,
  ): Promise<ListObjectsV2CommandOutput> {
    return this.#guard('list', prefix, () =>
      this.#client.send(new ListObjectsV2Command({ Bucket: this.name, Prefix: prefix, ...from })),
    );
  }

  #put(
    key: string,
    body: string | Uint8Array,
    { contentType, cacheControl }: PutOptions,
    extra: { IfMatch?: string; IfNoneMatch?: string; Metadata?: Record<string, string> | undefined },
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

  /** Like {@link #guard}, but returns undefined if there is no such object. */
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

/** Digest of a body and its headers. */
function digestOf(
  body: string | Uint8Array,
  { contentType, cacheControl = '', metadata = {} }: PutOptions,
): string {
  const described = Object.keys(metadata).length > 0 ? `${JSON.stringify(metadata)}\n` : '';
  const head = `${contentType}\n${cacheControl}\n${described}`;
  // In one call, because most bodies are short, and three calls take longer than the hash of such a body.
  return typeof body === 'string'
    ? hash('sha256', head + body)
    : createHash('sha256').update(head).update(body).digest('hex');
}

function keysOf({ Contents = [] }: ListObjectsV2CommandOutput): string[] {
  return Contents.flatMap(({ Key }) => Key ?? []);
}

import { hash } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { LOCAL_CREDENTIALS, REGION } from '../../local/common/region.ts';
import { compareUtf8 } from '../../local/s3/store/key-order.ts';
import { type Answer, type Call, conditionFailed, fault, type Wire } from './wire.ts';

/** An object in memory. */
interface MemoryObject {
  bytes: Buffer;
  etag: string;
  metadata: Record<string, string>;
  contentType?: string | undefined;
  lastModified: Date;
}

interface MemoryS3Options {
  wire: Wire;
  /** What stood there before anything was written. */
  seed?: (bucket: string, key: string) => { bytes: Buffer; metadata?: Record<string, string> } | undefined;
  /** Keys of {@link seed} with a prefix, for lists. */
  seedKeys?: (bucket: string, prefix: string) => Iterable<string>;
  /** `digest`, as S3 has them without KMS: equal bytes, equal tag. `counter` costs nothing. Default `digest`. */
  etags?: 'digest' | 'counter';
  /** Milliseconds since 1970. Default: all objects are of 1970. */
  now?: () => number;
}

/** What the operations that we use take. */
interface Input {
  Bucket: string;
  Key?: string;
  Body?: string | Uint8Array;
  ContentType?: string;
  Metadata?: Record<string, string>;
  IfMatch?: string;
  IfNoneMatch?: string;
  Prefix?: string;
  ContinuationToken?: string;
  StartAfter?: string;
}

/** Keys in a page of a list. */
const PAGE = 1_000;

/**
 * S3 in memory behind the SDK's own client: conditional writes, the errors by name, lists in S3's order. For
 * measuring and for races with a clock of their own; what S3 decides is proved on the embedded server.
 */
export class MemoryS3 {
  readonly client: S3Client;
  readonly #buckets = new Map<string, Map<string, MemoryObject>>();
  readonly #options: MemoryS3Options;
  #written = 0;

  constructor(options: MemoryS3Options) {
    this.#options = options;
    this.client = new S3Client({ region: REGION, credentials: LOCAL_CREDENTIALS });
    // In its place, not in its middleware: that costs more than all that is done here.
    this.client.send = (async (command: { constructor: { name: string }; input: Input }) => ({
      $metadata: {},
      ...(await this.#carry(command.constructor.name.replace(/Command$/, ''), command.input)),
    })) as S3Client['send'];
  }

  #carry(operation: string, input: Input): Promise<object> {
    const bytes = input.Body === undefined ? undefined : Buffer.from(input.Body);
    const call: Call = {
      service: 's3',
      operation,
      place: input.Bucket,
      key: input.Key ?? input.Prefix ?? '',
      sent: bytes?.length ?? 0,
      conditional: input.IfMatch !== undefined || input.IfNoneMatch !== undefined,
    };
    return this.#options.wire<object>(call, () => this.#act(operation, input, bytes ?? Buffer.alloc(0)));
  }

  #act(operation: string, input: Input, bytes: Buffer): Answer<object> {
    const { Bucket: bucket, Key: key = '' } = input;
    switch (operation) {
      case 'GetObject': {
        const object = this.#find(bucket, key);
        if (object === undefined) throw fault('NoSuchKey', 404);
        const copy = new Uint8Array(object.bytes);
        const Body = { transformToByteArray: async () => copy };
        return {
          output: { ...described(object), ContentLength: copy.length, Body },
          received: copy.length,
        };
      }
      case 'HeadObject': {
        const object = this.#find(bucket, key);
        if (object === undefined) throw fault('NotFound', 404);
        return { output: described(object), received: 0 };
      }
      case 'PutObject': {
        const present = this.#find(bucket, key);
        if (input.IfMatch !== undefined && present === undefined) throw fault('NoSuchKey', 404);
        if (input.IfMatch !== undefined && present?.etag !== input.IfMatch) throw conditionFailed('s3');
        if (input.IfNoneMatch !== undefined && present !== undefined) throw conditionFailed('s3');
        const { etag } = this.#put(bucket, key, bytes, input.Metadata ?? {}, input.ContentType);
        return { output: { ETag: etag }, received: 0 };
      }
      case 'DeleteObject': {
        const present = this.#find(bucket, key);
        if (input.IfMatch !== undefined && present === undefined) throw fault('NoSuchKey', 404);
        if (input.IfMatch !== undefined && present?.etag !== input.IfMatch) throw conditionFailed('s3');
        this.#bucket(bucket).delete(key);
        return { output: {}, received: 0 };
      }
      case 'ListObjectsV2':
        return this.#list(input);
      default:
        throw new Error(`S3 in memory has no ${operation}.`);
    }
  }

  #list({ Bucket, Prefix = '', ContinuationToken, StartAfter = '' }: Input): Answer<object> {
    const seeded = this.#options.seedKeys?.(Bucket, Prefix) ?? [];
    const keys = [...new Set([...this.#bucket(Bucket).keys(), ...seeded])]
      .filter(key => key.startsWith(Prefix) && compareUtf8(key, StartAfter) > 0)
      .sort(compareUtf8);
    const from = ContinuationToken === undefined ? 0 : keys.indexOf(ContinuationToken) + 1;
    const page = keys.slice(from, from + PAGE);
    const more = from + PAGE < keys.length;
    return {
      output: { Contents: page.map(Key => ({ Key })), ...(more && { NextContinuationToken: page.at(-1) }) },
      received: page.reduce((sum, key) => sum + key.length, 0),
    };
  }

  #find(bucket: string, key: string): MemoryObject | undefined {
    const present = this.#bucket(bucket).get(key);
    if (present !== undefined) return present;
    const seed = this.#options.seed?.(bucket, key);
    return seed && this.#put(bucket, key, seed.bytes, seed.metadata ?? {}, undefined);
  }

  #put(
    bucket: string,
    key: string,
    bytes: Buffer,
    metadata: Record<string, string>,
    contentType: string | undefined,
  ): MemoryObject {
    const tag = this.#options.etags === 'counter' ? String(++this.#written) : hash('md5', bytes);
    const lastModified = new Date(this.#options.now?.() ?? 0);
    const object = { bytes, etag: `"${tag}"`, metadata, contentType, lastModified };
    this.#bucket(bucket).set(key, object);
    return object;
  }

  #bucket(name: string): Map<string, MemoryObject> {
    let bucket = this.#buckets.get(name);
    if (bucket === undefined) {
      bucket = new Map();
      this.#buckets.set(name, bucket);
    }
    return bucket;
  }
}

function described({ etag, metadata, contentType, lastModified }: MemoryObject): object {
  return { ETag: etag, Metadata: metadata, ContentType: contentType, LastModified: lastModified };
}

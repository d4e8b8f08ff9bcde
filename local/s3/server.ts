import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import type { S3EventRecord } from 'aws-lambda';
import { closeServer, createLocalServer, LOOPBACK, listen } from '../common/listen.ts';
import { REGION } from '../common/region.ts';
import { deleteObjects, listBuckets, listObjects } from './bucket-operations.ts';
import { eventRecord, type S3EventName } from './events.ts';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listMultipartUploads,
  listUploadParts,
  uploadPart,
} from './multipart-operations.ts';
import {
  copyObject,
  deleteObject,
  getObject,
  type ObjectContext,
  putObject,
  removeObject,
} from './object-operations.ts';
import { send, setHeaders } from './reply.ts';
import { newOrigin, readRequest, type S3Request } from './request.ts';
import type { ObjectVersion } from './store/bucket-files.ts';
import { BucketStore } from './store/bucket-store.ts';
import { S3Error } from './store/errors.ts';
import { SequencerClock } from './store/sequencer.ts';
import { listObjectVersions } from './version-listing.ts';
import { errorDocument, tag, xmlDocument } from './xml.ts';

export interface BucketSettings {
  /** Keeps versions, and a delete leaves a marker, like a bucket with versioning enabled. */
  versioned?: boolean;
  /**
   * Receives the event record of a change after the change is stored. The request is answered when `onEvent`
   * resolves. If it rejects, the answer is a 500, and the change stays.
   */
  onEvent?: (record: S3EventRecord) => void | Promise<void>;
}

export interface S3Server {
  /** `http://127.0.0.1:PORT` */
  url: string;
  port: number;
  /** For each key of a bucket, the event of its last change, with the sequencer and the time of that change. */
  lastEvents(bucket: string): Generator<S3EventRecord>;
  /** The newest version of a key: an object or a delete marker. */
  latest(bucket: string, key: string): ObjectVersion | undefined;
  /** The objects of a bucket as a list shows them, in S3's order. */
  objects(bucket: string): Generator<{ key: string; version: ObjectVersion }>;
  /** Deletes an object as a client would, if its current version satisfies a condition. */
  deleteIf(bucket: string, key: string, holds: (current: ObjectVersion) => boolean): Promise<void>;
  close(): Promise<void>;
}

/** Called for an unexpected failure, so that the caller of `startS3` can log it. */
export type OnUnexpected = (error: unknown, request: { method: string; resource: string }) => void;

/**
 * Starts an S3 server on a folder with one sub-folder per bucket. It listens on loopback only and checks no
 * credentials. Writes are atomic if the process crashes. They are not flushed to the disk, so a power failure can
 * lose them.
 * @throws PortInUseError
 */
export async function startS3(options: {
  dir: string;
  /** 0 means any free port. */
  port: number;
  host?: string;
  buckets: Readonly<Record<string, BucketSettings>>;
  /** Milliseconds since the epoch. */
  now?: () => number;
  onUnexpected?: OnUnexpected;
}): Promise<S3Server> {
  const { dir, port, host = LOOPBACK, now = Date.now, onUnexpected = () => undefined } = options;
  const sequencers = new SequencerClock(now);
  const buckets = new Map<string, { store: BucketStore; settings: BucketSettings }>();
  for (const [name, settings] of Object.entries(options.buckets)) {
    const store = await BucketStore.open({
      name,
      dir: join(dir, name),
      versioned: settings.versioned ?? false,
      sequencers,
      now,
    });
    buckets.set(name, { store, settings });
  }
  const createdAt = new Date(now()).toISOString();
  const bucketOf = (name: string) => {
    const bucket = buckets.get(name);
    if (!bucket) throw new S3Error('NoSuchBucket', { subject: name });
    return bucket;
  };

  const announcer =
    (
      { store, settings }: ReturnType<typeof bucketOf>,
      origin: S3Request['origin'],
    ): ObjectContext['announce'] =>
    async (name, key, version) =>
      settings.onEvent?.(
        eventRecord({ name, bucket: store, key, version, region: REGION, at: now(), origin }),
      );

  const answer = async (
    message: IncomingMessage,
    response: ServerResponse,
    origin: S3Request['origin'],
  ): Promise<void> => {
    const request = readRequest(message, origin);
    if (request.bucket === undefined) {
      if (request.method !== 'GET') throw new S3Error('MethodNotAllowed');
      listBuckets(
        { response },
        [...buckets.values()].map(({ store }) => store),
        createdAt,
      );
      return;
    }
    const { store } = bucketOf(request.bucket);
    const context = {
      request,
      response,
      bucket: store,
      announce: announcer(bucketOf(request.bucket), origin),
      otherBucket: (name: string) => bucketOf(name).store,
    };
    await (request.key === undefined ? onBucket(context) : onObject({ ...context, key: request.key }));
  };

  const server = createLocalServer((message, response) => {
    const origin = newOrigin(message);
    setHeaders(response, {
      server: 'CopydeskS3',
      'x-amz-request-id': origin.requestId,
      'x-amz-id-2': origin.hostId,
    });
    answer(message, response, origin).catch(error => {
      // The client closed the connection, so nobody reads an answer.
      if ((message.destroyed && !message.complete) || isHungUp(error)) return;
      const known = error instanceof S3Error ? error : internalError(error);
      const resource = message.url ?? '/';
      if (known !== error) onUnexpected(error, { method: message.method ?? '', resource });
      if (response.headersSent) {
        response.destroy();
        return;
      }
      // The client does not read the answer until the rest of its body is read.
      message.resume();
      for (const name of response.getHeaderNames())
        if (name.startsWith('content-') || name === 'etag') response.removeHeader(name);
      send(response, {
        status: known.status,
        headers: known.headers,
        xml: errorDocument(known.code, known.message, resource, origin.requestId),
      });
    });
  });
  // Uploads may take any time. Node's default limit is five minutes.
  server.requestTimeout = 0;
  const actual = await listen(server, port, host);
  return {
    url: `http://${host}:${actual}`,
    port: actual,
    *lastEvents(name) {
      const { store } = bucketOf(name);
      const origin = { requestId: '', hostId: '', sourceIp: host };
      for (const { key, made, version } of store.lastChanges()) {
        const at = Date.parse(version.lastModified);
        yield eventRecord({
          name: EVENT_NAMES[made],
          bucket: store,
          key,
          version,
          region: REGION,
          at,
          origin,
        });
      }
    },
    latest: (name, key) => bucketOf(name).store.latest(key),
    *objects(name) {
      for (const { key, made, version } of bucketOf(name).store.lastChanges())
        if (made === 'object') yield { key, version };
    },
    async deleteIf(name, key, holds) {
      const bucket = bucketOf(name);
      const origin = { requestId: '', hostId: '', sourceIp: host };
      const current = bucket.store.current(key);
      if (!current || !holds(current)) return;
      await removeObject(
        { bucket: bucket.store, announce: announcer(bucket, origin) },
        key,
        undefined,
        found => {
          if (found !== current) throw new S3Error('PreconditionFailed', { subject: key });
        },
      ).catch(error => {
        if (!(error instanceof S3Error && error.code === 'PreconditionFailed')) throw error;
      });
    },
    close: () => closeServer(server),
  };
}

function internalError(cause: unknown): S3Error {
  const isFull = (cause as NodeJS.ErrnoException).code === 'ENOSPC';
  return new S3Error('InternalError', {
    cause,
    ...(isFull && { message: 'The disk of the server is full.' }),
  });
}

/** Event names for repeated events. Every object is reported as a Put, because consumers treat all kinds alike. */
const EVENT_NAMES = {
  object: 'ObjectCreated:Put',
  marker: 'ObjectRemoved:DeleteMarkerCreated',
  removal: 'ObjectRemoved:Delete',
} as const satisfies Record<string, S3EventName>;

async function onObject(context: ObjectContext): Promise<void> {
  const { request } = context;
  const { query, method } = request;
  const upload = query.has('uploadId');
  if (
    ['acl', 'tagging', 'retention', 'legal-hold', 'torrent', 'select', 'restore', 'attributes'].some(name =>
      query.has(name),
    )
  ) {
    throw new S3Error('NotImplemented');
  }
  if (method === 'GET' && upload) await listUploadParts(context);
  else if (method === 'GET' || method === 'HEAD') await getObject(context);
  else if (method === 'PUT' && upload) await uploadPart(context);
  else if (method === 'PUT' && request.headers['x-amz-copy-source'] !== undefined) await copyObject(context);
  else if (method === 'PUT') await putObject(context);
  else if (method === 'POST' && query.has('uploads')) await createMultipartUpload(context);
  else if (method === 'POST' && upload) await completeMultipartUpload(context);
  else if (method === 'DELETE' && upload) await abortMultipartUpload(context);
  else if (method === 'DELETE') await deleteObject(context);
  else throw new S3Error('MethodNotAllowed');
}

async function onBucket(context: Omit<ObjectContext, 'key'>): Promise<void> {
  const { request, response, bucket } = context;
  const { query, method } = request;
  if (method === 'HEAD') send(response, { headers: { 'x-amz-bucket-region': REGION } });
  else if (method === 'GET' && query.has('location'))
    send(response, { xml: xmlDocument('LocationConstraint') });
  else if (method === 'GET' && query.has('versioning')) {
    send(response, {
      xml: xmlDocument('VersioningConfiguration', bucket.versioned ? tag('Status', 'Enabled') : undefined),
    });
  } else if (method === 'GET' && query.has('versions')) listObjectVersions(context);
  else if (method === 'GET' && query.has('uploads')) await listMultipartUploads(context);
  else if (method === 'GET' && (query.has('list-type') || isPlainList(query))) listObjects(context);
  else if (method === 'POST' && query.has('delete')) await deleteObjects(context);
  else if (method === 'PUT' && query.size === 0) throw new S3Error('BucketAlreadyOwnedByYou');
  else throw new S3Error('NotImplemented');
}

/** Tells whether a GET on a bucket has no sub-resource and so means ListObjects version 1. */
function isPlainList(query: URLSearchParams): boolean {
  const known = new Set(['prefix', 'delimiter', 'marker', 'max-keys', 'encoding-type', 'x-id']);
  return [...query.keys()].every(name => known.has(name) || name.startsWith('X-Amz-'));
}

/** Tells whether the client closed the connection while an object was sent. */
function isHungUp(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

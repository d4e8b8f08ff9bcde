import type { IncomingMessage, ServerResponse } from 'node:http';
import { closeServer, createLocalServer, LOOPBACK, listen } from '../common/listen.ts';
import { REGION } from '../common/region.ts';
import { deleteObjects, listBuckets, listObjects } from './bucket-operations.ts';
import { S3Buckets, type S3Options } from './buckets.ts';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listMultipartUploads,
  listUploadParts,
  uploadPart,
} from './multipart-operations.ts';
import { copyObject, deleteObject, getObject, type ObjectContext, putObject } from './object-operations.ts';
import { send, setHeaders } from './reply.ts';
import { newOrigin, readRequest, type S3Request } from './request.ts';
import { S3Error } from './store/errors.ts';
import { listObjectVersions } from './version-listing.ts';
import { errorDocument, tag, xmlDocument } from './xml.ts';

export interface S3Server {
  /** `http://127.0.0.1:PORT` */
  url: string;
  port: number;
  buckets: S3Buckets;
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
export async function startS3(
  options: S3Options & {
    /** 0 means any free port. */
    port: number;
    host?: string;
    onUnexpected?: OnUnexpected;
  },
): Promise<S3Server> {
  const { port, host = LOOPBACK, now = Date.now, onUnexpected = () => undefined } = options;
  const buckets = await S3Buckets.open(options);
  const createdAt = new Date(now()).toISOString();

  const answer = async (
    message: IncomingMessage,
    response: ServerResponse,
    origin: S3Request['origin'],
  ): Promise<void> => {
    const request = readRequest(message, origin);
    if (request.bucket === undefined) {
      if (request.method !== 'GET') throw new S3Error('MethodNotAllowed');
      listBuckets({ response }, buckets, createdAt);
      return;
    }
    const context = {
      request,
      response,
      bucket: buckets.store(request.bucket),
      announce: buckets.announcer(request.bucket, () => origin),
      otherBucket: (name: string) => buckets.store(name),
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
    buckets,
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

function isHungUp(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === 'ERR_STREAM_PREMATURE_CLOSE';
}

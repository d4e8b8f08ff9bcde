import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { EventOrigin } from './events.ts';
import { S3Error } from './store/errors.ts';

/** Maximum length of a key in UTF-8. */
const MAX_KEY_BYTES = 1_024;

export interface S3Request {
  method: string;
  /** Path as sent by the client, for error documents. */
  resource: string;
  bucket: string | undefined;
  key: string | undefined;
  query: URLSearchParams;
  headers: IncomingMessage['headers'];
  body: IncomingMessage;
  origin: EventOrigin;
}

export function newOrigin(message: IncomingMessage): EventOrigin {
  return {
    requestId: randomBytes(8).toString('hex').toUpperCase(),
    hostId: randomBytes(42).toString('base64'),
    sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
  };
}

/**
 * Reads a request in path style (`/bucket/key`) or virtual-host style (`bucket.localhost/key`). It splits the path
 * itself, because a URL parser would resolve `..` in keys.
 * @throws S3Error InvalidURI, KeyTooLongError
 */
export function readRequest(message: IncomingMessage, origin: EventOrigin): S3Request {
  const url = message.url ?? '/';
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const host = hostName(message.headers.host);
  const hostBucket = /^(.+?)(\.s3)?\.(localhost|127\.0\.0\.1)$/.exec(host)?.[1];
  const { bucket, key } = hostBucket ? { bucket: hostBucket, key: path.slice(1) } : splitPath(path.slice(1));
  return {
    method: message.method ?? 'GET',
    resource: path,
    bucket: bucket === undefined ? undefined : decode(bucket),
    key: key ? checkKey(decode(key)) : undefined,
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1)),
    headers: message.headers,
    body: message,
    origin,
  };
}

/** Decodes a path or a copy source. @throws S3Error InvalidURI */
export function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new S3Error('InvalidURI', { subject: text, cause });
  }
}

/** Splits `bucket/key` at the first slash. The key may hold more slashes. */
export function splitPath(path: string): { bucket: string | undefined; key: string | undefined } {
  const slash = path.indexOf('/');
  if (slash < 0) return { bucket: path || undefined, key: undefined };
  return { bucket: path.slice(0, slash) || undefined, key: path.slice(slash + 1) || undefined };
}

/** Returns a key of valid length. @throws S3Error KeyTooLongError */
export function checkKey(key: string): string {
  if (Buffer.byteLength(key) > MAX_KEY_BYTES) throw new S3Error('KeyTooLongError');
  return key;
}

function hostName(header: string | undefined): string {
  const host = (header ?? '').toLowerCase();
  const colon = host.lastIndexOf(':');
  return colon > host.lastIndexOf(']') ? host.slice(0, colon) : host;
}

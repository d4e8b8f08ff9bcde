import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { GetObjectCommand, NoSuchKey, type S3Client } from '@aws-sdk/client-s3';
import { typedTarget } from '../shared/model/typed-addresses.ts';
import {
  ANSWER_LINK,
  ANSWER_LOCATION,
  ANSWER_STATUS,
  locationWith,
  policyAt,
} from '../shared/stack/response-headers.ts';
import { closeServer, createLocalServer, LOOPBACK, listen } from './common/listen.ts';
import { type ByteRange, readRange } from './s3/range.ts';
import { S3Error } from './s3/store/errors.ts';

const compress = promisify(gzip);

const POLICY = 'content-security-policy';

/** Sizes and types that CloudFront compresses. Source: "Serve compressed files", Amazon CloudFront Developer Guide. */
const MIN_COMPRESSED_BYTES = 1_000;
const MAX_COMPRESSED_BYTES = 10_000_000;
const COMPRESSED_TYPES =
  /^(text\/(css|csv|html|javascript|markdown|plain|xml|richtext)|application\/(atom\+xml|rss\+xml|feed\+json|json|xml|xhtml\+xml|javascript|manifest\+json|ld\+json)|image\/svg\+xml)$/;

export interface SiteObject {
  bytes: Uint8Array;
  contentType: string;
  cacheControl?: string | undefined;
  /** With quotes. */
  etag: string;
  lastModified: Date;
  /** HTTP status of the answer. Default: 200. */
  status?: number | undefined;
  /** Target of a redirect. The answer is then 301. */
  location?: string | undefined;
  /** `Link` header of the answer. */
  link?: string | undefined;
}

/** Reads an object by key. Returns undefined if there is none. */
export type ReadSite = (key: string) => Promise<SiteObject | undefined>;

export interface SiteServer {
  /** `http://127.0.0.1:PORT` */
  url: string;
  port: number;
  close(): Promise<void>;
}

/** Makes a reader of the site bucket. */
export function readSiteBucket(s3: S3Client, bucket: string): ReadSite {
  return async key => {
    try {
      const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return {
        bytes: (await object.Body?.transformToByteArray()) ?? new Uint8Array(),
        contentType: object.ContentType ?? 'application/octet-stream',
        cacheControl: object.CacheControl,
        etag: object.ETag ?? '',
        lastModified: object.LastModified ?? new Date(0),
        ...statusOf(object.Metadata ?? {}),
        link: object.Metadata?.[ANSWER_LINK],
      };
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  };
}

/** The status in the metadata of an object. Others than 301 and 410 do not count. */
function statusOf(metadata: Readonly<Record<string, string>>): Pick<SiteObject, 'status' | 'location'> {
  const { [ANSWER_STATUS]: status, [ANSWER_LOCATION]: location } = metadata;
  if (status === '410') return { status: 410 };
  return status === '301' && location ? { status: 301, location } : {};
}

/**
 * Serves the site on loopback as CloudFront does: conditional GET, HEAD, ranges, gzip and the given headers. Unlike
 * CloudFront it does not answer pages of another origin, because a site on a laptop may not be public.
 * @param options.port 0 means any free port
 * @param options.headers headers of every answer, such as the security headers
 * @throws PortInUseError
 */
export async function startSiteServer(options: {
  port: number;
  read: ReadSite;
  headers?: Readonly<Record<string, string>>;
  onError?: (error: unknown) => void;
}): Promise<SiteServer> {
  const { read, headers = {}, onError = () => undefined } = options;
  const server = createLocalServer((request, response) => {
    for (const [name, value] of Object.entries(headers))
      response.setHeader(name, name === POLICY ? policyAt(request.url ?? '/', value) : value);
    request.resume();
    answer(request, response, read).catch(error => {
      onError(error);
      const sentence = 'The page could not be read. Try again in a moment.';
      if (response.headersSent) response.destroy();
      else sendPage(request, response, 500, 'Something went wrong', sentence);
    });
  }, 'readers');
  const port = await listen(server, options.port);
  return { url: `http://${LOOPBACK}:${port}`, port, close: () => closeServer(server) };
}

async function answer(request: IncomingMessage, response: ServerResponse, read: ReadSite): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('allow', 'GET, HEAD');
    sendPage(request, response, 405, 'Not allowed', 'This site can only be read.');
    return;
  }
  const key = objectKey(request.url ?? '/');
  const folder = key === undefined ? undefined : folderName(key);
  const typed = typedTarget((request.url ?? '/').split(/[?#]/, 1)[0] ?? '/');
  if (folder !== undefined || typed !== undefined) {
    response.setHeader(
      'location',
      typed ?? `./${encodeURIComponent(folder ?? '')}/${queryOf(request.url ?? '')}`,
    );
    response.setHeader('cache-control', 'public, max-age=300');
    response.writeHead(301).end();
    return;
  }
  const object = key === undefined ? undefined : await read(key);
  if (object) {
    await sendObject(request, response, object.status ?? 200, object);
    return;
  }
  const own = await read('404.html');
  if (own) await sendObject(request, response, 404, { ...own, cacheControl: 'no-cache' });
  else sendPage(request, response, 404, 'Not found', 'There is no page at this address.');
}

/** Key of the object at an address. A folder means its index page. Returns undefined for a malformed address. */
export function objectKey(url: string): string | undefined {
  const path = url.split(/[?#]/, 1)[0] ?? '/';
  try {
    const key = decodeURIComponent(path).replace(/^\//, '');
    return key === '' || key.endsWith('/') ? `${key}index.html` : key;
  } catch {
    return undefined;
  }
}

/** Last part of a key that names a folder without its slash. Files have a dot in their name, and sections have none. */
function folderName(key: string): string | undefined {
  const name = key.slice(key.lastIndexOf('/') + 1);
  return name.includes('.') ? undefined : name;
}

/** The query of an address with its question mark. */
function queryOf(url: string): string {
  return url.includes('?') ? url.slice(url.indexOf('?')) : '';
}

async function sendObject(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  object: SiteObject,
): Promise<void> {
  const type = (object.contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
  const size = object.bytes.length;
  const compressible =
    COMPRESSED_TYPES.test(type) && size >= MIN_COMPRESSED_BYTES && size <= MAX_COMPRESSED_BYTES;
  const whole = status !== 200 || request.headers.range === undefined;
  const zipped = compressible && whole && acceptsGzip(request.headers['accept-encoding']);
  // CloudFront also makes the tag weak, because the compressed bytes are not those of the tag.
  response.setHeader('etag', zipped ? `W/${object.etag}` : object.etag);
  response.setHeader('last-modified', object.lastModified.toUTCString());
  if (object.cacheControl) response.setHeader('cache-control', object.cacheControl);
  if (object.location)
    response.setHeader('location', locationWith(object.location, queryOf(request.url ?? '')));
  if (object.link) response.setHeader('link', object.link);
  if (compressible) response.setHeader('vary', 'Accept-Encoding');
  if (status !== 404 && isCurrent(request.headers, object)) {
    response.writeHead(304).end();
    return;
  }
  if (!compressible) response.setHeader('accept-ranges', 'bytes');
  if (!whole && sendRange(request, response, object)) return;
  const body = zipped ? await compress(object.bytes) : object.bytes;
  if (zipped) response.setHeader('content-encoding', 'gzip');
  response.setHeader('content-type', object.contentType);
  response.setHeader('content-length', body.length);
  response.writeHead(status);
  response.end(request.method === 'HEAD' ? undefined : body);
}

/**
 * Answers a range request (RFC 9110, section 14.2), for example of a video player that seeks.
 * @returns false if the whole object must be sent instead
 */
function sendRange(request: IncomingMessage, response: ServerResponse, object: SiteObject): boolean {
  const { bytes, contentType, etag } = object;
  const known = request.headers['if-range'];
  if (known !== undefined && known !== etag && known !== object.lastModified.toUTCString()) return false;
  let range: ByteRange | undefined;
  try {
    range = readRange(request.headers.range, bytes.length);
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    response.setHeader('content-range', `bytes */${bytes.length}`);
    sendPage(request, response, 416, 'No such part', 'The file is shorter than that.');
    return true;
  }
  if (range === undefined) return false;
  response.setHeader('content-range', `bytes ${range.start}-${range.end}/${bytes.length}`);
  response.setHeader('content-type', contentType);
  response.setHeader('content-length', range.end - range.start + 1);
  response.writeHead(206);
  response.end(request.method === 'HEAD' ? undefined : bytes.subarray(range.start, range.end + 1));
  return true;
}

/** Tells whether the client's copy is current (RFC 9110, section 13.2.2). Tags are compared weakly. */
function isCurrent(headers: IncomingMessage['headers'], { etag, lastModified }: SiteObject): boolean {
  const tags = headers['if-none-match'];
  if (tags !== undefined) {
    return tags
      .split(',')
      .map(tag => tag.trim().replace(/^W\//, ''))
      .some(tag => tag === '*' || tag === etag);
  }
  const since = Date.parse(headers['if-modified-since'] ?? '');
  return !Number.isNaN(since) && Math.floor(lastModified.getTime() / 1000) <= Math.floor(since / 1000);
}

function acceptsGzip(header: string | string[] | undefined): boolean {
  return String(header ?? '')
    .split(',')
    .some(coding => {
      const [name = '', weight = 'q=1'] = coding.split(';').map(part => part.trim().toLowerCase());
      return (name === 'gzip' || name === '*') && Number(weight.slice('q='.length)) > 0;
    });
}

function sendPage(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  title: string,
  sentence: string,
): void {
  const page = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<h1>${title}</h1>
<p>${sentence}</p>
<p><a href="/">To the front page</a></p>
</html>
`;
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.setHeader('content-length', Buffer.byteLength(page));
  response.setHeader('cache-control', 'no-cache');
  response.writeHead(status);
  response.end(request.method === 'HEAD' ? undefined : page);
}

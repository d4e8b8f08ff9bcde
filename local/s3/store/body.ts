import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AwsChunkedDecoder } from './aws-chunked.ts';
import { checksumOf, type Digest, hashDigest } from './checksums.ts';
import { S3Error } from './errors.ts';

const CHECKSUM_PREFIX = 'x-amz-checksum-';

export interface Checksum {
  header: string;
  value: string;
}

/** A body in a temporary file. All checksums of its request are verified. */
export interface StagedBody {
  file: string;
  size: number;
  /** MD5, lower-case hex. */
  md5: string;
  checksum?: Checksum | undefined;
}

/**
 * Streams the body of a request into a file and decodes `aws-chunked` framing. Checks Content-MD5,
 * x-amz-content-sha256 and the flexible checksum in a header or in the trailer. Removes the file on failure.
 * @throws S3Error BadDigest, XAmzContentSHA256Mismatch, IncompleteBody, InvalidDigest, InvalidRequest
 */
export async function receiveBody(
  source: Readable,
  headers: IncomingHttpHeaders,
  file: string,
): Promise<StagedBody> {
  const payloadHash = text(headers['x-amz-content-sha256']);
  const chunked = payloadHash.startsWith('STREAMING-') || encodings(headers).includes('aws-chunked');
  const announced = announcedChecksum(headers);
  const meter = new Meter({
    sha256: /^[0-9a-f]{64}$/i.test(payloadHash),
    checksum: announced === undefined ? undefined : checksumOf(announced.slice(CHECKSUM_PREFIX.length)),
  });
  const decoder = chunked ? new AwsChunkedDecoder() : undefined;
  try {
    if (decoder) await pipeline(source, decoder, meter, createWriteStream(file));
    else await pipeline(source, meter, createWriteStream(file));
    const length = chunked ? text(headers['x-amz-decoded-content-length']) : text(headers['content-length']);
    if (length && Number(length) !== meter.size) throw new S3Error('IncompleteBody');
    const md5 = meter.md5.digest();
    checkMd5(text(headers['content-md5']), md5);
    if (meter.sha256 && meter.sha256.digest().toString('hex') !== payloadHash.toLowerCase()) {
      throw new S3Error('XAmzContentSHA256Mismatch');
    }
    const given = announced && (text(headers[announced]) || decoder?.trailers.get(announced));
    return {
      file,
      size: meter.size,
      md5: md5.toString('hex'),
      checksum: checkChecksum(announced, given, meter),
    };
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

/** Streams bytes without checksums (a copy, joined parts) into a file. Removes the file on failure. */
export async function stageStream(source: AsyncIterable<Uint8Array>, file: string): Promise<StagedBody> {
  const meter = new Meter({ sha256: false });
  try {
    await pipeline(source, meter, createWriteStream(file));
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
  return { file, size: meter.size, md5: meter.md5.digest().toString('hex') };
}

/** Returns the content codings of a request without `aws-chunked`, which is used for the transfer only. */
export function storedEncoding(headers: IncomingHttpHeaders): string | undefined {
  const codings = encodings(headers).filter(coding => coding !== 'aws-chunked');
  return codings.length ? codings.join(',') : undefined;
}

/** Passes bytes through, and computes their size and their hashes. */
class Meter extends Transform {
  size = 0;
  readonly md5 = hashDigest('md5');
  readonly sha256: Digest | undefined;
  readonly checksum: Digest | undefined;

  constructor({ sha256, checksum }: { sha256: boolean; checksum?: Digest | undefined }) {
    super();
    this.sha256 = sha256 ? hashDigest('sha256') : undefined;
    this.checksum = checksum;
  }

  override _transform(
    chunk: Buffer,
    _encoding: BufferEncoding,
    callback: (error: null, chunk: Buffer) => void,
  ): void {
    this.size += chunk.length;
    this.md5.update(chunk);
    this.sha256?.update(chunk);
    this.checksum?.update(chunk);
    callback(null, chunk);
  }
}

/** Returns the name of the checksum header that a request has, or that its `x-amz-trailer` header announces. */
function announcedChecksum(headers: IncomingHttpHeaders): string | undefined {
  const isValue = (name: string) =>
    name.startsWith(CHECKSUM_PREFIX) && name !== 'x-amz-checksum-type' && name !== 'x-amz-checksum-algorithm';
  const inHeader = Object.keys(headers).find(isValue);
  if (inHeader) return inHeader;
  const trailers = text(headers['x-amz-trailer']).toLowerCase().split(',');
  return trailers.map(name => name.trim()).find(isValue);
}

function checkMd5(given: string, md5: Buffer): void {
  if (!given) return;
  if (Buffer.from(given, 'base64').length !== 16) throw new S3Error('InvalidDigest');
  if (given !== md5.toString('base64')) throw new S3Error('BadDigest');
}

function checkChecksum(
  header: string | undefined,
  given: string | undefined,
  { checksum }: Meter,
): Checksum | undefined {
  if (!header || !checksum) return undefined;
  const value = checksum.digest().toString('base64');
  if (given === undefined)
    throw new S3Error('InvalidRequest', { message: `The trailer ${header} is missing.` });
  if (given !== value) {
    const name = header.slice(CHECKSUM_PREFIX.length).toUpperCase();
    throw new S3Error('BadDigest', {
      message: `The ${name} you specified did not match the calculated checksum.`,
    });
  }
  return { header, value };
}

function encodings(headers: IncomingHttpHeaders): string[] {
  return text(headers['content-encoding'])
    .split(',')
    .map(coding => coding.trim())
    .filter(Boolean);
}

function text(header: string | string[] | undefined): string {
  return Array.isArray(header) ? header.join(',') : (header ?? '');
}

import { Transform, type TransformCallback } from 'node:stream';
import { S3Error } from './errors.ts';

/** Maximum length of a chunk header or trailer line. Signatures and checksums are much shorter. */
const MAX_LINE_BYTES = 8_192;

const MAX_TRAILER_LINES = 16;

type State = 'size' | 'data' | 'data-end' | 'trailer' | 'done';

/**
 * Decodes the `aws-chunked` framing of a body: chunks `HEXSIZE[;chunk-signature=...]\r\n DATA \r\n`, a chunk of size
 * 0, then trailer lines. Signatures are not checked, because the local server has no secret keys.
 * Source: "Transferring payload in multiple chunks", Amazon S3 API Reference.
 */
export class AwsChunkedDecoder extends Transform {
  /** Trailer lines by name in lower case. The map is complete when the stream has ended. */
  readonly trailers = new Map<string, string>();
  #state: State = 'size';
  #line: Buffer = Buffer.alloc(0);
  #left = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, callback: TransformCallback): void {
    try {
      let rest = chunk;
      while (rest.length && this.#state !== 'done')
        rest = this.#state === 'data' ? this.#data(rest) : this.#text(rest);
      callback();
    } catch (error) {
      callback(error as Error);
    }
  }

  override _flush(callback: TransformCallback): void {
    // Some clients omit the empty line after the last chunk.
    const complete = this.#state === 'done' || (this.#state === 'trailer' && this.#line.length === 0);
    callback(complete ? null : new S3Error('IncompleteBody'));
  }

  #data(chunk: Buffer): Buffer {
    const part = chunk.subarray(0, this.#left);
    this.push(part);
    this.#left -= part.length;
    if (this.#left === 0) this.#state = 'data-end';
    return chunk.subarray(part.length);
  }

  /** Reads up to the end of a line and handles a complete line. Returns the bytes after it. */
  #text(chunk: Buffer): Buffer {
    const end = chunk.indexOf(0x0a);
    const part = end < 0 ? chunk : chunk.subarray(0, end);
    if (this.#line.length + part.length > MAX_LINE_BYTES)
      throw new S3Error('InvalidRequest', { message: 'A chunk header is too long.' });
    this.#line = Buffer.concat([this.#line, part]);
    if (end < 0) return Buffer.alloc(0);
    const line = this.#line.toString('latin1').trim();
    this.#line = Buffer.alloc(0);
    this.#endOfLine(line);
    return chunk.subarray(end + 1);
  }

  #endOfLine(line: string): void {
    if (this.#state === 'size') {
      const size = line.split(';', 1)[0]?.trim() ?? '';
      if (!/^[0-9a-fA-F]{1,12}$/.test(size))
        throw new S3Error('InvalidRequest', { message: 'A chunk size is not a number.' });
      this.#left = Number.parseInt(size, 16);
      this.#state = this.#left === 0 ? 'trailer' : 'data';
    } else if (this.#state === 'data-end') {
      if (line) throw new S3Error('InvalidRequest', { message: 'A chunk is longer than it says.' });
      this.#state = 'size';
    } else if (line) {
      const colon = line.indexOf(':');
      if (colon < 1 || this.trailers.size >= MAX_TRAILER_LINES)
        throw new S3Error('InvalidRequest', { message: 'A trailer is malformed.' });
      this.trailers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
    } else {
      this.#state = 'done';
    }
  }
}

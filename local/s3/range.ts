import { S3Error } from './store/errors.ts';

/** Byte range of an object. Both ends are included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * Reads a Range header (RFC 9110, section 14.1.2). Like S3, it ignores a header with several ranges and a malformed
 * header.
 * @throws S3Error InvalidRange if the range is beyond the end of the object
 */
export function readRange(header: string | undefined, size: number): ByteRange | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (!match || (!match[1] && !match[2])) return undefined;
  const [from, to] = [match[1] ?? '', match[2] ?? ''];
  const start = from ? Number(from) : Math.max(0, size - Number(to));
  const end = from && to ? Math.min(Number(to), size - 1) : size - 1;
  if (from && to && Number(to) < Number(from)) return undefined;
  if (start >= size || start > end)
    throw new S3Error('InvalidRange', { headers: { 'content-range': `bytes */${size}` } });
  return { start, end };
}

import { S3Error } from './store/errors.ts';

/** Bytes of an object, both ends included. */
export interface ByteRange {
  start: number;
  end: number;
}

/**
 * Reads a Range header (RFC 9110, section 14.1.2). Several ranges, or a header that is no range, count as
 * none, as S3 has it.
 * @throws S3Error InvalidRange where it lies beyond the object
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

import type { IncomingHttpHeaders } from 'node:http';
import type { ObjectVersion } from './store/bucket-files.ts';
import { S3Error } from './store/errors.ts';

/**
 * Checks the conditions of a read, in the order of RFC 9110, section 13.2.2.
 * @param prefix `x-amz-copy-source-` for the source of a copy
 * @returns `not-modified` if the answer is 304
 * @throws S3Error PreconditionFailed
 */
export function checkRead(
  headers: IncomingHttpHeaders,
  version: ObjectVersion,
  prefix = '',
): 'send' | 'not-modified' {
  const header = (name: string) => {
    const value = headers[`${prefix}${name}`];
    return typeof value === 'string' ? value : undefined;
  };
  // HTTP dates count whole seconds.
  const modified = Math.floor(Date.parse(version.lastModified) / 1000);
  const after = (date: string) => modified > Math.floor(Date.parse(date) / 1000);

  const ifMatch = header('if-match');
  const ifUnmodified = header('if-unmodified-since');
  if (
    ifMatch !== undefined
      ? !matches(ifMatch, version.etag)
      : ifUnmodified !== undefined && after(ifUnmodified)
  ) {
    throw new S3Error('PreconditionFailed');
  }
  const ifNoneMatch = header('if-none-match');
  const ifModified = header('if-modified-since');
  const unchanged =
    ifNoneMatch !== undefined
      ? matches(ifNoneMatch, version.etag)
      : ifModified !== undefined && isDate(ifModified) && !after(ifModified);
  return unchanged ? 'not-modified' : 'send';
}

/**
 * Checks the conditions of a write.
 * Source: "How to prevent object overwrites with conditional writes", Amazon S3 User Guide.
 * @throws S3Error PreconditionFailed; NoSuchKey for `If-Match` without an object; NotImplemented
 */
export function checkWrite(headers: IncomingHttpHeaders, current: ObjectVersion | undefined): void {
  const ifMatch = headers['if-match'];
  const ifNoneMatch = headers['if-none-match'];
  if (ifMatch !== undefined) {
    if (!current) throw new S3Error('NoSuchKey');
    if (!matches(ifMatch, current.etag)) throw new S3Error('PreconditionFailed');
  }
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch.trim() !== '*')
      throw new S3Error('NotImplemented', { message: 'If-None-Match must be * on a write.' });
    if (current) throw new S3Error('PreconditionFailed');
  }
}

/** Tells whether a list of entity tags holds `etag`. The list `*` holds every tag. */
function matches(list: string, etag: string): boolean {
  return list
    .split(',')
    .map(tag => tag.trim().replace(/^W\//, '').replaceAll('"', ''))
    .some(tag => tag === '*' || tag === etag);
}

function isDate(text: string): boolean {
  return !Number.isNaN(Date.parse(text));
}

import type { ObjectVersion } from './store/bucket-files.ts';
import type { BucketStore } from './store/bucket-store.ts';
import { compareUtf8 } from './store/key-order.ts';

export interface KeyPage {
  objects: [key: string, version: ObjectVersion][];
  /** Common prefixes: keys up to their next delimiter. */
  prefixes: string[];
  limit: number;
  /** The last entry of the page if more follow. It is the `after` of the next page. */
  last: string | undefined;
}

/**
 * Lists one page of the keys of a bucket, in S3's order. A common prefix counts as one entry.
 * @param options.after the entry before the page: a key, or a common prefix, whose keys are then skipped
 */
export function listKeys(
  bucket: Pick<BucketStore, 'keysFrom'>,
  options: { prefix: string; delimiter: string; after: string; limit: number },
): KeyPage {
  const { prefix, delimiter, after, limit } = options;
  const page: KeyPage = { objects: [], prefixes: [], limit, last: undefined };
  const skipped = delimiter && after.length > prefix.length && after.endsWith(delimiter) ? after : undefined;
  let rolled = skipped;
  let latest = '';
  for (const [key, version] of bucket.keysFrom(compareUtf8(prefix, after) > 0 ? prefix : after)) {
    if (!key.startsWith(prefix)) break;
    if (key === after || (rolled !== undefined && key.startsWith(rolled))) continue;
    if (page.objects.length + page.prefixes.length === limit) {
      if (limit > 0) page.last = latest;
      break;
    }
    const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    if (end < 0) {
      page.objects.push([key, version]);
      latest = key;
    } else {
      rolled = key.slice(0, end + delimiter.length);
      page.prefixes.push(rolled);
      latest = rolled;
    }
  }
  return page;
}

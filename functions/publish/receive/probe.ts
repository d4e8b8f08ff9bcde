import type { Bucket } from '../../../shared/aws/bucket.ts';
import { BULK_PREFIX } from '../../../shared/model/bulk-run.ts';
import { PROBE_KEY, type ProbeCall, type Probed } from '../../../shared/model/probe.ts';
import { SWITCHED_PREFIXES, VIEW_PREFIXES } from '../../../shared/stack/view-prefixes.ts';
import { probe } from '../../probe.ts';
import { askHub } from '../jobs/websub.ts';
import type { PublishDeps } from '../views/view.ts';

type Deps = Pick<PublishDeps, 'articles' | 'storage' | 'siteBucket'>;

/**
 * Tries each kind of read and write of the publish function, and asks the hub. Changes no object. The deletions leave
 * delete markers in the storage bucket, which its lifecycle rules remove.
 */
export async function probePublish(deps: Deps & Parameters<typeof askHub>[0]): Promise<Probed> {
  const [answer, hub] = await Promise.all([probe(publishProbes(deps)), askHub(deps)]);
  return { probed: { ...answer, hub } };
}

/** The calls of {@link probePublish}. */
export function publishProbes({ articles, storage, siteBucket }: Deps): ProbeCall[] {
  return [
    ...bucketProbes(storage, 'the storage bucket', VIEW_PREFIXES, [BULK_PREFIX, ...SWITCHED_PREFIXES]),
    ...bucketProbes(siteBucket, 'the site bucket', [''], ['']),
    ...articles.probes(),
  ];
}

/** @param written prefixes of keys, or keys, that may be written, and `deleted` prefixes of keys that may be deleted */
function bucketProbes(
  bucket: Bucket,
  name: string,
  written: readonly string[],
  deleted: readonly string[],
): ProbeCall[] {
  const at = (prefix: string) => (prefix === '' ? name : `${prefix} of ${name}`);
  return [
    { action: 's3:GetObject', resource: name, call: () => bucket.get(PROBE_KEY) },
    { action: 's3:ListBucket', resource: name, call: () => bucket.keysAfter(PROBE_KEY, undefined) },
    ...written.map(prefix => ({
      action: 's3:PutObject',
      resource: at(prefix),
      call: () => writeNothing(bucket, prefix.endsWith('.json') ? prefix : `${prefix}${PROBE_KEY}`),
    })),
    ...deleted.map(prefix => ({
      action: 's3:DeleteObject',
      resource: at(prefix),
      call: () => bucket.delete(`${prefix}${PROBE_KEY}`),
    })),
  ];
}

/** Tries a write whose condition never holds, because no object has this ETag. */
function writeNothing(bucket: Bucket, key: string): Promise<unknown> {
  return bucket.putIf(key, PROBE_KEY, { contentType: 'application/json' }, { etag: '"copydesk-probe"' });
}

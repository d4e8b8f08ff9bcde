import { PROBE_KEY, type ProbeCall, type Probed } from '../../../shared/model/probe.ts';
import { probe } from '../../probe.ts';
import type { IngestDeps } from '../model/ingest-deps.ts';

/** The version id of objects without a version. No object of the intake bucket has it. */
const NO_VERSION = 'null';

/** Actions on the table that only publish may do. */
const NOT_ALLOWED = new Set(['dynamodb:BatchWriteItem', 'dynamodb:Scan']);

/**
 * Tries each kind of read and write of the ingest function. Leaves one small object of the storage bucket behind, because
 * ingest may not delete bodies.
 */
export async function probeIngest(
  deps: Pick<IngestDeps, 'articles' | 'intake' | 'storage'>,
): Promise<Probed> {
  return { probed: await probe(ingestProbes(deps)) };
}

/** The calls of {@link probeIngest}. Only sending to the dead-letter queue is not tried, because it would ring an alarm. */
export function ingestProbes({
  articles,
  intake,
  storage,
}: Pick<IngestDeps, 'articles' | 'intake' | 'storage'>): ProbeCall[] {
  const put = (prefix: string) =>
    // A condition with an ETag would need the right to read, which ingest does not have.
    storage.putIf(`${prefix}${PROBE_KEY}`, PROBE_KEY, { contentType: 'text/plain' }, 'absent');
  // Calls run in parallel, and the object must be written before it is deleted.
  let written: Promise<unknown> | undefined;
  const putMedia = () => {
    written ??= put('media/');
    return written;
  };
  const ofStorage = (prefix: string) => ({ resource: `${prefix} of the storage bucket` });
  const ofIntake = { resource: 'the intake bucket' };
  return [
    { ...ofIntake, action: 's3:GetObject', call: () => intake.get(PROBE_KEY) },
    {
      ...ofIntake,
      action: 's3:GetObjectVersion',
      call: () => intake.get(PROBE_KEY, { versionId: NO_VERSION }),
    },
    { ...ofIntake, action: 's3:ListBucket', call: () => intake.keysAfter(PROBE_KEY, undefined) },
    { ...ofStorage('bodies/'), action: 's3:PutObject', call: () => put('bodies/') },
    { ...ofStorage('media/'), action: 's3:PutObject', call: putMedia },
    {
      ...ofStorage('media/'),
      action: 's3:DeleteObject',
      call: async () => {
        await putMedia().catch(() => undefined);
        await storage.delete(`media/${PROBE_KEY}`);
      },
    },
    ...articles
      .probes()
      .filter(({ action, resource }) => !NOT_ALLOWED.has(action) && !resource.includes('index')),
  ];
}

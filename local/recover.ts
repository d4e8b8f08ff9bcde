import { rebuild } from '../functions/publish/check/rebuild.ts';
import { runBulkHere } from './bulk-run.ts';
import type { LocalHandlers } from './handlers.ts';
import type { RunningServices } from './service-types.ts';

/**
 * Repeats the work that was under way when the process died. The local queue and change stream are kept in memory, so
 * every file is announced again and every article is published again. Work that was already done has no effect. Files
 * may be uploaded and deleted meanwhile: each announcement has the sequencer of its change, and ingest keeps the
 * newest change.
 * @throws CopydeskError if an article cannot be published; the other articles are published first
 */
export async function recover(
  services: Pick<RunningServices, 'announceAll'>,
  handlers: LocalHandlers,
): Promise<void> {
  await services.announceAll();
  await rebuild(handlers.publishDeps);
  await runBulkHere({ kind: 'publish' }, handlers);
}

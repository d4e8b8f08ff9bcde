import { bulkHandler } from '../../functions/publish/receive/bulk.ts';
import type { PublishDeps } from '../../functions/publish/views/view.ts';
import { runBulkHere } from '../../local/bulk-run.ts';
import type { BulkOrder, BulkRun } from '../../shared/model/bulk-run.ts';
import { DEFAULT_SETTINGS } from '../../shared/settings/settings.ts';

/** Publishes everything again by a bulk run, as `copydesk publish --all` does. */
export function republish(publishDeps: PublishDeps, order: Partial<BulkOrder> = {}): Promise<BulkRun> {
  const deps = { ...publishDeps, now: () => new Date().toISOString() };
  const bulk = bulkHandler({ ...deps, duplicates: DEFAULT_SETTINGS.duplicates, log: () => undefined });
  const reprocess = () => Promise.reject(new Error('Nothing is parsed here.'));
  return runBulkHere({ kind: 'publish', ...order }, { bulk, reprocess, publishDeps: deps });
}

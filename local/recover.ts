import { republishAll } from '../functions/publish/jobs/rebuild.ts';
import type { LocalHandlers } from './handlers.ts';
import type { RunningServices } from './services.ts';

/**
 * Finds again what was under way when the process died: the queue and the change stream of a laptop live in memory.
 * Every file is announced anew and everything is published anew; what was done already stays as it is. Files may be
 * uploaded and deleted meanwhile: an announcement has the sequencer of its change, and ingest takes the newest.
 * @throws CopydeskError where an article could not be published, after all else was
 */
export async function recover(
  services: Pick<RunningServices, 'announceAll'>,
  { press }: Pick<LocalHandlers, 'press'>,
): Promise<void> {
  await services.announceAll();
  await republishAll(press);
}

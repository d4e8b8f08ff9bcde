import type { FunctionSettings } from '../../../shared/settings/settings.ts';
import type { LookAhead } from '../jobs/release.ts';
import type { HubDeps } from '../jobs/websub.ts';
import type { Postponing } from '../states/postponed.ts';
import type { PublishDeps } from '../views/view.ts';

export interface PublishHandlerDeps extends Omit<PublishDeps & HubDeps, 'onBroken'> {
  duplicates: FunctionSettings['duplicates'];
  /** Postpones busy views of new articles to a later tick. Without it every view is written at once. */
  postponing?: Postponing | undefined;
  /** Makes a tick wait for articles that fall due soon. Without it a tick releases only due articles. */
  lookAhead?: LookAhead;
  /** Whether a tick measures how far the front page is behind the table. A laptop has no use for the measurement. */
  measuring?: boolean;
}

/** The same dependencies, and the function that reports broken records and states. */
export type ReportingDeps = PublishHandlerDeps & Pick<PublishDeps, 'onBroken'>;

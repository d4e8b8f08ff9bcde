import type { FunctionSettings } from '../../../shared/settings/settings.ts';
import type { PublishDeps } from '../jobs/publish-deps.ts';
import type { LookAhead } from '../jobs/release.ts';
import type { HubDeps } from '../jobs/websub.ts';

/** What the handler needs: what publishing needs, and what telling a hub of changes takes. */
export interface PublishHandlerDeps extends Omit<PublishDeps & HubDeps, 'onBroken'> {
  duplicates: FunctionSettings['duplicates'];
  /** Absent: a tick releases what is due, and waits for nothing. */
  lookAhead?: LookAhead;
  /** Whether a tick looks how far the front page is behind the table. On a laptop nobody would read it. */
  measuring?: boolean;
}

/** The same, and what broken records and states are reported to. */
export type ReportingDeps = PublishHandlerDeps & Pick<PublishDeps, 'onBroken'>;

import type { Settings } from '../../shared/settings/settings.ts';
import type { BulkWork } from '../constructs/bulk-work.ts';
import type { Intake } from '../constructs/intake.ts';
import type { Publisher } from '../constructs/publisher.ts';
import type { SiteHosting } from '../constructs/site-hosting.ts';
import type { Storage } from '../constructs/storage.ts';

/** The constructs whose metrics the alarms and the dashboard use. */
export interface MonitoringProps {
  storage: Storage;
  intake: Intake;
  site: SiteHosting;
  publisher: Publisher;
  bulk: BulkWork;
  settings: Settings;
}

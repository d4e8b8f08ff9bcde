import type { Check } from '../../cli/doctor/machine/check.ts';
import { EXIT } from '../../cli/output/exit-codes.ts';
import type { Checkout } from './checkout.ts';

/** What `copydesk doctor` looks at of a stack. */
export const EXAMINED = new Set([
  ...['Node', 'settings', 'credentials', 'bootstrap', 'deployment', 'stack', 'notification', 'function'],
  ...[
    'variables',
    'calls',
    'event source',
    'alarms',
    'queue wiring',
    'dead letters',
    'failed publishes',
    'unpublished',
    'feeds',
    'namespace',
    'records',
    'permissions',
    'alarm topic',
    'hub',
    'settings used',
    'schedule',
    'rejected',
  ],
  ...['site files', 'site'],
]);

/** `copydesk doctor --json`. Something is always wrong here: nothing serves the site. */
export async function examined(checkout: Checkout): Promise<Check[]> {
  const lines = (await checkout.deskEnding(EXIT.someFailed, 'doctor', '--json')).trim().split('\n');
  return lines.map(line => JSON.parse(line));
}

/** What `copydesk status --json` says, so far as the story asks. */
interface Reported {
  site: string;
  intake: { total: number };
  deadLetters: number;
  publishFailures: number;
  rejected: number;
  overdue: number;
  newest?: { headline: string };
  lastPublish?: string;
  bulk?: { kind: string; state: string; failed: number; left: number };
}

/** `copydesk status --json`. */
export async function statusOf(checkout: Checkout): Promise<Reported> {
  return JSON.parse(await checkout.desk('status', '--json'));
}

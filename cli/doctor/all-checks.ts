import { failures } from './content/failures.ts';
import { namespace } from './content/namespace.ts';
import { queueWiring } from './content/queue-wiring.ts';
import { records } from './content/records.ts';
import { rejected } from './content/rejected.ts';
import { schedule } from './content/schedule.ts';
import { calls } from './functions/calls.ts';
import { eventSources } from './functions/event-sources.ts';
import { permissions } from './functions/permissions.ts';
import { functionStates } from './functions/state.ts';
import { variables } from './functions/variables.ts';
import type { Examined, Look } from './machine/check.ts';
import { feeds } from './site/feeds.ts';
import { hub } from './site/hub.ts';
import { settingsUsed } from './site/settings-used.ts';
import { siteAnswers } from './site/site-answers.ts';
import { siteFiles } from './site/site-files.ts';
import { alarmTopic } from './stack/alarm-topic.ts';
import { alarms } from './stack/alarms.ts';
import { drift } from './stack/drift.ts';
import { mailbox } from './stack/mailbox.ts';
import { notification } from './stack/notification.ts';
import { stackState } from './stack/state.ts';

/** Checks of what a laptop does not have. */
const STACK_CHECKS: readonly Look[] = [
  { about: 'stack', look: stackState },
  { about: 'notification', look: notification },
  { about: 'functions', look: functionStates },
  { about: 'event sources', look: eventSources },
  { about: 'alarms', look: alarms },
  { about: 'alarm topic', look: alarmTopic },
  { about: 'mailbox', look: mailbox },
  { about: 'variables', look: variables },
  { about: 'calls', look: calls },
];

const COMMON_CHECKS: readonly Look[] = [
  { about: 'permissions', look: permissions },
  { about: 'queue wiring', look: queueWiring },
  { about: 'dead letters', look: failures },
  { about: 'namespace', look: namespace },
  { about: 'records', look: records },
  { about: 'schedule', look: schedule },
  { about: 'rejected', look: rejected },
  { about: 'site files', look: siteFiles },
  { about: 'settings used', look: settingsUsed },
  { about: 'hub', look: hub },
  { about: 'site', look: siteAnswers },
  { about: 'feeds', look: feeds },
];

/** The checks of a deployment, in the order of their results. */
export function checksOf({ isLaptop, drift: wantsDrift }: Pick<Examined, 'isLaptop' | 'drift'>): Look[] {
  if (isLaptop) return [...COMMON_CHECKS];
  const slow: Look[] = wantsDrift ? [{ about: 'drift', look: drift }] : [];
  return [...STACK_CHECKS, ...COMMON_CHECKS, ...slow];
}

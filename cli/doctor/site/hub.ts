import { WAITING } from '../../../functions/publish/jobs/websub.ts';
import { load } from '../../../functions/publish/states/state.ts';
import { CopydeskError } from '../../../shared/errors/errors.ts';
import { probed } from '../functions/probed.ts';
import { type Check, type Examined, fail, ok, warn } from '../machine/check.ts';

/** Number of failed notifications of one feed after which the hub counts as deaf. The pauses before are 7 minutes. */
const MAX_FAILURES = 3;

const WHAT_TO_DO =
  'Is feeds.hub the address of a hub that takes feeds of this site? Correct it and run "npx cdk deploy", or wait: publish tries again each hour.';

/** Checks that the WebSub hub takes a notification of publish, and that no feed waits for it. */
export async function hub(deployment: Pick<Examined, 'clients' | 'outputs' | 'storage'>): Promise<Check> {
  const about = 'hub';
  let asked: Awaited<ReturnType<typeof probed>>['hub'];
  try {
    asked = (await probed(deployment.outputs.publishFunction, deployment)).hub;
  } catch (error) {
    if (!(error instanceof CopydeskError)) throw error;
    return warn(about, `publish cannot ask it: ${error.message}`, 'Mend what the check "permissions" found.');
  }
  if (asked === undefined) return ok(about, 'none is set');
  if (asked.fault !== undefined) return fail(about, asked.fault, WHAT_TO_DO);
  const { state } = await load({ storage: deployment.storage, onBroken: () => undefined }, WAITING);
  const waiting = Object.values(state).filter(({ failures }) => failures > MAX_FAILURES).length;
  return waiting === 0
    ? ok(about, `${asked.address} takes notifications`)
    : fail(about, `${asked.address} has not taken the notifications about ${waiting} feeds`, WHAT_TO_DO);
}

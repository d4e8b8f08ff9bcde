import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { LIMITS, makeClient } from '../../../shared/aws/clients.ts';
import { type Check, type Examined, fail, ok, undoByHand, warn } from '../machine/check.ts';
import { resourcesOfType } from '../machine/cloud-formation.ts';

/** Maximum number of alarms in one call of CloudWatch. */
const MAX_CALL_ALARMS = 100;

/** Checks that no alarm of the stack rings. */
export async function alarms(deployment: Examined): Promise<Check[]> {
  const names = await resourcesOfType(deployment.stackName ?? '', 'AWS::CloudWatch::Alarm');
  if (names.length === 0) return [warn('alarms', 'the stack has none', undoByHand(deployment))];
  const client = makeClient(CloudWatchClient, LIMITS.person);
  try {
    const ringing: Check[] = [];
    for (let at = 0; at < names.length; at += MAX_CALL_ALARMS) {
      const { MetricAlarms = [] } = await client.send(
        new DescribeAlarmsCommand({ AlarmNames: names.slice(at, at + MAX_CALL_ALARMS), StateValue: 'ALARM' }),
      );
      for (const { AlarmName, AlarmDescription } of MetricAlarms)
        ringing.push(fail('alarm', `${AlarmName} rings`, AlarmDescription ?? 'See docs/runbook.md.'));
    }
    return ringing.length > 0 ? ringing : [ok('alarms', `${names.length}, and none rings`)];
  } finally {
    client.destroy();
  }
}

import { setTimeout } from 'node:timers/promises';
import {
  type CloudFormationClient,
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  type StackResourceDrift,
} from '@aws-sdk/client-cloudformation';
import { type Check, type Examined, fail, ok, undoByHand, warn } from '../machine/check.ts';
import { withCloudFormation } from '../machine/cloud-formation.ts';

const ABOUT = 'drift';

/** Time limit of the detection, in milliseconds. CloudFormation takes about a minute for this stack. */
const DETECTION_MS = 10 * 60_000;

const POLL_MS = 3_000;

/** Maximum number of changed properties of one resource that are named. */
const MAX_PROPERTIES = 3;

/** Options of the wait, for tests. */
interface DriftOptions {
  limitMs?: number;
  pollMs?: number;
}

/** Compares the resources of the stack with its template, with the drift detection of CloudFormation. */
export function drift(
  deployment: Pick<Examined, 'stackName'>,
  { limitMs = DETECTION_MS, pollMs = POLL_MS }: DriftOptions = {},
): Promise<Check[]> {
  const { stackName = '' } = deployment;
  return withCloudFormation(async client => {
    const { StackDriftDetectionId } = await client.send(
      new DetectStackDriftCommand({ StackName: stackName }),
    );
    const end = performance.now() + limitMs;
    for (;;) {
      const { DetectionStatus, DetectionStatusReason = '' } = await client.send(
        new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }),
      );
      // After a failure, the resources that could be compared still have a result.
      if (DetectionStatus === 'DETECTION_COMPLETE') return drifted(client, deployment);
      if (DetectionStatus === 'DETECTION_FAILED')
        return [
          warn(ABOUT, `not everything could be compared: ${DetectionStatusReason}`, 'Look again later.'),
          ...(await drifted(client, deployment)).filter(({ state }) => state !== 'ok'),
        ];
      if (performance.now() > end)
        return [warn(ABOUT, `CloudFormation compares for more than ${limitMs / 60_000} minutes`, LATER)];
      await setTimeout(pollMs);
    }
  });
}

const LATER = 'Look again later, or at "Detect drift" in the CloudFormation console.';

async function drifted(
  client: CloudFormationClient,
  deployment: Pick<Examined, 'stackName'>,
): Promise<Check[]> {
  const { stackName } = deployment;
  const found: StackResourceDrift[] = [];
  let NextToken: string | undefined;
  do {
    const page = await client.send(
      new DescribeStackResourceDriftsCommand({
        StackName: stackName,
        StackResourceDriftStatusFilters: ['MODIFIED', 'DELETED'],
        NextToken,
      }),
    );
    found.push(...(page.StackResourceDrifts ?? []));
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  if (found.length === 0) return [ok(ABOUT, 'every resource is as the template says')];
  return found.map(resource => fail(ABOUT, sentence(resource), undoByHand(deployment)));
}

function sentence({
  LogicalResourceId,
  ResourceType,
  StackResourceDriftStatus,
  PropertyDifferences = [],
}: StackResourceDrift): string {
  const what = `${LogicalResourceId} (${ResourceType})`;
  if (StackResourceDriftStatus === 'DELETED') return `${what} was deleted`;
  const changes = PropertyDifferences.slice(0, MAX_PROPERTIES).map(
    ({ PropertyPath, ExpectedValue, ActualValue }) =>
      `${PropertyPath} is ${ActualValue} in place of ${ExpectedValue}`,
  );
  const more = PropertyDifferences.length - changes.length;
  return `${what} was changed: ${changes.join('; ')}${more > 0 ? `; and ${more} more` : ''}`;
}

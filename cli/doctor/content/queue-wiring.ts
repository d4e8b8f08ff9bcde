import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { type Check, type Examined, fail, ok, undoByHand } from '../machine/check.ts';

/** Checks that failed messages go to the dead-letter queue. */
export async function queueWiring(deployment: Examined): Promise<Check> {
  const about = 'queue wiring';
  const { clients, outputs } = deployment;
  const attributes = async (QueueUrl: string) =>
    (
      await clients.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['RedrivePolicy', 'QueueArn'] }),
      )
    ).Attributes ?? {};
  const [intake, dead] = await Promise.all([
    attributes(outputs.intakeQueue),
    attributes(outputs.deadLetterQueue),
  ]);
  const policy: { deadLetterTargetArn?: string; maxReceiveCount?: number | string } = JSON.parse(
    intake.RedrivePolicy ?? '{}',
  );
  return policy.deadLetterTargetArn === dead.QueueArn
    ? ok(about, `what fails ${policy.maxReceiveCount} times is parked`)
    : fail(about, 'what fails goes to no dead-letter queue of this deployment', undoByHand(deployment));
}

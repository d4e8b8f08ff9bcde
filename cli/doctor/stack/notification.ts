import { GetBucketNotificationConfigurationCommand } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { type Check, type Examined, fail, ok, undoByHand } from '../machine/check.ts';

/** Checks that the intake bucket notifies the queue of uploads and deletions. */
export async function notification(deployment: Examined): Promise<Check> {
  const about = 'notification';
  const { clients, outputs } = deployment;
  const [{ QueueConfigurations = [] }, { Attributes }] = await Promise.all([
    clients.s3.send(new GetBucketNotificationConfigurationCommand({ Bucket: outputs.intakeBucket })),
    clients.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: outputs.intakeQueue, AttributeNames: ['QueueArn'] }),
    ),
  ]);
  const events = QueueConfigurations.filter(({ QueueArn }) => QueueArn === Attributes?.QueueArn).flatMap(
    ({ Events = [] }) => Events,
  );
  const missing = ['s3:ObjectCreated', 's3:ObjectRemoved', 's3:LifecycleExpiration'].filter(
    kind => !events.some(event => event.startsWith(kind)),
  );
  return missing.length === 0
    ? ok(about, 'uploads and deletions reach the queue')
    : fail(
        about,
        `the intake bucket does not tell the queue of ${missing.join(', ')}`,
        undoByHand(deployment),
      );
}

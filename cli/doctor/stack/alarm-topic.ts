import { ListSubscriptionsByTopicCommand, SNSClient, type Subscription } from '@aws-sdk/client-sns';
import { LIMITS, makeClient } from '../../../shared/aws/clients.ts';
import { OUTPUTS } from '../../../shared/stack/stack-outputs.ts';
import { type Check, type Examined, fail, ok, undoByHand, warn } from '../machine/check.ts';
import { describeStack } from '../machine/cloud-formation.ts';

/** The ARN that SNS shows for a subscription whose owner has not answered yet. */
const PENDING = 'PendingConfirmation';

/** Checks that somebody hears the alarms: the topic has subscriptions, and their owners have confirmed them. */
export async function alarmTopic(deployment: Examined): Promise<Check[]> {
  const about = 'alarm topic';
  const { Outputs = [] } = await describeStack(deployment.stackName ?? '');
  const topic = Outputs.find(({ OutputKey }) => OutputKey === OUTPUTS.alarmTopic)?.OutputValue;
  if (topic === undefined) return [fail(about, 'the stack does not name it', undoByHand(deployment))];
  const subscriptions = await subscriptionsOf(topic);
  const subscribe = (protocol: string, endpoint: string) =>
    `aws sns subscribe --topic-arn ${topic} --protocol ${protocol} --notification-endpoint ${endpoint}`;
  const pending = subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn === PENDING);
  const checks = pending.map(({ Protocol = 'email', Endpoint = 'ADDRESS' }) =>
    fail(
      about,
      `${Endpoint} has not confirmed the subscription, and hears no alarm`,
      `The message of AWS has a link to confirm it. "${subscribe(Protocol, Endpoint)}" sends it again.`,
    ),
  );
  const heard = subscriptions.length - pending.length;
  if (heard > 0) return [ok(about, `${heard} subscribed`), ...checks];
  if (checks.length > 0) return checks;
  return [
    warn(
      about,
      'nobody is subscribed, so nobody hears an alarm',
      `Set alarms.email and deploy, or "${subscribe('email', 'ADDRESS')}".`,
    ),
  ];
}

async function subscriptionsOf(TopicArn: string): Promise<Subscription[]> {
  const client = makeClient(SNSClient, LIMITS.person);
  try {
    const found: Subscription[] = [];
    let NextToken: string | undefined;
    do {
      const page = await client.send(new ListSubscriptionsByTopicCommand({ TopicArn, NextToken }));
      found.push(...(page.Subscriptions ?? []));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    return found;
  } finally {
    client.destroy();
  }
}

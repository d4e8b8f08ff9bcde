import {
  CloudFormationClient,
  DescribeStacksCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { GetFunctionConfigurationCommand, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { GetBucketNotificationConfigurationCommand } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { LIMITS, makeClient } from '../../shared/aws/clients.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { CHANGED_BY_HAND, type Check, fail, type Look, ok, warn } from './check.ts';

/** Maximum number of alarms in one call of CloudWatch. */
const MAX_CALL_ALARMS = 100;

export function stackChecks(deployment: Deployment): Look[] {
  const { stackName } = deployment;
  if (stackName === undefined) return [];
  return [
    { about: 'stack', look: () => stackState(stackName) },
    { about: 'notification', look: () => notification(deployment) },
    { about: 'functions', look: () => functions(deployment) },
    { about: 'event sources', look: () => eventSources(deployment) },
    { about: 'alarms', look: () => alarms(stackName) },
  ];
}

async function stackState(stackName: string): Promise<Check> {
  const client = makeClient(CloudFormationClient, LIMITS.person);
  try {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: stackName }));
    const { StackStatus: state = 'unknown', StackStatusReason: reason } = Stacks?.[0] ?? {};
    const said = reason ? `${state}: ${reason}` : state;
    if (state.endsWith('_IN_PROGRESS')) return warn('stack', said, 'Wait until it is done, and look again.');
    if (state.endsWith('_FAILED') || state === 'ROLLBACK_COMPLETE')
      return fail(
        'stack',
        said,
        'See the events of the stack in CloudFormation; docs/operating.md says how to roll back.',
      );
    if (state.includes('ROLLBACK'))
      return warn('stack', said, 'The last deploy failed and was taken back: see the events of the stack.');
    return ok('stack', said);
  } finally {
    client.destroy();
  }
}

/** Checks that the bucket notifies the queue of uploads. */
async function notification({ clients, outputs }: Deployment): Promise<Check> {
  const about = 'notification';
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
    : fail(about, `the intake bucket does not tell the queue of ${missing.join(', ')}`, CHANGED_BY_HAND);
}

async function functions({ clients, outputs }: Deployment): Promise<Check[]> {
  return Promise.all(
    [outputs.ingestFunction, outputs.publishFunction].map(async name => {
      const { State, LastUpdateStatus, LastUpdateStatusReason, StateReason } = await clients.lambda.send(
        new GetFunctionConfigurationCommand({ FunctionName: name }),
      );
      const about = 'function';
      if (LastUpdateStatus === 'Failed')
        return fail(
          about,
          `${name}: its last update failed: ${LastUpdateStatusReason ?? ''}`,
          'Deploy again.',
        );
      // A function that has not run for weeks is Inactive. The next call activates it.
      if (State === 'Failed') return fail(about, `${name}: ${StateReason ?? State}`, 'Deploy again.');
      return ok(about, `${name}: ${State ?? 'Active'}`);
    }),
  );
}

async function eventSources({ clients, outputs }: Deployment): Promise<Check[]> {
  const about = 'event source';
  const found = await Promise.all(
    [outputs.ingestFunction, outputs.publishFunction].map(async name => {
      const { EventSourceMappings = [] } = await clients.lambda.send(
        new ListEventSourceMappingsCommand({ FunctionName: name }),
      );
      if (EventSourceMappings.length === 0) return fail(about, `nothing feeds ${name}`, CHANGED_BY_HAND);
      return EventSourceMappings.map(({ State = 'unknown', LastProcessingResult = '', UUID = '' }) => {
        if (State !== 'Enabled' && State !== 'Creating' && State !== 'Enabling' && State !== 'Updating')
          return fail(
            about,
            `${name} is fed nothing: its event source is ${State}`,
            `aws lambda update-event-source-mapping --enabled --uuid ${UUID}`,
          );
        return /problem|error/i.test(LastProcessingResult)
          ? warn(about, `${name}: ${LastProcessingResult}`, `See the log of ${name}.`)
          : ok(about, `${name}: ${State}`);
      });
    }),
  );
  return found.flat();
}

async function alarms(stackName: string): Promise<Check | Check[]> {
  const cloudFormation = makeClient(CloudFormationClient, LIMITS.person);
  const cloudWatch = makeClient(CloudWatchClient, LIMITS.person);
  try {
    const names: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = await cloudFormation.send(
        new ListStackResourcesCommand({ StackName: stackName, NextToken }),
      );
      for (const { ResourceType, PhysicalResourceId } of page.StackResourceSummaries ?? [])
        if (ResourceType === 'AWS::CloudWatch::Alarm' && PhysicalResourceId) names.push(PhysicalResourceId);
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    const ringing: Check[] = [];
    for (let at = 0; at < names.length; at += MAX_CALL_ALARMS) {
      const { MetricAlarms = [] } = await cloudWatch.send(
        new DescribeAlarmsCommand({ AlarmNames: names.slice(at, at + MAX_CALL_ALARMS), StateValue: 'ALARM' }),
      );
      for (const { AlarmName, AlarmDescription } of MetricAlarms)
        ringing.push(fail('alarm', `${AlarmName} rings`, AlarmDescription ?? 'See docs/runbook.md.'));
    }
    if (names.length === 0)
      return warn('alarms', 'the stack has none', 'Nobody hears of trouble: see the settings.');
    return ringing.length > 0 ? ringing : [ok('alarms', `${names.length}, and none rings`)];
  } finally {
    cloudFormation.destroy();
    cloudWatch.destroy();
  }
}

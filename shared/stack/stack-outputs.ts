/**
 * Names of the stack's outputs: infra writes them, commands find a deployment by them, and a laptop supplies the
 * same ones. Imports nothing, so that all sides can import it.
 */
export const OUTPUTS = {
  intakeBucket: 'IntakeBucketName',
  storageBucket: 'StorageBucketName',
  siteBucket: 'SiteBucketName',
  table: 'TableName',
  intakeQueue: 'IntakeQueueUrl',
  deadLetterQueue: 'DeadLetterQueueUrl',
  publishFailureQueue: 'PublishFailureQueueUrl',
  ingestFunction: 'IngestFunctionName',
  publishFunction: 'PublishFunctionName',
  site: 'SiteUrl',
  feed: 'FeedUrl',
  jsonFeed: 'JsonFeedUrl',
  dashboard: 'DashboardUrl',
  alarmTopic: 'AlarmTopicArn',
  distribution: 'DistributionDomain',
} as const;

/** What commands must know of a deployment; the others are for people. */
export const NEEDED_OUTPUTS = [
  'intakeBucket',
  'storageBucket',
  'siteBucket',
  'table',
  'intakeQueue',
  'deadLetterQueue',
  'publishFailureQueue',
  'ingestFunction',
  'publishFunction',
  'site',
] as const satisfies (keyof typeof OUTPUTS)[];

export type DeploymentOutputs = Record<(typeof NEEDED_OUTPUTS)[number], string>;

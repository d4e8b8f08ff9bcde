/**
 * Names of the outputs of the stack. Commands find the resources of a deployment by them. The local pipeline has the
 * same outputs.
 */
export const OUTPUTS = {
  intakeBucket: 'IntakeBucketName',
  storageBucket: 'StorageBucketName',
  siteBucket: 'SiteBucketName',
  table: 'TableName',
  namespace: 'ArticleNamespace',
  noticeDays: 'FeedNoticeDays',
  intakeQueue: 'IntakeQueueUrl',
  deadLetterQueue: 'DeadLetterQueueUrl',
  publishFailureQueue: 'PublishFailureQueueUrl',
  ingestFunction: 'IngestFunctionName',
  publishFunction: 'PublishFunctionName',
  bulkMachine: 'BulkStateMachineArn',
  site: 'SiteUrl',
  feed: 'FeedUrl',
  jsonFeed: 'JsonFeedUrl',
  dashboard: 'DashboardUrl',
  alarmTopic: 'AlarmTopicArn',
  distribution: 'DistributionDomain',
  mailRuleSet: 'MailRuleSet',
  mailCommand: 'MailCommand',
  mailRecord: 'MailRecord',
} as const;

/**
 * Alias of the two functions. Everything calls this alias: the queue, the change stream, the schedules, the state machine
 * and the commands. It names the version that is in use.
 */
export const LIVE_ALIAS = 'live';

/** Outputs that commands need. The others are for people. */
export const NEEDED_OUTPUTS = [
  'intakeBucket',
  'storageBucket',
  'siteBucket',
  'table',
  'namespace',
  'intakeQueue',
  'deadLetterQueue',
  'publishFailureQueue',
  'ingestFunction',
  'publishFunction',
  'bulkMachine',
  'site',
] as const satisfies (keyof typeof OUTPUTS)[];

/** The needed outputs. Stacks of earlier versions have no `noticeDays`. */
export type DeploymentOutputs = Record<(typeof NEEDED_OUTPUTS)[number], string> & { noticeDays?: string };

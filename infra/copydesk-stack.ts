import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from '../shared/settings/settings.ts';
import { OUTPUTS } from '../shared/stack/stack-outputs.ts';
import { AccessLogs } from './common/access-logs.ts';
import { BucketEmptier } from './constructs/bucket-emptier.ts';
import { BulkWork } from './constructs/bulk-work.ts';
import { Intake } from './constructs/intake.ts';
import { Mailbox } from './constructs/mailbox.ts';
import { Publisher } from './constructs/publisher.ts';
import { SecondRegion } from './constructs/second-region.ts';
import { SiteHosting } from './constructs/site-hosting.ts';
import { Storage } from './constructs/storage.ts';
import { Monitoring } from './monitoring/monitoring.ts';
import { Rollout } from './monitoring/rollout.ts';

type OutputValue = [value: string, description: string];

/**
 * The stack of Copydesk. It is one stack, because the intake bucket and its queue refer to each other. No resource has
 * a fixed physical name. Buckets and table stay when the stack is removed, unless `deployment.data` is `destroy`. A later
 * `cdk deploy` creates new ones, unless `cdk import` has brought in the old ones (kept-data.ts).
 */
export class CopydeskStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: StackProps & { settings: Settings }) {
    const { deployment } = settings;
    super(scope, id, {
      description: 'Copydesk: copy in, articles, feeds and a reading site out.',
      terminationProtection: deployment.terminationProtection,
      // CloudFormation copies the tags of a stack to its resources.
      tags: deployment.tags,
      ...props,
    });

    const accessLogs = deployment.accessLogs ? new AccessLogs(this, 'AccessLogs', deployment) : undefined;
    const storage = new Storage(this, 'Storage', { accessLogs, settings });
    const site = new SiteHosting(this, 'Site', { accessLogs, settings });
    const intake = new Intake(this, 'Intake', { accessLogs, storage, site, settings });
    const { mail } = deployment;
    const mailbox = mail && new Mailbox(this, 'Mailbox', { intake, mail });
    const publisher = new Publisher(this, 'Publisher', { storage, site, settings });
    const bulk = new BulkWork(this, 'Bulk', { storage, intake, publisher });
    const monitoring = new Monitoring(this, 'Monitoring', {
      ...{ storage, intake, site, publisher, bulk },
      settings,
    });
    if (deployment.rollout === 'gradual') new Rollout(this, 'Rollout', { intake, publisher });
    if (deployment.secondRegion)
      new SecondRegion(this, 'SecondRegion', {
        names: deployment.secondRegion,
        table: storage.table,
        intake: intake.bucket,
        storage: storage.bucket,
        alerts: monitoring.alerts,
      });
    if (deployment.data === 'destroy') {
      const buckets = [intake.bucket, storage.bucket, site.bucket];
      const emptier = new BucketEmptier(this, 'BucketEmptier', buckets, settings);
      // CloudFormation removes dependents first. So no function can write into a bucket that was emptied.
      for (const writer of [intake.ingest, publisher.publish]) writer.node.addDependency(emptier);
    }

    const { distribution } = site;
    const outputs: Record<keyof typeof OUTPUTS, OutputValue | undefined> = {
      intakeBucket: [intake.bucket.bucketName, 'Put copy here.'],
      storageBucket: [storage.bucket.bucketName, 'Editions, and bodies too large for the table.'],
      siteBucket: [site.bucket.bucketName, 'The files of the site.'],
      table: [storage.table.tableName, 'The articles.'],
      namespace: [settings.articles.namespace, 'Ids are made from it and from keys.'],
      noticeDays: [String(settings.feeds.noticeDays), 'Days for which feeds tell that an article is gone.'],
      intakeQueue: [intake.queue.queueUrl, 'Events of the intake bucket.'],
      deadLetterQueue: [intake.deadLetters.queueUrl, 'Copy that failed every try.'],
      publishFailureQueue: [publisher.failures.queueUrl, 'Changes that could not be published.'],
      ingestFunction: [intake.ingest.function.functionName, 'Reads copy.'],
      publishFunction: [publisher.publish.function.functionName, 'Writes feeds and pages.'],
      bulkMachine: [bulk.machine.stateMachineArn, 'Works on all articles.'],
      site: [site.siteUrl, 'The reading site.'],
      feed: [`${site.siteUrl}/feed.xml`, 'The main feed, RSS.'],
      jsonFeed: [`${site.siteUrl}/feed.json`, 'The main feed, JSON Feed.'],
      dashboard: [monitoring.dashboardUrl, 'Dashboard of this stack.'],
      alarmTopic: [monitoring.alerts.topicArn, 'Topic of the alarms.'],
      distribution: distribution && [
        distribution.distributionDomainName,
        'Domain that CloudFront gives the site.',
      ],
      mailRuleSet: mailbox && [mailbox.ruleSet, 'Rule set of SES that must be active.'],
      mailCommand: mailbox && [mailbox.command, 'Makes it active.'],
      mailRecord: mailbox && [mailbox.record, 'DNS record that sends mail to the desk.'],
    };
    for (const [name, [value = '', description] = []] of Object.entries(outputs))
      if (value) new CfnOutput(this, OUTPUTS[name as keyof typeof OUTPUTS], { value, description });
  }
}

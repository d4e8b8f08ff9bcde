import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from '../shared/settings/settings.ts';
import { OUTPUTS } from '../shared/stack/stack-outputs.ts';
import { AccessLogs } from './common/access-logs.ts';
import { BucketEmptier } from './constructs/bucket-emptier.ts';
import { Intake } from './constructs/intake.ts';
import { Publisher } from './constructs/publisher.ts';
import { Site } from './constructs/site.ts';
import { Storage } from './constructs/storage.ts';
import { Monitoring } from './monitoring/monitoring.ts';

export interface CopydeskStackProps extends StackProps {
  settings: Settings;
}

/** Values of all outputs. The distribution is optional. */
type OutputValues = Record<
  Exclude<keyof typeof OUTPUTS, 'distribution'>,
  [value: string, description: string]
> & { distribution?: [value: string, description: string] };

/**
 * The stack of Copydesk. There is only one, because a bucket and the queue that it notifies refer to each other.
 *
 * No resource has a fixed physical name. Buckets and table outlive the stack unless the settings say otherwise:
 * `cdk destroy` loses no copy, and a later `cdk deploy` creates new ones beside the kept ones.
 */
export class CopydeskStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: CopydeskStackProps) {
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
    const site = new Site(this, 'Site', { accessLogs, settings });
    const intake = new Intake(this, 'Intake', { accessLogs, storage, settings });
    const publisher = new Publisher(this, 'Publisher', { storage, site, settings });
    const monitoring = new Monitoring(this, 'Monitoring', { storage, intake, site, publisher, settings });
    if (deployment.data === 'destroy') {
      const emptier = new BucketEmptier(this, 'BucketEmptier', {
        buckets: [intake.bucket, storage.bucket, site.bucket],
        settings,
      });
      // CloudFormation removes in the reverse order: first the functions, which could write into emptied buckets.
      for (const writer of [intake.ingest, publisher.publish]) writer.node.addDependency(emptier);
    }

    const outputs: OutputValues = {
      intakeBucket: [intake.bucket.bucketName, 'Put copy here.'],
      storageBucket: [storage.bucket.bucketName, 'Editions, and bodies too large for the table.'],
      siteBucket: [site.bucket.bucketName, 'The files of the site.'],
      table: [storage.table.tableName, 'The articles.'],
      intakeQueue: [intake.queue.queueUrl, 'Events of the intake bucket.'],
      deadLetterQueue: [intake.deadLetters.queueUrl, 'Copy that failed for good.'],
      publishFailureQueue: [publisher.failures.queueUrl, 'Changes that could not be published.'],
      ingestFunction: [intake.ingest.function.functionName, 'Reads copy.'],
      publishFunction: [publisher.publish.function.functionName, 'Writes feeds and pages.'],
      site: [site.siteUrl, 'The reading site.'],
      feed: [`${site.siteUrl}/feed.xml`, 'The main feed, RSS.'],
      jsonFeed: [`${site.siteUrl}/feed.json`, 'The main feed, JSON Feed.'],
      dashboard: [monitoring.dashboardUrl, 'Dashboard of this stack.'],
      alarmTopic: [monitoring.alerts.topicArn, 'Topic of the alarms.'],
      ...(site.distribution && {
        distribution: [site.distribution.distributionDomainName, 'Domain that CloudFront gives the site.'],
      }),
    };
    for (const [name, [value, description]] of Object.entries(outputs))
      new CfnOutput(this, OUTPUTS[name as keyof typeof OUTPUTS], { value, description });
  }
}

import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from '../shared/settings/settings.ts';
import { OUTPUTS } from '../shared/stack/stack-outputs.ts';
import { AccessLogs } from './access-logs.ts';
import { Archive } from './archive.ts';
import { Intake } from './intake.ts';
import { Newsstand } from './newsstand.ts';
import { Press } from './press.ts';
import { Pulper } from './pulper.ts';
import { Watch } from './watch.ts';

export interface CopydeskStackProps extends StackProps {
  settings: Settings;
}

/** Every output, but that there may be no distribution. */
type OutputValues = Record<
  Exclude<keyof typeof OUTPUTS, 'distribution'>,
  [value: string, description: string]
> & { distribution?: [value: string, description: string] };

/**
 * All of Copydesk. One stack, because a bucket and the queue that it notifies refer to each other.
 *
 * Nothing has a fixed physical name, and what holds data outlives the stack unless the settings say otherwise:
 * `cdk destroy` loses no copy, and a later `cdk deploy` starts afresh beside what was kept.
 */
export class CopydeskStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: CopydeskStackProps) {
    const { deployment } = settings;
    super(scope, id, {
      description: 'Copydesk: copy in, articles, feeds and a reading site out.',
      terminationProtection: deployment.terminationProtection,
      // CloudFormation gives the tags of a stack to everything in it that can have any.
      tags: deployment.tags,
      ...props,
    });

    const accessLogs = deployment.accessLogs ? new AccessLogs(this, 'AccessLogs', deployment) : undefined;
    const archive = new Archive(this, 'Archive', { accessLogs, settings });
    const newsstand = new Newsstand(this, 'Newsstand', { accessLogs, settings });
    const intake = new Intake(this, 'Intake', { accessLogs, archive, settings });
    const press = new Press(this, 'Press', { archive, newsstand, settings });
    const watch = new Watch(this, 'Watch', { archive, intake, newsstand, press, settings });
    if (deployment.data === 'destroy') {
      const pulper = new Pulper(this, 'Pulper', {
        buckets: [intake.bucket, archive.bucket, newsstand.bucket],
        settings,
      });
      // Removed in the reverse order: a function that still ran would write what was emptied.
      for (const writer of [intake.ingest, press.publish]) writer.node.addDependency(pulper);
    }

    const outputs: OutputValues = {
      intakeBucket: [intake.bucket.bucketName, 'Put copy here.'],
      archiveBucket: [archive.bucket.bucketName, 'Editions, and bodies too large for the table.'],
      siteBucket: [newsstand.bucket.bucketName, 'The files of the site.'],
      table: [archive.table.tableName, 'The articles.'],
      intakeQueue: [intake.queue.queueUrl, 'What happened in the intake bucket.'],
      deadLetterQueue: [intake.deadLetters.queueUrl, 'Copy that failed for good.'],
      publishFailureQueue: [press.failures.queueUrl, 'Changes that could not be published.'],
      ingestFunction: [intake.ingest.function.functionName, 'Reads copy.'],
      publishFunction: [press.publish.function.functionName, 'Writes feeds and pages.'],
      site: [newsstand.siteUrl, 'The reading site.'],
      feed: [`${newsstand.siteUrl}/feed.xml`, 'The main feed, RSS.'],
      jsonFeed: [`${newsstand.siteUrl}/feed.json`, 'The main feed, JSON Feed.'],
      dashboard: [watch.dashboardUrl, 'How it is going.'],
      alarmTopic: [watch.alerts.topicArn, 'Subscribe to this to hear of alarms.'],
      ...(newsstand.distribution && {
        distribution: [newsstand.distribution.distributionDomainName, "CloudFront's own name of the site."],
      }),
    };
    for (const [name, [value, description]] of Object.entries(outputs))
      new CfnOutput(this, OUTPUTS[name as keyof typeof OUTPUTS], { value, description });
  }
}

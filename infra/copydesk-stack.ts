import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Settings } from '../shared/settings.ts';
import { OUTPUTS } from '../shared/stack-outputs.ts';
import { Archive } from './archive.ts';
import { Intake } from './intake.ts';
import { Newsstand } from './newsstand.ts';
import { Press } from './press.ts';
import { Watch } from './watch.ts';

export interface CopydeskStackProps extends StackProps {
  settings: Settings;
}

/**
 * All of Copydesk. One stack, because a bucket and the queue that it notifies refer to each other.
 *
 * Nothing has a fixed physical name, and what holds data outlives the stack: `cdk destroy` loses no copy, and a
 * later `cdk deploy` starts afresh beside what was kept. So the stack needs no termination protection.
 */
export class CopydeskStack extends Stack {
  constructor(scope: Construct, id: string, { settings, ...props }: CopydeskStackProps) {
    super(scope, id, { description: 'Copydesk: copy in, articles, feeds and a reading site out.', ...props });

    const archive = new Archive(this, 'Archive');
    const newsstand = new Newsstand(this, 'Newsstand', { settings });
    const intake = new Intake(this, 'Intake', { archive, settings });
    const press = new Press(this, 'Press', { archive, newsstand, settings });
    const watch = new Watch(this, 'Watch', { archive, intake, newsstand, press });

    const outputs: Record<keyof typeof OUTPUTS, [value: string, description: string]> = {
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
      distribution: [newsstand.distribution.distributionDomainName, "CloudFront's own name of the site."],
    };
    for (const [name, [value, description]] of Object.entries(outputs))
      new CfnOutput(this, OUTPUTS[name as keyof typeof OUTPUTS], { value, description });
  }
}

import { Aws, Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { functionSettings, type Settings } from '../../shared/settings/settings.ts';
import { ENV, type PUBLISH_ENV } from '../../shared/stack/environment.ts';
import { RECORD_SK, TABLE_INDEXES, TABLE_KEY } from '../../shared/table/keys.ts';
import { CopydeskFunction } from '../common/copydesk-function.ts';
import { acknowledge } from '../common/findings.ts';
import { ParkingQueue } from '../common/parking-queue.ts';
import { Schedules } from './schedules.ts';
import type { Site } from './site.ts';
import { type Storage, VIEW_PREFIXES } from './storage.ts';

/**
 * Maximum changes in a call. An edition costs the same five PUTs for one change as for a thousand (docs/costs.md).
 * Lambda's payload limit of 6 MB is reached earlier: at about 750 new articles of 5 KB, or at half as many changed ones,
 * which come with both images. On a laptop with its embedded services, 750 took ten seconds of CPU time and 460 MB.
 * Lambda halves a failed batch at most ten times to find the bad change, each time in half the time.
 */
const CHANGES_PER_CALL = 1_000;

/**
 * Maximum retries and age of a change. Lambda's default is 24 hours, and a bad record would delay all later ones for
 * that time. Most faults of S3 last less than an hour. The daily rebuild publishes changes that were given up, except
 * for old articles without a note: docs/runbook.md.
 */
const MAX_RETRIES = 10;
const MAX_RECORD_AGE = Duration.hours(1);

export interface PublisherProps {
  storage: Storage;
  site: Site;
  settings: Settings;
}

/** The publish function, which turns changes of the table into feeds and pages, and its schedules. */
export class Publisher extends Construct {
  readonly publish: CopydeskFunction;
  /** Dead-letter queue of changes that could not be published. Messages have positions in the stream, no data. */
  readonly failures: ParkingQueue;

  constructor(scope: Construct, id: string, { storage, site, settings }: PublisherProps) {
    super(scope, id);
    const environment: Record<(typeof PUBLISH_ENV)[number], string> = {
      [ENV.table]: storage.table.tableName,
      [ENV.storageBucket]: storage.bucket.bucketName,
      [ENV.siteBucket]: site.bucket.bucketName,
      [ENV.baseUrl]: site.siteUrl,
      [ENV.settings]: JSON.stringify(functionSettings(settings)),
      [ENV.stack]: Aws.STACK_NAME,
    };
    this.publish = new CopydeskFunction(this, 'Publish', {
      entry: 'functions/publish/lambda.ts',
      description: 'Copydesk: writes feeds and pages.',
      memorySize: settings.deployment.publishMemory,
      // The maximum of Lambda. Changes take seconds. A tick that waits for a due article takes two minutes at most
      // (LOOK_AHEAD_MS). The daily rebuild reads every edition and its pages.
      timeout: Duration.minutes(15),
      // After an hour a later tick or rebuild replaces one that could not start.
      maxEventAge: Duration.hours(1),
      environment,
      settings,
    });

    this.failures = new ParkingQueue(this, 'Failures');
    this.publish.function.addEventSource(
      new DynamoEventSource(storage.table, {
        // From the oldest change: LATEST would miss changes while the function is being connected.
        startingPosition: lambda.StartingPosition.TRIM_HORIZON,
        batchSize: CHANGES_PER_CALL,
        maxBatchingWindow: Duration.seconds(settings.deployment.collectSeconds),
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        retryAttempts: MAX_RETRIES,
        maxRecordAge: MAX_RECORD_AGE,
        onFailure: new SqsDlq(this.failures),
        // Only records are published, not the other items of the table.
        filters: [
          lambda.FilterCriteria.filter({
            dynamodb: { Keys: { [TABLE_KEY.sort]: { S: lambda.FilterRule.isEqual(RECORD_SK) } } },
          }),
        ],
      }),
    );
    acknowledge(this.publish, {
      'IAM5[Resource::*]':
        'dynamodb:ListStreams, which Lambda calls to find the shards, has no resource that a policy could name; nor has X-Ray.',
    });
    const schedules = new Schedules(this, 'Schedules', { publish: this.publish.function });
    // CloudFormation creates the schedules after the site. The first tick writes into the site bucket. If the domain
    // or the certificate then failed, the rollback could not remove the bucket, because it is not empty.
    schedules.node.addDependency(site);
    this.grant(storage, site);
  }

  private grant({ bucket, table }: Storage, { bucket: site }: Site): void {
    const { publish } = this;
    publish.allow(
      [bucket.arnForObjects('*')],
      ['s3:GetObject'],
      'It reads every kind of object of the storage bucket: bodies, media, and all that it wrote there itself.',
    );
    // Not the bodies, which only ingest writes.
    publish.allow(
      VIEW_PREFIXES.map(prefix => bucket.arnForObjects(prefix.endsWith('/') ? `${prefix}*` : prefix)),
      ['s3:PutObject'],
      'Keys are made from sections, tags, authors and dates, which articles bring along.',
    );
    publish.allow(
      [bucket.arnForObjects('unpublished/*')],
      ['s3:DeleteObject'],
      'The note of an article whose change could not be published goes when a rebuild has published it.',
    );
    publish.allow(
      [site.arnForObjects('*')],
      ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
      'The whole site bucket is its work: it writes, compares and removes every page, feed and picture.',
    );
    // Without ListBucket S3 answers 403 instead of 404.
    publish.allow([bucket.bucketArn, site.bucketArn], ['s3:ListBucket']);
    // The tick writes the status of due articles and the canonical members of their duplicate groups.
    publish.allow(
      [table.tableArn],
      [
        'dynamodb:GetItem',
        'dynamodb:BatchGetItem',
        'dynamodb:BatchWriteItem',
        'dynamodb:PutItem',
        'dynamodb:UpdateItem',
        'dynamodb:DeleteItem',
        'dynamodb:Query',
      ],
    );
    publish.allow(
      Object.values(TABLE_INDEXES).map(({ name }) => `${table.tableArn}/index/${name}`),
      ['dynamodb:Query'],
    );
  }
}

import { Aws, Duration } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import { BULK_PREFIX } from '../../shared/model/bulk-run.ts';
import { functionSettings, type Settings } from '../../shared/settings/settings.ts';
import { ENV, type PUBLISH_ENV } from '../../shared/stack/environment.ts';
import { SWITCHED_PREFIXES, VIEW_PREFIXES } from '../../shared/stack/view-prefixes.ts';
import { RECORD_SK, TABLE_INDEXES, TABLE_KEY } from '../../shared/table/keys.ts';
import { acknowledge } from '../common/findings.ts';
import { LiveFunction } from '../common/live-function.ts';
import { ParkingQueue } from '../common/parking-queue.ts';
import { Schedules } from './schedules.ts';
import type { SiteHosting } from './site-hosting.ts';
import type { Storage } from './storage.ts';

/**
 * Maximum changes in a call. An edition needs the same five PUTs for one change as for a thousand (docs/costs.md).
 * A call reaches Lambda's payload limit of 6 MB earlier, at about 750 new articles of 5 KB. On a laptop, 750 articles
 * took ten seconds of CPU time and 460 MB. Lambda halves a failed batch at most ten times to find the bad change.
 */
const CHANGES_PER_CALL = 1_000;

/**
 * Maximum retries of a change that fails alone and cannot be remembered in the table: the table is away, or the call
 * crashes. A change that crashes each call for 15 minutes delays later changes for less than three hours.
 */
const MAX_RETRIES = 10;

/** No maximum age. A change that waits behind an outage must not be given up. The stream keeps it for a day. */
const UNLIMITED_RECORD_AGE = -1;

export interface PublisherProps {
  storage: Storage;
  site: SiteHosting;
  settings: Settings;
}

/** The publish function, which turns changes of the table into feeds and pages, and its schedules. */
export class Publisher extends Construct {
  readonly publish: LiveFunction;
  /** Dead-letter queue of changes that could not be published. Its messages name positions in the stream. */
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
    this.publish = new LiveFunction(this, 'Publish', {
      entry: 'functions/publish/lambda.ts',
      description: 'Copydesk: writes feeds and pages.',
      memorySize: settings.deployment.publishMemory,
      // 15 minutes, the maximum of Lambda, are for the daily rebuild. Changes take seconds, and a tick takes at most two
      // minutes (LOOK_AHEAD_MS).
      timeout: Duration.minutes(15),
      // A later tick replaces a tick that could not start within an hour.
      maxEventAge: Duration.hours(1),
      environment,
      settings,
    });

    this.failures = new ParkingQueue(this, 'Failures');
    this.publish.live.addEventSource(
      new DynamoEventSource(storage.table, {
        // LATEST would miss changes that come while CloudFormation connects the function.
        startingPosition: lambda.StartingPosition.TRIM_HORIZON,
        batchSize: CHANGES_PER_CALL,
        maxBatchingWindow: Duration.seconds(settings.deployment.collectSeconds),
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        retryAttempts: MAX_RETRIES,
        onFailure: new SqsDlq(this.failures),
        // The other items of the table are not published.
        filters: [
          lambda.FilterCriteria.filter({
            dynamodb: { Keys: { [TABLE_KEY.sort]: { S: lambda.FilterRule.isEqual(RECORD_SK) } } },
          }),
        ],
      }),
    );
    for (const part of this.publish.live.node.findAll())
      if (part instanceof lambda.CfnEventSourceMapping)
        // The CDK accepts no unlimited age. If the template left it out, an update could keep an earlier limit.
        part.maximumRecordAgeInSeconds = UNLIMITED_RECORD_AGE;
    const why =
      'X-Ray and dynamodb:ListStreams, which Lambda calls to find the shards, take only * as a resource.';
    acknowledge(this.publish, { 'IAM5[Resource::*]': why });
    const schedules = new Schedules(this, 'Schedules', { publish: this.publish.live });
    // The first tick writes into the site bucket. If the domain or the certificate failed after that, the rollback could
    // not remove the bucket, because it is not empty. So CloudFormation creates the schedules after the site.
    schedules.node.addDependency(site);
    this.grant(storage, site);
  }

  private grant({ bucket, table }: Storage, { bucket: site }: SiteHosting): void {
    const { publish } = this;
    publish.allow(
      [bucket.arnForObjects('*')],
      ['s3:GetObject'],
      'The function reads every kind of object of the storage bucket: bodies, media, and its own states.',
    );
    // Only ingest writes bodies and media.
    publish.allow(
      VIEW_PREFIXES.map(prefix => bucket.arnForObjects(prefix.endsWith('/') ? `${prefix}*` : prefix)),
      ['s3:PutObject'],
      'Keys are made from the sections, tags, authors and dates of articles.',
    );
    publish.allow(
      [bucket.arnForObjects(`${BULK_PREFIX}*`)],
      ['s3:DeleteObject'],
      'A bulk run deletes the notes of failed batches before it repeats them.',
    );
    publish.allow(
      SWITCHED_PREFIXES.map(prefix => bucket.arnForObjects(`${prefix}*`)),
      ['s3:DeleteObject'],
      'Keys are made from tags and authors. They are deleted if the settings switch off tags or authors.',
    );
    publish.allow(
      [site.arnForObjects('*')],
      ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'],
      'The function writes, compares and removes every page, feed and picture of the site bucket.',
    );
    // Without ListBucket S3 answers 403 instead of 404 for a missing object.
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
        // A bulk run lists all records.
        'dynamodb:Scan',
      ],
    );
    publish.allow(
      Object.values(TABLE_INDEXES).map(({ name }) => `${table.tableArn}/index/${name}`),
      ['dynamodb:Query'],
    );
  }
}

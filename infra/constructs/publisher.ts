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
import { type Storage, VIEWS } from './storage.ts';

/**
 * Changes a call, at most. An edition costs the same five PUTs for one change as for a thousand, so the more the cheaper:
 * docs/costs.md. Before that many, Lambda's payload of 6 MB is full: with some 750 new articles of 5 KB, or half of them
 * where they were there before and come with both images. 750 took ten seconds of processor and 460 MB on a laptop, its
 * embedded services included. A batch that fails is halved ten times at most to find the change that is to blame, each time
 * in half the time.
 */
const BATCH_SIZE = 1_000;

/**
 * Retries and age of a change before it is given up. By default Lambda goes on for 24 hours, and everything behind a
 * poisoned record waits as long. An hour outlasts a fault of S3 that is worth waiting for; the daily rebuild
 * brings what was given up, but for old articles of which there is no note: docs/runbook.md.
 */
const MAX_RETRIES = 10;
const MAX_RECORD_AGE = Duration.hours(1);

export interface PublisherProps {
  storage: Storage;
  site: Site;
  settings: Settings;
}

/** The way out: the function that turns changes of the table into feeds and pages, and its clock. */
export class Publisher extends Construct {
  readonly publish: CopydeskFunction;
  /** Where changes are that could not be published: positions in the stream, without data. */
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
      // The most that Lambda allows. Changes take seconds, a tick that waits for what falls due two minutes at most
      // (LOOK_AHEAD_MS); the daily rebuild goes over every edition and its pages.
      timeout: Duration.minutes(15),
      // A tick or a rebuild that could not start for an hour is superseded by a later one.
      maxEventAge: Duration.hours(1),
      environment,
      settings,
    });

    this.failures = new ParkingQueue(this, 'Failures');
    this.publish.function.addEventSource(
      new DynamoEventSource(storage.table, {
        // From the oldest: the latest would miss what is written while the function is being connected.
        startingPosition: lambda.StartingPosition.TRIM_HORIZON,
        batchSize: BATCH_SIZE,
        maxBatchingWindow: Duration.seconds(settings.deployment.collectSeconds),
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        retryAttempts: MAX_RETRIES,
        maxRecordAge: MAX_RECORD_AGE,
        onFailure: new SqsDlq(this.failures),
        // Of the table's items only records are published: neither the calendar nor who holds which content.
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
    // The first tick writes into the site bucket, and no rollback can remove one that is not empty: what often fails at a
    // first deployment, such as a domain that is taken, has its turn before.
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
    // Not the bodies: ingest alone writes them.
    publish.allow(
      VIEWS.map(prefix => bucket.arnForObjects(prefix.endsWith('/') ? `${prefix}*` : prefix)),
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
    // Without ListBucket S3 answers 403 where it means 404.
    publish.allow([bucket.bucketArn, site.bucketArn], ['s3:ListBucket']);
    // Writes, because the tick changes the status of what is due, and with it who stands for its content.
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

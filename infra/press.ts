import { Duration, TimeZone } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as scheduler from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import { ENV, type PUBLISH_ENV } from '../shared/environment.ts';
import { functionSettings, type Settings } from '../shared/settings.ts';
import { RECORD_SK, TABLE_KEY } from '../shared/table.ts';
import type { Archive } from './archive.ts';
import { CopydeskFunction } from './copydesk-function.ts';
import type { Newsstand } from './newsstand.ts';
import { ParkingQueue } from './parking-queue.ts';

/** Changes a call, at most: as many as Lambda reads by default, and a second or two of work. */
const BATCH_SIZE = 100;

/**
 * How long changes are collected, so that a busy desk renders a feed once for all of them. At five seconds a
 * stream that never rests costs 17,280 renderings a day and shard: about a dollar. No feed reader polls as often.
 */
const BATCHING_WINDOW = Duration.seconds(5);

/**
 * Tries and age of a change before it is given up. By default Lambda goes on for 24 hours, and everything behind a
 * poisoned record waits as long. An hour outlasts a fault of S3 that is worth waiting for; the daily rebuild
 * brings what was given up, but for old articles that stand in no edition: docs/operating.md, Alarms.
 */
const MAX_TRIES = 10;
const MAX_RECORD_AGE = Duration.hours(1);

export interface PressProps {
  archive: Archive;
  newsstand: Newsstand;
  settings: Settings;
}

/** The way out: the function that turns changes of the table into feeds and pages, and its clock. */
export class Press extends Construct {
  readonly publish: CopydeskFunction;
  /** Where changes are that could not be published: positions in the stream, without data. */
  readonly failures: ParkingQueue;

  constructor(scope: Construct, id: string, { archive, newsstand, settings }: PressProps) {
    super(scope, id);
    const environment: Record<(typeof PUBLISH_ENV)[number], string> = {
      [ENV.table]: archive.table.tableName,
      [ENV.archiveBucket]: archive.bucket.bucketName,
      [ENV.siteBucket]: newsstand.bucket.bucketName,
      [ENV.baseUrl]: newsstand.siteUrl,
      [ENV.settings]: JSON.stringify(functionSettings(settings)),
    };
    this.publish = new CopydeskFunction(this, 'Publish', {
      entry: 'functions/publish/lambda.ts',
      description: 'Copydesk: writes feeds and pages.',
      // Mostly waits for S3, but holds several editions of up to feeds.maxBytes and their renditions at once.
      memorySize: 1_024,
      // The most that Lambda allows. Changes take seconds, a tick that waits for what falls due two minutes at most
      // (LOOK_AHEAD_MS); the daily rebuild goes over every edition and its pages.
      timeout: Duration.minutes(15),
      // A tick or a rebuild that could not start for an hour is superseded by a later one.
      maxEventAge: Duration.hours(1),
      environment,
    });

    this.failures = new ParkingQueue(this, 'Failures');
    this.publish.function.addEventSource(
      new DynamoEventSource(archive.table, {
        // From the oldest: the latest would miss what is written while the function is being connected.
        startingPosition: lambda.StartingPosition.TRIM_HORIZON,
        batchSize: BATCH_SIZE,
        maxBatchingWindow: BATCHING_WINDOW,
        reportBatchItemFailures: true,
        bisectBatchOnError: true,
        retryAttempts: MAX_TRIES,
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
    this.addClock();
    this.grant(archive, newsstand);
  }

  private addClock(): void {
    new scheduler.Schedule(this, 'Tick', {
      description: 'Releases articles whose embargo is over, withdraws expired ones.',
      schedule: scheduler.ScheduleExpression.rate(Duration.minutes(1)),
      target: new LambdaInvoke(this.publish.function, {
        input: scheduler.ScheduleTargetInput.fromObject({ copydesk: 'tick' }),
        // Another one comes with the next minute. They may overlap while one waits for what falls due.
        retryAttempts: 0,
        maxEventAge: Duration.minutes(1),
      }),
    });
    new scheduler.Schedule(this, 'Rebuild', {
      description: 'Renders editions and their pages from the table, whatever became of single changes.',
      schedule: scheduler.ScheduleExpression.cron({ hour: '3', minute: '30', timeZone: TimeZone.ETC_UTC }),
      timeWindow: scheduler.TimeWindow.flexible(Duration.minutes(15)),
      target: new LambdaInvoke(this.publish.function, {
        input: scheduler.ScheduleTargetInput.fromObject({ copydesk: 'rebuild' }),
        retryAttempts: 3,
        maxEventAge: Duration.hours(1),
      }),
    });
  }

  private grant(archive: Archive, newsstand: Newsstand): void {
    const allow = (resources: string[], ...actions: string[]) =>
      this.publish.function.addToRolePolicy(new iam.PolicyStatement({ actions, resources }));

    allow([archive.bucket.arnForObjects('*')], 's3:GetObject');
    // Not the bodies: ingest alone writes them.
    allow(
      ['editions/*', 'history/*', 'days/*', 'months/*', 'sitemaps/*', 'directory.json', 'websub.json'].map(
        keys => archive.bucket.arnForObjects(keys),
      ),
      's3:PutObject',
    );
    allow([newsstand.bucket.arnForObjects('*')], 's3:GetObject', 's3:PutObject', 's3:DeleteObject');
    // Without ListBucket S3 answers 403 where it means 404.
    allow([archive.bucket.bucketArn, newsstand.bucket.bucketArn], 's3:ListBucket');
    // Writes, because the tick changes the status of what is due, and with it who stands for its content.
    allow(
      [archive.table.tableArn],
      'dynamodb:GetItem',
      'dynamodb:BatchGetItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
      'dynamodb:DeleteItem',
    );
    allow([archive.table.tableArn, `${archive.table.tableArn}/index/*`], 'dynamodb:Query');
  }
}
